"""Whole numbers to places, many at a time: a hash table of 64-bit keys on numpy arrays."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Places = NDArray[np.int32]

# Fibonacci hashing (Knuth, TAOCP 3, 6.4): neighbours spread over the whole table.
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
EMPTY: Final = np.uint64(0xFFFFFFFFFFFFFFFF)


class KeyTable:
    """Finds the place of each key among `keys`, (n,), all different; open addressing."""

    def __init__(self, keys: Keys) -> None:
        bits = max(4, int(2 * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._last = np.int64((1 << bits) - 1)
        self._keys = np.full(1 << bits, EMPTY)
        self._places = np.full(1 << bits, -1, dtype=np.int32)
        self._insert(keys)

    def _insert(self, keys: Keys) -> None:
        waiting = np.arange(len(keys), dtype=np.int32)
        slots = self._slots(keys)
        while len(waiting):
            free = self._keys[slots] == EMPTY
            self._places[slots[free]] = waiting[free]
            # Of several keys that want one slot the last written has it; the others go on.
            seated = free & (self._places[slots] == waiting)
            self._keys[slots[seated]] = keys[waiting[seated]]
            waiting, slots = waiting[~seated], self._next(slots[~seated])

    def find(self, keys: Keys) -> Places:
        """The place of each key, (m,), or -1 where it is not in the table."""
        slots = self._slots(keys)
        held = self._keys.take(slots)
        same = held == keys
        found = self._places.take(slots)
        found[~same] = -1
        waiting = np.flatnonzero(~same & (held != EMPTY))
        slots = slots.take(waiting)
        while len(waiting):
            slots = self._next(slots)
            held, wanted = self._keys.take(slots), keys.take(waiting)
            hit = held == wanted
            found[waiting[hit]] = self._places[slots[hit]]
            going_on = ~hit & (held != EMPTY)
            waiting, slots = waiting[going_on], slots[going_on]
        return found

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys * MULTIPLIER) >> self._shift).view(np.int64)

    def _next(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        return (slots + 1) & self._last
