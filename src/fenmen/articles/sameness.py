"""Whether two prints tell the same story: exact comparison of their fingerprints."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.articles.fingerprints import Fingerprint, Grams, shared

# Chosen on one half of experiments/duplicates, reported on the other.
CONTAINED = 0.55  # of the shorter print's own words: a cut reprint is contained in the longer one
OPENING = 0.3  # of each print's first half: what two stories share at their end is mostly furniture
SURE = 0.75  # contained: then one of the two openings is enough
FIGURES = 0.5  # of the figures of the one with fewer: weekly bulletins differ in nothing else
UNRELATED = 0.35
_COPY = 0.9  # Jaccard: nothing new to compare with
_FEW = 30  # grams of its own; with fewer only the whole text can tell
_FEW_FIGURES = 2
_STORIES = 3  # that may say the same before it is nobody's own
_COUNTED = 1 << 25  # slots of one byte


@dataclass(frozen=True, slots=True)
class Words:
    """What is a print's own, sorted: 5-grams of all of it and of its first half; its figures."""

    whole: Grams
    opening: Grams
    printed: Fingerprint


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two prints: share of the shorter one's own words in the longer, and the verdict."""

    contained: float
    same: bool

    @property
    def unrelated(self) -> bool:
        """Whether they share so little that only a third print could link them."""
        return self.contained < UNRELATED


class Sameness:
    """Compares prints by what is their own.

    Disclaimers, slogans and formulas of meetings, said by many stories, tell none of them apart:
    5-grams are counted over the first prints of all stories, hashed into 32 MiB.
    """

    def __init__(self) -> None:
        self._stories = np.zeros(_COUNTED, np.uint8)
        self._total = 0

    def learn(self, printed: Fingerprint) -> None:
        """Count the words of a new story."""
        slots = printed.grams % _COUNTED
        self._stories[slots] += self._stories[slots] < np.iinfo(np.uint8).max
        self._total += len(slots)

    def words(self, printed: Fingerprint) -> Words:
        """Leave out what many stories say."""
        told: NDArray[np.uint8] = self._stories[printed.grams % _COUNTED]
        # Slots hold other grams too: on average as many as were counted for each slot.
        own = printed.grams[told <= _STORIES + 3 * self._total // _COUNTED]
        return Words(np.sort(own), np.sort(own[: (len(own) + 1) // 2]), printed)

    def compare(self, one: Words, other: Fingerprint) -> Likeness:
        """Compare a print with an earlier one."""
        two = self.words(other)
        contained = _contained(one.whole, two.whole)
        if min(len(one.whole), len(two.whole)) < _FEW:
            return Likeness(contained, is_copy(one.printed, other))
        openings = _contained(one.opening, two.whole), _contained(two.opening, one.whole)
        opened = (max if contained >= SURE else min)(openings) >= OPENING
        told = contained >= CONTAINED and opened
        return Likeness(contained, told and _agree(one.printed.figures, other.figures))


def _contained(one: Grams, other: Grams) -> float:
    return shared(one, other) / (min(len(one), len(other)) or 1)


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the prints differ in next to nothing: at least 90 % of all they say, figures too."""
    both = shared(np.sort(one.grams), np.sort(other.grams))
    every = len(one.grams) + len(other.grams) - both
    return both >= _COPY * every and _agree(one.figures, other.figures)


def _agree(one: Grams, other: Grams) -> bool:
    fewer = min(len(one), len(other))
    return fewer < _FEW_FIGURES or shared(one, other) >= FIGURES * fewer
