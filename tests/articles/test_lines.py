import pytest

from fenmen.articles.cues import Cues
from fenmen.articles.lines import first_lines, lay_out, must_join, read_lines

BRIDGE = (
    "清河镇的木桥昨天修好了，镇里请来\n桥工老郭看过，说能挡五十年一遇的洪\n水，下游的人可以放心睡。\n"
    "老郭在桥上走了三个来回，用锤子敲\n了每一块木板，又下到水边去看桥墩上\n的新石料，说今年不用再来。\n"
    "过桥的人都慢下来，摸一摸新换的栏\n杆，说木头还带着松脂的香味，孩子们\n在桥头数船。\n"
)


@pytest.mark.parametrize(
    ("line", "following"),
    [("昨天下午3", "点，渡口码头换了新灯"), ("镇里花了1280", "万元修桥"), ("渡口一带", "的村民")],
)
def test_a_figure_and_what_it_counts_are_no_two_paragraphs(line, following):
    one, other = read_lines(f"{line}\n{following}\n")
    assert must_join(one, other)


@pytest.mark.parametrize(
    ("line", "following"), [("展望2024", "本报记者走进渡口"), ("修桥记", "的确，桥老了")]
)
def test_a_headline_with_a_figure_and_a_sentence_with_the_same_letter_may_part(line, following):
    one, other = read_lines(f"{line}\n{following}\n")
    assert not must_join(one, other)


def test_a_line_as_wide_as_the_next_is_no_first_line_where_those_are_narrower():
    lines = read_lines(f"渡口二十盏路灯全部换成了节能灯啦啦\n{BRIDGE}")
    layouts = lay_out(lines)
    cues = Cues(lines, layouts, first_lines(lines, layouts))
    assert [number for number in range(4) if cues.is_no_first(number)] == [0]
