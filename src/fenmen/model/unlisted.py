"""Words that stand in no dictionary, by jieba's hidden Markov model, many runs at once.

Each character of a run is the beginning, the middle or the end of a word, or one by itself; the
most probable sequence is found for all runs at a time (Viterbi), as jieba finds it for one.
"""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from fenmen.model.wordlist import Ints, Places, jieba_folder

Logs = NDArray[np.float64]
States = NDArray[np.int8]
Flags = NDArray[np.bool_]

FIRST_HAN, BEHIND_HAN = 0x4E00, 0x9FD6  # the characters that the model knows
NEVER = -3.14e100  # jieba's logarithm of 0
POSSIBLE = NEVER / 1e50
# rjieba knows the same probabilities with fewer digits.
TIE = 1e-4
STATES = "BMES"
B, M, E, S = range(4)
# Which states stand before each of B, M, E, S; of two equally probable ones the first is taken.
LIKED, OTHER = np.array([S, M, M, S]), np.array([E, B, B, E])


@dataclass(frozen=True, slots=True)
class Markov:
    """Logarithms: `shows`, (4, n_characters), of each state showing each Chinese character;
    `begins`, (4, 1), of a run beginning with each; `liked` and `other`, (4, 1), of each following
    LIKED and OTHER.
    """

    shows: Logs
    begins: Logs
    liked: Logs
    other: Logs


@lru_cache(maxsize=1)
def markov() -> Markov:
    """jieba's model."""
    shows = np.full((len(STATES), BEHIND_HAN - FIRST_HAN), NEVER)
    shown = _data("prob_emit").P
    for state, name in enumerate(STATES):
        at = np.fromiter(map(ord, shown[name]), np.int64, len(shown[name])) - FIRST_HAN
        logs = np.fromiter(shown[name].values(), np.float64, len(at))
        known = (at >= 0) & (at < shows.shape[1])
        shows[state, at[known]] = logs[known]
    begins, follows = _data("prob_start").P, _data("prob_trans").P
    liked, other = (
        [follows[STATES[a]][STATES[b]] for b, a in enumerate(before)] for before in (LIKED, OTHER)
    )
    columns = ([begins[name] for name in STATES], liked, other)
    return Markov(shows, *(np.array(column)[:, None] for column in columns))


def _data(name: str) -> ModuleType:
    """A file of jieba's that holds one dictionary; jieba itself is not imported."""
    path = jieba_folder() / "finalseg" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"fenmen_jieba_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The last character of each word in some runs of characters, in any order, and the first of
    each run that can be read in two ways of nearly the same probability.
    """

    ends: Places
    ties: Places


def unlisted_words(codes: Ints, firsts: Places, lengths: Places) -> Unlisted:
    """The words in runs of Chinese characters.

    Args:
        codes: a row of characters.
        firsts: where each run begins, (n_runs,).
        lengths: how many characters each has, (n_runs,).
    """
    order = np.argsort(lengths.astype(np.int32), kind="stable")[::-1]
    firsts, lengths = firsts.take(order), lengths.take(order)
    longest = int(lengths.max(initial=0))
    counts = np.bincount(lengths, minlength=longest + 1)
    reaching = (len(lengths) - np.cumsum(counts)[:-1]).tolist()
    tied = np.zeros(len(firsts), bool)
    ends = [np.empty(0, np.int64)]
    for place, states in enumerate(_decode(codes, firsts, reaching, tied)):
        ends.append(firsts[: len(states)][states >= E] + place)
    return Unlisted(np.concatenate(ends), firsts[tied])


def _decode(codes: Ints, firsts: Places, reaching: list[int], tied: Flags) -> list[States]:
    """The states at each place of the runs, which are the longest first."""
    model = markov()
    finals = np.empty(len(firsts), np.int8)
    froms: list[Flags] = []  # (4, n_runs): whether the liked state stands before each
    logs = np.empty((4, 0))
    for place, n in enumerate(reaching):
        seen = model.shows.take(codes.take(firsts[:n] + place) - FIRST_HAN, axis=1)
        if place:
            before = logs[:, :n]
            # Added up in jieba's order: its rounding decides between equals.
            liked = before.take(LIKED, axis=0) + model.liked + seen
            other = before.take(OTHER, axis=0) + model.other + seen
            froms.append(liked >= other)
            tied[:n] |= _are_close(liked, other).any(axis=0)
            logs = np.maximum(liked, other)
        else:
            logs = model.begins + seen
        going_on = reaching[place + 1] if place + 1 < len(reaching) else 0
        single, end = logs[S, going_on:], logs[E, going_on:]
        finals[going_on:n] = np.where(single >= end, S, E)
        tied[going_on:n] |= _are_close(single, end)
    return _trace(finals, froms, reaching)


def _are_close(one: Logs, other: Logs) -> Flags:
    return np.asarray((np.abs(one - other) < TIE) & (one > POSSIBLE))


def _trace(finals: States, froms: list[Flags], reaching: list[int]) -> list[States]:
    """From the last state of each run back to its first."""
    found, states = [], finals[:0]
    for place in range(len(reaching) - 1, -1, -1):
        # Runs that end here begin with their last state, the others with what led to the next.
        n = len(states)
        if n:
            liked = froms[place][states, np.arange(n)]
            states = np.where(liked, LIKED[states], OTHER[states]).astype(np.int8)
        states = np.concatenate([states, finals[n : reaching[place]]])
        found.append(states)
    return found[::-1]
