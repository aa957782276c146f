"""N-grams of symbols, learned and found many at a time as a trie over whole numbers.

A symbol is the number of a word or a character, from 1; 0 is an unknown one, which ends every
n-gram. A node is an n-gram that is a term or begins one. The node of n symbols is found by the
node of its first n - 1 and its last symbol, so text of any length needs one look-up a position
and length, and positions whose n-gram is unknown drop out before the next length.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.keys import Keys, KeyTable, SmallKeys

Ints = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where terms stand: first symbols, how many symbols, columns; all (n,)."""

    positions: Places
    lengths: Ints
    columns: Ints


@dataclass(frozen=True, slots=True)
class GramLevel:
    """The nodes of one length: entry i is node `numbers[i]`, the node `parents[i]` of the length
    before and the symbol `lasts[i]`, none for single symbols; `columns` and `going_on`, (n_nodes,),
    are each node's column or -1 and whether something longer begins with it.
    """

    numbers: Ints
    parents: Ints
    lasts: Ints
    columns: Ints
    going_on: NDArray[np.bool_]


class Grams:
    """Finds the terms of a vocabulary, (n_terms, longest) symbols padded with 0, all different.

    The number of a term's row is its column. `n_terms` is less than the rows if some are alike.
    """

    def __init__(self, terms: Ints) -> None:
        lengths = np.count_nonzero(terms, axis=1)
        self.longest = int(terms.shape[1])
        self.shortest = int(lengths.min(initial=self.longest))
        firsts = terms[:, 0]
        nodes = firsts.astype(np.int32)
        self._columns = [_columns_of(nodes, lengths == 1, int(firsts.max(initial=0)) + 1)]
        # Which nodes of each length begin something longer.
        self._going_on: list[NDArray[np.bool_]] = []
        self._tables: list[_Table] = []
        self._last = int(terms.max(initial=0))
        bits = self._last.bit_length()
        rows = np.arange(len(terms))
        for length in range(2, self.longest + 1):
            rows = rows[lengths[rows] >= length]
            self._going_on.append(_known(nodes[rows], len(self._columns[-1])))
            keys, back = np.unique(_keys(nodes[rows], terms[rows, length - 1]), return_inverse=True)
            self._tables.append(_Table(keys, bits))
            nodes[rows] = back
            self._columns.append(_columns_of(nodes, lengths == length, len(keys)))
        self.n_terms = sum(int(np.count_nonzero(columns >= 0)) for columns in self._columns)

    def levels(self) -> Iterator[GramLevel]:
        """All nodes, length by length."""
        none = np.empty(0, np.int32)
        ends = [*self._going_on, np.zeros(len(self._columns[-1]), bool)]
        entries = [(none, none, none), *(table.entries() for table in self._tables)]
        for entry, columns, going_on in zip(entries, self._columns, ends, strict=True):
            yield GramLevel(*entry, columns, going_on)

    def find(self, symbols: Ints) -> Occurrences:
        """All occurrences of terms in a row of symbols, (n,), overlapping ones too."""
        if symbols.max(initial=0) > self._last:
            # Known to another view only; it would not fit into a key.
            symbols = np.where(symbols > self._last, np.int32(0), symbols)
        at = np.flatnonzero((symbols > 0) & (symbols < len(self._columns[0])))
        nodes = symbols.take(at)
        found = [_occurrences(at, nodes, 1, self._columns[0])]
        padded = np.append(symbols, np.zeros(self.longest, np.int32))
        levels = zip(self._going_on, self._tables, self._columns[1:], strict=True)
        for length, (going_on, table, columns) in enumerate(levels, start=2):
            on = np.flatnonzero(going_on.take(nodes))
            at, nodes = at.take(on), nodes.take(on)
            # An unknown last symbol is 0, which no key ends with.
            alive, nodes = table.find(nodes, padded[length - 1 :].take(at))
            at = at.take(alive)
            found.append(_occurrences(at, nodes, length, columns))
        return Occurrences(
            np.concatenate([f.positions for f in found]),
            np.concatenate([f.lengths for f in found]),
            np.concatenate([f.columns for f in found]),
        )


