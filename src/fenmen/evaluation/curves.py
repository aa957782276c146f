"""The figures behind the pictures: curves, bins and pairs as plain rows."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenmen.evaluation.metrics import Bools, Floats

Ints = npt.NDArray[np.int64]

BINS = 10
STEPS = 100  # points of a curve are kept at least so far apart


@dataclass(frozen=True, slots=True)
class Curve:
    """Recall and precision at falling thresholds; all (n_points,)."""

    recall: Floats
    precision: Floats
    threshold: Floats


def precision_recall(truth: Bools, probability: Floats) -> Curve:
    """Precision at each recall of one topic, (n,) each; no point without a positive."""
    if not truth.any():
        nothing = np.empty(0)
        return Curve(nothing, nothing, nothing)
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(truth[order])
    given = np.arange(1, len(hits) + 1)
    # Texts of one probability are given the topic together, or not at all.
    last = np.flatnonzero(np.append(np.diff(probability[order]) < 0, True))
    recall, precision = hits[last] / hits[-1], hits[last] / given[last]
    kept = _apart(recall)
    return Curve(recall[kept], precision[kept], probability[order][last][kept])


def _apart(recall: Floats) -> Ints:
    """Points to keep: of each step of recall the first and the last."""
    step = np.floor(recall * STEPS)
    begins = np.append(True, np.diff(step) > 0)
    ends = np.append(begins[1:], True)
    # Past the last hit precision only falls: what comes after the first such point is left out.
    within = np.append(True, recall[:-1] < 1)
    return np.flatnonzero((begins | ends) & within)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cells whose probability lies in one tenth: their mean, the share that is true, how many."""

    probability: float
    true_share: float
    rows: int


def calibration(truth: Bools, probability: Floats) -> list[Bin]:
    """The filled tenths of one topic's probabilities, (n,) each."""
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    return [
        Bin(
            float(probability[place == tenth].mean()),
            float(truth[place == tenth].mean()),
            int((place == tenth).sum()),
        )
        for tenth in np.unique(place)
    ]


def histogram(truth: Bools, probability: Floats, bins: int = 2 * BINS) -> Floats:
    """How many texts without and with the topic have such a probability, (2, bins)."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    return np.array([np.bincount(place[truth == side], minlength=bins) for side in (False, True)])


def confusions(truth: Bools, decided: Bools) -> Counter[tuple[int, int]]:
    """How often topic a was given as topic b; -1 stands for none.

    Found topics count as (a, a). In one text every missed topic is paired with every one given
    wrongly; a missed one with nothing wrong beside it was taken for none, and the other way round.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    for has, given in zip(truth, decided, strict=True):
        missed, wrong = np.flatnonzero(has & ~given), np.flatnonzero(given & ~has)
        pairs.update((int(a), int(a)) for a in np.flatnonzero(has & given))
        if len(missed) or len(wrong):
            rows, columns = missed.tolist() or [-1], wrong.tolist() or [-1]
            pairs.update((a, b) for a in rows for b in columns)
        elif not has.any():
            pairs[-1, -1] += 1
    return pairs
