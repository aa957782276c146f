"""The words that decided a tag: exact for a linear model, shown as words a reader knows."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fenmen.model.features import Reading
from fenmen.model.scorer import Scorer
from fenmen.model.strong_words import StrongWords
from fenmen.tagging.tagged import Evidence, evidence_of

MOST = 6  # spans shown for a topic
SHARE = 0.05  # a span adding less than this share of all that spoke for the topic is not shown


class Place(NamedTuple):
    """The segment that speaks for a topic of an article: `body[start:end]`."""

    topic: int
    body: str
    start: int
    end: int


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
    topics = np.array([place.topic for place in places], np.int64)
    by_character = scorer.character_weights(reading, segments, topics)
    # The title before the segment is no part of the body.
    lengths = np.array([place.end - place.start for place in places])
    sizes = reading.sheet.sizes.take(segments)
    words = scorer.strong_words(reading, segments, sizes - lengths, by_character, SHARE)
    # From the row of all texts to the article's body.
    offsets = np.array([place.start for place in places]) - (np.cumsum(sizes) - lengths)
    return _evidence(places, heaviest(words), offsets)


def heaviest(words: StrongWords) -> StrongWords:
    """At most MOST of the words of each text, the heaviest first."""
    order = np.lexsort((words.starts, -words.weights, words.texts))
    texts = words.texts[order]
    rank = np.arange(len(order)) - np.searchsorted(texts, texts)
    return words.take(order[rank < MOST])


def _evidence(
    places: Sequence[Place], words: StrongWords, offsets: npt.NDArray[np.int64]
) -> list[tuple[Evidence, ...]]:
    moved = offsets[words.texts]
    bounds = np.searchsorted(words.texts, np.arange(len(places) + 1)).tolist()
    starts, ends = (words.starts + moved).tolist(), (words.ends + moved).tolist()
    texts = [
        place.body[start:end]
        for place, (first, behind) in zip(places, pairwise(bounds), strict=True)
        for start, end in zip(starts[first:behind], ends[first:behind], strict=True)
    ]
    found = list(map(evidence_of, zip(starts, ends, texts, words.weights.tolist(), strict=True)))
    return [tuple(found[first:behind]) for first, behind in pairwise(bounds)]
