"""Cutting a row of characters: jieba's dynamic programming, then its hidden Markov model.

What can go either way is collected in lists without a branch, and tables are asked for many
characters before an answer is used: a processor that need not guess is three times as fast.
"""

import numpy as np
from numpy.typing import NDArray

from fenmen.model.loops.compiling import (
    BYTES,
    BYTES_OUT,
    DOUBLE,
    DOUBLES,
    INTS,
    INTS_OUT,
    NUMBER,
    PLACES,
    inlined,
    loop,
    part,
)
from fenmen.model.loops.tables import (
    CROWDED,
    KEY_AT,
    LONGER,
    MULTIPLIER,
    NODE_AT,
    VALUE,
    WORD,
    follow,
)
from fenmen.model.wordlist import Ints, Places

Bytes = NDArray[np.int8]
Doubles = NDArray[np.float64]

# All that the loops depend on stands in this file: .
NO_WORD, NEVER = -1e31, -1e29  # as in routes.py; less than any sum of logarithms
TIE = 1e-9  # as in routes.py

# Pairs of characters have a table of their own, half as large: the place of an entry tells all
# but TAG_BITS of its key. Those that find their place taken are in the other table.
TAG_BITS = 8
TAG = (1 << TAG_BITS) - 1
ODD = 0x9E3779B1

AHEAD = 1024  # characters at a time


@loop(NUMBER(INTS_OUT, BYTES_OUT, PLACES, PLACES))
def fill_pairs(pairs: Ints, displaced: Bytes, keys: Places, values: Places) -> int:
    """Put different keys into a table of pairs; those that find their place taken are marked."""
    mask, n = (len(pairs) << TAG_BITS) - 1, 0
    for i in range(len(keys)):
        spread = (keys[i] * ODD) & mask
        slot = spread >> TAG_BITS
        if pairs[slot] == 0:
            pairs[slot] = (spread & TAG) << KEY_AT | values[i]
        else:
            pairs[slot] |= CROWDED
            displaced[i] = 1
            n += 1
    return n


@part
def _find_pairs(
    ids: Ints,
    m: int,
    shift: int,
    pairs: Ints,
    table: Places,
    bits: int,
    seen: Ints,
    at: Ints,
    values: Places,
) -> int:
    """The beginnings of two characters among m: their places and values; how many there are."""
    mask, found = (len(pairs) << TAG_BITS) - 1, 0
    for k in range(m):
        key = (np.int64(ids[k]) << shift) | ids[k + 1]
        seen[k] = pairs[((key * ODD) & mask) >> TAG_BITS]
    for k in range(m):
        key = (np.int64(ids[k]) << shift) | ids[k + 1]
        entry = np.int64(seen[k])
        same = ((entry >> KEY_AT) & TAG == (key * ODD) & TAG) & (entry != 0)
        value = entry & VALUE
        if entry & CROWDED and not same:
            value = follow(table, bits, key)
            same = value != 0
        at[found], values[found] = k, value
        found += same
    return found


@part
def _extend(
    ids: Ints,
    shift: int,
    length: int,
    table: Places,
    bits: int,
    at: Ints,
    values: Places,
    found: int,
    entries: Places,
) -> int:
    """The beginnings that are one character longer, in the place of the given ones."""
    on, mask = 0, (1 << bits) - 1
    for j in range(found):
        value = values[j]
        at[on], values[on] = at[j], (value >> NODE_AT << shift) | ids[at[j] + length]
        on += (value & LONGER) >> 1
    for j in range(on):
        entries[j] = table[((values[j] * MULTIPLIER) >> (64 - bits)) & mask]
    found = 0
    for j in range(on):
        entry, key = entries[j], values[j]
        same = entry >> KEY_AT == key
        value = entry & VALUE
        if entry & CROWDED and not same:
            value = follow(table, bits, key)
            same = value != 0
        at[found], values[found] = at[j], value
        found += same
    return found


@part
def _note(at: Ints, values: Places, found: int, logs: Doubles, near: Doubles) -> int:
    """The logarithms of words of one length."""
    for j in range(found):
        near[at[j]] = logs[values[j] >> NODE_AT]
    return found


@part
def _note_far(
    at: Ints,
    values: Places,
    found: int,
    logs: Doubles,
    length: int,
    last_far: Ints,
    far_before: Ints,
    far_sizes: Ints,
    far_logs: Doubles,
    n_far: int,
) -> int:
    """The same for long words, which are few."""
    for j in range(found):
        if values[j] & WORD:
            far_before[n_far], far_sizes[n_far] = last_far[at[j]], length
            far_logs[n_far] = logs[values[j] >> NODE_AT]
            last_far[at[j]] = n_far
            n_far += 1
    return n_far


