"""Pairs are held against a plain loop over the symbols of each text."""

from itertools import combinations

import numpy as np
import pytest

from fenmen.errors import FenmenError
from fenmen.model import pairs
from fenmen.model.features import FeatureSpace
from fenmen.model.learning import learn
from fenmen.model.pairs import REACH, Pairs, learn_pairs
from fenmen.model.reading import Symbols
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView, View
from tests.model.samples import TAXONOMY

NONE = np.empty(0, np.int32)
RANDOM = np.random.default_rng(4)
TEXTS = [RANDOM.integers(0, 30, RANDOM.integers(0, 40)).tolist() for _ in range(50)]


def row_of(texts):
    """Symbols as the readers arrange them: a mark of number 0 before and after each text."""
    own = [[0, *text, 0] for text in texts]
    numbers = np.repeat(np.arange(len(own)), [len(text) for text in own])
    return Symbols(np.concatenate(own).astype(np.int32), numbers.astype(np.int32), NONE, NONE)


def pairs_of(text, usable=range(1, 30)):
    return set(combinations(sorted(set(text) & set(usable)), 2))


def fitted(*views, texts):
    return [one.fit()[0] for one in learn(texts, views, Tokenizer(), TAXONOMY)]


@pytest.mark.parametrize("block", [7, 1 << 20])
def test_every_pair_of_enough_texts_is_learned(monkeypatch, block):
    monkeypatch.setattr(pairs, "BLOCK", block)
    usable = np.arange(30) > 3
    found = learn_pairs(row_of(TEXTS), usable, 5)
    counted = [pair for text in TEXTS for pair in pairs_of(text, range(4, 30))]
    expected = sorted({pair for pair in counted if counted.count(pair) >= 5})
    assert [tuple(pair) for pair in found.tolist()] == expected


@pytest.mark.parametrize("block", [7, 1 << 20])
def test_a_pair_is_found_at_the_first_places_of_both_symbols(monkeypatch, block):
    monkeypatch.setattr(pairs, "BLOCK", block)
    terms = np.array([[9, 2], [5, 6], [2, 3]], np.int32)
    row = row_of(TEXTS)
    found = Pairs(terms).find(row)
    places = sorted(zip(found.columns.tolist(), found.positions.tolist(), strict=True))
    before = np.cumsum([0, *(len(text) + 2 for text in TEXTS)]).tolist()
    expected = sorted(
        (column, before[number] + 1 + text.index(symbol))
        for number, text in enumerate(TEXTS)
        for column, pair in enumerate(terms.tolist())
        if set(pair) <= set(text)
        for symbol in pair
    )
    assert places == expected


def test_only_the_beginning_of_a_long_text_makes_pairs():
    filling = [1] * (REACH - 2)
    row = row_of([[2, *filling, 3], [2, *filling, 1, 3]])
    found = Pairs(np.array([[2, 3]], np.int32)).find(row)
    assert set(row.texts[found.positions].tolist()) == {0}


def test_pairs_are_blind_to_order_distance_and_repetition():
    (view,) = fitted(View("p", kind="char_pairs", norm="none"), texts=["河水流", "山树林"])
    space = FeatureSpace(Tokenizer(), [view], TAXONOMY)
    one, other = space.transform(["河，水！", "水水……老桥下的河河"]).toarray()
    assert one.any()
    assert (one == other).all()


def test_a_pair_of_words_reads_as_both_with_a_space_between():
    (view,) = fitted(View("p", kind="word_pairs"), texts=["河流，灌溉！"])
    assert view.terms in (("河流 灌溉",), ("灌溉 河流",))


def test_no_pairs_in_no_text():
    assert len(Pairs(np.array([[1, 2]], np.int32)).find(row_of([[], [1]])).columns) == 0
    assert learn_pairs(row_of([[], [1]]), np.array([False, True]), 1).shape == (0, 2)


@pytest.mark.parametrize("terms", [("水河", "河水"), ("河河",), ("河水流",), ("河",)])
def test_terms_that_are_no_different_pairs_are_refused(terms):
    view = FittedView(View("p", kind="char_pairs"), terms, np.ones(len(terms), np.float32))
    with pytest.raises(FenmenError, match="E_VOCABULARY.*'p'.*differ"):
        FeatureSpace(Tokenizer(), [view], TAXONOMY)


@pytest.mark.parametrize("change", [{"ngram": (1, 2)}, {"edges": True}, {"punctuation": True}])
def test_a_view_of_pairs_takes_no_setting_of_n_grams(change):
    with pytest.raises(FenmenError, match="E_VIEW"):
        View("p", kind="word_pairs", **change)
