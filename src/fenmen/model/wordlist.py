"""jieba's dictionary and the user's words as arrays, read without a loop over the words."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fenmen.errors import FenmenError
from fenmen.model.dictionary import UserWord
from fenmen.model.signs import codes_of

Ints = NDArray[np.int32]
Places = NDArray[np.int64]

SPACE, NEWLINE, ZERO = ord(" "), ord("\n"), ord("0")


@dataclass(frozen=True, slots=True)
class WordList:
    """Words and their frequencies, (n_words,): word i is `codes[firsts[i] : lasts[i]]`.

    Of a word that stands twice the last counts.
    """

    codes: Ints
    firsts: Places
    lasts: Places
    frequencies: Places


def jieba_folder() -> Path:
    """Where the installed jieba has its data; jieba itself is not imported.

    Raises:
        FenmenError: E_TOKENS if it is not installed.
    """
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise FenmenError(
            "E_TOKENS", where="tokens", what="jieba is not installed", fix="pip install jieba"
        )
    return Path(found.origin).parent


@lru_cache(maxsize=1)
def jieba_words() -> WordList:
    """jieba's dictionary: lines of `word frequency tag`."""
    codes = codes_of((jieba_folder() / "dict.txt").read_text("utf-8").removesuffix("\n"))
    firsts = np.append(0, np.flatnonzero(codes == NEWLINE) + 1)
    spaces = np.flatnonzero(codes == SPACE)
    lasts, behind = spaces[::2], spaces[1::2]
    assert len(lasts) == len(behind) == len(firsts)
    return WordList(codes, firsts, lasts, _numbers(codes, lasts + 1, behind))


def _numbers(codes: Ints, firsts: Places, lasts: Places) -> Places:
    """Runs of digits as numbers, (n,)."""
    values = np.zeros(len(firsts), np.int64)
    for place in range(int((lasts - firsts).max(initial=0))):
        at = np.flatnonzero(firsts + place < lasts)
        values[at] = values[at] * 10 + (codes[firsts[at] + place] - ZERO)
    return values


def with_user_words(known: WordList, added: Sequence[UserWord]) -> WordList:
    """The list with the user's words behind."""
    sizes = np.array([len(word.word) for word in added], np.int64)
    lasts = len(known.codes) + np.cumsum(sizes)
    return WordList(
        np.concatenate([known.codes, codes_of("".join(word.word for word in added))]),
        np.concatenate([known.firsts, lasts - sizes]),
        np.concatenate([known.lasts, lasts]),
        np.concatenate([known.frequencies, [word.frequency for word in added]]).astype(np.int64),
    )
