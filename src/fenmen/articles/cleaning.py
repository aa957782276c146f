"""Cleans many texts at once: one look at all characters finds the few lines with work in them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.articles.clean import RULE_SIGNS, SUSPECT, clean

# What a character means for its line: nothing, its end, a rule if it begins so, something to clean;
# halves of a surrogate pair are looked at with their whole text.
END, RULE, UNCLEAN, HALF = 1, 2, 3, 4
_CODES = 0x110000

Kinds = NDArray[np.int8]
Places = NDArray[np.int64]


def clean_all(texts: Sequence[str]) -> list[str]:
    """What `clean` makes of each text, in a tenth of the time for texts that are mostly clean."""
    if not texts:
        return []
    row = "\n".join([*texts, ""])
    codes = np.frombuffer(row.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds().take(codes)
    ends = np.flatnonzero(kinds == END)  # of lines
    lasts = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1) - 1  # of texts
    odd = _odd_lines(kinds, ends)
    first_odd = np.searchsorted(ends.take(odd), np.append(0, lasts[:-1] + 1)).tolist()
    starts, stops = np.append(0, ends[:-1] + 1).take(odd).tolist(), ends.take(odd).tolist()
    halves = set(np.searchsorted(lasts, np.flatnonzero(kinds == HALF)).tolist())
    found = list(texts)
    begins = np.append(0, lasts[:-1] + 1).tolist()
    for i, (begin, first, behind) in enumerate(
        zip(begins, first_odd, [*first_odd[1:], len(starts)], strict=True)
    ):
        if i in halves:
            found[i] = clean(texts[i])
        elif first < behind:
            lines = [(starts[n] - begin, stops[n] - begin) for n in range(first, behind)]
            found[i] = "\n".join(_joined(texts[i], lines))
    return found


def _odd_lines(kinds: Kinds, ends: Places) -> Places:
    """The numbers of the lines that are empty, perhaps a rule, or hold something to clean."""
    firsts = np.append(0, ends[:-1] + 1)
    is_odd = (kinds.take(firsts) == RULE) | (firsts == ends)
    is_odd[np.searchsorted(ends, np.flatnonzero(kinds >= UNCLEAN))] = True
    return np.flatnonzero(is_odd)


def _joined(text: str, odd: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The lines of a text but empty ones: those between the odd ones as they are."""
    done = 0
    for start, stop in odd:
        if start > done:
            yield text[done : start - 1]
        if line := clean(text[start:stop]):
            yield line
        done = stop + 1
    if done < len(text):
        yield text[done:]


@lru_cache(maxsize=1)
def _kinds() -> Kinds:
    """What each character means, (0x110000,)."""
    kinds = np.zeros(_CODES, np.int8)
    for first, last in _ranges(SUSPECT):
        kinds[first : last + 1] = UNCLEAN
    kinds[0xD800:0xE000] = HALF
    kinds[list(map(ord, RULE_SIGNS))] = RULE
    kinds[ord("\n")] = END
    return kinds


def _ranges(signs: str) -> Iterator[tuple[int, int]]:
    """First and last of single characters and of ranges written as a-b."""
    at = 0
    while at < len(signs):
        length = 3 if signs[at + 1 : at + 2] == "-" else 1
        yield ord(signs[at]), ord(signs[at + length - 1])
        at += length