class _Table:
    """Finds nodes by the node without its last symbol and that symbol, of so many bits."""

    def __init__(self, keys: Keys, bits: int) -> None:
        highest = int(keys.max(initial=np.uint64(0)) >> np.uint64(32))
        # Most vocabularies fit into 31 bits, which are found in half the time.
        self._is_small = highest.bit_length() + bits <= 30
        self._bits = np.uint32(bits)
        if self._is_small:
            symbols = keys & np.uint64(0xFFFFFFFF)
            packed = ((keys >> np.uint64(32)) << np.uint64(bits)) | symbols
            self._small = SmallKeys(packed.astype(np.uint32))
        else:
            self._large = KeyTable(keys)

    def entries(self) -> tuple[Ints, Ints, Ints]:
        """The number of each node, the node without its last symbol, and that symbol."""
        if self._is_small:
            small, numbers = self._small.entries()
            lasts = small & ((np.uint32(1) << self._bits) - np.uint32(1))
            return numbers, (small >> self._bits).astype(np.int32), lasts.astype(np.int32)
        keys, numbers = self._large.entries()
        lasts = keys & np.uint64(0xFFFFFFFF)
        return numbers, (keys >> np.uint64(32)).astype(np.int32), lasts.astype(np.int32)

    def find(self, nodes: Ints, symbols: Ints) -> tuple[Places, Ints]:
        """Which pairs of a node and a symbol that begins some term are nodes, and these."""
        if self._is_small:
            packed = (nodes.view(np.uint32) << self._bits) | symbols.view(np.uint32)
            return self._small.find(packed)
        found = self._large.find(_keys(nodes, symbols))
        alive = np.flatnonzero(found >= 0)
        return alive, found.take(alive)


def learn_terms(symbols: Ints, texts: Ints, shortest: int, longest: int, min_df: int) -> Ints:
    """The n-grams that stand in at least `min_df` texts, as (n_terms, longest) symbols.

    Args:
        symbols: of all texts in a row, (n,); a 0 between any two texts.
        texts: the number of the text that each symbol is in, (n,), ascending.

    An n-gram is at most as frequent as its beginning and its end, so rare ones are never extended.
    """
    at = np.flatnonzero(symbols).astype(np.int64)
    nodes = symbols[at]
    grams = np.arange(int(symbols.max(initial=0)) + 1, dtype=np.int32)[:, None]  # (n_nodes, length)
    terms = [np.zeros((0, longest), np.int32)]
    for length in range(1, longest + 1):
        if length > 1:
            at, nodes = _within(at, nodes, symbols, length)
            keys, back = np.unique(_keys(nodes, symbols[at + length - 1]), return_inverse=True)
            parents, lasts = (keys >> np.uint64(32)).astype(np.int64), keys & np.uint64(0xFFFFFFFF)
            grams = np.column_stack([grams[parents], lasts.astype(np.int32)])
            nodes = back.astype(np.int32)
        frequent = _text_frequency(nodes, texts[at], len(grams)) >= min_df
        if length >= shortest:
            chosen = grams[frequent]
            terms.append(np.pad(chosen, ((0, 0), (0, longest - length))))
        keep = frequent[nodes]
        at, nodes = at[keep], nodes[keep]
    return np.concatenate(terms).astype(np.int32)


def _within(
    at: NDArray[np.int64], nodes: Ints, symbols: Ints, length: int
) -> tuple[NDArray[np.int64], Ints]:
    """The positions from which `length` known symbols follow one another."""
    inside = at + (length - 1) < len(symbols)
    at, nodes = at[inside], nodes[inside]
    known = symbols[at + (length - 1)] != 0
    return at[known], nodes[known]


def _text_frequency(nodes: Ints, texts: Ints, n_nodes: int) -> NDArray[np.int64]:
    pairs = np.unique(_keys(nodes, texts))
    return np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=n_nodes)


def _keys(nodes: Ints, lasts: Ints) -> Keys:
    return (nodes.astype(np.uint64) << np.uint64(32)) | lasts.astype(np.uint64)


def _known(nodes: Ints, n_nodes: int) -> NDArray[np.bool_]:
    known = np.zeros(n_nodes, dtype=bool)
    known[nodes] = True
    return known


def _columns_of(nodes: Ints, ends_here: NDArray[np.bool_], n_nodes: int) -> Ints:
    """The column of the term that ends at each node, (n_nodes,), or -1 where none does."""
    columns = np.full(n_nodes, -1, dtype=np.int32)
    columns[nodes[ends_here]] = np.flatnonzero(ends_here)
    return columns


def _occurrences(at: Places, nodes: Ints, length: int, columns: Ints) -> Occurrences:
    found = columns.take(nodes)
    is_term = np.flatnonzero(found >= 0)
    at = at.take(is_term)
    return Occurrences(at, np.full(len(at), length, np.int32), found.take(is_term))