@loop(
    NUMBER(
        INTS, BYTES, INTS, NUMBER, INTS, PLACES, NUMBER, DOUBLES, DOUBLE, NUMBER, BYTES_OUT,
        BYTES_OUT,
    )
)  # fmt: skip
def divide(
    codes: Ints,
    kinds: Bytes,
    numbers: Ints,
    shift: int,
    pairs: Ints,
    table: Places,
    bits: int,
    logs: Doubles,
    unknown: float,
    longest: int,
    lengths: Bytes,
    tied: Bytes,
) -> int:
    """The length of the most probable piece that begins at each character, and where two are.

    Args:
        kinds: what each character is, (n,), 0 for signs, which no word holds.
        numbers: the node of every character, (0x110000,), 0 for others.
        logs: of every node, NO_CHARACTER or NO_WORD where it is none; `unknown` of an unknown one.
        lengths, tied: both (n,), written.

    Returns:
        How many are tied.
    """
    room, ties = AHEAD + longest + 1, 0
    ids, best = np.zeros(room, np.int32), np.zeros(room)
    one, two, three, four = np.empty(AHEAD), np.empty(AHEAD), np.empty(AHEAD), np.empty(AHEAD)
    seen, at, values = (
        np.empty(AHEAD, np.int32),
        np.empty(AHEAD + 1, np.int32),
        np.empty(AHEAD + 1, np.int64),
    )
    entries = np.empty(AHEAD, np.int64)
    # Long words: the one before it that begins at the same character, its length, its logarithm.
    last_far = np.full(AHEAD, -1, np.int32)
    most = AHEAD * longest
    far_before, far_sizes = np.empty(most, np.int32), np.empty(most, np.int32)
    far_logs = np.empty(most)
    end = len(codes)
    while end > 0:
        begin = max(0, end - AHEAD)
        m = end - begin
        # The characters behind this part stay known, as many as a word may hold.
        for k in range(longest, -1, -1):
            ids[m + k], best[m + k] = ids[k], best[k]
        for k in range(m):
            ids[k] = numbers[codes[begin + k]] if kinds[begin + k] != 0 else 0
        for k in range(m):
            one[k] = logs[ids[k]]
            two[k], three[k], four[k] = NO_WORD, NO_WORD, NO_WORD
        found = _find_pairs(ids, m, shift, pairs, table, bits, seen, at, values)
        length, n_far = 2, 0
        while found:
            if length <= 4:
                near = two if length == 2 else three if length == 3 else four
                _note(at, values, found, logs, near)
            else:
                n_far = _note_far(
                    at,
                    values,
                    found,
                    logs,
                    length,
                    last_far,
                    far_before,
                    far_sizes,
                    far_logs,
                    n_far,
                )
            found = _extend(ids, shift, length, table, bits, at, values, found, entries)
            length += 1
        b1, b2, b3, b4 = best[m], best[m + 1], best[m + 2], best[m + 3]
        for k in range(m - 1, -1, -1):
            x2, x3, x4 = two[k] + b2, three[k] + b3, four[k] + b4
            size = 3 if x3 >= x2 else 2
            top = max(x2, x3)
            tie = (abs(x2 - x3) < TIE) & (top > NEVER) | (abs(x4 - top) < TIE) & (x4 > NEVER)
            size = 4 if x4 >= top else size
            top = max(top, x4)
            far = last_far[k]
            while far >= 0:
                x = far_logs[far] + best[k + far_sizes[far]]
                tie |= abs(x - top) < TIE
                size = far_sizes[far] if x >= top else size
                top = max(x, top)
                far = far_before[far]
            last_far[k] = -1
            # A character that begins no word is one by itself, as rare as can be.
            x1 = (unknown if one[k] + top < 1.05 * NO_WORD else one[k]) + b1
            tie |= (abs(x1 - top) < TIE) & (x1 > NEVER)
            size = size if top >= x1 else 1
            is_sign = kinds[begin + k] == 0
            b4, b3, b2 = b3, b2, b1
            b1 = 0.0 if is_sign else max(x1, top)
            best[k] = b1
            lengths[begin + k] = 1 if is_sign else size
            tie &= not is_sign
            tied[begin + k] = tie
            ties += tie
        end = begin
    return ties


@inlined
def is_word(
    codes: Ints,
    numbers: Ints,
    shift: int,
    pairs: Ints,
    table: Places,
    bits: int,
    first: int,
    last: int,
) -> bool:
    """Whether a run of two or more characters is a word as a whole."""
    key = (np.int64(numbers[codes[first]]) << shift) | numbers[codes[first + 1]]
    spread = (key * ODD) & ((len(pairs) << TAG_BITS) - 1)
    entry = np.int64(pairs[spread >> TAG_BITS])
    value = entry & VALUE
    if entry == 0 or (entry >> KEY_AT) & TAG != spread & TAG:
        value = follow(table, bits, key)
    for i in range(first + 2, last):
        if value & LONGER == 0:
            return False
        value = follow(table, bits, (value >> NODE_AT << shift) | numbers[codes[i]])
    return value & WORD != 0
