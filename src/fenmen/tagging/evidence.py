"""The words that decided a tag: exact for a linear model, shown as words a reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fenmen.model.features import Reading
from fenmen.model.scorer import Scorer
from fenmen.tagging.tagged import Evidence

MOST = 6  # spans shown for a topic
SHARE = 0.05  # a span adding less than this share of all that spoke for the topic is not shown

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """The segment that speaks for a topic of an article: `body[start:end]`."""

    topic: int
    body: str
    start: int
    end: int


class Words(NamedTuple):
    """Words in a row of texts: the text of each, and its places in the row; all (n_words,)."""

    texts: Ints
    starts: Ints
    ends: Ints

    def take(self, numbers: Ints) -> "Words":
        """Some of them, in that order."""
        return Words(self.texts[numbers], self.starts[numbers], self.ends[numbers])


def find_evidence(
    scorer: Scorer,
    reading: Reading,
    segments: npt.NDArray[np.int64],
    places: Sequence[Place],
) -> list[tuple[Evidence, ...]]:
    """The words that decided the topic of each place, strongest first.

    Args:
        reading: segments as they were scored, each behind its article's title.
        segments: which of them stands at each place, (n_places,).
    """
    if not places:
        return []
    assert reading.cut is not None
    topics = np.array([place.topic for place in places], np.int64)
    by_character = scorer.character_weights(reading, segments, topics)
    firsts = np.append(0, np.cumsum(reading.sheet.sizes.take(segments)))
    # The title before the segment is no part of the body.
    titles = firsts[1:] - np.array([place.end - place.start for place in places])
    owners, starts, ends = reading.cut.words(segments)
    starts, ends = starts + firsts[owners], ends + firsts[owners]
    inside = starts >= titles[owners]
    words = Words(owners[inside], starts[inside], ends[inside])
    strong = strongest(*_strong(by_character, words, firsts))
    # From the row of all texts to the article's body.
    offsets = np.array([place.start for place in places]) - titles
    return _evidence(places, strong, offsets)


def _strong(
    by_character: Floats, words: Words, firsts: npt.NDArray[np.int64]
) -> tuple[Words, Floats]:
    """The words that speak clearly for the topic of their text, and their weights."""
    padded = np.append(by_character, 0.0)
    places = np.column_stack([words.starts, words.ends]).ravel()
    weights = np.add.reduceat(padded, places)[::2] if len(places) else np.empty(0)
    floors = SHARE * np.add.reduceat(np.append(np.clip(by_character, 0, None), 0.0), firsts[:-1])
    kept = np.flatnonzero((weights >= floors[words.texts]) & (weights > 0))
    return words.take(kept), weights[kept]


def strongest(words: Words, weights: Floats) -> tuple[Words, Floats]:
    """Join neighbouring words, sum their weights, and take the heaviest of each text.

    Args:
        words: in the order of their places.
        weights: (n_words,).

    Returns:
        At most MOST spans of each text with their weights, the heaviest first.
    """
    if not len(weights):
        return words, weights
    apart = np.ones(len(weights), bool)
    apart[1:] = (words.texts[1:] != words.texts[:-1]) | (words.starts[1:] != words.ends[:-1])
    firsts = np.flatnonzero(apart)
    lasts = np.append(firsts[1:], len(weights)) - 1
    spans = Words(words.texts[firsts], words.starts[firsts], words.ends[lasts])
    sums = np.add.reduceat(weights, firsts)
    order = np.lexsort((spans.starts, -sums, spans.texts))
    texts = spans.texts[order]
    rank = np.arange(len(order)) - np.searchsorted(texts, texts)
    order = order[rank < MOST]
    return spans.take(order), sums[order]


def _evidence(
    places: Sequence[Place], strong: tuple[Words, Floats], offsets: npt.NDArray[np.int64]
) -> list[tuple[Evidence, ...]]:
    words, weights = strong
    starts, ends = words.starts + offsets[words.texts], words.ends + offsets[words.texts]
    found: list[list[Evidence]] = [[] for _ in places]
    rows = (words.texts, starts, ends, weights)
    for text, start, end, weight in zip(*(row.tolist() for row in rows), strict=True):
        found[text].append(Evidence(start, end, places[text].body[start:end], weight))
    return [tuple(own) for own in found]
