"""Texts to characters as numbers, normalised on the way by one look-up each."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.model.reading import Symbols
from fenmen.model.tokens import normalise

CODES = 0x110000


@lru_cache(maxsize=1)
def normal_codes() -> NDArray[np.int32]:
    """The code of each character after `normalise`, (0x110000,); 0 for spaces and surrogates."""
    codes = np.arange(CODES, dtype=np.int32)
    # Above U+FFFF nothing is wide; the few upper-case letters there occur in no newspaper.
    low = np.frombuffer(
        normalise("".join(map(chr, range(0x10000)))).encode("utf-32-le", "surrogatepass"), "<i4"
    )
    codes[:0x10000] = low
    codes[codes == ord(" ")] = 0
    codes[0xD800:0xE000] = 0  # halves of broken pairs: no file could hold them
    return codes


class CharacterReader:
    """Numbers the characters of texts: `alphabet[i]` is symbol i + 1, all others and spaces 0."""

    def __init__(self, alphabet: str) -> None:
        numbers = np.zeros(CODES, np.int32)
        numbers[_codes(alphabet)] = np.arange(1, len(alphabet) + 1)
        self._numbers = numbers[normal_codes()]

    def read(self, texts: Sequence[str], places: bool = False) -> Symbols:
        """The characters of the texts, one symbol each, a 0 after each text."""
        symbols = self._numbers[_codes("\n".join([*texts, ""]))]
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        numbers = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        starts = ends = np.empty(0, np.int32)
        if places:
            before = np.cumsum(lengths) - lengths
            starts = (np.arange(len(symbols)) - np.repeat(before, lengths)).astype(np.int32)
            ends = starts + 1
        return Symbols(symbols, numbers, starts, ends)


def alphabet_of(texts: Sequence[str]) -> str:
    """The different characters of the texts after normalisation, in code order, without spaces."""
    seen = np.unique(normal_codes()[_codes("\n".join(texts))])
    return "".join(map(chr, seen[seen > 0]))


def _codes(text: str) -> NDArray[np.int32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")
