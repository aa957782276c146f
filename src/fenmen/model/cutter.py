"""Cuts many texts into jieba's pieces at once: jieba's dictionary, its HMM, the user's words.

The same pieces as from rjieba (a test holds it), but found with arrays for all texts together, and
with the dictionary's number of each, so that nobody has to look them up again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fenmen.model.dictionary import RARE_HAN, SIGNS_BY_RULE
from fenmen.model.keys import NONE
from fenmen.model.prefixes import Found, Prefixes
from fenmen.model.routes import NO_CHARACTER, NO_WORD, Flags, Logs, grid_of, routes
from fenmen.model.sheet import spread
from fenmen.model.signs import CODES, codes_of, text_of
from fenmen.model.tokens import NARROW_LETTER, RULE_PARTS, WIDER, Tokenizer, by_rule
from fenmen.model.unlisted import BEHIND_HAN, FIRST_HAN, unlisted_words
from fenmen.model.wordlist import Ints, Places, WordList, jieba_words, with_user_words

if TYPE_CHECKING:
    from fenmen.model.loops.trie import Trie

Kinds = NDArray[np.int8]

# What a character is to jieba: a sign by itself, a letter or digit, or a Chinese character; what
# is cut by rule with the letters around it; and a letter or digit that is cut as its narrow one.
SIGN, LETTER, HAN, RULE, WIDE = range(5)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A row of characters cut into pieces.

    `starts`, (n_characters,), are true where a piece begins; `found` the beginnings of words of
    2, 3, … characters that stand in the row, of which a trie keeps no list; `codes` the characters
    as they were cut, with narrow letters.
    """

    starts: Flags
    found: list[Found]
    codes: Ints


class Cutter:
    """Cuts as jieba does with a user dictionary; safe to use from several threads.

    Between two ways of (nearly) the same probability the last digits of an engine's tables decide:
    such blocks, a few in a million characters, are left to the tokeniser's own engine.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        words = with_user_words(jieba_words(), tokenizer.simple_user_words)
        self.prefixes = Prefixes(words)
        self._tokenizer = tokenizer
        # A word that stands twice counts once.
        more = [level.words for level in self.prefixes.levels]
        counted = np.concatenate([self.prefixes.singles, *more])
        total = float(words.frequencies[counted[counted != NONE]].sum())
        self._ones = _logs(words, self.prefixes.singles, total, NO_CHARACTER)
        self._more = [_logs(words, numbers, total, NO_WORD) for numbers in more]

    def trie(self) -> "Trie":
        """The same dictionary for compiled loops, which cut in a third of the time.

        Raises:
            ImportError: if numba is not installed.
            OverflowError: if the dictionary is too large for it.
        """
        from fenmen.model.loops.trie import Trie

        return Trie(self.prefixes, self._ones, self._more)

    def cut(self, text: str, codes: Ints, trie: "Trie | None" = None) -> Pieces:
        """Cut a row of texts; between two of them stands something that is part of no word."""
        kinds = _kinds().take(codes)
        wide = np.flatnonzero(kinds == WIDE)
        if len(wide):
            codes = codes.copy()
            codes[wide] -= WIDER
            kinds[wide] = _kinds().take(codes.take(wide))
            text = text_of(codes)
        if trie:
            found: list[Found] = []
            starts, tied, inside = trie.divide(codes, kinds)
        else:
            inside = _cut_by_rule(text, kinds)
            starts, found, tied = self._divide_all(codes, kinds)
        self._ask(text, tied, starts)
        starts[inside] = False
        _join_line_ends(codes, starts)
        return Pieces(starts, found, codes)

    def _divide_all(self, codes: Ints, kinds: Kinds) -> tuple[Flags, list[Found], Places]:
        """Where pieces begin, what words begin where, and the blocks with ties, (n_blocks, 2)."""
        ids = self.prefixes.ids.take(codes)
        ids[kinds == SIGN] = 0
        found = self.prefixes.find(ids)
        starts, ties = self._divide(ids, found)
        ties = np.concatenate([ties, self._join_unlisted(codes, kinds, starts, found)])
        if not len(ties):
            return starts, found, np.empty((0, 2), np.int64)
        firsts, lasts = _runs(kinds != SIGN)
        tied = np.unique(np.searchsorted(firsts, ties, side="right") - 1)
        return starts, found, np.column_stack([firsts[tied], lasts[tied]])

    def _divide(self, ids: Ints, found: Sequence[Found]) -> tuple[Flags, Places]:
        """Where pieces begin by the dictionary alone, (n,), and where there are ties."""
        crossed = np.zeros(len(ids) + 1, bool)
        for length, some in enumerate(found, start=2):
            crossed[some.firsts + (length - 1)] = True
        starts = ~crossed[:-1]
        # Only where words overlap or touch is there a choice.
        firsts = np.flatnonzero(crossed[1:] & starts)
        lasts = np.flatnonzero(crossed[:-1] & ~crossed[1:]) + 1
        grid = grid_of(firsts, lasts, len(ids))
        best = routes(grid, self._ones.take(ids.take(grid.places)), found, self._more)
        starts[best.firsts] = True
        return starts, best.ties

    def _ask(self, text: str, blocks: Places, starts: Flags) -> None:
        """Let the engine cut some blocks, (n_blocks, 2): first characters, behind the last."""
        for first, last in blocks.tolist():
            sizes = list(map(len, self._tokenizer.cut_block(text[first:last])))
            starts[first:last] = False
            starts[list(accumulate(sizes[:-1], initial=first))] = True

    def _join_unlisted(
        self, codes: Ints, kinds: Kinds, starts: Flags, found: Sequence[Found]
    ) -> Places:
        """Join characters that stand alone into words that no dictionary knows.

        Returns:
            A character of each run where there are ties.
        """
        single = starts & (kinds != SIGN)
        single[:-1] &= starts[1:]
        firsts, lasts = _runs(single)
        several = np.flatnonzero(lasts - firsts > 1)
        firsts, lengths = firsts.take(several), (lasts - firsts).take(several)
        unlisted = np.flatnonzero(~self._are_listed(firsts, lengths, found, len(codes)))
        firsts, lengths = firsts.take(unlisted), lengths.take(unlisted)
        # Letters and digits form a word of their own between Chinese characters.
        at = spread(firsts, lengths)
        begins = np.zeros(len(at), bool)
        begins[np.cumsum(lengths) - lengths] = True
        kind = kinds.take(at)
        begins[1:] |= kind[1:] != kind[:-1]
        starts[at] = begins
        part = np.flatnonzero(begins)
        sizes = np.diff(part, append=len(at))
        han = np.flatnonzero((kind.take(part) == HAN) & (sizes > 1))
        firsts, sizes = at.take(part.take(han)), sizes.take(han)
        words = unlisted_words(codes, firsts, sizes)
        starts[words.ends[words.ends + 1 < len(starts)] + 1] = True
        return words.ties

    def _are_listed(self, firsts: Places, lengths: Places, found: Sequence[Found], n: int) -> Flags:
        """Whether runs of characters are words of the list as a whole."""
        sizes = np.zeros(n, np.int8)
        sizes[firsts] = np.minimum(lengths, 127)
        listed = np.zeros(n, bool)
        for length, some in enumerate(found, start=2):
            same = np.flatnonzero(sizes.take(some.firsts) == length)
            is_word = self.prefixes.levels[length - 2].words.take(some.nodes.take(same)) != NONE
            listed[some.firsts[same[is_word]]] = True
        return listed.take(firsts)


@lru_cache(maxsize=8)
def cutter_of(tokenizer: Tokenizer) -> Cutter:
    """The cutter that cuts as a tokeniser does; equal tokenisers get the same one."""
    return Cutter(tokenizer)


def _logs(words: WordList, numbers: Ints, total: float, absent: float) -> Logs:
    """The logarithm of each beginning's probability, and behind them that of an unknown one."""
    frequencies = np.append(words.frequencies.take(numbers), 1).astype(np.float64)
    logs = np.log(frequencies) - np.log(total)
    logs[:-1][numbers == NONE] = absent
    return np.asarray(logs)


