"""Where pieces begin: characters that no word took are joined by jieba's hidden Markov model."""

import numpy as np

from fenmen.model.loops.compiling import (
    BYTES,
    BYTES_OUT,
    DOUBLES,
    INTS,
    NUMBER,
    PLACES,
    PLACES_OUT,
    inlined,
    loop,
)
from fenmen.model.loops.cutting import Bytes, Doubles, is_word
from fenmen.model.wordlist import Ints, Places

CLOSE, POSSIBLE = 1e-4, -3.14e50  # TIE and POSSIBLE of unlisted.py
FIRST_HAN, HAN = 0x4E00, 2  # of unlisted.py and cutter.py


@inlined
def _join(
    codes: Ints, shows: Doubles, model: Doubles, first: int, last: int, froms: Bytes, starts: Bytes
) -> bool:
    """Cut a run of Chinese characters by the hidden Markov model; whether two ways are as good."""
    at = 4 * (np.int64(codes[first]) - FIRST_HAN)
    b, m = model[0] + shows[at], model[1] + shows[at + 1]
    e, s = model[2] + shows[at + 2], model[3] + shows[at + 3]
    tie = False
    for i in range(first + 1, last):
        at = 4 * (np.int64(codes[i]) - FIRST_HAN)
        seen_b, seen_m, seen_e, seen_s = shows[at], shows[at + 1], shows[at + 2], shows[at + 3]
        # Before B stands S or E, before M M or B, before E M or B, before S S or E; added up in
        # jieba's order: its rounding decides between equals.
        one_b, two_b = s + model[4] + seen_b, e + model[8] + seen_b
        one_m, two_m = m + model[5] + seen_m, b + model[9] + seen_m
        one_e, two_e = m + model[6] + seen_e, b + model[10] + seen_e
        one_s, two_s = s + model[7] + seen_s, e + model[11] + seen_s
        froms[i] = (
            np.int64(one_b >= two_b)
            | np.int64(one_m >= two_m) << 1
            | np.int64(one_e >= two_e) << 2
            | np.int64(one_s >= two_s) << 3
        )
        tie |= (abs(one_b - two_b) < CLOSE) & (one_b > POSSIBLE)
        tie |= (abs(one_m - two_m) < CLOSE) & (one_m > POSSIBLE)
        tie |= (abs(one_e - two_e) < CLOSE) & (one_e > POSSIBLE)
        tie |= (abs(one_s - two_s) < CLOSE) & (one_s > POSSIBLE)
        b, m, e, s = max(one_b, two_b), max(one_m, two_m), max(one_e, two_e), max(one_s, two_s)
    tie |= (abs(s - e) < CLOSE) & (s > POSSIBLE)
    state = 3 if s >= e else 2
    for i in range(last - 1, first, -1):
        liked = (froms[i] >> state) & 1
        # Before B and S: S, otherwise E; before M and E: M, otherwise B.
        state = 2 + liked if (state == 0) | (state == 3) else liked
        starts[i] = state >= 2  # a word ends before this character
    return tie


@loop(
    NUMBER(
        INTS, BYTES, INTS, NUMBER, INTS, PLACES, NUMBER, DOUBLES, DOUBLES, BYTES_OUT, BYTES_OUT,
        BYTES_OUT,
    )
)  # fmt: skip
def begin(
    codes: Ints,
    kinds: Bytes,
    numbers: Ints,
    shift: int,
    pairs: Ints,
    table: Places,
    bits: int,
    shows: Doubles,
    model: Doubles,
    lengths: Bytes,
    tied: Bytes,
    starts: Bytes,
) -> int:
    """Where pieces begin, with characters that stand alone joined into words of no dictionary.

    Args:
        shows: of each Chinese character as B, M, E, S, four in a row.
        model: of beginning with each, of each following the liked one before it, and the other.
        lengths: by `divide`; lost.
        tied: by `divide`; the first characters of further runs that are tied become true.
        starts: (n,) zeros, written.

    Returns:
        How many runs are tied.
    """
    n, ties = len(codes), 0
    firsts, lasts = np.empty(n // 2 + 2, np.int32), np.empty(n // 2 + 2, np.int32)
    at, run, runs = 0, 0, 0
    while at < n:
        starts[at] = 1
        length = np.int64(lengths[at])
        is_single = (length == 1) & (kinds[at] != 0)
        firsts[runs], lasts[runs] = run, at
        runs += (not is_single) & (at - run > 1)
        at += length
        run = run if is_single else at
    if n - run > 1:
        firsts[runs], lasts[runs] = run, n
        runs += 1
    for r in range(runs):
        first, last = np.int64(firsts[r]), np.int64(lasts[r])
        if is_word(codes, numbers, shift, pairs, table, bits, first, last):
            continue
        part = first
        # Letters and digits form a word of their own between Chinese characters.
        for i in range(first + 1, last + 1):
            if i < last:
                starts[i] = kinds[i] != kinds[i - 1]
                if starts[i] == 0:
                    continue
            if kinds[part] == HAN and i - part > 1:
                tie = _join(codes, shows, model, part, i, lengths, starts)
                tied[part] |= tie
                ties += tie
            part = i
    return ties


@loop(PLACES_OUT(BYTES, BYTES))
def blocks_with(kinds: Bytes, tied: Bytes) -> Places:
    """The first characters of blocks between signs that hold something tied, and what is behind
    their last, one after another.
    """
    n, found = len(kinds), 0
    blocks = np.empty(n + 1, np.int64)
    first, tie = 0, False
    for i in range(n + 1):
        if i < n and kinds[i] != 0:
            tie |= tied[i] != 0
            continue
        if tie:
            blocks[found], blocks[found + 1] = first, i
            found += 2
        first, tie = i + 1, False
    return blocks[:found].copy()
