"""Whether two prints tell the same story: exact comparison of their fingerprints."""

import numpy as np
from numpy.typing import NDArray

from fenmen.articles.fingerprints import Fingerprint, Grams, shared

# Chosen on one half of experiments/duplicates, reported on the other.
CONTAINED = 0.55  # of the shorter print's own words: a cut reprint is contained in the longer one
FIGURES = 0.5  # of the figures of the one with fewer: weekly bulletins differ in nothing else
UNRELATED = 0.1
_COPY = 0.9  # Jaccard: nothing new to compare with
_FEW = 30  # grams of its own; with fewer only the whole text can tell
_FEW_FIGURES = 3
_STORIES = 6  # that may say the same before it is nobody's own
_COUNTED = 1 << 25  # slots of one byte


class Sameness:
    """Compares prints by what is their own.

    Disclaimers, slogans and formulas of meetings, said by many stories, tell none of them apart:
    5-grams are counted over the first prints of all stories, hashed into 32 MiB.
    """

    def __init__(self) -> None:
        self._stories = np.zeros(_COUNTED, np.uint8)
        self._total = 0

    def learn(self, print: Fingerprint) -> None:
        """Count the words of a new story."""
        slots = print.grams % _COUNTED
        self._stories[slots] += self._stories[slots] < np.iinfo(np.uint8).max
        self._total += len(slots)

    def same(self, one: Fingerprint, other: Fingerprint) -> bool:
        """Whether the prints tell the same story."""
        if min(len(self._own(one)), len(self._own(other))) < _FEW:
            return is_copy(one, other)
        return self.contained(one, other) >= CONTAINED and _agree(one.figures, other.figures)

    def unrelated(self, one: Fingerprint, other: Fingerprint) -> bool:
        """Whether the prints share so little that they tell the same story only by hearsay."""
        return self.contained(one, other) < UNRELATED

    def contained(self, one: Fingerprint, other: Fingerprint) -> float:
        """Share of the shorter print's own 5-grams that the longer one has too, 0 to 1."""
        ours, theirs = self._own(one), self._own(other)
        return shared(ours, theirs) / (min(len(ours), len(theirs)) or 1)

    def _own(self, print: Fingerprint) -> Grams:
        told: NDArray[np.uint8] = self._stories[print.grams % _COUNTED]
        # Slots hold other grams too: on average as many as were counted for each slot.
        return print.grams[told <= _STORIES + 3 * self._total // _COUNTED]


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the prints differ in next to nothing: at least 90 % of all they say, figures too."""
    both = shared(one.grams, other.grams)
    every = len(one.grams) + len(other.grams) - both
    return both >= _COPY * every and _agree(one.figures, other.figures)


def _agree(one: Grams, other: Grams) -> bool:
    fewer = min(len(one), len(other))
    return fewer < _FEW_FIGURES or shared(one, other) >= FIGURES * fewer
