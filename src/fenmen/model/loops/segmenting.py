"""The search for segments as a compiled loop, with the same results as `articles/segments.py`."""

import numpy as np
from numpy.typing import NDArray

from fenmen.model.loops.compiling import (
    BYTES,
    DOUBLES,
    NUMBER,
    PLACES,
    PLACES_OUT,
    inlined,
    loop,
)

Bytes = NDArray[np.int8]
Doubles = NDArray[np.float64]
Places = NDArray[np.int64]

# What a character is, as bits; numba compiles anew when this file changes, so all stands here.
SPACE, LINE, STOP, CLOSING, COMMA = 1, 2, 4, 8, 16
# As in sentences.py and segments.py.
PARAGRAPH, SENTENCE, CLAUSE, ANYWHERE = 0.0, 1.5, 8.0, 16.0
LONG_SENTENCE, HARD, SHORT, LONGEST, UNDIVIDED = 160, 100, 20, 400, 360


@inlined
def _added(
    units: Places, cuts: Doubles, n: int, waiting: int, start: int, end: int, cut: float
) -> tuple[int, int]:
    """Add a piece to the units, or let it wait for the next if it is short."""
    first = start if waiting < 0 else waiting
    if end - first < SHORT:
        return n, first
    units[2 * n], units[2 * n + 1], cuts[n] = first, end, cut
    return n + 1, -1


@inlined
def _skip(kinds: Bytes, at: int, last: int, bits: int) -> int:
    """The place behind all characters of these kinds."""
    while at < last and kinds[at] & bits:
        at += 1
    return at


@inlined
def _seek(kinds: Bytes, at: int, last: int, bits: int) -> int:
    """The place of the next character of these kinds."""
    while at < last and not kinds[at] & bits:
        at += 1
    return at


@inlined
def _sentence(
    kinds: Bytes, units: Places, cuts: Doubles, n: int, waiting: int, start: int, end: int
) -> tuple[int, int]:
    """Add a sentence; a very long one is cut at commas and at last anywhere."""
    if end - start <= LONG_SENTENCE:
        return _added(units, cuts, n, waiting, start, end, SENTENCE)
    at = start
    while at < end:
        begin = at
        at = _skip(kinds, _seek(kinds, at, end, COMMA), end, COMMA)
        for place in range(begin, at, HARD):
            stop = min(place + HARD, at)
            cut = SENTENCE if stop == end else CLAUSE if stop == at else ANYWHERE
            n, waiting = _added(units, cuts, n, waiting, place, stop, cut)
    return n, waiting


@inlined
def _units(kinds: Bytes, units: Places, cuts: Doubles, begin: int, last: int, behind: int) -> int:
    """The sentences of a text, very long ones in parts, very short ones with the next."""
    n, waiting, at = 0, -1, begin
    while at < last:
        start = at
        end = _seek(kinds, at, last, STOP | LINE)
        is_line = end < last and bool(kinds[end] & LINE)
        if not is_line:
            end = _skip(kinds, _skip(kinds, end, last, STOP), last, CLOSING)
        at = end + is_line
        if _skip(kinds, start, end, SPACE) < end:
            n, waiting = _sentence(kinds, units, cuts, n, waiting, start, end)
        if n and waiting < 0 and (is_line or at == last):
            cuts[n - 1] = PARAGRAPH
    if waiting >= 0:
        units[2 * n], units[2 * n + 1], cuts[n] = waiting, behind, PARAGRAPH
        n += 1
    return n


@inlined
def _divide(
    units: Places, cuts: Doubles, n: int, costs: Doubles, cheapest: Doubles, firsts: Places
) -> None:
    """For each number of units the first unit of the last segment in their cheapest division."""
    cheapest[0], firsts[0] = 0.0, 0
    for end in range(n):
        stop = units[2 * end + 1]
        best = cheapest[end] + costs[min(stop - units[2 * end], LONGEST)]
        first = end
        for start in range(end - 1, -1, -1):
            length = stop - units[2 * start]
            if length > LONGEST:
                break
            cost = cheapest[start] + costs[length]
            if cost <= best:
                best, first = cost, start
        cheapest[end + 1], firsts[end + 1] = best + cuts[end], first


@inlined
def _stripped(kinds: Bytes, start: int, stop: int) -> tuple[int, int]:
    """Without the spaces around it."""
    while start < stop and kinds[start] & SPACE:
        start += 1
    while stop > start and kinds[stop - 1] & SPACE:
        stop -= 1
    return start, stop


@loop(NUMBER(BYTES, PLACES, PLACES, DOUBLES, NUMBER, PLACES_OUT, PLACES_OUT))
def find(
    kinds: Bytes,
    begins: Places,
    lasts: Places,
    costs: Doubles,
    most: int,
    spans: Places,
    counts: Places,
) -> int:
    """Write start and end of every segment of every text, and how many segments each text has.

    Args:
        kinds: of the characters of all texts in a row.
        begins, lasts: where each text stands in it, (n_texts,).
        costs: of a segment by its length.
        most: units that a text can have.
    """
    units, firsts = np.empty(2 * most, np.int64), np.empty(most + 1, np.int64)
    cuts, cheapest = np.empty(most, np.float64), np.empty(most + 1, np.float64)
    found = 0
    for text in range(len(begins)):
        before = found
        begin, behind = _stripped(kinds, begins[text], lasts[text])
        if behind - begin > UNDIVIDED:
            n = _units(kinds, units, cuts, begins[text], lasts[text], behind)
            _divide(units, cuts, n, costs, cheapest, firsts)
            end = n
            while end:
                start = firsts[end]
                first, stop = _stripped(kinds, units[2 * start], units[2 * end - 1])
                spans[2 * found], spans[2 * found + 1] = first - begins[text], stop - begins[text]
                found, end = found + 1, start
        elif begin < behind:
            spans[2 * found], spans[2 * found + 1] = begin - begins[text], behind - begins[text]
            found += 1
        counts[text] = found - before
    return found
