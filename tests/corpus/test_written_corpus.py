"""The corpus and the lexicon of the project itself."""

import pytest

from fenmen.corpus.checks import all_faults, read_coverage
from fenmen.corpus.schema import read_corpus
from fenmen.taxonomy import read_taxonomy

JUSTIFIED = "# standard terms of these fields that the corpus does not use yet"


@pytest.fixture(scope="module")
def corpus(root_of_project):
    taxonomy = read_taxonomy(root_of_project / "conf/taxonomy/social.yaml")
    return read_corpus(root_of_project / "data/corpus", taxonomy), taxonomy


@pytest.fixture(scope="module")
def root_of_project():
    from tests.conftest import ROOT

    return ROOT


def test_the_corpus_covers_what_it_lists_and_keeps_its_minimums(corpus, root_of_project):
    examples, taxonomy = corpus
    coverage = read_coverage(root_of_project / "data/corpus")
    assert {"minimums", "subtopics", "confusions"} <= set(coverage)
    assert all(len(listed) >= 30 for listed in coverage["subtopics"].values())
    assert all_faults(examples, taxonomy, coverage) == []


def test_every_word_of_the_user_dictionary_stands_in_a_segment_or_is_justified(
    corpus, root_of_project
):
    lines = (root_of_project / "data/lexicon/userdict.txt").read_text("utf-8").splitlines()
    used, justified = lines[: lines.index(JUSTIFIED)], lines[lines.index(JUSTIFIED) :]
    words = [line.split()[0] for line in used if line.strip() and not line.startswith("#")]
    text = "\n".join(example.document for example in corpus[0])
    assert len(words) >= 300
    assert [word for word in words if word not in text] == []
    assert len(justified) < 20
