"""95 % bootstrap intervals by group, of all figures from one set of draws."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

BATCH = 64  # draws counted at a time


class Resampled:
    """Figures of many draws of whole groups (percentile method).

    A draw needs no copy of the rows: their hits and misses are added, each group as often as it
    was drawn.

    Args:
        truth, decided: (n, n_topics).
        groups: (n,).
    """

    def __init__(
        self,
        truth: Bools,
        decided: Bools,
        groups: Sequence[str],
        *,
        seed: int = 0,
        draws: int = 1000,
    ) -> None:
        right = (truth == decided).all(axis=1)
        rows = np.column_stack([truth & decided, truth, decided, right, np.ones(len(truth), bool)])
        _, group_of = np.unique(np.asarray(groups), return_inverse=True)
        # Whole numbers far below 2 ** 24: single precision adds them without an error.
        counts = np.zeros((int(group_of.max()) + 1, rows.shape[1]), np.float32)
        np.add.at(counts, group_of, rows)
        totals = _draw(counts, np.random.default_rng(seed), draws)
        topics = truth.shape[1]
        self._hits, self._true, self._decided = (
            totals[:, k * topics : (k + 1) * topics] for k in range(3)
        )
        self._right, self._rows = totals[:, -2], totals[:, -1]

    def interval(self, figure: str) -> tuple[float, float]:
        """Of `micro_f1`, `macro_f1` or `subset_accuracy`."""
        return _bounds(self._figure(figure))

    def change(self, earlier: "Resampled", figure: str) -> tuple[float, float]:
        """Of the difference from other decisions of the same texts, drawn with the same seed."""
        return _bounds(self._figure(figure) - earlier._figure(figure))

    def topic_change(self, earlier: "Resampled", k: int) -> tuple[float, float]:
        """Of the difference in F1 of one topic."""
        return _bounds(self._topic(k) - earlier._topic(k))

    def _figure(self, figure: str) -> Floats:
        figures = {
            "micro_f1": self._micro,
            "macro_f1": self._macro,
            "subset_accuracy": self._exact,
        }
        return figures[figure]()

    def _micro(self) -> Floats:
        return _f1(*(c.sum(axis=1) for c in (self._hits, self._true, self._decided)))

    def _macro(self) -> Floats:
        return np.asarray(_f1(self._hits, self._true, self._decided).mean(axis=1))

    def _exact(self) -> Floats:
        return self._right / self._rows

    def topic_interval(self, k: int) -> tuple[float, float]:
        """Of the F1 of one topic."""
        return _bounds(self._topic(k))

    def _topic(self, k: int) -> Floats:
        return _f1(self._hits[:, k], self._true[:, k], self._decided[:, k])


def _draw(counts: npt.NDArray[np.float32], random: np.random.Generator, draws: int) -> Floats:
    """The sums over as many groups as there are, drawn with replacement, (draws, n_counts)."""
    groups = len(counts)
    totals = np.empty((draws, counts.shape[1]))
    for first in range(0, draws, BATCH):
        times = [
            np.bincount(random.integers(groups, size=groups), minlength=groups)
            for _ in range(min(BATCH, draws - first))
        ]
        totals[first : first + len(times)] = np.array(times, np.float32) @ counts
    return totals


def _f1(hits: Floats, true: Floats, decided: Floats) -> Floats:
    """F1 of each cell; nothing to find and nothing found is a perfect answer, not a failed one."""
    both = true + decided
    return np.divide(2 * hits, both, out=np.ones_like(both), where=both > 0)


def _bounds(values: Floats) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
