"""A bad row never stops a batch and never disappears."""

import json

import pytest

from fenmen.articles import rows as rows_module
from fenmen.articles import streams
from tests.tagging.archive import TEXTS, read_jsonl, rows, tag, write_jsonl

GOOD = json.dumps({"text": TEXTS[0]}, ensure_ascii=False).encode()
BAD_LINES = {
    "E_JSON": [b"not json", b"[1, 2]", b'{"text": NaN}', b'{"a":' * 3000, b'{"text": "x"', b"\x00"],
    "E_EMPTY": [b"{}", b'{"text": null}', b'{"text": "  \\u3000 "}', '{"text": "◆■"}'.encode()],
    "E_TYPE": [b'{"text": 5}', b'{"text": ["a"]}', '{"text": "正文", "title": {}}'.encode()],
    "E_ENCODING": [b'{"text": "\xff\xfe"}', "正文".encode("gb18030")],
}


def test_each_bad_line_gives_one_row_with_its_error(tagger, tmp_path):
    lines, expected = [], []
    for code, bad in BAD_LINES.items():
        for line in bad:
            lines += [GOOD, line]
            expected += ["", code]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    state = tag(tagger, tmp_path / "in.jsonl", tmp_path / "out.jsonl", errors=tmp_path / "e.jsonl")
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [row.get("error", "") for row in found] == expected
    assert sum(state.counts.errors.values()) == len(expected) // 2
    listed = read_jsonl(tmp_path / "e.jsonl")
    assert [row["code"] for row in listed] == [code for code in expected if code]
    assert [row["line"] for row in listed] == list(range(2, len(lines) + 1, 2))
    assert all(row["status"] == "error" and row["reason"] for row in found if "error" in row)


def test_a_bad_row_keeps_its_own_columns(tagger, tmp_path):
    given = [*rows(1), {"id": "b", "text": 5}]
    tag(tagger, write_jsonl(tmp_path / "in.jsonl", given), tmp_path / "out.jsonl")
    assert read_jsonl(tmp_path / "out.jsonl")[1]["id"] == "b"


def test_a_text_or_a_line_that_is_too_long_is_a_bad_row(tagger, tmp_path, monkeypatch):
    monkeypatch.setattr(rows_module, "LONGEST", 100)
    monkeypatch.setattr(streams, "LONGEST_LINE", 1000)
    given = [*rows(1), {"text": "长" * 200}, {"text": "长" * 5000}, *rows(1)]
    tag(tagger, write_jsonl(tmp_path / "in.jsonl", given), tmp_path / "out.jsonl")
    errors = [row.get("error") for row in read_jsonl(tmp_path / "out.jsonl")]
    assert errors == [None, "E_TOO_LONG", "E_TOO_LONG", None]


def test_rows_of_a_spreadsheet_with_the_wrong_number_of_cells_are_bad(tagger, tmp_path):
    text = f"id,text\n1,{TEXTS[0]}\n2\n3,{TEXTS[1]},x\n\n4,{TEXTS[2]}\n"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    tag(tagger, tmp_path / "in.csv", tmp_path / "out.jsonl", errors=tmp_path / "e.jsonl")
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [row.get("error") for row in found] == [None, "E_ROW", "E_ROW", None]
    assert [row["line"] for row in read_jsonl(tmp_path / "e.jsonl")] == [3, 4]


def test_a_badly_encoded_row_of_a_spreadsheet_is_bad_and_its_neighbours_are_not(tagger, tmp_path):
    lines = [b"text", *(text.encode() for text in TEXTS), b"\xff\xfe\xfd", TEXTS[0].encode()]
    (tmp_path / "in.csv").write_bytes(b"\n".join(lines))
    tag(tagger, tmp_path / "in.csv", tmp_path / "out.csv")
    errors = (tmp_path / "out.csv").read_text("utf-8-sig").count("E_ENCODING")
    assert errors == 2  # in `reason` and in `error`


def test_a_compressed_file_that_is_cut_off_keeps_what_can_be_read(tagger, tmp_path):
    source = write_jsonl(tmp_path / "in.jsonl.gz", rows(500))
    source.write_bytes(source.read_bytes()[:-20])
    tag(tagger, source, tmp_path / "out.jsonl")
    found = read_jsonl(tmp_path / "out.jsonl")
    assert found[-1]["error"] == "E_READ"
    assert [row["id"] for row in found[:-1]] == [f"r{i}" for i in range(len(found) - 1)]


@pytest.mark.parametrize("name", ["none.jsonl", "none.csv", "none.txt", "none.parquet"])
def test_a_missing_input_is_one_bad_row_and_the_others_are_tagged(tagger, tmp_path, name):
    good = write_jsonl(tmp_path / "in.jsonl", rows(2))
    state = tag(tagger, [tmp_path / name, good], tmp_path / "out.jsonl")
    assert (state.counts.rows, state.counts.errors) == (3, {"E_MISSING": 1})


def test_a_bad_page_is_one_row_of_the_spreadsheet(tagger, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.txt").write_text(f"{TEXTS[0]}{TEXTS[2]}", "utf-8")
    (tmp_path / "pages/b.txt").write_bytes(b"")
    state = tag(tagger, tmp_path / "pages", tmp_path / "out.csv")
    assert state.counts.errors == {"E_EMPTY": 1}
    assert "没有文字（E_EMPTY）" in (tmp_path / "out.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_parquet_broken_in_the_middle_keeps_what_is_before_and_says_so(tagger, tmp_path, ending):
    import pyarrow
    from pyarrow import parquet

    broken, whole = tmp_path / "a.parquet", tmp_path / "b.parquet"
    for path in (broken, whole):
        parquet.write_table(pyarrow.Table.from_pylist(rows(60)), path, row_group_size=20)
    place = parquet.ParquetFile(broken).metadata.row_group(1).column(2).data_page_offset
    data = bytearray(broken.read_bytes())
    data[place : place + 60] = b"\xff" * 60
    broken.write_bytes(data)
    output = tmp_path / f"out{ending}"
    state = tag(tagger, [broken, whole], output, errors=tmp_path / "e.jsonl")
    assert state.counts.rows == 20 + 1 + 60
    (error,) = read_jsonl(tmp_path / "e.jsonl")
    assert (error["code"], error["line"]) == ("E_READ", 21)
    if ending == ".parquet":
        years = parquet.read_table(output).column("year").to_pylist()
        assert years == [*range(1990, 2010), None, *range(1990, 2050)]
