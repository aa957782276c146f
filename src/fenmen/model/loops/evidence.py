"""What the characters of some texts add to their scores."""

import numpy as np

from fenmen.model.loops.compiling import (
    BYTES,
    DOUBLE,
    DOUBLES,
    DOUBLES_OUT,
    FLOATS,
    INTS,
    NUMBER,
    PLACES,
    loop,
)
from fenmen.model.loops.cutting import Bytes, Doubles
from fenmen.model.views import Floats
from fenmen.model.wordlist import Ints, Places


@loop(NUMBER(PLACES, INTS, PLACES, PLACES, FLOATS, NUMBER, NUMBER, DOUBLES_OUT))
def take_cells(
    pointers: Places,
    columns: Ints,
    texts: Places,
    topics: Places,
    weights: Floats,
    offset: int,
    n_topics: int,
    cells: Doubles,
) -> int:
    """The weights of all columns of some texts for a topic of each, one text after another."""
    n = 0
    for own in range(len(texts)):
        for i in range(pointers[texts[own]], pointers[texts[own] + 1]):
            cells[n] = weights[(offset + np.int64(columns[i])) * n_topics + topics[own]]
            n += 1
    return n


@loop(
    NUMBER(
        PLACES, INTS, INTS, DOUBLES, PLACES, INTS, BYTES, INTS, INTS, INTS, PLACES, PLACES,
        PLACES, PLACES, DOUBLES, NUMBER, DOUBLE, DOUBLES_OUT,
    )
)  # fmt: skip
def spread_weights(
    pointers: Places,
    columns: Ints,
    counts: Ints,
    values: Doubles,
    bounds: Places,
    firsts: Ints,
    sizes: Bytes,
    found: Ints,
    starts: Ints,
    ends: Ints,
    begins: Places,
    lengths: Places,
    texts: Places,
    places: Places,
    cells: Doubles,
    n_columns: int,
    steps: float,
    changes: Doubles,
) -> int:
    """Note where the weight of characters changes, in whole steps, in which sums are exact.

    Args:
        pointers, columns, counts, values: of each text, the columns that it has.
        bounds, firsts, sizes, found: the occurrences, by `count_terms`.
        starts, ends: the characters of each symbol.
        begins, lengths: the texts in the row of characters.
        texts, places: which texts, and where each begins in the changes.
        cells: the weight of each column of these, one text after another.
        changes: added to.
    """
    shares = np.empty(n_columns)
    n = 0
    for own in range(len(texts)):
        text = texts[own]
        for i in range(pointers[text], pointers[text + 1]):
            shares[columns[i]] = values[i] / counts[i] * cells[n]
            n += 1
        begin, length, place = begins[text], lengths[text], places[own]
        for i in range(bounds[text], bounds[text + 1]):
            start = min(max(starts[firsts[i]] - begin, 0), length)
            end = min(max(ends[firsts[i] + sizes[i] - 1] - begin, 0), length)
            if end > start:
                share = np.rint(shares[found[i]] / (end - start) * steps)
                changes[place + start] += share
                changes[place + end] -= share
    return n
