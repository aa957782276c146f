"""Texts to scores, without scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.decision import Doubles, Flags
from fenmen.model.features import FeatureSpace
from fenmen.model.model import Model


@dataclass(frozen=True, slots=True)
class Explained:
    """What made a text's scores: `weights[i]`, (n_topics,), stands at characters `spans[i]`.

    `spans` is (n, 2), `weights` (n, n_topics); their sum and the intercept are the scores.
    """

    spans: NDArray[np.int64]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]


class Scorer:
    """Scores texts with a model; safe to use from several threads."""

    def __init__(self, model: Model) -> None:
        self.decision = model.decision
        self._tokenizer = model.tokenizer
        self._features = FeatureSpace(model.tokenizer, model.views, model.taxonomy)
        # Summed in double precision: the scores of a text do not depend on its neighbours, and
        # are scikit-learn's to 1e-6.
        self._weights = model.weights.astype(np.float64)
        self._intercept = model.intercept.astype(np.float64)

    def score(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores, (n_texts, n_topics)."""
        scores = np.empty((len(texts), len(self._intercept)), np.float32)
        first = 0
        for columns in self._features.batches(texts):
            scores[first : first + columns.shape[0]] = columns @ self._weights + self._intercept
            first += columns.shape[0]
        return scores

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
        return [(token.start, token.end) for token in self._tokenizer.tokens(text)]

    def explain(self, text: str) -> Explained:
        """Every occurrence of a term in a text with its part of the scores."""
        evidence = self._features.evidence(text)
        values = np.zeros(self._features.n_columns)
        columns = next(self._features.batches([text]))
        values[columns.indices] = columns.data
        parts = values[evidence.columns] * evidence.shares  # (n,)
        return Explained(
            spans=np.column_stack([evidence.starts, evidence.ends]).astype(np.int64),
            weights=(parts[:, None] * self._weights[evidence.columns]).astype(np.float32),
            intercept=self._intercept.astype(np.float32),
        )
