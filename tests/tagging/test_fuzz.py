"""Ten thousand hostile rows through the whole way: no crash, one output row each."""

import csv
import io
import json
import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fenmen.articles.rows import Columns
from fenmen.errors import FenmenError
from fenmen.tagging.inputs import pieces, rows_of, survey
from fenmen.tagging.settings import Settings
from tests.tagging.archive import TEXTS, read_jsonl, tag

ROWS_AT_ONCE = 100
HOSTILE = [
    *("\ud800", "\udfff\ud800", "\0", "\u202e社工\u202c", "\ufeff", "\u2028", "\x85", "\x1c", "\f"),
    *("=1+1", "@SUM(A1)", "＝1", "\t", '"', "'", ",", "\r", "\r\n", "\\", "\U0001f600", "𠮷", "İ"),
    *("的" * 500, "1" * 5000, "a" * 500, "。" * 200, "\n" * 50, "　" * 30, "○二○二四", "𝟗"),
    *TEXTS,
]
WORDS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=8).map("".join)
NUMBERS = st.sampled_from([0, -1, 2**63, 10**4000, 1e308, -0.0, float("inf"), 0.1 + 0.2])
VALUES = st.recursive(
    WORDS | NUMBERS | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["text", "title", "id", "tags", "status", "error", "segments", "model", "x"])
OBJECTS = st.dictionaries(KEYS | WORDS, VALUES, max_size=6)
LINES = (
    st.builds(lambda o, plain: json.dumps(o, ensure_ascii=plain).encode("utf-8", "surrogatepass"),
              OBJECTS, st.booleans())
    | st.builds(lambda t: json.dumps({"text": t}).encode(), WORDS)
    | st.binary(max_size=60)
    | st.sampled_from([b'{"a":' * 5000, b"[" * 5000, b'{"text": 1E999}', b"-", b'{"text"'])
)  # fmt: skip


def lines_of(data):
    return [line for line in data.split(b"\n") if line.strip()]


FUZZED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking a hundred rows takes minutes
    suppress_health_check=list(HealthCheck),
)


@FUZZED
@given(st.lists(LINES, min_size=ROWS_AT_ONCE, max_size=ROWS_AT_ONCE))
def test_ten_thousand_hostile_lines_give_one_row_each(tagger, tmp_path, lines):
    data = b'{"text": ""}\n' + b"\n".join(line.replace(b"\n", b" ") for line in lines)
    (tmp_path / "in.jsonl").write_bytes(data)
    expected = len(lines_of(data))
    state = tag(tagger, tmp_path / "in.jsonl", tmp_path / "out.jsonl", restart=True,
                settings=Settings())  # fmt: skip
    assert state.counts.rows == expected
    assert (
        len([json.loads(x) for x in (tmp_path / "out.jsonl").read_bytes().splitlines()]) == expected
    )
    tag(tagger, tmp_path / "in.jsonl", tmp_path / "out.csv", restart=True)
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == expected + 1


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_hostile_spreadsheets_give_one_row_each(tagger, tmp_path, ending):
    chance = random.Random(5)
    for _ in range(20):
        made = io.StringIO(newline="")
        writer = csv.writer(made, delimiter="," if ending == ".csv" else "\t")
        writer.writerow(["id", "text"])
        for number in range(100):
            cells = ["".join(chance.choices(HOSTILE, k=chance.randint(0, 4))) for _ in range(2)]
            writer.writerow([f"{number}{cells[0]}", cells[1].replace("\0", "")])
        source = tmp_path / f"in{ending}"
        source.write_bytes(made.getvalue().encode("utf-8", "surrogatepass"))
        state = tag(tagger, source, tmp_path / "out.jsonl", restart=True)
        assert state.counts.rows == 100
        assert len(read_jsonl(tmp_path / "out.jsonl")) == 100


def test_a_line_of_a_megabyte_is_one_row(tagger, tmp_path):
    for text in ("社" * 350_000, "。" * 1_000_000, "a " * 500_000, "心理，" * 300_000):
        (tmp_path / "in.jsonl").write_text(json.dumps({"text": text}), "utf-8")
        state = tag(tagger, tmp_path / "in.jsonl", tmp_path / "out.jsonl", restart=True)
        assert state.counts.rows == 1
    assert len(read_jsonl(tmp_path / "out.jsonl")) == 1


@FUZZED
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_an_error(tmp_path, data):
    for name in ("in.jsonl", "in.csv", "in.jsonl.gz", "in.tsv.zst", "in.parquet"):
        (tmp_path / name).write_bytes(data)
        try:
            (source,) = survey([str(tmp_path / name)], columns=Columns())
        except FenmenError:  # a header without a text
            continue
        for piece in pieces([source]):
            assert all(row.article for row in rows_of(piece))
