"""Rows of symbols, the terms found in them, and how often: what loops hand to loops."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.grams import Grams
from fenmen.model.loops.counting import NO_ROOM, count_terms
from fenmen.model.loops.tables import LONGER, NODE_AT, table_of
from fenmen.model.reading import Symbols
from fenmen.model.wordlist import Ints, Places


@dataclass(frozen=True, slots=True)
class Row:
    """Symbols of texts, (n,), those of text i from `bounds[i]`, the last of each 0; `starts` and
    `ends` are the characters of the sheet that each covers.
    """

    symbols: Ints
    starts: Ints
    ends: Ints
    bounds: Places

    def as_symbols(self) -> Symbols:
        """The same for array code."""
        texts = np.repeat(np.arange(len(self.bounds) - 1, dtype=np.int32), np.diff(self.bounds))
        places = self.starts.astype(np.int64), self.ends.astype(np.int64)
        return Symbols(self.symbols, texts, *places)


@dataclass(frozen=True, slots=True)
class Counts:
    """Terms of a view: text i has `columns[pointers[i] : pointers[i + 1]]`, ascending, so often.

    Its occurrences, if they were kept, are from `bounds[i]`: the symbol of the row where each
    begins, how many it has, its column.
    """

    row: Row

    pointers: Places
    columns: Ints
    counts: Ints
    bounds: Places
    firsts: Ints
    sizes: NDArray[np.int8]
    found: Ints


class Terms:
    """The terms of a view as a trie over symbols up to `last`.

    Raises:
        OverflowError: if they are too many.
    """

    def __init__(self, grams: Grams, last: int) -> None:
        self._shift, self._longest = last.bit_length(), grams.longest
        self._rate = 1.0  # occurrences a symbol for which there is room: grows as needed
        levels = list(grams.levels())
        offsets = np.cumsum([0, *(len(level.columns) for level in levels)])
        self._columns = np.concatenate([level.columns for level in levels])
        self._longer = np.zeros(len(levels[0].columns), np.int8)
        self._longer[:] = levels[0].going_on
        keys, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for above, offset, level in zip(offsets[:-2], offsets[1:-1], levels[1:], strict=True):
            nodes = offset + level.numbers.astype(np.int64)
            parents = above + level.parents.astype(np.int64)
            keys.append((parents << self._shift) | level.lasts)
            values.append((nodes << NODE_AT) | LONGER * level.going_on[level.numbers])
        self._table = table_of(np.concatenate(keys), np.concatenate(values))

    def count(self, row: Row, n_columns: int, keep: bool) -> Counts:
        """Count them in texts, with `keep` also where each stands."""
        n_texts, n_symbols = len(row.bounds) - 1, len(row.symbols)
        longest = int(np.diff(row.bounds).max(initial=0)) * self._longest + 1
        while True:
            room = int(n_symbols * self._rate) + longest
            pointers, bounds = np.empty((2, n_texts + 1), np.int64)
            columns, counts = np.empty((2, room), np.int32)
            firsts, found = np.empty((2, room if keep else longest), np.int32)
            sizes = np.empty(len(found), np.int8)
            n = count_terms(
                row.symbols, row.bounds, self._columns, self._longer, self._shift, *self._table,
                self._longest, n_columns, keep, pointers, columns, counts, bounds, firsts, sizes,
                found,
            )  # fmt: skip
            if n != NO_ROOM:
                break
            self._rate *= 1.5
        return Counts(
            row, pointers, columns[:n].copy(), counts[:n].copy(), bounds, firsts, sizes, found
        )
