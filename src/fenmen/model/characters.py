"""Texts to characters as numbers, normalised on the way by one look-up each."""

from collections.abc import Sequence

import numpy as np

from fenmen.model.reading import Symbols
from fenmen.model.signs import CODES, codes_of, normal_codes

# Between texts, before and after each; a text's own control characters are read as spaces.
CLOSING, START, END = "\x01", "\x02", "\x03"
DROPPED = -1


class CharacterReader:
    """Numbers the characters of texts: `alphabet[i]` is symbol i + 1, all others are 0."""

    def __init__(self, alphabet: str) -> None:
        numbers = np.zeros(CODES, np.int32)
        numbers[codes_of(alphabet)] = np.arange(1, len(alphabet) + 1)
        self._numbers = numbers[normal_codes()]
        self._numbers[normal_codes() == 0] = DROPPED
        self._numbers[[ord(START), ord(END)]] = numbers[[ord(START), ord(END)]]
        self._numbers[ord(CLOSING)] = 0

    def read(self, texts: Sequence[str], places: bool = False) -> Symbols:
        """The characters of the texts, one symbol each, between the marks."""
        symbols = self._numbers[
            codes_of("".join([f"{START}{text}{END}{CLOSING}" for text in texts]))
        ]
        seen = symbols != DROPPED
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 3
        numbers = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[seen]
        none = np.empty(0, np.int32)
        if not places:
            return Symbols(symbols[seen], numbers, none, none)
        before = np.repeat(np.cumsum(lengths) - lengths, lengths)
        starts = np.arange(len(symbols)) - before - 1  # the mark START stands before the text
        limits = np.repeat(lengths - 3, lengths)
        ends = np.clip(starts + 1, 0, limits)[seen].astype(np.int32)
        return Symbols(
            symbols[seen], numbers, np.clip(starts, 0, limits)[seen].astype(np.int32), ends
        )


def alphabet_of(texts: Sequence[str]) -> str:
    """The marks and the different characters of the texts after normalisation, in code order."""
    seen = np.unique(normal_codes()[codes_of("\n".join(texts))])
    return START + END + "".join(map(chr, seen[seen > 0].tolist()))
