"""Figures of a multi-label decision: per topic, overall, calibration, with bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from fenmen.evaluation.resampling import Resampled

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one row of a table, and how many positives stand behind it."""

    precision: float
    recall: float
    f1: float
    support: int


def scores(truth: Bools, decided: Bools) -> Score:
    """Score decisions pooled over all cells (micro, or one topic if given one column)."""
    hits = int((truth & decided).sum())
    precision = hits / max(int(decided.sum()), 1)
    recall = hits / max(int(truth.sum()), 1)
    return Score(precision, recall, _f1(truth, decided), int(truth.sum()))


def _f1(truth: Bools, decided: Bools) -> float:
    both = int(truth.sum()) + int(decided.sum())
    # Nothing to find and nothing found is a perfect answer, not a failed one.
    return 2 * int((truth & decided).sum()) / both if both else 1.0


def per_topic(truth: Bools, decided: Bools) -> list[Score]:
    """One Score for each of the n_topics columns of (n, n_topics)."""
    return [scores(truth[:, [k]], decided[:, [k]]) for k in range(truth.shape[1])]


def micro_f1(truth: Bools, decided: Bools) -> float:
    """F1 over all cells of (n, n_topics)."""
    return _f1(truth, decided)


def macro_f1(truth: Bools, decided: Bools) -> float:
    """The mean of the topics' F1."""
    return float(np.mean([_f1(truth[:, k], decided[:, k]) for k in range(truth.shape[1])]))


def subset_accuracy(truth: Bools, decided: Bools) -> float:
    """The share of rows whose topics are all right and none too many."""
    return float((truth == decided).all(axis=1).mean())


def average_precision(truth: Bools, probability: Floats) -> float:
    """Area under the precision-recall steps of one topic, (n,) each; nan without a positive."""
    return float(average_precision_score(truth, probability)) if truth.any() else float("nan")


def calibration_error(truth: Bools, probability: Floats, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of (n, n_topics) or (n,)."""
    flat, right = probability.ravel(), truth.ravel()
    bin_of = np.minimum((flat * bins).astype(int), bins - 1)
    size = np.bincount(bin_of, minlength=bins)
    gap = np.bincount(bin_of, flat, bins) - np.bincount(bin_of, right, bins)
    return float(np.abs(gap[size > 0]).sum() / len(flat))


def brier(truth: Bools, probability: Floats) -> float:
    """Mean squared distance of the probabilities from the truth."""
    return float(np.mean((probability - truth) ** 2))


def interval(
    figure: Callable[[Bools, Bools], float],
    truth: Bools,
    decided: Bools,
    groups: Sequence[str],
    *,
    seed: int = 0,
    draws: int = 1000,
) -> tuple[float, float]:
    """95 % bootstrap interval of micro_f1, macro_f1 or subset_accuracy, drawing whole groups."""
    resampled = Resampled(truth, decided, groups, seed=seed, draws=draws)
    return resampled.interval(figure.__name__)
