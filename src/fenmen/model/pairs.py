"""Pairs of different symbols of one text, near or far from each other, in either order.

Titles are short: two characters or words of one title tell more together than each alone, and
n-grams see only neighbours. A linear model over pairs is a quadratic one over symbols.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fenmen.model.grams import Occurrences
from fenmen.model.keys import Keys, KeyTable
from fenmen.model.reading import Ints, Symbols

# Pairs grow with the square of a text: its first symbols make them, as many as a segment has.
REACH = 400
BLOCK = 1 << 20  # pairs made at a time

Places = NDArray[np.int64]


class Pairs:
    """Finds the pairs of a vocabulary, (n_terms, 2) symbols, in any order but all different.

    The number of a term's row is its column. `n_terms` is less than the rows if some are alike or
    pair a symbol with itself.
    """

    def __init__(self, terms: Ints) -> None:
        keys = _keys(terms.min(axis=1), terms.max(axis=1))
        self._table = KeyTable(keys)
        sound = (self._table.find(keys) == np.arange(len(keys))) & (terms[:, 0] != terms[:, 1])
        self.n_terms = int(np.count_nonzero(sound & (terms > 0).all(axis=1)))
        self._paired = np.zeros(int(terms.max(initial=0)) + 1, bool)
        self._paired[terms.ravel()] = True

    def find(self, row: Symbols) -> Occurrences:
        """Every pair that a text holds, at two places: where either symbol stands first."""
        at = _first_places(row, self._paired)
        ones, others, columns = [], [], []
        for one, other, keys in _pairs(row, at):
            found = self._table.find(keys)
            known = found >= 0
            ones.append(one[known])
            others.append(other[known])
            columns.append(found[known])
        places = np.concatenate([np.empty(0, np.int64), *ones, *others])
        found = np.concatenate([np.empty(0, np.int32), *columns])
        return Occurrences(places, np.ones(len(places), np.int32), np.tile(found, 2))


def learn_pairs(row: Symbols, usable: NDArray[np.bool_], min_df: int) -> Ints:
    """The pairs that stand in at least `min_df` texts, (n_terms, 2) symbols, the lower first.

    Args:
        usable: which symbols may be paired, by their numbers.
    """
    at = _first_places(row, usable)
    frequency = np.bincount(row.symbols[at], minlength=len(usable))
    # A pair is at most as frequent as either of its symbols.
    at = at[frequency[row.symbols[at]] >= min_df]
    keys = np.concatenate([np.empty(0, np.uint64), *(keys for _, _, keys in _pairs(row, at))])
    keys.sort()
    firsts = np.flatnonzero(np.diff(keys, prepend=np.uint64(0)))  # no key is 0
    frequent = np.diff(firsts, append=len(keys)) >= min_df
    chosen = keys[firsts[frequent]]
    lows, highs = chosen >> np.uint64(32), chosen & np.uint64(0xFFFFFFFF)
    return np.column_stack([lows, highs]).astype(np.int32)


def _first_places(row: Symbols, wanted: NDArray[np.bool_]) -> Places:
    """Where the wanted symbols within reach stand first, text by text, symbols ascending."""
    begins = np.flatnonzero(np.diff(row.texts, prepend=-1))
    rank = np.arange(len(row.texts)) - np.repeat(begins, np.diff(begins, append=len(row.texts)))
    within = (rank <= REACH) & (row.symbols < len(wanted))  # at rank 0 stands the mark
    at = np.flatnonzero(within)
    at = at[wanted[row.symbols[at]]]
    _, first = np.unique(_keys(row.texts[at], row.symbols[at]), return_index=True)
    return at[first]


def _pairs(row: Symbols, at: Places) -> Iterator[tuple[Places, Places, Keys]]:
    """All pairs of places of one text, some at a time, with the keys of their symbols."""
    texts, symbols = row.texts[at], row.symbols[at]
    partners = np.searchsorted(texts, texts, side="right") - np.arange(len(at)) - 1
    total = np.cumsum(partners)
    cuts = np.searchsorted(total, np.arange(BLOCK, total[-1] if len(at) else 0, BLOCK)) + 1
    for some in np.split(np.arange(len(at)), cuts):
        counts = partners[some]
        one = np.repeat(some, counts)
        rank = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        other = one + 1 + rank
        yield at[one], at[other], _keys(symbols[one], symbols[other])


def _keys(lows: Ints, highs: Ints) -> Keys:
    return (lows.astype(np.uint64) << np.uint64(32)) | highs.astype(np.uint64)
