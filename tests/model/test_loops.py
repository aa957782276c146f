"""Compiled loops are held against the array code: the same to the last bit."""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fenmen.model.scorer import Scorer
from fenmen.model.sheet import lay
from fenmen.model.views import View
from fenmen.model.words import cut
from tests.model.samples import samples, small_model
from tests.model.test_cutter import PLAIN, SENTENCES, WITH_USER_WORDS, mixtures
from tests.model.test_views import TEXTS, UNSEEN, fitted

pytest.importorskip("numba")

from fenmen.model.cutter import cutter_of
from fenmen.model.loops.space import QuickSpace

ODD = [
    *SENTENCES,
    *samples(40, seed=9)[0],
    "灌溉渠修通以後，村民清理河流兩岸的淤泥，行道樹木也修剪了。",
    "河流" * 3000,
    "Ｔ恤衫、t恤衫和AA制的ＡＡ制，PM2.5－Ａ，\x02\x03\x01标记\x02",
    "\U0001f600河\u200d流\ud83d水\ufeff库\u3000森\t林",
    "".join(map(chr, range(0x3000, 0x3400))),
]


def corpus_lines():
    paths = sorted(Path("data/corpus").glob("*.jsonl"))
    return [line for path in paths for line in path.read_text("utf-8").splitlines()[:150]]


def signs(count):
    """ASCII signs and letters, rare and common characters in random order."""
    chance = random.Random(5)
    return ["".join(chance.choices("ab7--__+#&&..%%㐀𠀀水河％．Ａ ，", k=12)) for _ in range(count)]


@pytest.mark.parametrize("tokenizer", [PLAIN, WITH_USER_WORDS], ids=["plain", "user words"])
@pytest.mark.parametrize("texts", [ODD, mixtures(3000), signs(5000), corpus_lines(), [], [""]])
def test_texts_are_cut_alike(tokenizer, texts):
    cutter = cutter_of(tokenizer)
    one, other = cut(lay(texts), cutter), cut(lay(texts), cutter, cutter.trie())
    np.testing.assert_array_equal(one.firsts, other.firsts)
    np.testing.assert_array_equal(one.lasts, other.lasts)


@pytest.mark.parametrize(
    "views",
    [
        [View("a")],
        [View("b", ngram=(1, 3), min_df=2, sublinear=False, norm="l1")],
        [View("c", ngram=(2, 2), idf="none", norm="none", binary=True)],
        [View("d", edges=True, punctuation=True)],
        [View("e", kind="search", ngram=(1, 2))],
        [View("s", kind="search")],
        [View("g", kind="chars", ngram=(3, 6), edges=True, norm="l1")],
        [View("lexicon", kind="lexicon", weight=2.0)],
        [
            View("words", min_df=4),
            View("wide", ngram=(1, 3)),
            View("f", kind="chars", min_df=2),
            View("h", kind="word_pairs", min_df=2, idf="none"),
            View("i", kind="char_pairs", min_df=3),
            View("seeds", kind="lexicon"),
        ],
    ],
    ids=lambda views: "+".join(view.kind for view in views),
)
def test_columns_are_alike(views):
    space, _ = fitted(*views)
    quick = QuickSpace(space)
    for texts in (TEXTS, UNSEEN, ODD, [], ["", ""]):
        for keep in (False, True):
            expected = space.columns(space.read(texts, keep))
            found = quick.columns(quick.read(texts, keep))
            assert found.shape == expected.shape
            np.testing.assert_array_equal(found.indptr, expected.indptr)
            np.testing.assert_array_equal(found.indices, expected.indices)
            np.testing.assert_array_equal(found.data, expected.data)


@pytest.fixture(scope="module")
def model():
    return small_model().model


@pytest.mark.parametrize("mostly_zero", [0.0, 1.0], ids=["dense", "sparse"])
@pytest.mark.parametrize("large", [0, 1 << 22], ids=["large", "small"])
def test_scores_and_evidence_are_alike(model, mostly_zero, large, monkeypatch):
    monkeypatch.setattr("fenmen.model.scorer.MOSTLY_ZERO", mostly_zero)
    monkeypatch.setattr("fenmen.model.scorer.LARGE", large)
    plain, quick = Scorer(model), Scorer(model)
    assert quick.quicken()
    texts = [*ODD, *TEXTS, *UNSEEN]
    np.testing.assert_array_equal(plain.score(texts), quick.score(texts))
    some = np.array([5, 3, 3, *range(len(texts)), 12])
    topics = np.arange(len(some)) % 3
    titles = np.arange(len(some)) % 4
    for share in (0.0, 0.05):
        one, other = (
            strong_words(scorer, texts, some, topics, titles, share) for scorer in (plain, quick)
        )
        assert len(one[0]) == sum(len(texts[text]) for text in some)
        assert len(one[1]) > 10
        for own, like in zip(one, other, strict=True):
            np.testing.assert_array_equal(own, like)


def strong_words(scorer, texts, some, topics, titles, share):
    """The weights of characters and what the words are that speak clearly."""
    reading = scorer.read(texts, keep=True)
    scorer.score_reading(reading)
    weights = scorer.character_weights(reading, some, topics)
    return weights, *scorer.strong_words(reading, some, titles, weights, share)


def test_a_vocabulary_that_is_too_large_is_left_to_the_array_code(model, monkeypatch):
    monkeypatch.setattr("fenmen.model.loops.tables.KEY_BITS", 3)
    scorer = Scorer(model)
    assert not scorer.quicken()
    assert scorer.score(["河流"]).shape == (1, 3)


def test_without_numba_all_goes_on_with_arrays(model, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("fenmen.model.loops")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    scorer = Scorer(model)
    assert not scorer.quicken()
    assert scorer.score(["河流"]).shape == (1, 3)


def test_a_short_file_is_served_without_numba():
    code = (
        "import sys, fenmen.tagging.batch; from fenmen.model import cutter, sheet, tokens, words; "
        "words.cut(sheet.lay(['社工站开门']), cutter.cutter_of(tokens.Tokenizer())); "
        "print('numba' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_where_no_cache_can_be_written_loops_are_compiled_each_time(monkeypatch):
    from fenmen.model.loops import compiling

    made = []

    def njit(signature, **options):
        if options.pop("cache", False):
            raise RuntimeError("cannot cache function: no locator available")
        made.append(options)
        return lambda function: function

    monkeypatch.setattr(compiling.numba, "njit", njit)
    assert compiling.loop("int64(int64)")(lambda number: number)(7) == 7
    assert made == [{"nogil": True}]