@lru_cache(maxsize=1)
def _kinds() -> Kinds:
    """What each character is, (0x110000,)."""
    kinds = np.zeros(CODES, np.int8)
    kinds[FIRST_HAN:BEHIND_HAN] = HAN
    letters = [code for code in range(128) if chr(code).isalnum()]
    kinds[letters] = LETTER
    kinds[codes_of(SIGNS_BY_RULE)] = RULE
    for first, last in zip(RARE_HAN[::3], RARE_HAN[2::3], strict=True):  # written as a-b
        kinds[ord(first) : ord(last) + 1] = RULE
    kinds[list(NARROW_LETTER)] = WIDE
    return kinds


def _cut_by_rule(text: str, kinds: Kinds) -> Places:
    """Cut runs around some signs, which become signs to all other steps: all of their characters
    at which no piece begins.
    """
    inside: list[int] = []
    signs = np.flatnonzero(kinds == RULE)
    for first, last in by_rule(text, signs.tolist()) if len(signs) else ():
        kinds[first:last] = SIGN
        at = first
        for part in filter(None, RULE_PARTS.split(text[first:last])):
            inside += range(at + 1, at + len(part))
            at += len(part)
    return np.array(inside, np.int64)


def _runs(flags: Flags) -> tuple[Places, Places]:
    """First places of runs of true values, and the places behind their last."""
    padded = np.zeros(len(flags) + 2, bool)
    padded[1:-1] = flags
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    return changes[::2], changes[1::2]


def _join_line_ends(codes: Ints, starts: Flags) -> None:
    r"""\r\n is one piece."""
    returns = np.flatnonzero(codes[:-1] == ord("\r"))
    if len(returns):
        behind = returns + 1
        starts[behind[codes[behind] == ord("\n")]] = False
