"""Vocabularies and idf from training texts, and the columns of any part of them."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.characters import CharacterReader, alphabet_of
from fenmen.model.counting import count
from fenmen.model.grams import Grams, Occurrences, learn_terms
from fenmen.model.lexicon import Lexicon
from fenmen.model.pairs import Pairs, learn_pairs
from fenmen.model.reading import END, START, Ints, Symbols, WordReader, arrange
from fenmen.model.signs import codes_of, in_words
from fenmen.model.tokens import Tokenizer, normalise
from fenmen.model.views import FittedView, Floats, View, weigh
from fenmen.model.vocabulary import character_terms, word_terms
from fenmen.simplified import simplify
from fenmen.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Learned:
    """A view with all terms of the training texts and how often each stands in each text.

    `counts` is (n_texts, n_terms); the lexicon view has its values there.
    """

    view: View
    terms: tuple[str, ...]
    counts: sparse.csr_array

    def split(
        self, train: NDArray[np.int64], other: NDArray[np.int64]
    ) -> tuple[sparse.csr_array, sparse.csr_array]:
        """The values of two parts of the texts, all fitted on the first part only."""
        if self.view.kind == "lexicon":
            values = self.counts * self.view.weight
            return values[train], values[other]
        counts = self.counts[train]
        frequency = text_frequency(counts)
        kept = np.flatnonzero(frequency >= self.view.min_df)
        idf = _idf(self.view, [self.terms[k] for k in kept], frequency[kept], len(train))
        return (
            weigh(sparse.csr_array(counts[:, kept]), self.view, idf),
            weigh(sparse.csr_array(self.counts[other][:, kept]), self.view, idf),
        )

    def fit(self) -> tuple[FittedView, sparse.csr_array]:
        """The view fitted on all texts, and its values."""
        if self.view.kind == "lexicon":
            ones = np.ones(len(self.terms), np.float32)
            return FittedView(self.view, self.terms, ones), self.counts * self.view.weight
        idf = _idf(self.view, self.terms, text_frequency(self.counts), self.counts.shape[0])
        return FittedView(self.view, self.terms, idf), weigh(self.counts, self.view, idf)


def learn(
    texts: Sequence[str], views: Sequence[View], tokenizer: Tokenizer, taxonomy: Taxonomy
) -> list[Learned]:
    """Count the terms of every view; a lexicon view of a taxonomy without seed words is left out.

    Raises:
        FenmenError: E_VIEW if no view is left, two have one name, or one finds no terms.
    """
    views = [view for view in views if view.kind != "lexicon" or taxonomy.has_seed_words]
    names = [view.name for view in views]
    if not views or len(set(names)) != len(names):
        raise FenmenError(
            "E_VIEW",
            where="features",
            what=f"views {names}",
            fix="give at least one view, each with a name of its own",
        )
    texts = [simplify(text) for text in texts]
    reading = _Reading(texts, views, tokenizer)
    vocabularies: dict[tuple[object, ...], Learned] = {}
    learned = []
    for view in views:
        key = (view.kind, view.reads, view.ngram, view.min_df, view.edges)
        if key not in vocabularies:
            vocabularies[key] = (
                _learn_lexicon(view, texts, taxonomy)
                if view.kind == "lexicon"
                else reading.learn(view)
            )
        learned.append(replace(vocabularies[key], view=view))
    return learned


class _Reading:
    """Training texts as symbols, each kind read once for all views."""

    def __init__(self, texts: Sequence[str], views: Sequence[View], tokenizer: Tokenizer) -> None:
        self._n_texts = len(texts)
        self._symbols: dict[str, Symbols] = {}
        kinds = {view.reads.removesuffix("+") for view in views}
        numbers: dict[str, int] = {}
        if kinds & {"words", "search"}:
            pieces = [tokenizer.pieces(text) for text in texts]
            numbers = _number_pieces(pieces, tokenizer, "search" in kinds)
            reader = WordReader(tokenizer, numbers, with_unknown=False)  # all are known here
            row = arrange(texts, [np.array(list(map(len, own)), np.int32) for own in pieces])
            self._symbols["words"] = reader.words(row)
            if any(view.punctuation for view in views):
                self._symbols["words+"] = reader.words(row, punctuation=True)
            if "search" in kinds:
                self._symbols["search"] = reader.search_words(row)
        self._words = list(numbers)
        # Of words and of characters.
        self._marks = ([numbers.get(START, 0), numbers.get(END, 0)], [1, 2])
        if "chars" in kinds:
            self._alphabet = alphabet_of(texts)
            self._symbols["chars"] = CharacterReader(self._alphabet).read(texts)

    def learn(self, view: View) -> Learned:
        """The terms of one view and their counts."""
        terms, found = self._pairs(view) if view.paired else self._grams(view)
        if not len(terms):
            raise FenmenError(
                "E_VIEW",
                where=f"view {view.name!r}",
                what=f"no term stands in {view.min_df} of {self._n_texts} training texts",
                fix="lower min_df or give more texts",
            )
        names = (
            character_terms(terms, self._alphabet)
            if view.spelled
            else word_terms(terms, self._words)
        )
        counts = count(self._symbols[view.reads], found, (self._n_texts, len(terms)))
        return Learned(view, tuple(names), counts)

    def _grams(self, view: View) -> tuple[Ints, Occurrences]:
        """The n-grams, (n_terms, longest) symbols, and where they stand."""
        row, marks = self._symbols[view.reads], self._marks[view.spelled]
        symbols = (
            row.symbols if view.edges else np.where(np.isin(row.symbols, marks), 0, row.symbols)
        )
        terms = learn_terms(symbols.astype(np.int32), row.texts, *view.ngram, view.min_df)
        # A mark alone stands in every text.
        terms = terms[~(np.isin(terms[:, 0], marks) & (np.count_nonzero(terms, axis=1) == 1))]
        return terms, Grams(terms).find(symbols)

    def _pairs(self, view: View) -> tuple[Ints, Occurrences]:
        """The pairs, (n_terms, 2) symbols, and where they stand; no punctuation, no marks."""
        row = self._symbols[view.reads]
        usable = np.ones(int(row.symbols.max(initial=0)) + 1, bool)
        usable[[0, *self._marks[view.spelled]]] = False
        if view.spelled:
            usable[1:] &= in_words()[codes_of(self._alphabet)][: len(usable) - 1]
        terms = learn_pairs(row, usable, view.min_df)
        return terms, Pairs(terms).find(row)


def _number_pieces(
    pieces: Sequence[Sequence[str]], tokenizer: Tokenizer, with_subwords: bool
) -> dict[str, int]:
    """Number the marks, the different pieces and the words within them, in their order."""
    different = sorted(set().union(*pieces))
    found = {normalise(piece) for piece in different}
    if with_subwords:
        found.update(token.word for piece in different for token in tokenizer.subwords(piece))
    return {word: number for number, word in enumerate([START, END, *sorted(found)], start=1)}


def _learn_lexicon(view: View, texts: Sequence[str], taxonomy: Taxonomy) -> Learned:
    lexicon = Lexicon(taxonomy)
    return Learned(view, lexicon.terms, lexicon.measure(texts))


def text_frequency(counts: sparse.csr_array) -> NDArray[np.int64]:
    """In how many texts each column stands, (n_columns,)."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def _idf(view: View, terms: Sequence[str], frequency: NDArray[np.int64], n_texts: int) -> Floats:
    """The idf of each term, (n_terms,), as scikit-learn smooths it, or jieba's."""
    if view.idf in ("learned", "root"):
        smooth = np.log((1 + n_texts) / (1 + frequency)) + 1
        return np.asarray(np.sqrt(smooth) if view.idf == "root" else smooth, np.float32)
    if view.idf == "plain":
        return np.log(n_texts / frequency).astype(np.float32)
    if view.idf == "none":
        return np.ones(len(terms), np.float32)
    table, median = jieba_idf()
    # jieba has no n-grams of words: the mean of their words stands for them.
    return np.array(
        [np.mean([table.get(word, median) for word in term.split(" ")]) for term in terms],
        np.float32,
    )


@lru_cache(maxsize=1)
def jieba_idf() -> tuple[dict[str, float], float]:
    """jieba's background table of idf, and its median for words that it lacks."""
    found = importlib.util.find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / "analyse" / "idf.txt"
    pairs = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    table = {word.lower(): float(value) for word, value in pairs}
    return table, float(np.median(list(table.values())))
