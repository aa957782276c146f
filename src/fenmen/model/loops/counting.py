"""How often the terms of a view stand in each text, and where."""

import numpy as np

from fenmen.model.loops.compiling import (
    BYTES,
    BYTES_OUT,
    INTS,
    INTS_OUT,
    NUMBER,
    PLACES,
    PLACES_OUT,
    YES,
    inlined,
    loop,
    part,
)
from fenmen.model.loops.cutting import Bytes
from fenmen.model.loops.tables import (
    CROWDED,
    KEY_AT,
    LONGER,
    MULTIPLIER,
    NODE_AT,
    VALUE,
    follow,
)
from fenmen.model.wordlist import Ints, Places

NO_ROOM = -1
LAST_BIT = 0x03F79D71B4CB0A89  # de Bruijn's: its 64 runs of six bits all differ


@inlined
def _places_of_bits(places: Places) -> None:
    """Which bit a power of two is, by the six bits that it moves to the front."""
    for bit in range(64):
        places[(((np.int64(1) << bit) * LAST_BIT) >> 58) & 63] = bit


@part
def _terms(
    symbols: Ints,
    first: int,
    last: int,
    columns: Ints,
    longer: Bytes,
    shift: int,
    table: Places,
    bits: int,
    at: Ints,
    values: Places,
    entries: Places,
    where: Ints,
    sizes: Bytes,
    found: Ints,
    n: int,
) -> int:
    """The terms of one text, whose last symbol is 0, behind the n found before."""
    on, mask = 0, (1 << bits) - 1
    for i in range(first, last - 1):
        symbol = np.int64(symbols[i])
        symbol = symbol if symbol < len(longer) else 0
        where[n], sizes[n], found[n] = i, 1, columns[symbol]
        n += columns[symbol] >= 0
        at[on], values[on] = i, (symbol << shift) | symbols[i + 1]
        on += longer[symbol]
    length = 2
    while on:
        for j in range(on):
            entries[j] = table[((values[j] * MULTIPLIER) >> (64 - bits)) & mask]
        alive, on = on, 0
        for j in range(alive):
            entry, key, i = entries[j], values[j], at[j]
            value = entry & VALUE if entry >> KEY_AT == key else 0
            if value == 0 and entry & CROWDED:
                value = follow(table, bits, key)
            node = value >> NODE_AT
            where[n], sizes[n], found[n] = i, length, columns[node]
            n += columns[node] >= 0
            # What goes on is not 0, so the text goes on too.
            is_longer = (value & LONGER) >> 1
            at[on], values[on] = i, (node << shift) | symbols[i + length * is_longer]
            on += is_longer
        length += 1
    return n


@part
def _note(found: Ints, first: int, n: int, times: Ints, seen: Places, groups: Places) -> int:
    """Note how often each column occurs."""
    for i in range(first, n):
        column = np.int64(found[i])
        times[column] += 1
        seen[column >> 6] |= np.int64(1) << (column & 63)
        groups[column >> 12] |= np.int64(1) << ((column >> 6) & 63)
    return n


@part
def _tell(
    times: Ints,
    seen: Places,
    groups: Places,
    places: Places,
    different: Ints,
    counts: Ints,
    total: int,
) -> int:
    """Write down what has been noted, columns ascending, behind the total before; forget it."""
    for group in range(len(groups)):
        inner = groups[group]
        groups[group] = 0
        while inner != 0:
            bit = inner & -inner
            inner ^= bit
            some = (group << 6) | places[((bit * LAST_BIT) >> 58) & 63]
            here = seen[some]
            seen[some] = 0
            while here != 0:
                bit = here & -here
                here ^= bit
                column = (some << 6) | places[((bit * LAST_BIT) >> 58) & 63]
                different[total], counts[total] = column, times[column]
                times[column] = 0
                total += 1
    return total


@loop(
    NUMBER(
        INTS, PLACES, INTS, BYTES, NUMBER, PLACES, NUMBER, NUMBER, NUMBER, YES, PLACES_OUT,
        INTS_OUT, INTS_OUT, PLACES_OUT, INTS_OUT, BYTES_OUT, INTS_OUT,
    )
)  # fmt: skip
def count_terms(
    symbols: Ints,
    bounds: Places,
    columns: Ints,
    longer: Bytes,
    shift: int,
    table: Places,
    bits: int,
    most: int,
    n_columns: int,
    keep: bool,
    pointers: Places,
    different: Ints,
    counts: Ints,
    occurring: Places,
    where: Ints,
    sizes: Bytes,
    found: Ints,
) -> int:
    """Count terms in texts; how many there are in all, text by text counted once, or NO_ROOM.

    Args:
        symbols, bounds: of texts, each ends with a 0.
        columns: of each node its column or -1; node 0 is none.
        longer: whether something longer begins with each symbol; symbols that are more are none.
        shift, table, bits: the nodes.
        most: symbols of the longest term.
        keep: whether all occurrences are kept; else those of one text.
        pointers, different, counts: (n_texts + 1,) and (n,): which columns each text has, and how
            often, written.
        occurring, where, sizes, found: (n_texts + 1,) and (n_occurrences,): at which symbol each
            occurrence begins, how many it has, its column; written.
    """
    longest = 1
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    at = np.empty(longest + 1, np.int32)
    values, entries = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    times = np.zeros(n_columns, np.int32)
    # Which columns occur, a bit each, and which 64 of them have such a bit.
    seen = np.zeros((n_columns >> 6) + 1, np.int64)
    groups = np.zeros((n_columns >> 12) + 1, np.int64)
    places = np.empty(64, np.int64)
    _places_of_bits(places)
    n, total = 0, 0
    for text in range(len(bounds) - 1):
        first = n if keep else 0
        pointers[text], occurring[text] = total, first
        # Where there is room for all that a text can hold, nothing is written behind an array.
        own = (bounds[text + 1] - bounds[text]) * most
        if first + own >= len(found) or total + own > len(different):
            return NO_ROOM
        n = _terms(
            symbols, bounds[text], bounds[text + 1], columns, longer, shift, table, bits, at,
            values, entries, where, sizes, found, first,
        )  # fmt: skip
        _note(found, first, n, times, seen, groups)
        total = _tell(times, seen, groups, places, different, counts, total)
    pointers[len(bounds) - 1], occurring[len(bounds) - 1] = total, n
    return total
