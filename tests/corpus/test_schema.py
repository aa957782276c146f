import json

import pytest

from fenmen.corpus.schema import read_corpus
from fenmen.errors import FenmenError

TEXT = (
    "舟山沈家门渔港的早市从凌晨三点开始，二十多条拖网船靠岸卸货，带鱼和小黄鱼按筐过秤。"
    "港务站的人说，今年开捕后头十天的上岸量比去年少了一成，船老大们把原因归到油价和天气，没有人愿意多谈。"
)


def row(**changes):
    data = {
        "id": "a-1",
        "text": TEXT,
        "topics": ["fishing"],
        "group": "a-1",
        "register": "news",
        "origin": "written",
    }
    return data | changes


def write(folder, *rows, name="a.jsonl"):
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_a_sound_corpus_is_read_with_all_its_fields(tmp_path, two_topics):
    given = row(title="开捕十天", subtopics=["fishing.harbour"], year=2019, region="浙江")
    (example,) = read_corpus(write(tmp_path, given), two_topics)
    assert example.title == "开捕十天"
    assert example.topics == ("fishing",)
    assert example.document == f"开捕十天\n{TEXT}"


def test_every_fault_is_listed_with_file_and_line(tmp_path, two_topics):
    write(
        tmp_path,
        row(topics=["fishin"]),
        "{broken",
        row(id="b", text="太短"),
        row(id="c", subtopics=["shipping.port"]),
        row(id="", topics="fishing"),
        '["list"]',
    )
    with pytest.raises(FenmenError, match="E_CORPUS") as caught:
        read_corpus(tmp_path, two_topics)
    for expected in (
        "E_TOPIC .*a.jsonl:1: unknown topics .'fishin'.",
        "E_JSON .*a.jsonl:2: is not JSON",
        "E_LENGTH .*a.jsonl:3: text has 2 characters",
        "E_SUBTOPIC .*a.jsonl:4",
        "E_FIELD .*a.jsonl:5",
        "E_JSON .*a.jsonl:6: is not an object",
    ):
        assert caught.match(expected)


def test_an_id_that_stands_twice_is_named_at_both_places(tmp_path, two_topics):
    write(tmp_path, row(), name="a.jsonl")
    write(tmp_path, row(), name="b.jsonl")
    with pytest.raises(FenmenError, match="E_DUPLICATE_ID") as caught:
        read_corpus(tmp_path, two_topics)
    assert caught.match("a.jsonl:1: id 'a-1' stands 2 times")
    assert caught.match("b.jsonl:1: id 'a-1' stands 2 times")


def test_a_line_that_is_not_utf8_is_a_fault_of_its_line(tmp_path, two_topics):
    write(tmp_path, row())
    with (tmp_path / "a.jsonl").open("ab") as out:
        out.write('{"id": "渔"}\n'.encode("gb18030"))
    with pytest.raises(FenmenError, match="E_JSON .*a.jsonl:2"):
        read_corpus(tmp_path, two_topics)


def test_an_empty_folder_says_what_is_expected(tmp_path, two_topics):
    with pytest.raises(FenmenError, match=r"E_MISSING .*no \*.jsonl file here.*data/corpus"):
        read_corpus(tmp_path, two_topics)


def test_a_text_of_an_exclusive_taxonomy_has_exactly_one_topic(tmp_path, two_topics):
    from dataclasses import replace

    exclusive = replace(two_topics, exclusive=True)
    with pytest.raises(FenmenError, match="needs exactly one topic, has .'fishing', 'shipping'."):
        read_corpus(write(tmp_path, row(topics=["fishing", "shipping"])), exclusive)
