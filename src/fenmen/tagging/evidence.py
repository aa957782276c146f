"""The words that decided a tag: exact for a linear model, shown as words a reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenmen.articles.article import Article, document
from fenmen.model.scorer import Scorer
from fenmen.tagging.tagged import Evidence

MOST = 6  # spans shown for a topic
SHARE = 0.05  # a span adding less than this share of all that spoke for the topic is not shown

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """The segment, characters `start` to `end`, that speaks for a topic of a batch's article."""

    number: int
    topic: int
    article: Article
    start: int
    end: int


def find_evidence(
    scorer: Scorer, places: Sequence[Place]
) -> dict[tuple[int, int], tuple[Evidence, ...]]:
    """The words that decided each place's topic, by the article's number and the topic's."""
    found = {}
    for place in places:
        segment = place.article.body[place.start : place.end]
        text = document(place.article.title, segment)
        before = len(text) - len(segment)  # the title is no part of the body
        explained = scorer.explain(text)
        weights = character_weights(len(text), explained.spans, explained.weights[:, place.topic])
        words = scorer.word_spans(segment)
        found[place.number, place.topic] = tuple(
            strongest(place.article.body, place.start, weights[before:], words)
        )
    return found


def character_weights(
    length: int, spans: npt.NDArray[np.int64], weights: npt.NDArray[np.float32]
) -> Floats:
    """Spread each term's weight evenly over its characters.

    Terms of several views overlap (a word, its characters, the pair it forms with the next);
    summed by character they lose nothing and can be read.

    Args:
        spans: (n, 2) start and end of each term occurrence.
        weights: (n,) what each added to the score.

    Returns:
        (length,) weight of each character; its sum is the sum of `weights`.
    """
    steps = np.zeros(length + 1)
    share = weights / np.maximum(spans[:, 1] - spans[:, 0], 1)
    np.add.at(steps, spans[:, 0], share)
    np.add.at(steps, spans[:, 1], -share)
    return np.cumsum(steps)[:length]


def strongest(
    body: str, offset: int, by_character: Floats, words: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """Sum character weights by word, join neighbours that both speak for the topic, rank them.

    Args:
        offset: where the segment starts in the body.
        by_character: (length of the segment,) weights.
        words: start and end of each word in the segment, in order.
    """
    spans: list[tuple[int, int, float]] = []
    floor = SHARE * float(np.clip(by_character, 0, None).sum())
    for start, end in words:
        weight = float(by_character[start:end].sum())
        if weight < floor or weight <= 0:
            continue
        if spans and spans[-1][1] == start:
            first, _, before = spans.pop()
            start, weight = first, weight + before
        spans.append((start, end, weight))
    ranked = sorted(spans, key=lambda span: (-span[2], span[0]))[:MOST]
    return [
        Evidence(offset + start, offset + end, body[offset + start : offset + end], weight)
        for start, end, weight in ranked
    ]
