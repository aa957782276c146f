"""How much each member counts: weights from out-of-fold scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import softmax

from fenmen.model.calibration import best_f1
from fenmen.model.decision import Doubles, Flags

ROUNDS = 20
# Below this gain a round changes nothing: the weights would follow the noise of the folds.
LEAST_GAIN = 1e-5
# Scores of spread 1 times this are near to all or nothing: their mean is near to the accuracy,
# and a text with a wrong label counts for no more than one wrong text.
SHARPNESS = 4.0
# Holds the biases: a topic of few texts should not get one of its own.
HOLD = 1e-3


@dataclass(frozen=True, slots=True)
class Mix:
    """Weights of the members, (n_members,), none negative, adding to 1; and what every topic's
    score gets on top, (n_topics,).
    """

    weights: Doubles
    bias: Doubles

    def combine(self, scores: Sequence[Doubles]) -> Doubles:
        """The members' scores as one, (n_texts, n_topics)."""
        return np.asarray(np.tensordot(self.weights, np.stack(scores), axes=1) + self.bias)


def mix(scores: Sequence[Doubles], labels: Flags, exclusive: bool) -> Mix:
    """Weigh members by their scores out of fold, on one scale, (n_texts, n_topics) each."""
    if exclusive:
        return _mix_exclusive(scores, labels)
    return Mix(_select(scores, labels), np.zeros(labels.shape[1]))


def _select(scores: Sequence[Doubles], labels: Flags) -> Doubles:
    """Ensemble selection with replacement (Caruana et al. 2004).

    From the equal mix on, each round adds the member that helps the mean most; the best mean of
    all rounds is kept. Counts of at most 20 cannot follow the noise of the folds far.
    """
    members = len(scores)
    counts = np.ones(members)
    total = np.sum(scores, axis=0)
    best, best_counts = quality(total, labels), counts.copy()
    for _ in range(ROUNDS if members > 1 else 0):
        tried = [quality(total + member, labels) for member in scores]
        chosen = int(np.argmax(tried))
        counts[chosen] += 1
        total = total + scores[chosen]
        if tried[chosen] > best + LEAST_GAIN:
            best, best_counts = tried[chosen], counts.copy()
    return np.asarray(best_counts / best_counts.sum())


def quality(scores: Doubles, labels: Flags) -> float:
    """The mean of plain and weighted F1 of the topics, each at its best threshold."""
    found = [best_f1(scores[:, k], labels[:, k])[0] for k in np.flatnonzero(labels.any(axis=0))]
    if not found:
        return 0.0
    sizes = labels.sum(axis=0)[labels.any(axis=0)]
    return float((np.mean(found) + np.average(found, weights=sizes)) / 2)


def _mix_exclusive(scores: Sequence[Doubles], labels: Flags) -> Mix:
    """Maximise the mean probability of the right topic, a smooth accuracy, by L-BFGS.

    Unlike the likelihood it is bounded: wrong labels cannot rule the weights.
    """
    members, n_topics = len(scores), labels.shape[1]
    stacked = np.stack(scores) * SHARPNESS

    def loss(x: Doubles) -> tuple[float, Doubles]:
        weights, bias = x[:members], x[members:]
        p = softmax(np.tensordot(weights, stacked, axes=1) + bias * SHARPNESS, axis=1)
        right = p[labels]  # one a text
        slope = -p * right[:, None]  # of the mean of right, by logits
        slope[labels] += right
        slope /= len(p)
        down = HOLD * (bias**2).sum() + HOLD * (weights**2).sum()
        return float(down - right.mean()), np.concatenate(
            [
                2 * HOLD * weights - np.tensordot(stacked, slope, axes=2),
                2 * HOLD * bias - SHARPNESS * slope.sum(axis=0),
            ]
        )

    start = np.r_[np.full(members, 1 / members), np.zeros(n_topics)]
    bounds = [(0.0, None)] * members + [(None, None)] * n_topics
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    total = max(float(found[:members].sum()), 1e-9)
    return Mix(found[:members] / total, found[members:] / total)
