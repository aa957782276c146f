"""Scores to probabilities to topics, and which texts a person should look at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
CLOSE_TO_CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class Decision:
    """Calibration, thresholds and the width of the band of doubt; arrays are (n_topics,).

    A topic's probability is the logistic of `slopes * score + offsets`; with `exclusive` topics the
    probabilities of a text are the softmax of the same and the highest wins.
    With `complete` topics a text below all thresholds gets the topic that is nearest to its own.
    `doubt` is how near to a threshold, in log odds, a text goes to review.
    """

    slopes: Doubles
    offsets: Doubles
    thresholds: Doubles
    doubt: float
    exclusive: bool = False
    complete: bool = False

    def probabilities(self, scores: NDArray[np.floating]) -> Doubles:
        """Calibrated probabilities, (n_texts, n_topics)."""
        logits = scores * self.slopes + self.offsets
        if not self.exclusive:
            return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logits)))
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def decide(self, probabilities: NDArray[np.floating]) -> Flags:
        """Which topics each text gets, (n_texts, n_topics)."""
        if self.exclusive:
            decided = np.zeros(probabilities.shape, bool)
            decided[np.arange(len(decided)), probabilities.argmax(axis=1)] = True
            return decided
        decided = np.asarray(probabilities >= self.thresholds)
        if self.complete:
            bare = np.flatnonzero(~decided.any(axis=1))
            above = log_odds(probabilities[bare]) - log_odds(self.thresholds)
            decided[bare, above.argmax(axis=1)] = True
        return decided

    def in_review(self, probabilities: NDArray[np.floating]) -> Flags:
        """Which topics of which texts are in doubt, (n_texts, n_topics)."""
        return np.asarray(self.distances(probabilities) < self.doubt)

    def distances(self, probabilities: NDArray[np.floating]) -> Doubles:
        """How far each topic is from changing the decision, in log odds, (n_texts, n_topics).

        With exclusive topics: the winner from the second, the others from the winner.
        """
        if not self.exclusive:
            return np.asarray(np.abs(log_odds(probabilities) - log_odds(self.thresholds)))
        logs = np.log(np.maximum(probabilities, CLOSE_TO_CERTAIN))
        if logs.shape[1] < 2:
            return np.full(logs.shape, np.inf)
        ordered = np.sort(logs, axis=1)
        winner, second = ordered[:, -1:], ordered[:, -2:-1]
        return np.asarray(np.where(logs == winner, winner - second, winner - logs))


def log_odds(probabilities: NDArray[np.floating]) -> Doubles:
    """ln(p / (1 - p)), finite at 0 and 1."""
    p = np.clip(np.asarray(probabilities, np.float64), CLOSE_TO_CERTAIN, 1 - CLOSE_TO_CERTAIN)
    return np.asarray(np.log(p) - np.log1p(-p))
