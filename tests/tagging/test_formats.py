"""Every input format to every output format."""

import csv
import gzip
import io
import json
import zipfile
from datetime import date

import pyarrow
import pytest
import zstandard
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from fenmen.articles.rows import Columns
from fenmen.errors import FenmenError
from fenmen.tagging.settings import Settings
from tests.tagging.archive import TEXTS, read_jsonl, rows, tag, write_jsonl


def sheet(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def spreadsheet(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def table(path, given):
    """Write rows in the format that the ending names."""
    if path.suffix == ".parquet":
        parquet.write_table(pyarrow.Table.from_pylist(given), path)
    elif path.suffix in (".csv", ".tsv"):
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, given[0], delimiter="," if path.suffix == ".csv" else "\t")
            writer.writeheader()
            writer.writerows(given)
    elif path.suffix == ".zst":
        write_jsonl(plain := path.with_suffix(""), given)
        path.write_bytes(zstandard.compress(plain.read_bytes()))
        plain.unlink()
    else:
        write_jsonl(path, given)
    return path


def topics_of(path):
    """The ids of the topics of each row of an output."""
    if path.suffix == ".parquet":
        found = [row["tags"] for row in parquet.read_table(path).to_pylist()]
    elif path.suffix == ".xlsx":
        names, *cells = sheet(path)
        column = names.index("topic_ids")
        return [row[column].split(";") if row[column] else [] for row in cells]
    elif path.suffix in (".csv", ".tsv"):
        text = path.read_text("utf-8-sig")
        reader = csv.DictReader(
            io.StringIO(text, newline=""), delimiter="," if path.suffix == ".csv" else "\t"
        )
        return [row["topic_ids"].split(";") if row["topic_ids"] else [] for row in reader]
    elif path.suffix == ".gz":
        found = [
            json.loads(line)["tags"] for line in gzip.decompress(path.read_bytes()).splitlines()
        ]
    elif path.suffix == ".zst":
        reader = zstandard.ZstdDecompressor().stream_reader(
            path.read_bytes(), read_across_frames=True
        )
        found = [json.loads(line)["tags"] for line in reader.read().splitlines()]
    else:
        found = [row["tags"] for row in read_jsonl(path)]
    return [[tag["topic"] for tag in tags] for tags in found]


ENDINGS = (".jsonl", ".csv", ".tsv", ".parquet", ".jsonl.gz", ".jsonl.zst")


@pytest.mark.parametrize("given", ENDINGS)
@pytest.mark.parametrize("wanted", [*ENDINGS, ".xlsx"])
def test_every_format_is_read_and_written(tagger, tmp_path, given, wanted):
    source = table(tmp_path / f"in{given}", rows(8))
    output = tmp_path / f"out{wanted}"
    state = tag(tagger, source, output)
    expected = [[t.topic for t in tagger.tag(text).tags] for text in TEXTS]
    assert state.counts.rows == 8
    assert [
        set(found) & {"social_work", "environment", "mental_health"} for found in topics_of(output)
    ] == [set(found) & {"social_work", "environment", "mental_health"} for found in expected * 2]


def test_own_columns_pass_through_json_lines_to_the_last_digit(tagger, tmp_path):
    line = f'{{"n": 1.50, "big": 1{"0" * 30}, "e": 1E400, "u": "\\u6c14", "text": "{TEXTS[0]}"}}'
    (tmp_path / "in.jsonl").write_text(line + "\n", "utf-8")
    tag(tagger, tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text("utf-8").startswith(line[:-1] + ', "tags": [')


def test_a_column_whose_name_is_taken_is_kept_under_another(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": TEXTS[0], "status": 7, "tags": "x"}])
    tag(tagger, source, tmp_path / "out.jsonl")
    (row,) = read_jsonl(tmp_path / "out.jsonl")
    assert (row["input_status"], row["input_tags"]) == (7, "x")
    assert row["status"] in ("tagged", "review", "no_topic")


def test_tagged_rows_can_be_tagged_again(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", rows(2))
    tag(tagger, source, tmp_path / "one.jsonl")
    tag(tagger, tmp_path / "one.jsonl", tmp_path / "two.jsonl")
    one, two = read_jsonl(tmp_path / "one.jsonl"), read_jsonl(tmp_path / "two.jsonl")
    assert [row["tags"] for row in one] == [row["tags"] for row in two]
    assert [row["input_tags"] for row in two] == [row["tags"] for row in one]


def test_keys_that_come_late_still_get_their_column(tagger, tmp_path):
    given = [{"text": TEXTS[0]}, {"text": TEXTS[1], "late": "晚"}, {"text": TEXTS[2]}]
    source = write_jsonl(tmp_path / "in.jsonl", given)
    tag(tagger, source, tmp_path / "out.csv")
    tag(tagger, source, tmp_path / "out.parquet")
    assert [row["late"] for row in spreadsheet(tmp_path / "out.csv")] == ["", "晚", ""]
    assert parquet.read_table(tmp_path / "out.parquet")["late"].to_pylist() == [None, "晚", None]


def test_parquet_keeps_the_types_of_parquet(tagger, tmp_path):
    given = [{"text": text, "day": date(2024, 5, 1), "n": 2**60, "l": [1, 2]} for text in TEXTS]
    source = table(tmp_path / "in.parquet", given)
    tag(tagger, source, tmp_path / "out.parquet")
    before, after = parquet.read_table(source), parquet.read_table(tmp_path / "out.parquet")
    assert after.select(before.column_names).equals(before)


def test_json_numbers_become_parquet_numbers_where_all_are(tagger, tmp_path):
    given = [
        {"text": TEXTS[0], "i": 1, "f": 1, "m": 1, "b": True},
        {"text": TEXTS[1], "i": 2**62, "f": 0.5, "m": "x", "b": False},
    ]
    tag(tagger, write_jsonl(tmp_path / "in.jsonl", given), tmp_path / "out.parquet")
    found = parquet.read_table(tmp_path / "out.parquet")
    assert [str(found.schema.field(n).type) for n in "ifmb"] == [
        "int64",
        "double",
        "string",
        "bool",
    ]
    assert found["m"].to_pylist() == ["1", "x"]


def test_several_inputs_come_one_after_another(tagger, tmp_path):
    one = table(tmp_path / "one.csv", rows(3))
    two = table(tmp_path / "two.jsonl", rows(2))
    page = tmp_path / "page.txt"
    page.write_text(f"{TEXTS[1]}{TEXTS[1][::-1]}。\n", "utf-8")
    tag(tagger, [one, two, page], tmp_path / "out.jsonl")
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [row.get("id") for row in found[:5]] == ["r0", "r1", "r2", "r0", "r1"]
    assert found[5]["source"] == str(page)
    tag(tagger, [one, two, page], tmp_path / "out.csv")
    assert len(spreadsheet(tmp_path / "out.csv")) == len(found)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_tables_in_other_encodings_are_read(tagger, tmp_path, encoding, ending):
    plain = table(tmp_path / f"plain{ending}", rows(40))
    text = plain.read_text("utf-8")
    (tmp_path / f"in{ending}").write_bytes(text.encode(encoding))
    tag(tagger, plain, tmp_path / "a.csv")
    tag(tagger, tmp_path / f"in{ending}", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_places_of_evidence_are_those_in_the_rows_own_text(tagger, tmp_path):
    text = f"◆　　{TEXTS[2]}\r\n\r\n　　{TEXTS[0]}"
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": text}])
    tag(tagger, source, tmp_path / "out.jsonl", settings=Settings())
    (row,) = read_jsonl(tmp_path / "out.jsonl")
    pieces = [piece for tag in row["tags"] for piece in tag["evidence"]]
    assert pieces
    for piece in pieces:
        assert row["text"][piece["start"] : piece["end"]] == piece["text"]


def test_a_missing_column_names_the_nearest(tagger, tmp_path):
    source = table(tmp_path / "day.csv", [{"题": "一", "稿件正文": TEXTS[0]}])
    hint = "--text-column 稿件正文"
    with pytest.raises(FenmenError, match=f"E_COLUMN .*needs a column 'text'.*{hint}"):
        tag(tagger, source, tmp_path / "out.csv")
    with pytest.raises(FenmenError, match=f"E_COLUMN .*needs a column '稿件正义'.*{hint}"):
        tag(tagger, source, tmp_path / "out.csv", columns=Columns(text="稿件正义"))
    tag(tagger, source, tmp_path / "out.csv", columns=Columns(text="稿件正文", title="题"))
    assert spreadsheet(tmp_path / "out.csv")[0]["稿件正文"] == TEXTS[0]


def test_an_output_without_a_known_ending_is_refused(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", rows(1))
    with pytest.raises(FenmenError, match="E_OUTPUT .*cannot write .docx.*name it"):
        tag(tagger, source, tmp_path / "out.docx")


def test_a_workbook_holds_the_cells_of_the_spreadsheet_as_text(tagger, tmp_path):
    given = [{"text": text, "n": "=1+1", "code": "00120", "bell": "\x07"} for text in TEXTS]
    source = table(tmp_path / "in.csv", given)
    for name in ("out.csv", "out.xlsx", "again.xlsx"):
        tag(tagger, source, tmp_path / name)
    names, *cells = sheet(tmp_path / "out.xlsx")
    expected = [[*row.values()] for row in spreadsheet(tmp_path / "out.csv")]
    assert names == [*spreadsheet(tmp_path / "out.csv")[0]]
    assert cells == [[cell.replace("\x07", "\ufffd") for cell in row] for row in expected]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert (tmp_path / "out.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_full_sheet_of_a_workbook_is_followed_by_another(tagger, tmp_path, monkeypatch):
    monkeypatch.setattr("fenmen.tagging.workbook.ROW_LIMIT", 3)
    tag(tagger, write_jsonl(tmp_path / "in.jsonl", rows(8)), tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names] == [4, 4, 3]


def test_no_cell_is_a_live_formula_or_longer_than_excel_takes(tagger, tmp_path):
    attack = f"=cmd|' /C calc'!A0 {TEXTS[1]}"
    one = ["=1+1", "@x", "-5", "\t=1", "＝1", "𠮷" * 40000]
    two = ["+2", "-x", "", "\n=1", "\r=1", "'=1"]
    given = [
        {"text": text, **dict(zip("abcdef", cells, strict=True))}
        for text, cells in ((TEXTS[0], one), (attack, two))
    ]
    tag(tagger, table(tmp_path / "in.csv", given), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for row in spreadsheet(tmp_path / "out.csv"):
        for cell in row.values():
            assert cell[:1] not in tuple("=+-@\t\r\n＝") or cell in ("-5", "+2")
            assert len(cell.encode("utf-16-le")) // 2 <= 32767
    assert spreadsheet(tmp_path / "out.csv")[0]["f"].endswith("…（已截断）")


def test_only_the_wanted_topics_are_told(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", rows(4))
    wanted = Settings(topics=("environment",))
    tag(tagger, source, tmp_path / "out.jsonl", settings=wanted)
    for row in read_jsonl(tmp_path / "out.jsonl"):
        assert {tag["topic"] for tag in row["tags"]} <= {"environment"}
        assert set(row["segments"][0]["probabilities"]) == {"environment"}
    with pytest.raises(FenmenError, match="E_TOPIC .*no topic 'enviroment'.*mean environment"):
        tag(tagger, source, tmp_path / "no.jsonl", settings=Settings(topics=("enviroment",)))


def test_tags_below_the_minimum_are_left_out(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", rows(4))
    tag(tagger, source, tmp_path / "out.jsonl", settings=Settings(min_probability=0.9))
    for row in read_jsonl(tmp_path / "out.jsonl"):
        assert all(tag["probability"] >= 0.9 for tag in row["tags"])


def test_limit_takes_the_first_rows(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl", rows(9))
    assert tag(tagger, source, tmp_path / "out.jsonl", limit=4).counts.rows == 4
    assert [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")] == ["r0", "r1", "r2", "r3"]
