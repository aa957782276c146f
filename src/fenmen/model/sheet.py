"""Texts in one row of characters, so that a hundred are read at the price of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.model.signs import CODES, codes_of
from fenmen.model.wordlist import Ints, Places
from fenmen.simplified import UNUSUAL, simplify

# Between texts, before and after each; a text's own control characters are read as spaces.
CLOSING, START, END = "\x01", "\x02", "\x03"
MARKS = 3  # characters that stand around each text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Texts in simplified characters in a row, each between its marks: START, END, CLOSING.

    `codes` and `owners`, (n_characters,), are the row's characters and the text of each; text i
    is the `sizes[i]` characters from `firsts[i]`, both (n_texts,).
    """

    text: str
    codes: Ints
    owners: Ints
    firsts: Places
    sizes: Places


def lay(texts: Sequence[str]) -> Sheet:
    """Lay texts out in a row."""
    text = "".join([f"{START}{text}{END}{CLOSING}" for text in texts])
    codes = codes_of(text)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    firsts = np.cumsum(sizes + MARKS) - sizes - (MARKS - 1)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), sizes + MARKS)
    rare = np.flatnonzero(_unusual().take(codes))
    if len(rare):
        perhaps = np.unique(owners.take(rare)).tolist()
        simple = {i: simple for i in perhaps if (simple := simplify(texts[i])) != texts[i]}
        if simple:
            return lay([simple.get(i, text) for i, text in enumerate(texts)])
    return Sheet(text, codes, owners, firsts, sizes)


@lru_cache(maxsize=1)
def _unusual() -> NDArray[np.bool_]:
    """Which characters simplified text hardly has, (0x110000,)."""
    unusual = np.zeros(CODES, bool)
    unusual[codes_of(UNUSUAL)] = True
    return unusual


def spread(firsts: Places, lengths: Places) -> Places:
    """All places of runs, one after another."""
    before = np.cumsum(lengths) - lengths
    places: Places = np.arange(int(lengths.sum())) + np.repeat(firsts - before, lengths)
    return places
