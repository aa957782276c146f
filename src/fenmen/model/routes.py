"""The most probable way to divide runs of characters into words, all runs at once.

Dynamic programming from the end of each run to its beginning, as jieba does it. The runs stand side
by side, the longest first: at each distance from the end the runs that reach so far are a slice,
and a step is a handful of additions of slices.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.prefixes import Found
from fenmen.model.wordlist import Ints, Places

Logs = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEAR = 4  # words of up to so many characters have a place at every cell, longer ones a list
# Less than any sum of logarithms; two of them, so that their difference is no tie.
NO_CHARACTER, NO_WORD = -1e30, -1e31
# Sums of the same logarithms in another order differ by less.
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Routes:
    """Where pieces begin, (n,) places in a row of characters; and characters of runs that can be
    divided in two ways of the same probability, (n,).
    """

    firsts: Places
    ties: Places


@dataclass(frozen=True, slots=True)
class Grid:
    """Runs side by side, the longest first.

    Cell `offsets[d - 1] + rank` is the character at distance d (from 1) from the end of the run of
    that rank. `places`, (n_cells,), is the character of each cell, `cells`, (n_characters + 1,),
    the cell of each character or -1, `firsts`, (n_runs,), the cell where each run begins.
    """

    offsets: list[int]
    places: Places
    cells: Ints
    firsts: Places


def grid_of(firsts: Places, lasts: Places, n_characters: int) -> Grid:
    """Runs of characters, [firsts[i], lasts[i]) of a row, as a grid."""
    lengths = lasts - firsts
    kind = np.uint16 if lengths.max(initial=0) < 2**16 else np.int64  # short numbers sort fast
    order = np.argsort(lengths.astype(kind), kind="stable")[::-1]
    ends, lengths = lasts.take(order), lengths.take(order)
    longest = int(lengths.max(initial=0))
    shorter = np.cumsum(np.bincount(lengths, minlength=longest + 1))[:-1]
    offsets = np.append(0, np.cumsum(len(lengths) - shorter))
    steps = offsets.tolist()
    places = np.empty(steps[-1], np.int64)
    for distance in range(1, longest + 1):
        begin, end = steps[distance - 1], steps[distance]
        np.subtract(ends[: end - begin], distance, out=places[begin:end])
    cells = np.full(n_characters + 1, -1, np.int32)
    cells[places] = np.arange(len(places), dtype=np.int32)
    return Grid(steps, places, cells, offsets.take(lengths - 1) + np.arange(len(lengths)))


def routes(grid: Grid, ones: Logs, found: Sequence[Found], logs: Sequence[Logs]) -> Routes:
    """The most probable routes.

    Args:
        ones: the logarithm of each cell's character alone, (n_cells,), NO_CHARACTER if it is none.
        found: the beginnings of words of 2, 3, … characters in the row.
        logs: for each such length the logarithms by the beginnings' numbers, NO_WORD if it is no
            word; behind them all that of an unknown character.
    """
    near = [_near(grid, *pair) for pair in zip(found[: NEAR - 1], logs, strict=False)]
    far = _Far(grid, found[NEAR - 1 :], logs[NEAR - 1 :])
    _let_stand_alone(ones, near, far, float(logs[-1][-1]))
    lengths, ties = _lengths(grid, [ones, *near], far)
    return Routes(_begin(grid, lengths), grid.places.take(ties))


def _near(grid: Grid, found: Found, logs: Logs) -> Logs:
    """The logarithm of the word of one length at each cell, NO_WORD where there is none."""
    words = np.full(len(grid.places) + 1, NO_WORD)  # the last for those in no run
    words[grid.cells.take(found.firsts)] = logs.take(found.nodes)
    return words


class _Far:
    """Long words: the cell each begins at, the one behind it, its logarithm; by cell and length."""

    def __init__(self, grid: Grid, found: Sequence[Found], logs: Sequence[Logs]) -> None:
        none = np.empty(0, np.int64)
        values = np.concatenate(
            [none, *(of.take(some.nodes) for some, of in zip(found, logs, strict=False))]
        )
        places = np.concatenate([none, *(some.firsts for some in found)])
        sizes = [np.full(len(some.nodes), n) for n, some in enumerate(found, NEAR + 1)]
        lengths = np.concatenate([none, *sizes]).astype(np.int8)
        cells = grid.cells.take(places)
        real = np.flatnonzero((values > NO_WORD) & (cells >= 0))
        order = real[np.argsort(cells[real], kind="stable")]  # of one cell the shortest first
        self.cells, self.lengths, self.logs = cells[order], lengths[order], values[order]
        after = grid.cells.take(places[order] + self.lengths)
        # Behind the cells lie the ends of all runs; the end of one may be the beginning of another.
        distances = np.searchsorted(grid.offsets, self.cells, side="right")
        self.after = np.where(distances == self.lengths, len(grid.places), after)
        self.bounds = np.searchsorted(self.cells, grid.offsets).tolist()


def _let_stand_alone(ones: Logs, near: Sequence[Logs], far: _Far, unknown: float) -> None:
    """A character that begins no word at all is one by itself, as rare as can be."""
    lone = np.flatnonzero(ones == NO_CHARACTER)
    for words in near:
        lone = lone[words.take(lone) == NO_WORD]
    if len(far.cells):
        lone = np.setdiff1d(lone, far.cells)
    ones[lone] = unknown


def _lengths(grid: Grid, near: Sequence[Logs], far: _Far) -> tuple[NDArray[np.int8], Places]:
    """The length of the piece that begins at each cell, (n_cells,), and the cells with a tie."""
    offsets, n_cells = grid.offsets, len(grid.places)
    best = np.zeros(n_cells + len(grid.firsts))  # behind the cells: the empty routes from the ends
    lengths = np.ones(n_cells, np.int8)
    tied = np.zeros(n_cells, bool)
    for distance in range(1, len(offsets)):
        begin, end = offsets[distance - 1], offsets[distance]
        here, chosen = best[begin:end], lengths[begin:end]
        after = _after(offsets, distance - 1, n_cells)
        np.add(near[0][begin:end], best[after : after + end - begin], out=here)
        for length in range(2, min(len(near), distance) + 1):
            after = _after(offsets, distance - length, n_cells)
            longer = near[length - 1][begin:end] + best[after : after + end - begin]
            ahead = longer - here
            # Of two equal ones jieba takes the longer.
            np.copyto(chosen, length, where=ahead >= 0)
            np.maximum(here, longer, out=here)
            tied[begin:end] |= np.abs(ahead) < TIE
        if far.bounds[distance] > far.bounds[distance - 1]:
            _go_far(far, slice(far.bounds[distance - 1], far.bounds[distance]), best, lengths, tied)
    return lengths, np.flatnonzero(tied)


def _go_far(far: _Far, some: slice, best: Logs, lengths: NDArray[np.int8], tied: Flags) -> None:
    """Compare the long words of one distance with what was found for their cells."""
    cells, longer = far.cells[some], far.logs[some] + best[far.after[some]]
    tied[cells[np.abs(longer - best[cells]) < TIE]] = True
    np.maximum.at(best, cells, longer)
    equal = longer >= best[cells]
    lengths[cells[equal]] = far.lengths[some][equal]


def _after(offsets: Sequence[int], distance: int, n_cells: int) -> int:
    return offsets[distance - 1] if distance else n_cells


def _begin(grid: Grid, lengths: NDArray[np.int8]) -> Places:
    """Follow the routes from the beginning of each run to its end."""
    n_cells = len(grid.places)
    # Routes that are at the end go on behind the cells, where no one looks.
    marks = np.zeros(n_cells + len(grid.firsts), bool)
    marks[grid.firsts] = True
    offsets = np.array(grid.offsets)
    for distance in range(len(grid.offsets) - 1, 0, -1):
        begin, end = grid.offsets[distance - 1], grid.offsets[distance]
        ranks = np.flatnonzero(marks[begin:end])
        sizes = lengths[begin:end].take(ranks).astype(np.int64)
        # At distance 0, which wraps to the last offset, lie the ends of all runs.
        behind = offsets.take((distance - 1) - sizes, mode="wrap")
        marks[behind + ranks] = True
    return grid.places.take(np.flatnonzero(marks[:n_cells]))
