"""How much of a headline a text says: shared characters, rare ones above all."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from fenmen.articles.common_characters import COMMON_CHARACTERS, COMMON_PAIRS

_WORDS = re.compile(r"[\u3400-\u9fff〇]+|[A-Za-z0-9]+")
_DOUBT = 2.0  # so that one shared pair of characters does not count as agreement
SIGN = 0.8  # what a shared character tells beside a shared pair of them
OPENING = 220  # characters of an article that its headline mostly sums up


def grams(text: str) -> set[str]:
    """The character pairs and triples of the text that cross no punctuation; figures whole."""
    found: set[str] = set()
    for run in _WORDS.findall(text):
        if run.isascii():
            found.add(run)
            continue
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        found.update(run[i : i + 3] for i in range(len(run) - 2))
    return found


@lru_cache(maxsize=4096)
def _grams(headline: str) -> tuple[str, ...]:
    """The same in one order, for the lines that are compared again and again."""
    return tuple(sorted(grams(headline)))


class Likeness:
    """Compares headlines with the articles of one page."""

    def __init__(self, openings: Sequence[str], wholes: Sequence[set[str]]) -> None:
        self._signs = [set().union(*whole) for whole in wholes]
        self._whole = [whole | signs for whole, signs in zip(wholes, self._signs, strict=True)]
        self._opening = [grams(o[:OPENING]) | set(o[:OPENING]) for o in openings]
        self._weighed: dict[str, dict[str, float]] = {}

    def __len__(self) -> int:
        return len(self._whole)

    def of(self, headline: str) -> list[float]:
        """Per article, the share (0 to 1) that it says of what the page says of the headline."""
        weight = self._weights(headline)
        total = sum(weight.values()) + _DOUBT
        return [
            (_held(weight, whole) + _held(weight, opening)) / (2 * total)
            for whole, opening in zip(self._whole, self._opening, strict=True)
        ]

    def opening(self, headline: str, article: int) -> float:
        """The same for the beginning of one article, by pairs of characters and more alone."""
        weight = {gram: value for gram, value in self._weights(headline).items() if len(gram) > 1}
        return _held(weight, self._opening[article]) / (sum(weight.values()) + _DOUBT)

    def _weights(self, headline: str) -> dict[str, float]:
        """What few articles of the page say tells more, what none says nothing."""
        if headline not in self._weighed:
            self._weighed[headline] = dict(self._weigh(headline))
        return self._weighed[headline]

    def _weigh(self, headline: str) -> Iterator[tuple[str, float]]:
        size = len(self._whole) + 0.5
        for gram in _grams(headline):
            if held := sum(gram in whole for whole in self._whole):
                yield gram, math.log(size / held) * (1.5 if len(gram) > 2 else 1.0)
        for sign in sorted(set(headline) - COMMON_CHARACTERS):
            if held := sum(sign in signs for signs in self._signs):
                yield sign, math.log(size / held) * SIGN


def _held(weight: dict[str, float], text: set[str]) -> float:
    return sum(value for gram, value in weight.items() if gram in text)


@dataclass(frozen=True, slots=True)
class Topic:
    """The characters and pairs of them in a text that not every text has."""

    pairs: frozenset[str] = frozenset()
    characters: frozenset[str] = frozenset()


NO_TOPIC = Topic()


def topic_of(said: Iterable[set[str]]) -> Topic:
    """What is told of in texts that have these character pairs and triples."""
    pairs = {gram for text in said for gram in text if len(gram) == 2 and not gram.isascii()}
    characters = frozenset("".join(pairs)) - COMMON_CHARACTERS
    return Topic(frozenset(pairs) - COMMON_PAIRS, characters)


def together(topics: Iterable[Topic]) -> Topic:
    """What several texts tell of."""
    topics = list(topics)
    return Topic(
        frozenset().union(*(topic.pairs for topic in topics)),
        frozenset().union(*(topic.characters for topic in topics)),
    )


def cosine(one: Set[str], other: Set[str]) -> float:
    """How much two sets share, from 0 to 1."""
    return len(one & other) / math.sqrt((len(one) * len(other)) or 1)


def kinship(earlier: set[str], following: set[str]) -> float:
    """How many character triples two stretches of text share (cosine of their sets).

    Within an article it is mostly above 0.01, across two articles mostly below.
    """
    before = sum(len(gram) > 2 for gram in earlier)
    after = sum(len(gram) > 2 for gram in following)
    shared = sum(len(gram) > 2 for gram in earlier & following)
    return shared / math.sqrt((before * after) or 1)
