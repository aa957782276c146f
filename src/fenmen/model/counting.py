"""How often each term of a view stands in each text, and where."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.grams import Occurrences
from fenmen.model.reading import Symbols
from fenmen.model.sheet import spread
from fenmen.model.wordlist import Places


@dataclass(frozen=True, slots=True)
class Counted:
    """The terms of a view in some texts.

    `counts` is (n_texts, n_columns), columns ascending; `order`, (n_occurrences,), are the
    occurrences by text and column.
    """

    row: Symbols
    found: Occurrences
    counts: sparse.csr_array
    order: Places

    def of_texts(self, texts: Places) -> tuple[Places, Places, Places]:
        """The occurrences in some texts, in any order, also several times.

        Returns:
            Which of the given texts each is in, its place in `order` and its number, all (n,).
        """
        behind = np.append(0, np.cumsum(self.counts.data)).take(self.counts.indptr)
        firsts, sizes = behind.take(texts), np.diff(behind).take(texts)
        places = spread(firsts, sizes)
        return np.repeat(np.arange(len(texts)), sizes), places, self.order.take(places)


def count(symbols: Symbols, found: Occurrences, shape: tuple[int, int]) -> sparse.csr_array:
    """How often each term stands in each text, (n_texts, n_columns), columns ascending."""
    cells = _cells(symbols, found, shape)
    cells.sort()
    return _counts(cells, shape)


def count_in_order(symbols: Symbols, found: Occurrences, shape: tuple[int, int]) -> Counted:
    """The same with the occurrences in the order of the counts."""
    cells = _cells(symbols, found, shape).astype(np.uint64)
    bits = len(cells).bit_length()
    if (shape[0] * shape[1]).bit_length() + bits <= 64:
        # One sort of both numbers in one is much faster than finding out the order.
        both = (cells << np.uint64(bits)) | np.arange(len(cells), dtype=np.uint64)
        both.sort()
        cells, order = both >> np.uint64(bits), both & np.uint64((1 << bits) - 1)
    else:
        order = np.argsort(cells, kind="stable").astype(np.uint64)
        cells = cells[order]
    return Counted(symbols, found, _counts(cells, shape), order.view(np.int64))


def _cells(symbols: Symbols, found: Occurrences, shape: tuple[int, int]) -> NDArray[Any]:
    """The text and column of each occurrence as one number."""
    n_texts, n_columns = shape
    # Numbers of 32 bits are sorted twice as fast.
    kind = np.uint32 if n_texts * n_columns < 2**32 else np.uint64
    cells: NDArray[Any] = symbols.texts.take(found.positions).astype(kind)
    cells *= kind(n_columns)
    cells += found.columns.astype(kind)
    return cells


def _counts(cells: NDArray[Any], shape: tuple[int, int]) -> sparse.csr_array:
    n_texts, n_columns = shape
    is_first = np.ones(len(cells), bool)
    np.not_equal(cells[1:], cells[:-1], out=is_first[1:])
    firsts = np.flatnonzero(is_first)
    different = cells.take(firsts)
    begins = np.arange(n_texts + 1, dtype=np.uint64) * np.uint64(n_columns)
    pointers = np.searchsorted(different, begins)
    rows = np.repeat(begins[:-1], np.diff(pointers))
    counts = np.empty_like(firsts)
    np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
    counts[-1:] = len(cells) - firsts[-1:]
    columns = (different - rows).astype(np.int32)
    return sparse.csr_array((counts, columns, pointers.astype(np.int32)), shape=shape)
