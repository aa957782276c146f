"""The words that speak clearly for the topics of their texts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fenmen.model.features import Reading
from fenmen.model.wordlist import Places

Doubles = NDArray[np.float64]


class StrongWords(NamedTuple):
    """Words in a row of texts: the text of each, the characters [start, end) that it has in the
    row, and what it adds to the score; all (n_words,).
    """

    texts: Places
    starts: Places
    ends: Places
    weights: Doubles

    def take(self, numbers: Places) -> "StrongWords":
        """Some of them, in that order."""
        places = self.texts[numbers], self.starts[numbers], self.ends[numbers]
        return StrongWords(*places, self.weights[numbers])


def strong_words(
    reading: Reading, texts: Places, titles: Places, weights: Doubles, share: float
) -> StrongWords:
    """The words of some texts of a reading that speak clearly, neighbours as one.

    Args:
        texts: (n,), also several times.
        titles: how many characters at the beginning of each do not count, (n,).
        weights: of the characters of these texts in a row, in steps in which sums are exact.
        share: of all that speaks for a text's topic, what a word must add to it.
    """
    assert reading.cut is not None
    firsts = np.append(0, np.cumsum(reading.sheet.sizes.take(texts)))
    owners, starts, ends = reading.cut.words(texts)
    starts, ends = starts + firsts[owners], ends + firsts[owners]
    sums = np.add.reduceat(np.append(weights, 0.0), np.column_stack([starts, ends]).ravel())[::2]
    floors = share * np.add.reduceat(np.append(np.clip(weights, 0, None), 0.0), firsts[:-1])
    is_strong = (sums >= floors[owners]) & (sums > 0) & (starts >= (firsts[:-1] + titles)[owners])
    return joined(StrongWords(owners, starts, ends, sums).take(np.flatnonzero(is_strong)))


def joined(words: StrongWords) -> StrongWords:
    """Neighbouring words, which are in the order of their places, as one with their weight."""
    if not len(words.texts):
        return words
    apart = np.ones(len(words.texts), bool)
    apart[1:] = (words.texts[1:] != words.texts[:-1]) | (words.starts[1:] != words.ends[:-1])
    firsts = np.flatnonzero(apart)
    lasts = np.append(firsts[1:], len(apart)) - 1
    sums = np.add.reduceat(words.weights, firsts)
    return StrongWords(words.texts[firsts], words.starts[firsts], words.ends[lasts], sums)
