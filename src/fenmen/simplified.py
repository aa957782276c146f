"""Traditional characters to simplified ones, each in its place, so that one model reads both."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

IDEOGRAPHS = "".join(map(chr, range(0x4E00, 0xA000)))
# The 6,763 ideographs of GB 2312; text in simplified characters hardly has others.
_CELLS = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
_EMPTY = range(0xD7FA, 0xD7FF)
PLAIN = b"".join([c for c in _CELLS if int.from_bytes(c) not in _EMPTY]).decode("gb2312")
UNUSUAL = IDEOGRAPHS.translate(dict.fromkeys(map(ord, PLAIN)))
_TIMES = 4
_SURROGATE = re.compile("[\ud800-\udfff]")


def simplify(text: str) -> str:
    """The text in simplified characters and as long as it was, by OpenCC's tables.

    Text without a character that only traditional text has comes back as it is: 著名 and 乾坤 are
    right in both.
    """
    if _is_plain(text) or not _unusual().search(text) or not _traditional().search(text):
        return text
    # OpenCC takes no half of a surrogate pair; nothing is learned from one either.
    text = _SURROGATE.sub("\ufffd", text)
    # A name of its tables keeps a character (溫昇豪) that it would change the second time.
    for _ in range(_TIMES):
        if (simple := _converted(text)) == text:
            break
        text = simple
    return text


def _is_plain(text: str) -> bool:
    """Whether GB 2312 has every character of the text, signs and letters too, as most texts."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _unusual() -> re.Pattern[str]:
    return re.compile(f"[{UNUSUAL}]")  # slow to compile, and most short runs never need it


def _converted(text: str) -> str:
    simple: str = _converter().convert(text)
    if len(simple) == len(text):
        return simple
    return "".join(one if len(one := _converter().convert(c)) == 1 else c for c in text)


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    # Loaded when the first unusual character comes up: most runs never need it.
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    """Characters of traditional text only: outside of GB 2312, and OpenCC has another for them."""
    simple = _converter().convert("\n".join(UNUSUAL)).split("\n")  # apart: they form no words
    return re.compile(
        "[" + "".join(c for c, s in zip(UNUSUAL, simple, strict=True) if c != s) + "]"
    )
