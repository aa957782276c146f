"""What is cut by rule: runs of ASCII letters, digits and signs, and rare Chinese characters."""

import numpy as np

from fenmen.model.loops.compiling import BYTES_OUT, INTS, PLACES_OUT, inlined, loop
from fenmen.model.loops.cutting import Bytes
from fenmen.model.wordlist import Ints, Places

SIGN, LETTER, RULE = 0, 1, 3  # of cutter.py
ASCII_END = 128
DASH, UNDERLINE, AND, POINT = 0x2D, 0x5F, 0x26, 0x2E


@inlined
def _separates(codes: Ints, kinds: Bytes, i: int, first: int, last: int) -> int:
    """How many characters of a run are a separator that begins at one: RULE_PARTS of tokens.py."""
    behind = i
    while behind < last and (codes[behind] == DASH or codes[behind] == UNDERLINE):
        behind += 1
    if behind > i or kinds[i] == LETTER:
        return behind - i
    before = codes[i - 1] if i > first else AND
    if not (i > first and kinds[i - 1] == LETTER) and (before in (AND, POINT, DASH, UNDERLINE)):
        while behind < last and kinds[behind] != LETTER:
            if codes[behind] == DASH or codes[behind] == UNDERLINE:
                break
            behind += 1
        return behind - i
    while behind < last and (codes[behind] == AND or codes[behind] == POINT):
        behind += 1
    if behind > i and behind < last and kinds[behind] == LETTER:
        behind -= 1
    return behind - i


@loop(PLACES_OUT(INTS, BYTES_OUT))
def cut_by_rule(codes: Ints, kinds: Bytes) -> Places:
    """Cut runs by rule; the other steps must not see them: they become signs.

    Returns:
        The characters of runs at which no piece begins.
    """
    n, n_inside, done = len(codes), 0, 0
    inside = np.empty(64, np.int64)
    for i in range(n):
        if kinds[i] != RULE:
            continue
        first, last = i, i + 1
        if codes[i] < ASCII_END:
            while first > done and kinds[first - 1] == LETTER:
                first -= 1
            while last < n and (
                kinds[last] == LETTER or (kinds[last] == RULE and codes[last] < ASCII_END)
            ):
                last += 1
        done = last
        if n_inside + last - first > len(inside):
            more = np.empty(2 * (n_inside + last - first), np.int64)
            more[:n_inside] = inside[:n_inside]
            inside = more
        at, begun = first, False
        while at < last:
            size = _separates(codes, kinds, at, first, last) if codes[i] < ASCII_END else 0
            for k in range(at + 1, at + size):
                inside[n_inside] = k
                n_inside += 1
            if size == 0:
                inside[n_inside] = at
                n_inside += begun
            begun = size == 0
            at += max(size, 1)
        for k in range(first, last):
            kinds[k] = SIGN
    return inside[:n_inside].copy()
