"""From counts to values, and from values to scores."""

import numpy as np

from fenmen.model.loops.compiling import (
    DOUBLE,
    DOUBLES,
    DOUBLES_OUT,
    FLOATS,
    INTS,
    NUMBER,
    PLACES,
    inlined,
    loop,
)
from fenmen.model.loops.cutting import Doubles
from fenmen.model.views import Floats
from fenmen.model.wordlist import Ints, Places

NO_NORM, L1, L2 = 0, 1, 2
BOTH = -1  # two sums are to be added
SMALL, MOST = 8, 128  # as numpy adds up: so many sums side by side, so many numbers at a time


@inlined
def _few(values: Doubles, first: int, n: int) -> float:
    """The sum of up to MOST numbers in numpy's order."""
    if n < SMALL:
        total = 0.0
        for i in range(first, first + n):
            total += values[i]
        return total
    r0, r1, r2, r3 = values[first], values[first + 1], values[first + 2], values[first + 3]
    r4, r5, r6, r7 = values[first + 4], values[first + 5], values[first + 6], values[first + 7]
    behind = first + n - n % SMALL
    for i in range(first + SMALL, behind, SMALL):
        r0, r1, r2, r3 = r0 + values[i], r1 + values[i + 1], r2 + values[i + 2], r3 + values[i + 3]
        r4, r5 = r4 + values[i + 4], r5 + values[i + 5]
        r6, r7 = r6 + values[i + 6], r7 + values[i + 7]
    total = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))
    for i in range(behind, first + n):
        total += values[i]
    return total


@inlined
def _sum(values: Doubles, n: int, waiting: Places, sums: Doubles) -> float:
    """The sum of the numbers from 1 to n as numpy adds them up, by halves of halves."""
    if n <= MOST:
        return _few(values, 1, n)
    waiting[0], waiting[1] = 1, n
    n_waiting, n_sums = 2, 0
    while n_waiting:
        n_waiting -= 2
        first, size = waiting[n_waiting], waiting[n_waiting + 1]
        if size == BOTH:
            n_sums -= 1
            sums[n_sums - 1] += sums[n_sums]
        elif size <= MOST:
            sums[n_sums] = _few(values, first, size)
            n_sums += 1
        else:
            half = size // 2
            half -= half % SMALL
            waiting[n_waiting + 1] = BOTH
            waiting[n_waiting + 2], waiting[n_waiting + 3] = first + half, size - half
            waiting[n_waiting + 4], waiting[n_waiting + 5] = first, half
            n_waiting += 6
    return sums[0]


@loop(NUMBER(PLACES, INTS, INTS, FLOATS, DOUBLES, NUMBER, DOUBLE, DOUBLES_OUT))
def weigh_counts(
    pointers: Places,
    columns: Ints,
    counts: Ints,
    idf: Floats,
    frequencies: Doubles,
    norm: int,
    weight: float,
    values: Doubles,
) -> int:
    """What `views.weigh` makes of counts, to the last bit.

    Args:
        pointers, columns, counts: of each text, by `count_terms`.
        frequencies: what standing 0, 1, … times in a text counts.
        values: (n_counts,), written.
    """
    longest = 0
    for text in range(len(pointers) - 1):
        longest = max(longest, pointers[text + 1] - pointers[text])
    parts = np.empty(longest)
    waiting, sums = np.empty(512, np.int64), np.empty(256)
    for text in range(len(pointers) - 1):
        first, last = pointers[text], pointers[text + 1]
        for i in range(first, last):
            values[i] = np.float64(idf[columns[i]]) * frequencies[counts[i]]
        length = 1.0
        if norm != NO_NORM and last > first:
            for i in range(first, last):
                parts[i - first] = values[i] * values[i] if norm == L2 else abs(values[i])
            # numpy's reduceat: the first, and all the others together.
            length = parts[0] + _sum(parts, last - first - 1, waiting, sums)
            if norm == L2:
                length = np.sqrt(length)
        factor = weight / length
        for i in range(first, last):
            values[i] *= factor
    return len(values)


@loop(NUMBER(PLACES, INTS, DOUBLES, FLOATS, NUMBER, NUMBER, DOUBLES_OUT))
def add_scores(
    pointers: Places,
    columns: Ints,
    values: Doubles,
    weights: Floats,
    offset: int,
    n_topics: int,
    scores: Doubles,
) -> int:
    """Add what a block of columns says, in their order, as scipy does.

    Args:
        pointers, columns, values: of each text.
        weights: of all columns, the block's from `offset`; each has `n_topics`.
        scores: (n_texts * n_topics,), added to.
    """
    for text in range(len(pointers) - 1):
        first, last = pointers[text], pointers[text + 1]
        # Four sums at a time stay in the processor's registers.
        for k in range(0, n_topics - 3, 4):
            own = text * n_topics + k
            a, b, c, d = scores[own], scores[own + 1], scores[own + 2], scores[own + 3]
            for i in range(first, last):
                at, value = (offset + np.int64(columns[i])) * n_topics + k, values[i]
                a += value * np.float64(weights[at])
                b += value * np.float64(weights[at + 1])
                c += value * np.float64(weights[at + 2])
                d += value * np.float64(weights[at + 3])
            scores[own], scores[own + 1], scores[own + 2], scores[own + 3] = a, b, c, d
        for k in range(n_topics - n_topics % 4, n_topics):
            total = scores[text * n_topics + k]
            for i in range(first, last):
                at = (offset + np.int64(columns[i])) * n_topics + k
                total += values[i] * np.float64(weights[at])
            scores[text * n_topics + k] = total
    return len(values)
