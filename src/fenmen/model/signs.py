"""What is known of every character: its normalised code, and whether words are made of it."""

import sys
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.model.tokens import normalise

CODES = sys.maxunicode + 1
# Above this code no letter, digit or ideograph has been assigned.
LETTERS_END = 0x33480
# Above this one nothing is white space: U+3000 is the last.
SPACES_END = 0x3001


@lru_cache(maxsize=1)
def normal_codes() -> NDArray[np.int32]:
    """The code of each character after `normalise`, (0x110000,); 0 for what is not seen.

    Spaces are not seen: in Chinese they come from the layout. Nor are controls and surrogates.
    """
    codes = np.arange(CODES, dtype=np.int32)
    # Above U+FFFF nothing is wide; the few upper-case letters there occur in no newspaper.
    codes[:0x10000] = codes_of(normalise("".join(map(chr, range(0x10000)))))
    codes[:0x20], codes[0x7F:0xA0], codes[codes == ord(" ")] = 0, 0, 0
    codes[0xD800:0xE000] = 0
    return codes


@lru_cache(maxsize=1)
def in_words() -> NDArray[np.bool_]:
    """Whether each character is a letter, a digit or an ideograph, (0x110000,)."""
    known = np.zeros(CODES, bool)
    known[:LETTERS_END] = np.fromiter(
        map(str.isalnum, map(chr, range(LETTERS_END))), bool, LETTERS_END
    )
    return known


@lru_cache(maxsize=1)
def white_space() -> NDArray[np.bool_]:
    """Whether each character is white space, (0x110000,)."""
    known = np.zeros(CODES, bool)
    known[:SPACES_END] = np.fromiter(map(str.isspace, map(chr, range(SPACES_END))), bool)
    return known


def codes_of(text: str) -> NDArray[np.int32]:
    """The codes of the characters of a text, (n,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")


def text_of(codes: NDArray[np.int32]) -> str:
    """The text of which these are the codes, (n,)."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
