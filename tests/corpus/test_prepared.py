import json
import random

import pytest

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.errors import FenmenError
from tests.corpus.test_schema import TEXT, row, write


def shuffled(number):
    """A text of its own, no reprint of another."""
    return "".join(random.Random(number).sample(TEXT, len(TEXT))) + "。"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [row(id=f"a-{i}", group=f"g{i}", text=shuffled(i)) for i in range(20)]
    write(folder, *rows)
    return {
        "name": "harbour",
        "format": "segments",
        "folder": str(folder),
        "prepared": str(tmp_path / "prepared"),
        "shares": {"train": 0.8, "test": 0.2},
    }


def test_a_corpus_is_prepared_and_read_back_as_it_was(corpus, two_topics):
    folder = prepare(corpus, two_topics, seed=3)
    train, test = read_parts(folder, ["train"]), read_parts(folder, ["test"])
    assert (len(train), len(test)) == (16, 4)
    assert train[0].topics == ("fishing",)


def test_preparing_again_writes_nothing(corpus, two_topics):
    path = prepare(corpus, two_topics, seed=3) / "train.jsonl"
    before = path.stat().st_mtime_ns
    prepare(corpus, two_topics, seed=3)
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("change", ["corpus", "seed", "taxonomy"])
def test_a_change_is_noticed(corpus, two_topics, change):
    from dataclasses import replace
    from pathlib import Path

    path = prepare(corpus, two_topics, seed=3) / "digest.txt"
    before = path.read_text()
    if change == "corpus":
        with (Path(corpus["folder"]) / "a.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(row(id="new", group="new"), ensure_ascii=False) + "\n")
    seed = 4 if change == "seed" else 3
    name = "other" if change == "taxonomy" else two_topics.name
    prepare(corpus, replace(two_topics, name=name), seed=seed)
    assert path.read_text() != before


def test_a_part_that_was_not_prepared_is_named(corpus, two_topics):
    folder = prepare(corpus, two_topics, seed=3)
    with pytest.raises(FenmenError, match=r"no part 'dev'.*\['test', 'train'\]"):
        read_parts(folder, ["dev"])


def test_an_unknown_format_names_the_known_ones(corpus, two_topics):
    with pytest.raises(FenmenError, match="unknown format 'xml'.*segments.*table"):
        prepare(corpus | {"format": "xml"}, two_topics, seed=0)
