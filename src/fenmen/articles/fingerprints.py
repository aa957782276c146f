"""What is left of a text when outlets, layout and spelling are taken away: its fingerprint."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.articles.clean import encodable
from fenmen.simplified import simplify

Grams = NDArray[np.uint32]
GRAM = 5  # characters; shorter ones are shared by unrelated texts, longer ones die with each slip
LONGEST = 200_000  # characters of an article that count, so that no single one fills the memory

_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": "0", "○": "0", "两": "2"}
_TENS = {"十": 10, "百": 100, "千": 1000}
_UNITS = frozenset("十百千万亿")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(?:百分之)?([\d.零〇○一二两三四五六七八九十百千万亿]{1,24})")
_PART = re.compile(r"\d+(?:\.\d+)?|[^\d.]")
_FIGURE = re.compile(r"\d{2,}")
_MARKS = re.compile(r"[\W_]+")

# Sentences that speak of the outlet and not of the story: hundreds of articles carry the same.
_OUTLET = re.compile(
    r"免责|版权|转载|侵权|(?:本文|稿件|文章)来源|原标题|编者按|责任编辑|责编|扫码|二维码|公众号|投稿|不代表本"
    r"|联系我们|欢迎关注|更多精彩"
)
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_SHORT = 90  # characters; longer sentences are kept whatever they say


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes without repetition: of the text's character 5-grams in their order, of its figures."""

    grams: Grams
    figures: Grams


def fingerprint(text: str) -> Fingerprint:
    """Return what two prints share, whatever their punctuation, number forms and script."""
    simple = simplify(encodable(text[:LONGEST]))
    spelt = arabic(unicodedata.normalize("NFKC", simple).lower())
    story = _without_outlet(spelt)
    figures = [int(figure[:18]) for figure in _FIGURE.findall(story)]
    return Fingerprint(
        _grams(_MARKS.sub("", story)), np.unique(_hashes(np.array(figures, np.uint64)))
    )


def arabic(text: str) -> str:
    """Write every number of the text in digits: 三百一十二, 1.9万, 百分之五 as 312, 19000, 5."""
    return _NUMBER.sub(lambda match: _value(match[1]), _THOUSANDS.sub("", text))


@lru_cache(4096)
def _value(number: str) -> str:
    digits = "".join(_DIGITS.get(character, character) for character in number)
    if not set(digits) & _UNITS:
        return digits
    total = section = Decimal(0)
    figure: Decimal | None = None
    for part in _PART.findall(digits):
        if part in _TENS:
            section += (Decimal(1) if figure is None else figure) * _TENS[part]
            figure = None
        elif part == "万":
            total += (section + (figure or 0) or 1) * 10**4
            section, figure = Decimal(0), None
        elif part == "亿":
            total = (total + section + (figure or 0) or 1) * Decimal(10**8)
            section, figure = Decimal(0), None
        else:
            figure = Decimal(part)
    value = total + section + (figure or 0)
    return str(int(value)) if value == int(value) else str(value.normalize())


def _without_outlet(text: str) -> str:
    if not _OUTLET.search(text):
        return text
    kept = (
        sentence
        for sentence in _SENTENCE.findall(text)
        if len(sentence) > _SHORT or not _OUTLET.search(sentence)
    )
    return "".join(kept)


def _grams(letters: str) -> Grams:
    if len(letters) < GRAM:
        return np.empty(0, np.uint32)
    codes = np.frombuffer(letters.encode("utf-32-le"), "<u4").astype(np.uint64)
    rolled = np.zeros(len(codes) - GRAM + 1, np.uint64)
    for place in range(GRAM):
        rolled = rolled * np.uint64(0x100000001B3) + codes[place : place + len(rolled)]
    found, first = np.unique(_hashes(rolled), return_index=True)
    return found[np.argsort(first)]


def _hashes(values: NDArray[np.uint64]) -> Grams:
    """Spread the values over 32 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))).astype(np.uint32)


def shared(one: Grams, other: Grams) -> int:
    """How many hashes two sorted arrays without repetition share."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not len(long):
        return 0
    found = np.searchsorted(long, short)
    found[found == len(long)] = 0
    return int(np.count_nonzero(long[found] == short))
