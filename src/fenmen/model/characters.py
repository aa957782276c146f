"""Texts to characters as numbers, normalised on the way by one look-up each."""

from collections.abc import Sequence

import numpy as np

from fenmen.model.reading import Symbols
from fenmen.model.sheet import CLOSING, END, START, Sheet, lay
from fenmen.model.signs import CODES, codes_of, normal_codes

DROPPED = -1


class CharacterReader:
    """Numbers the characters of texts: `alphabet[i]` is symbol i + 1, all others are 0.

    `numbers`, (0x110000,), are those of all characters, DROPPED for what is not seen.
    """

    def __init__(self, alphabet: str) -> None:
        self.last = len(alphabet)
        numbers = np.zeros(CODES, np.int32)
        numbers[codes_of(alphabet)] = np.arange(1, len(alphabet) + 1)
        self.numbers = numbers[normal_codes()]
        self.numbers[normal_codes() == 0] = DROPPED
        self.numbers[[ord(START), ord(END)]] = numbers[[ord(START), ord(END)]]
        self.numbers[ord(CLOSING)] = 0

    def read(self, texts: Sequence[str]) -> Symbols:
        """The characters of the texts, one symbol each, between the marks."""
        return self.symbols(lay(texts))

    def symbols(self, sheet: Sheet) -> Symbols:
        """The characters of a sheet, one symbol each, and the marks."""
        symbols = self.numbers.take(sheet.codes)
        seen = np.flatnonzero(symbols != DROPPED)
        return Symbols(symbols.take(seen), sheet.owners.take(seen), seen, seen + 1)


def alphabet_of(texts: Sequence[str]) -> str:
    """The marks and the different characters of the texts after normalisation, in code order."""
    seen = np.unique(normal_codes()[codes_of("\n".join(texts))])
    return START + END + "".join(map(chr, seen[seen > 0].tolist()))
