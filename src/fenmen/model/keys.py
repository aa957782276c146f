"""Whole numbers to places, many at a time: hash tables on numpy arrays."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Places = NDArray[np.int32]
Keys32 = NDArray[np.uint32]
Hits = NDArray[np.int64]

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

    def entries(self) -> tuple[Keys, Places]:
        """All keys and their places, in any order."""
        held = np.flatnonzero(self._keys != EMPTY)
        return self._keys[held], self._places[held]

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys * MULTIPLIER) >> self._shift).view(np.int64)

    def _next(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        return (slots + 1) & self._last


NONE: Final = -1
EMPTY32: Final = np.uint32(0x7FFFFFFF)
CROWDED: Final = np.uint32(0x80000000)  # set in a slot's key: others wanted the slot too
# Odd multipliers near 2**32 over the golden ratio (Knuth, TAOCP 3, 6.4), one a round.
MULTIPLIERS = tuple(np.uint32(m) for m in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))
ROOM: Final = 2  # slots a key


class SmallKeys:
    """The place of each of some 31-bit keys, (n,), all different and none EMPTY32.

    Keys32 that want a slot which is taken are held in a second table, and so on.
    """

    def __init__(self, keys: Keys32, places: Places | None = None, depth: int = 0) -> None:
        places = np.arange(len(keys), dtype=np.int32) if places is None else places
        bits = max(4, int(ROOM * len(keys)).bit_length())
        self._shift = np.uint32(32 - bits)
        self._multiplier = MULTIPLIERS[depth % len(MULTIPLIERS)]
        self._keys = np.full(1 << bits, EMPTY32)
        self._places = np.full(1 << bits, NONE, np.int32)
        slots = self._slots(keys)
        self._keys[slots], self._places[slots] = keys, places
        late = np.flatnonzero(self._keys[slots] != keys)
        self._keys[slots[late]] |= CROWDED
        self._rest = SmallKeys(keys[late], places[late], depth + 1) if len(late) else None

    def find(self, keys: Keys32) -> tuple[Hits, Places]:
        """Which of the keys, (m,), are held, and their places."""
        slots = self._slots(keys)
        held = self._keys.take(slots)
        differ = (held ^ keys) & EMPTY32
        hits = np.flatnonzero(differ == 0)
        found = self._places.take(slots.take(hits))
        if self._rest is None:
            return hits, found
        differ[hits] = 0
        others = np.flatnonzero((held >= CROWDED) & (differ != 0))
        more, places = self._rest.find(keys.take(others))
        return np.concatenate([hits, others.take(more)]), np.concatenate([found, places])

    def entries(self) -> tuple[Keys32, Places]:
        """All keys and their places, in any order."""
        held = np.flatnonzero(self._places != NONE)
        keys, places = self._keys[held] & EMPTY32, self._places[held]
        if self._rest is None:
            return keys, places
        rest = self._rest.entries()
        return np.concatenate([keys, rest[0]]), np.concatenate([places, rest[1]])

    def _slots(self, keys: Keys32) -> Keys32:
        return (keys * self._multiplier) >> self._shift
