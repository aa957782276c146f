"""The lexicon view: how often, how densely and how variously a text uses a topic's seed words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.characters import CharacterReader
from fenmen.model.grams import Grams
from fenmen.model.sheet import Sheet, lay
from fenmen.model.tokens import normalise
from fenmen.model.vocabulary import alphabet_of_terms, character_rows
from fenmen.model.wordlist import Ints, Places
from fenmen.simplified import simplify
from fenmen.taxonomy import Taxonomy

MEASURES = ("hits", "density", "distinct")


@dataclass(frozen=True, slots=True)
class SeedHits:
    """Where seed words stand in texts: hit i is of topic `topics[i]`; all (n_hits,).

    `lengths` does not count spaces; `starts` and `ends` are characters of the sheet.
    """

    texts: NDArray[np.int64]
    topics: NDArray[np.int64]
    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]


class Lexicon:
    """Measures the seed words of a taxonomy; three columns for each topic that has some."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        topics = [topic for topic in taxonomy.topics if topic.seed_words]
        pairs = sorted(
            {
                (normalise(simplify(w)).replace(" ", ""), k)
                for k, t in enumerate(topics)
                for w in t.seed_words
            }
        )
        words = sorted({word for word, _ in pairs})
        place = {word: i for i, word in enumerate(words)}
        self.terms = tuple(f"{topic.id}:{measure}" for topic in topics for measure in MEASURES)
        self._n_topics, self.n_words = len(topics), len(words)
        # One seed word may belong to several topics: pairs[first[w] : first[w + 1]] are word w's.
        self._pair_topics = np.array([k for _, k in pairs], np.int64)
        owners = np.array([place[word] for word, _ in pairs], np.int64)
        self._first = np.searchsorted(owners, np.arange(len(words) + 1))
        alphabet = alphabet_of_terms([words])
        self.reader = CharacterReader(alphabet)
        self.grams = Grams(character_rows(words, alphabet))

    def measure(self, texts: Sequence[str]) -> sparse.csr_array:
        """The MEASURES of each topic, (n_texts, n_columns): log1p(hits), the share of characters
        that stand in hits, log1p(different words hit).
        """
        sheet = lay(texts)
        return self.measured(self.find(sheet), sheet.sizes)

    def measured(self, hits: SeedHits, sizes: Places) -> sparse.csr_array:
        """The MEASURES of each topic in texts of these sizes, (n_texts, n_columns)."""
        n_texts = len(sizes)
        cell = hits.texts * self._n_topics + hits.topics
        n_cells = n_texts * self._n_topics
        counts = np.bincount(cell, minlength=n_cells)
        covered = np.bincount(cell, hits.lengths, minlength=n_cells)
        kinds = np.unique(cell * len(self._first) + hits.words) // len(self._first)
        distinct = np.bincount(kinds, minlength=n_cells)
        share = covered / np.repeat(np.maximum(sizes, 1), self._n_topics)
        values = np.column_stack([np.log1p(counts), np.minimum(share, 1.0), np.log1p(distinct)])
        return sparse.csr_array(values.reshape(n_texts, len(self.terms)))

    def find(self, sheet: Sheet) -> SeedHits:
        """All seed words in the texts of a sheet with their places."""
        symbols = self.reader.symbols(sheet)
        found = self.grams.find(symbols.symbols)
        lasts = found.positions + found.lengths - 1
        texts = symbols.texts.take(found.positions)
        places = symbols.starts.take(found.positions), symbols.ends.take(lasts)
        return self.hits(texts, found.lengths, found.columns, *places)

    def hits(
        self, texts: Ints, lengths: Ints, words: Ints, starts: Places, ends: Places
    ) -> SeedHits:
        """Seed words that stand in texts, (n,), once for each topic."""
        owners = np.diff(self._first)[words]
        hit = np.repeat(np.arange(len(owners)), owners)
        rank = np.arange(len(hit)) - np.repeat(np.cumsum(owners) - owners, owners)
        return SeedHits(
            texts=texts[hit].astype(np.int64),
            topics=self._pair_topics[self._first[words[hit]] + rank],
            lengths=lengths[hit].astype(np.int64),
            starts=starts[hit],
            ends=ends[hit],
            words=words[hit].astype(np.int64),
        )
