"""The words that decided a tag: exact for a linear model, shown as words a reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenmen.model.scorer import Occurring, Scorer
from fenmen.tagging.tagged import Evidence

MOST = 6  # spans shown for a topic
SHARE = 0.05  # a span adding less than this share of all that spoke for the topic is not shown

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Place:
    """The segment that speaks for a topic of an article: `body[start:end]`.

    `text` is the segment as it was scored, behind the title; `cut` its pieces' lengths.
    """

    topic: int
    body: str
    start: int
    end: int
    text: str
    cut: Ints


def find_evidence(scorer: Scorer, places: Sequence[Place]) -> list[tuple[Evidence, ...]]:
    """The words that decided the topic of each place, strongest first."""
    if not places:
        return []
    texts, cuts = [place.text for place in places], [place.cut for place in places]
    if not any(map(len, cuts)):  # the model reads characters only; people read words
        cuts = scorer.cut(texts, always=True)
    topics = np.array([place.topic for place in places], np.int64)
    found = scorer.explain_topics(texts, topics, cuts)
    firsts = np.cumsum([0, *(len(place.text) for place in places)])
    by_character = character_weights(found, firsts)
    words = _words(places, cuts, firsts)
    strongest = _strong(by_character, words, firsts)
    return [_evidence(*pair) for pair in zip(places, strongest, strict=True)]


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
    sizes = (found.ends - found.starts).astype(np.int64)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = firsts[found.texts[owner]] + found.starts[owner] + rank
    share = found.weights / np.maximum(sizes, 1)
    return np.bincount(at, share[owner], minlength=int(firsts[-1])).astype(np.float64)


def _words(
    places: Sequence[Place], cuts: Sequence[Ints], firsts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Start and end of the pieces that lie in the segments, (n, 2), in the row of all texts."""
    sizes = np.concatenate(cuts) if cuts else np.empty(0, np.int32)
    ends = np.cumsum(sizes, dtype=np.int64)
    owner = np.repeat(np.arange(len(cuts)), [len(cut) for cut in cuts])
    # The title before the segment is no part of the body.
    bodies = firsts[1:] - np.array([place.end - place.start for place in places])
    inside = ends - sizes >= bodies[owner]
    return np.asarray(np.column_stack([ends - sizes, ends])[inside])


def _strong(
    by_character: Floats, words: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64]
) -> list[list[tuple[int, int, float]]]:
    """The words of each text that speak clearly for its topic, by their places in the text."""
    padded = np.append(by_character, 0.0)
    weights = np.add.reduceat(padded, words.ravel())[::2] if len(words) else np.empty(0)
    floors = SHARE * np.add.reduceat(np.append(np.clip(by_character, 0, None), 0.0), firsts[:-1])
    owner = np.searchsorted(firsts, words[:, 0], side="right") - 1
    kept = np.flatnonzero((weights >= floors[owner]) & (weights > 0))
    strong: list[list[tuple[int, int, float]]] = [[] for _ in firsts[1:]]
    rows = (owner[kept], words[kept] - firsts[owner[kept], None], weights[kept])
    for text, (start, end), weight in zip(*(row.tolist() for row in rows), strict=True):
        strong[text].append((start, end, weight))
    return strong


def _evidence(place: Place, words: Sequence[tuple[int, int, float]]) -> tuple[Evidence, ...]:
    text = place.text
    offset = place.start - (len(text) - (place.end - place.start))
    words = [word for word in words if any(map(str.isalnum, text[word[0] : word[1]]))]
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
