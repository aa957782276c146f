"""Tries in one table of whole numbers: the key is a node and the symbol that comes next."""

import numpy as np

from fenmen.model.loops.compiling import NUMBER, PLACES, PLACES_OUT, inlined, loop
from fenmen.model.wordlist import Places

# An entry: the key, the node it leads to, whether that is a word, whether something longer begins
# with it, and whether another key wanted the slot. An empty slot is 0, and no key is.
WORD, LONGER, CROWDED, NODE_AT, KEY_AT = 1, 2, 4, 3, 24
VALUE = (1 << KEY_AT) - 1
NODE_BITS, KEY_BITS = KEY_AT - NODE_AT, 39
MULTIPLIER = 0x9E3779B97F4A7C15 - 2**64  # Fibonacci hashing, as a signed number
ROOM = 2  # slots a key


@loop(NUMBER(PLACES_OUT, PLACES, PLACES, NUMBER))
def fill(table: Places, keys: Places, values: Places, bits: int) -> int:
    """Put different keys into a table of 2 ** bits slots; returns how many."""
    mask = (1 << bits) - 1
    for i in range(len(keys)):
        slot = ((keys[i] * MULTIPLIER) >> (64 - bits)) & mask
        while table[slot] != 0:
            table[slot] |= CROWDED
            slot = (slot + 1) & mask
        table[slot] = (keys[i] << KEY_AT) | values[i]
    return len(keys)


@inlined
def follow(table: Places, bits: int, key: int) -> int:
    """The value of a key, or 0."""
    mask = (1 << bits) - 1
    slot = ((key * MULTIPLIER) >> (64 - bits)) & mask
    entry = table[slot]
    while entry >> KEY_AT != key and entry & CROWDED:
        slot = (slot + 1) & mask
        entry = table[slot]
    return entry & VALUE if entry >> KEY_AT == key else 0


def table_of(keys: Places, values: Places) -> tuple[Places, int]:
    """A table of different keys and the logarithm of its size.

    Raises:
        OverflowError: if the keys or the nodes are too many.
    """
    if int(keys.max(initial=0)) >> KEY_BITS or int(values.max(initial=0)) >> KEY_AT:
        raise OverflowError
    bits = max(4, (ROOM * len(keys)).bit_length())
    table = np.zeros(1 << bits, np.int64)
    fill(table, keys, values, bits)
    return table, bits
