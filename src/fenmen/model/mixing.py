"""How much each member counts: weights from out-of-fold scores."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fenmen.model.calibration import best_f1
from fenmen.model.decision import Doubles, Flags

ROUNDS = 20
# Below this gain a round changes nothing: the weights would follow the noise of the folds.
LEAST_GAIN = 1e-5


def mix(scores: Sequence[Doubles], labels: Flags, exclusive: bool) -> Doubles:
    """Weights of the members, (n_members,), none negative, adding to 1.

    Ensemble selection with replacement (Caruana et al. 2004): from the equal mix on, each round
    adds the member that helps the mean most; the best mean of all rounds is kept. Counts of at
    most 20 cannot follow the noise of the folds far.

    Args:
        scores: out of fold and on one scale, one (n_texts, n_topics) a member.
    """
    members = len(scores)
    counts = np.ones(members)
    total = np.sum(scores, axis=0)
    best, best_counts = quality(total, labels, exclusive), counts.copy()
    for _ in range(ROUNDS if members > 1 else 0):
        tried = [quality(total + member, labels, exclusive) for member in scores]
        chosen = int(np.argmax(tried))
        counts[chosen] += 1
        total = total + scores[chosen]
        if tried[chosen] > best + LEAST_GAIN:
            best, best_counts = tried[chosen], counts.copy()
    return np.asarray(best_counts / best_counts.sum())


def quality(scores: Doubles, labels: Flags, exclusive: bool) -> float:
    """Accuracy of exclusive topics; otherwise the mean of plain and weighted F1 of the topics."""
    if exclusive:
        return float(np.mean(scores.argmax(axis=1) == labels.argmax(axis=1)))
    found: list[tuple[float, float]] = [
        best_f1(scores[:, k], labels[:, k]) for k in range(labels.shape[1]) if labels[:, k].any()
    ]
    if not found:
        return 0.0
    f1: NDArray[np.float64] = np.array([value for value, _ in found])
    sizes = labels.sum(axis=0)[labels.any(axis=0)]
    return float((f1.mean() + np.average(f1, weights=sizes)) / 2)
