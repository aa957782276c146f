"""Texts to symbols: each text is tokenised once, whatever the number of views that look at it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.tokens import Token, Tokenizer, is_word

Ints = NDArray[np.int32]
NumberOf = Callable[[str], int]

DROPPED = -1  # the number of what a view does not see: its neighbours are neighbours
# Stand before and after the pieces of each text; jieba cuts such signs apart, so no text has them.
START, END, CLOSING = "⟨s", "s⟩", ""
N_MARKS = 3
# Enough for the words of a newsroom's day, and a bound on what hostile input can make us keep.
MEMORY = 300_000


@dataclass(frozen=True, slots=True)
class Symbols:
    """A row of symbols of several texts, (n,), from 1; 0 is unknown and stands after each text.

    `texts` is the number of the text that each is in; `starts` and `ends` are the characters of
    that text which it covers, or empty when no one asked for places. All (n,).
    """

    symbols: Ints
    texts: Ints
    starts: Ints
    ends: Ints


@dataclass(frozen=True, slots=True)
class Cut:
    """Texts cut into pieces, each text between the marks; all fields are (n_pieces,)."""

    pieces: list[str]
    entries: Ints
    texts: Ints
    memory: "PieceMemory"

    def words(self, places: bool = False, punctuation: bool = False) -> Symbols:
        """The words, one symbol each, with or without punctuation."""
        memory = self.memory
        numbers = (memory.words_and_signs if punctuation else memory.words)[self.entries]
        kept = numbers != DROPPED
        none = np.empty(0, np.int32)
        starts, ends = self._places() if places else (none, none)
        return Symbols(
            numbers[kept],
            self.texts[kept],
            starts[kept] if places else none,
            ends[kept] if places else none,
        )

    def search_words(self, places: bool = False) -> Symbols:
        """The search-mode words: each word after the shorter words within it."""
        memory = self.memory
        within = memory.subword_counts[self.entries]
        totals = np.where(memory.words[self.entries] == DROPPED, 0, within + 1)
        piece = np.repeat(np.arange(len(totals)), totals)
        rank = np.arange(len(piece)) - np.repeat(np.cumsum(totals) - totals, totals)
        entry = self.entries[piece]
        is_whole = rank == within[piece]
        subword = np.where(is_whole, 0, memory.subword_firsts[entry] + rank)
        symbols = np.where(is_whole, memory.words[entry], memory.subwords[subword])
        none = np.empty(0, np.int32)
        if not places:
            return Symbols(symbols, self.texts[piece], none, none)
        starts, ends = self._places()
        first = starts[piece] + np.where(is_whole, 0, memory.subword_starts[subword])
        last = np.where(is_whole, ends[piece], starts[piece] + memory.subword_ends[subword])
        return Symbols(symbols, self.texts[piece], first.astype(np.int32), last.astype(np.int32))

    def _places(self) -> tuple[Ints, Ints]:
        """The first character of each piece within its text, and the one after its last."""
        lengths = np.fromiter(map(len, self.pieces), np.int32, len(self.pieces))
        lengths[self.entries < N_MARKS] = 0
        ends = np.cumsum(lengths)
        closing = np.flatnonzero(np.diff(self.texts, append=-1))  # the last piece of each text
        before = np.concatenate([[0], ends[closing][:-1]])
        ends = ends - np.repeat(before, np.diff(np.concatenate([[-1], closing])))
        return (ends - lengths).astype(np.int32), ends.astype(np.int32)


class PieceMemory(dict[str, int]):
    """What is known about each piece met so far, as arrays by its entry; filled on first sight.

    `words` is the number of the word, `words_and_signs` also that of punctuation. The subwords are
    `subwords[first : first + count]`, with their places in the piece in `subword_starts` and
    `subword_ends`.
    """

    def __init__(self, tokenizer: Tokenizer, number_of: NumberOf, with_subwords: bool) -> None:
        super().__init__()
        self._tokenizer, self._number_of, self._with_subwords = tokenizer, number_of, with_subwords
        self._lock = threading.Lock()
        self._n_subwords = 1  # the place 0 is for words without any
        self.words = np.zeros(4096, np.int32)
        self.words_and_signs = np.zeros(4096, np.int32)
        self.subword_firsts = np.zeros(4096, np.int32)
        self.subword_counts = np.zeros(4096, np.int32)
        self.subwords = np.zeros(4096, np.int32)
        self.subword_starts = np.zeros(4096, np.int32)
        self.subword_ends = np.zeros(4096, np.int32)
        for entry, mark in enumerate((CLOSING, START, END)):
            self[mark] = entry
            self.words[entry] = self.words_and_signs[entry] = number_of(mark) if mark else 0

    def __missing__(self, piece: str) -> int:
        with self._lock:
            if piece in self:  # another thread was quicker
                return self[piece]
            entry = len(self)
            self.words = _room(self.words, entry)
            self.words_and_signs = _room(self.words_and_signs, entry)
            self.subword_firsts = _room(self.subword_firsts, entry)
            self.subword_counts = _room(self.subword_counts, entry)
            if is_word(piece):
                self._learn(entry, piece)
            else:
                self.words[entry] = DROPPED
                sign = DROPPED if piece.isspace() else self._number_of(piece)
                self.words_and_signs[entry] = sign
            self[piece] = entry
            return entry

    def _learn(self, entry: int, piece: str) -> None:
        subwords = self._tokenizer.subwords(piece) if self._with_subwords else []
        self.subword_firsts[entry] = self._n_subwords if subwords else 0
        self.subword_counts[entry] = len(subwords)
        for subword in subwords:
            self._add_subword(subword)
        self.words[entry] = self.words_and_signs[entry] = self._number_of(piece.lower())

    def _add_subword(self, subword: Token) -> None:
        at = self._n_subwords
        self.subwords = _room(self.subwords, at)
        self.subword_starts = _room(self.subword_starts, at)
        self.subword_ends = _room(self.subword_ends, at)
        self.subwords[at] = self._number_of(subword.word)
        self.subword_starts[at], self.subword_ends[at] = subword.start, subword.end
        self._n_subwords += 1


def _room(array: Ints, index: int) -> Ints:
    """The array, twice as long if the index is beyond its end."""
    return array if index < len(array) else np.concatenate([array, np.zeros_like(array)])


class WordReader:
    """Cuts texts into pieces and numbers them; safe to use from several threads."""

    def __init__(self, tokenizer: Tokenizer, number_of: NumberOf, with_subwords: bool) -> None:
        self._tokenizer, self._number_of, self._with_subwords = tokenizer, number_of, with_subwords
        self._memory = PieceMemory(tokenizer, number_of, with_subwords)

    def cut(self, texts: Sequence[str]) -> Cut:
        """Tokenise the texts, once for all views."""
        if len(self._memory) > MEMORY:
            self._memory = PieceMemory(self._tokenizer, self._number_of, self._with_subwords)
        memory = self._memory
        pieces: list[str] = []
        counts = np.zeros(len(texts), np.int64)
        for number, text in enumerate(texts):
            before = len(pieces)
            pieces.append(START)
            pieces += self._tokenizer.pieces(text)
            pieces += (END, CLOSING)
            counts[number] = len(pieces) - before
        entries = np.fromiter(map(memory.__getitem__, pieces), np.int32, len(pieces))
        return Cut(
            pieces, entries, np.repeat(np.arange(len(texts), dtype=np.int32), counts), memory
        )
