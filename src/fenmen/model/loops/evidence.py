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
    PLACES_OUT,
    loop,
)
from fenmen.model.loops.cutting import Bytes, Doubles
from fenmen.model.views import Floats
from fenmen.model.wordlist import Ints, Places


@loop(
    NUMBER(
        PLACES, INTS, INTS, DOUBLES, PLACES, INTS, BYTES, INTS, INTS, INTS, PLACES, PLACES,
        PLACES, PLACES, PLACES, INTS, FLOATS, NUMBER, NUMBER, NUMBER, DOUBLE, DOUBLES_OUT,
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
    topics: Places,
    rows: Ints,
    weights: Floats,
    offset: int,
    n_topics: int,
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
        texts, places, topics: which texts, where each begins in the changes, the topic wanted.
        rows: where each of `columns` has its weights, behind `offset` rows of all topics.
        changes: added to.
    """
    shares = np.empty(n_columns)
    most = 0
    for own in range(len(texts)):
        most = max(most, pointers[texts[own] + 1] - pointers[texts[own]])
    cells = np.empty(most)
    for own in range(len(texts)):
        text = texts[own]
        first, behind = pointers[text], pointers[text + 1]
        cell = offset * n_topics + topics[own]
        # Weights lie far apart: asked for in a row, they arrive together.
        for i in range(first, behind):
            cells[i - first] = weights[cell + np.int64(rows[i]) * n_topics]
        for i in range(first, behind):
            shares[columns[i]] = values[i] / counts[i] * cells[i - first]
        begin, length, place = begins[text], lengths[text], places[own]
        for i in range(bounds[text], bounds[text + 1]):
            start = min(max(starts[firsts[i]] - begin, 0), length)
            end = min(max(ends[firsts[i] + sizes[i] - 1] - begin, 0), length)
            if end > start:
                share = np.rint(shares[found[i]] / (end - start) * steps)
                changes[place + start] += share
                changes[place + end] -= share
    return len(texts)


@loop(
    NUMBER(
        PLACES, PLACES, PLACES, PLACES, DOUBLES, DOUBLES, PLACES, PLACES, PLACES, PLACES, NUMBER,
        NUMBER, DOUBLE, DOUBLES_OUT,
    )
)  # fmt: skip
def spread_seeds(
    bounds: Places,
    starts: Places,
    ends: Places,
    topics: Places,
    values: Doubles,
    cells: Doubles,
    begins: Places,
    lengths: Places,
    texts: Places,
    places: Places,
    n_topics: int,
    n_measures: int,
    steps: float,
    changes: Doubles,
) -> int:
    """The same for seed words, each of which has an equal share of its topic's measures.

    Args:
        bounds, starts, ends, topics: the seed words of each text.
        values: (n_texts * n_topics * n_measures,).
        cells: the weight of each measure of each topic for each of the texts asked for.
        begins, lengths, texts, places, changes: as above.
    """
    width = n_topics * n_measures
    times = np.zeros(n_topics, np.int64)
    for own in range(len(texts)):
        text = texts[own]
        begin, length, place = begins[text], lengths[text], places[own]
        times[:] = 0
        for i in range(bounds[text], bounds[text + 1]):
            times[topics[i]] += 1
        for i in range(bounds[text], bounds[text + 1]):
            start = min(max(starts[i] - begin, 0), length)
            end = min(max(ends[i] - begin, 0), length)
            if end <= start:
                continue
            first = topics[i] * n_measures
            for column in range(first, first + n_measures):
                value = values[text * width + column] / times[topics[i]]
                share = np.rint(value * cells[own * width + column] / (end - start) * steps)
                changes[place + start] += share
                changes[place + end] -= share
    return len(texts)


@loop(
    NUMBER(
        PLACES, PLACES, INTS, BYTES, PLACES, PLACES, PLACES, PLACES, PLACES, PLACES, DOUBLES,
        DOUBLE, PLACES_OUT, PLACES_OUT, PLACES_OUT, DOUBLES_OUT,
    )
)  # fmt: skip
def find_strong_words(
    firsts: Places,
    lasts: Places,
    codes: Ints,
    seen: Bytes,
    pieces: Places,
    behind: Places,
    begins: Places,
    titles: Places,
    places: Places,
    ends: Places,
    weights: Doubles,
    share: float,
    texts_out: Places,
    starts_out: Places,
    ends_out: Places,
    sums: Doubles,
) -> int:
    """Words that speak clearly for the topic of their text, neighbours as one; how many.

    Args:
        firsts, lasts, codes: pieces of a row of texts, and its characters.
        seen: whether each character makes a piece a word.
        pieces, behind: the first piece of each text asked for, and that behind its last one.
        begins: where each text begins in the row.
        titles, places, ends: in the row of the texts asked for: where what counts begins in each,
            where it begins itself, and where it ends.
        weights: of the characters of that row, in steps in which sums are exact.
        share: of all that speaks for the topic, what a word must add to be told.
        texts_out, starts_out, ends_out, sums: written; places in the row of the texts asked for.
    """
    n = 0
    for own in range(len(pieces)):
        total = 0.0
        for i in range(places[own], ends[own]):
            total += max(weights[i], 0.0)
        floor = share * total
        moved = places[own] - begins[own]
        goes_on = -1
        for piece in range(pieces[own], behind[own]):
            start, end = firsts[piece] + moved, lasts[piece] + moved
            if start < titles[own]:
                continue
            weight, is_word = 0.0, False
            for i in range(start, end):
                weight += weights[i]
                is_word |= seen[codes[i - moved]] != 0
            if not is_word or weight < floor or weight <= 0:
                continue
            if start == goes_on:
                ends_out[n - 1] = end
                sums[n - 1] += weight
            else:
                texts_out[n], starts_out[n], ends_out[n], sums[n] = own, start, end, weight
                n += 1
            goes_on = end
    return n
