import pytest

from fenmen.corpus.tables import TableFormat, read_table
from fenmen.errors import FenmenError

LINES = TableFormat(separator="\t", header=False, text=0, label=1, labels="id")
SHEET = TableFormat(separator=",", header=True, text=1, label=0, labels="name")


def read(path, layout, taxonomy):
    return read_table(path, layout, taxonomy, origin="港", available="its publisher")


def test_lines_with_a_tab_keep_their_quotation_marks(tmp_path, two_topics):
    path = tmp_path / "train.tsv"
    path.write_text('船长说："今天不出海\tfishing\n货轮靠港\tshipping\n', "utf-8")
    first, second = read(path, LINES, two_topics)
    assert first.text == '船长说："今天不出海'
    assert (first.topics, second.topics) == (("fishing",), ("shipping",))


def test_a_cell_may_hold_several_labels(tmp_path, two_topics):
    path = tmp_path / "train.csv"
    path.write_text('label,content\n渔业|航运,"渔船让道, 货轮先行"\n', "utf-8-sig")
    (example,) = read(path, SHEET, two_topics)
    assert example.topics == ("fishing", "shipping")
    assert example.text == "渔船让道, 货轮先行"


def test_labels_may_be_places_in_the_taxonomy(tmp_path, two_topics):
    path = tmp_path / "train.txt"
    path.write_text("货轮靠港\t1\n", "utf-8")
    layout = TableFormat(separator="\t", header=False, text=0, label=1, labels="index")
    assert read(path, layout, two_topics)[0].topics == ("shipping",)


def test_a_missing_corpus_says_where_to_get_it(tmp_path, two_topics):
    with pytest.raises(FenmenError, match="E_MISSING .*get it from its publisher"):
        read(tmp_path / "none.tsv", LINES, two_topics)


def test_an_unknown_label_is_named_with_its_line(tmp_path, two_topics):
    path = tmp_path / "train.tsv"
    path.write_text("船\tfishing\n车\tcars\n", "utf-8")
    with pytest.raises(FenmenError, match=r"train.tsv:2: .*'cars'"):
        read(path, LINES, two_topics)
