"""The words that decided a tag: exact for a linear model, shown as words a reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenmen.model.features import Reading
from fenmen.model.scorer import Occurring, Scorer
from fenmen.tagging.tagged import Evidence

MOST = 6  # spans shown for a topic
SHARE = 0.05  # a span adding less than this share of all that spoke for the topic is not shown

STEPS = 2.0**36  # of a weight: so fine that sums of thousands are exact

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
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
    assert reading.cut is not None
    topics = np.array([place.topic for place in places], np.int64)
    found = scorer.explain_topics(reading, segments, topics)
    firsts = np.append(0, np.cumsum(reading.sheet.sizes.take(segments)))
    by_character = character_weights(found, firsts)
    # The title before the segment is no part of the body.
    titles = firsts[1:] - np.array([place.end - place.start for place in places])
    owners, starts, ends = reading.cut.words(segments)
    starts, ends = starts + firsts[owners], ends + firsts[owners]
    inside = starts >= titles[owners]
    words = np.column_stack([starts[inside], ends[inside]])
    strong = _strong(by_character, words, owners[inside], firsts)
    offsets = [
        place.start - title
        for place, title in zip(places, (titles - firsts[:-1]).tolist(), strict=True)
    ]
    return [_evidence(*each) for each in zip(places, strong, offsets, strict=True)]


def character_weights(found: Occurring, firsts: npt.NDArray[np.int64]) -> Floats:
    """Spread each term's weight evenly over its characters.

    Terms of several views overlap (a word, its characters, the pair it forms with the next);
    summed by character they lose nothing and can be read.

    Args:
        found: the occurrences of terms in some texts.
        firsts: the first character of each text when they stand in a row, (n_texts + 1,).

    Returns:
        (n_characters,) weight of each character; its sum is that of the occurrences.
    """
    begins = firsts[found.texts]
    # In whole steps nothing is rounded away: a text's weights do not depend on its neighbours.
    shares = np.rint(found.weights / np.maximum(found.ends - found.starts, 1) * STEPS)
    shares[found.ends <= found.starts] = 0.0
    n_characters = int(firsts[-1])
    changes = np.bincount(begins + found.starts, shares, minlength=n_characters + 1)
    changes -= np.bincount(begins + found.ends, shares, minlength=n_characters + 1)
    return np.asarray(np.cumsum(changes)[:n_characters] / STEPS)


def _strong(
    by_character: Floats,
    words: npt.NDArray[np.int64],
    owners: Ints,
    firsts: npt.NDArray[np.int64],
) -> list[list[tuple[int, int, float]]]:
    """The words of each text that speak clearly for its topic, by their places in the text."""
    padded = np.append(by_character, 0.0)
    weights = np.add.reduceat(padded, words.ravel())[::2] if len(words) else np.empty(0)
    floors = SHARE * np.add.reduceat(np.append(np.clip(by_character, 0, None), 0.0), firsts[:-1])
    kept = np.flatnonzero((weights >= floors[owners]) & (weights > 0))
    strong: list[list[tuple[int, int, float]]] = [[] for _ in firsts[1:]]
    texts = owners[kept]
    rows = (texts, words[kept] - firsts[texts, None], weights[kept])
    for text, (start, end), weight in zip(*(row.tolist() for row in rows), strict=True):
        strong[text].append((start, end, weight))
    return strong


def _evidence(
    place: Place, words: Sequence[tuple[int, int, float]], offset: int
) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(offset + start, offset + end, place.body[offset + start : offset + end], weight)
        for start, end, weight in strongest(words)
    )


def strongest(words: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Join neighbouring words, sum their weights, and rank them: (start, end, weight)."""
    spans: list[tuple[int, int, float]] = []
    for start, end, weight in words:
        if spans and spans[-1][1] == start:
            first, _, before = spans.pop()
            spans.append((first, end, before + weight))
        else:
            spans.append((start, end, weight))
    return sorted(spans, key=lambda span: (-span[2], span[0]))[:MOST]
