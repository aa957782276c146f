"""How much of a headline a text says: shared characters, rare ones above all."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORDS = re.compile(r"[\u3400-\u9fff〇]+|[A-Za-z0-9]+")
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


class Likeness:
    """Compares headlines with the articles of one page."""

    def __init__(self, articles: Sequence[str]) -> None:
        self._whole = [grams(article) for article in articles]
        self._opening = [grams(article[:OPENING]) for article in articles]
        self._held_by = Counter(gram for whole in self._whole for gram in whole)

    def __len__(self) -> int:
        return len(self._whole)

    def of(self, headline: str) -> list[float]:
        """Per article, the share (0 to 1) of the headline that it says."""
        said = grams(headline)
        weight = {gram: self._weight(gram) for gram in said}
        total = sum(weight.values()) or 1.0
        return [
            (_held(weight, whole) + _held(weight, opening)) / (2 * total)
            for whole, opening in zip(self._whole, self._opening, strict=True)
        ]

    def opening(self, headline: str, article: int) -> float:
        """The share of the headline that the beginning of one article says."""
        weight = {gram: self._weight(gram) for gram in grams(headline)}
        return _held(weight, self._opening[article]) / (sum(weight.values()) or 1.0)

    def _weight(self, gram: str) -> float:
        """What few articles of the page say tells more; so does a longer match."""
        rarity = math.log((len(self._whole) + 1.5) / (self._held_by[gram] + 0.5))
        return rarity * (1.5 if len(gram) > 2 else 1.0)


def _held(weight: dict[str, float], text: set[str]) -> float:
    return sum(value for gram, value in weight.items() if gram in text)


def kinship(text: str, earlier: Iterable[str]) -> float:
    """The share of a text's character triples that the earlier paragraphs have too."""
    own = {gram for gram in grams(text) if len(gram) > 2}
    if not own:
        return 0.0
    before = set[str]().union(*(grams(paragraph) for paragraph in earlier))
    return len(own & before) / len(own)
