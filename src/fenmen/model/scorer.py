"""Texts to scores, without scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.decision import Doubles, Flags
from fenmen.model.features import FeatureSpace, Reading, batches
from fenmen.model.model import Model
from fenmen.model.spreading import Occurring, character_weights
from fenmen.model.strong_words import StrongWords, strong_words
from fenmen.model.wordlist import Places, jieba_words

if TYPE_CHECKING:
    from fenmen.model.loops.space import QuickSpace

MOSTLY_ZERO = 0.25  # share of filled cells below which weights are held sparse
LARGE = 1 << 22  # cells from which weights are not widened on loading


@dataclass(frozen=True, slots=True)
class Explained:
    """What made a text's scores: `weights[i]`, (n_topics,), stands at characters `spans[i]`.

    `spans` is (n, 2), `weights` (n, n_topics); their sum and the intercept are the scores.
    """

    spans: NDArray[np.int64]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]


class Weights:
    """The weights in double precision, sparse where that is smaller by much and so faster.

    Those of a large model would take longer to widen than a thousand texts to score: of these
    only the rows that a batch needs are, when it needs them.
    """

    def __init__(self, weights: sparse.csr_array) -> None:
        cells = int(np.prod(weights.shape))
        self._held: Any = weights
        self._single: NDArray[np.float32] | None = None
        self._widened = weights.nnz < MOSTLY_ZERO * cells or cells < LARGE
        if self._widened:
            is_sparse = weights.nnz < MOSTLY_ZERO * cells
            self._held = weights.astype(np.float64) if is_sparse else _doubles(weights)

    @property
    def single(self) -> NDArray[np.float32] | None:
        """All weights, (n_columns, n_topics), in single precision if they are held full; widened
        they are the same, and half of them is read faster.
        """
        if self._single is None and isinstance(self._held, np.ndarray):
            self._single = self._held.astype(np.float32)
        return self._single

    def sum(self, columns: sparse.csr_array) -> Doubles:
        """Columns (n_texts, n_columns) to (n_texts, n_topics)."""
        if self._widened:
            return _dense(columns @ self._held)
        used = np.zeros(columns.shape[1], bool)
        used[columns.indices] = True
        rows = np.flatnonzero(used)
        place = np.empty(columns.shape[1], np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        narrow = (columns.data, place[columns.indices], columns.indptr)
        few = sparse.csr_array(narrow, shape=(columns.shape[0], len(rows)))
        return _dense(few @ _doubles(self._held[rows]))

    def rows(self, columns: Places) -> Doubles:
        """All weights of some columns, (n, n_topics)."""
        return _dense(self._held[columns]).astype(np.float64)

    def cells(self, columns: Places, topics: NDArray[np.int64]) -> Doubles:
        """The weight of each of some columns for a topic of its own, (n,)."""
        return _dense(self._held[columns, topics]).astype(np.float64)


def _doubles(weights: sparse.csr_array) -> Doubles:
    return np.asarray(weights.toarray(), np.float64)


def _dense(found: Any) -> Doubles:
    # One row, many rows, many cells: scipy gives each a sparse type of its own.
    return np.asarray(found if isinstance(found, np.ndarray) else found.toarray())


class Scorer:
    """Scores texts with a model; safe to use from several threads."""

    def __init__(self, model: Model) -> None:
        self.decision = model.decision
        self._features = FeatureSpace(model.tokenizer, model.views, model.taxonomy)
        # Summed in double precision: the scores of a text do not depend on its neighbours, and
        # are scikit-learn's to 1e-6.
        self._weights = Weights(model.weights)
        self._intercept = model.intercept.astype(np.float64)
        self._quick: QuickSpace | None = None

    def quicken(self) -> bool:
        """Get ready for many texts: from now on compiled loops read and score them.

        Worth its second from a few million characters on. The scores are the same to the last bit.

        Returns:
            Whether it is so: not without numba, and not with a vocabulary of many millions.
        """
        try:
            from fenmen.model.loops.space import QuickSpace

            self._quick = self._quick or QuickSpace(self._features)
            jieba_words.cache_clear()  # 20 MB that only another user dictionary would need
        except (ImportError, OverflowError):
            return False
        return True

    def read(self, texts: Sequence[str], keep: bool = False) -> Reading:
        """Tokenise texts once for `score_reading` and, with `keep`, `explain_topics`.

        Memory grows with the texts: give it a few hundred thousand characters at a time.
        """
        return (self._quick or self._features).read(texts, keep)

    def score(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores, (n_texts, n_topics)."""
        none = np.empty((0, len(self._intercept)), np.float32)
        parts = [self.score_reading(self.read(some)) for some in batches(texts)]
        return np.concatenate([none, *parts])

    def score_reading(self, reading: Reading) -> NDArray[np.float32]:
        """The scores of texts that have been read, (n_texts, n_topics)."""
        if self._quick and isinstance(reading, self._quick.Reading):
            scores = self._quick.scores(reading, self._weights)
        else:
            scores = self._weights.sum(self._features.columns(reading))
        return (scores + self._intercept).astype(np.float32)

    def probabilities(self, scores: NDArray[np.floating]) -> Doubles:
        """Calibrated probabilities, (n_texts, n_topics)."""
        return self.decision.probabilities(scores)

    def decide(self, probabilities: NDArray[np.floating]) -> Flags:
        """Which topics each text gets, (n_texts, n_topics)."""
        return self.decision.decide(probabilities)

    def in_review(self, probabilities: NDArray[np.floating]) -> Flags:
        """Which topics of which texts are in doubt, (n_texts, n_topics)."""
        return self.decision.in_review(probabilities)

    @property
    def thresholds(self) -> Doubles:
        """The probability from which a text gets each topic, (n_topics,)."""
        return self.decision.thresholds

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words of a text stand."""
        reading = self._features.read([text], keep=True)
        assert reading.cut is not None
        _, starts, ends = reading.cut.words(np.zeros(1, np.int64))
        return list(zip(starts.tolist(), ends.tolist(), strict=True))

    def words(self, text: str) -> list[str]:
        """The words of a text, as the tokeniser gives them."""
        reading = self._features.read([text], keep=True)
        assert reading.cut is not None
        return reading.cut.spelled()

    def explain(self, text: str) -> Explained:
        """Every occurrence of a term in a text with its part of the scores."""
        reading = self._features.read([text], keep=True)
        found = self._features.evidence(reading, np.zeros(1, np.int64))
        return Explained(
            spans=np.column_stack([found.starts, found.ends]).astype(np.int64),
            weights=(found.values[:, None] * self._weights.rows(found.columns)).astype(np.float32),
            intercept=self._intercept.astype(np.float32),
        )

    def character_weights(
        self, reading: Reading, texts: NDArray[np.int64], topics: NDArray[np.int64]
    ) -> Doubles:
        """What each character added to some scores: those of the texts `texts[i]` of a reading for
        `topics[i]`, both (n,).

        Returns:
            (n_characters,) of these texts in a row.
        """
        if self._quick and isinstance(reading, self._quick.Reading):
            return self._quick.character_weights(reading, texts, topics, self._weights)
        found = self._features.evidence(reading, texts)
        weights = found.values * self._weights.cells(found.columns, topics[found.texts])
        occurring = Occurring(found.texts, found.starts, found.ends, weights)
        return character_weights(occurring, np.append(0, np.cumsum(reading.sheet.sizes[texts])))

    def strong_words(
        self, reading: Reading, texts: Places, titles: Places, weights: Doubles, share: float
    ) -> StrongWords:
        """The words that speak clearly among those `character_weights`; see there and
        `fenmen.model.strong_words`.
        """
        if self._quick and isinstance(reading, self._quick.Reading):
            return self._quick.strong_words(reading, texts, titles, weights, share)
        return strong_words(reading, texts, titles, weights, share)
