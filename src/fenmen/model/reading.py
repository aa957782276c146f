"""Texts to symbols: each text is tokenised once, whatever the number of views that look at it.

The words are recognised by a hash of their characters, all words of a batch at once. Looking
each up in a dictionary of strings costs more than cutting the text does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.keys import Keys, KeyTable
from fenmen.model.signs import codes_of, in_words, normal_codes
from fenmen.model.tokens import Tokenizer

Ints = NDArray[np.int32]

DROPPED = -1  # the number of what a view does not see: its neighbours are neighbours
# Words of no text: they stand before and after the words of each.
START, END = "⟨s", "s⟩"
BEFORE, AFTER = np.zeros(1, np.int32), np.zeros(2, np.int32)  # START; END and the closing 0
NOTHING = np.empty(0, np.int32)

# A word's hash is the sum of its mixed characters times powers of an odd base, modulo 2**64
# (Karp and Rabin 1987); an odd base has an inverse, so every word is a difference of two sums.
BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 2**64)
MIXER = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Symbols:
    """A row of symbols of several texts, (n,), from 1; 0 is unknown and stands after each text.

    `texts` is the number of the text that each is in; `starts` and `ends` are the characters of
    the row of texts which it covers; all (n,).
    """

    symbols: Ints
    texts: Ints
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cut:
    """Texts cut into pieces: piece i is the characters [firsts[i], lasts[i]) of all texts in a row.

    Before and after each text stand marks without characters, at `marks` (3, n_texts): START, END
    and what closes the text. `texts`, (n_pieces,), is the text of each piece; `sums`,
    (n_characters + 1,), are the running sums of the hash and `inverses` its inverse powers;
    `letters` the running count of characters that words are made of.
    """

    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    texts: Ints
    marks: NDArray[np.int64]
    bases: NDArray[np.int64]
    codes: Ints
    sums: Keys
    inverses: Keys
    letters: Ints

    def hashes(self, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Keys:
        """The hashes of runs of characters, (n,)."""
        return (self.sums[lasts] - self.sums[firsts]) * self.inverses[firsts]


def arrange(texts: Sequence[str], lengths: Sequence[Ints]) -> Cut:
    """Arrange texts whose pieces have these lengths."""
    n_pieces = np.array([len(own) for own in lengths], np.int64) + 3
    row = np.concatenate([NOTHING, *(part for own in lengths for part in (BEFORE, own, AFTER))])
    lasts = np.cumsum(row, dtype=np.int64)
    ends = np.cumsum(n_pieces)
    codes = normal_codes()[codes_of("".join(texts))]
    sums = _running_sums(codes)
    letters = np.zeros(len(codes) + 1, np.int32)
    np.cumsum(in_words()[codes], out=letters[1:])
    return Cut(
        firsts=lasts - row,
        lasts=lasts,
        texts=np.repeat(np.arange(len(texts), dtype=np.int32), n_pieces),
        marks=np.stack([ends - n_pieces, ends - 2, ends - 1]),
        bases=np.concatenate([[0], lasts])[ends - n_pieces],
        codes=codes,
        sums=sums,
        inverses=_powers(INVERSE, len(codes) + 1),
        letters=letters,
    )


def hash_words(words: Sequence[str]) -> Keys:
    """The hashes of words, (n_words,)."""
    lengths = piece_lengths(words)
    row = arrange(["".join(words)], [lengths])
    ends = np.cumsum(lengths, dtype=np.int64)
    return row.hashes(ends - lengths, ends)


def hash_runs(codes: Ints, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Keys:
    """The hashes of runs of characters, [firsts[i], lasts[i]) of the codes each, (n_runs,)."""
    sums = _running_sums(codes)
    return (sums[lasts] - sums[firsts]) * _powers(INVERSE, len(codes) + 1)[firsts]


def hash_characters(codes: Ints, place: int) -> Keys:
    """What each character adds to the hash of a word at one of its places, (n,)."""
    return _mixed(codes) * np.uint64(pow(BASE, place, 2**64))


def hash_pieces(codes: Ints, firsts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Keys:
    """The hashes of pieces that follow one another and are all of the codes, (n_pieces,)."""
    ranks = np.arange(len(codes)) - np.repeat(firsts, sizes)
    powers = _powers(BASE, int(sizes.max(initial=0)))
    return np.asarray(np.add.reduceat(_mixed(codes) * powers.take(ranks), firsts))


def _running_sums(codes: Ints) -> Keys:
    """The sums that the hash of any run is a difference of, (n_codes + 1,)."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_mixed(codes) * _powers(BASE, len(codes)), out=sums[1:])
    return sums


def _mixed(codes: Ints) -> Keys:
    mixed = (codes.astype(np.uint64) + np.uint64(1)) * MIXER
    mixed ^= mixed >> np.uint64(32)
    return mixed


class WordReader:
    """Numbers the words of cut texts.

    Args:
        numbers: of the known words, from 1 and without gaps.
        with_unknown: search-mode words that are unknown still part their neighbours; costs time
            that views of single words need not spend.
    """

    def __init__(
        self, tokenizer: Tokenizer, numbers: Mapping[str, int], with_unknown: bool
    ) -> None:
        self._tokenizer, self._with_unknown = tokenizer, with_unknown
        words = list(numbers)
        self._table = KeyTable(hash_words(words))
        self._numbers = np.fromiter(numbers.values(), np.int32, len(numbers))
        self._marks = np.array([numbers.get(START, 0), numbers.get(END, 0), 0], np.int32)
        self._in_dictionary = np.fromiter(map(self._is_dictionary_word, words), bool, len(words))

    def words(self, row: Cut, punctuation: bool = False) -> Symbols:
        """The words, one symbol each, with or without punctuation."""
        symbols = self._pieces(row, punctuation)
        kept = np.flatnonzero(symbols != DROPPED)
        return Symbols(symbols[kept], row.texts[kept], row.firsts[kept], row.lasts[kept])

    def search_words(self, row: Cut) -> Symbols:
        """The search-mode words: each word after the dictionary's shorter words within it."""
        symbols = self._pieces(row, punctuation=False)
        long = np.flatnonzero((symbols != DROPPED) & (row.lasts - row.firsts > 2))
        parts = [self._subwords(row, long, length) for length in (2, 3)]
        whole = np.flatnonzero(symbols != DROPPED)
        piece = np.concatenate([*(p for p, _, _ in parts), whole])
        first = np.concatenate([*(f for _, f, _ in parts), row.firsts[whole]])
        last = np.concatenate([*(f + n for n, (_, f, _) in enumerate(parts, 2)), row.lasts[whole]])
        symbol = np.concatenate([*(s for _, _, s in parts), symbols[whole]])
        order = np.argsort(piece, kind="stable")  # two characters, three, the whole word
        return Symbols(symbol[order], row.texts[piece[order]], first[order], last[order])

    def _pieces(self, row: Cut, punctuation: bool) -> Ints:
        """The number of each piece, (n_pieces,)."""
        symbols = self._number(row.hashes(row.firsts, row.lasts))
        seen = row.letters[row.lasts] > row.letters[row.firsts]
        if punctuation:
            filled = np.flatnonzero(row.lasts > row.firsts)
            seen[filled] |= row.codes[row.firsts[filled]] > 0
        symbols[~seen] = DROPPED
        symbols[row.marks] = self._marks[:, None]
        return symbols

    def _number(self, hashes: Keys) -> Ints:
        found = self._table.find(hashes)
        return np.where(found >= 0, self._numbers[found], 0) if len(self._numbers) else found * 0

    def _subwords(
        self, row: Cut, long: NDArray[np.int64], length: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Ints]:
        """The dictionary's words of one length within longer pieces: piece, place, number."""
        sizes = row.lasts[long] - row.firsts[long]
        long, sizes = long[sizes > length], sizes[sizes > length]
        counts = sizes - (length - 1)
        piece = np.repeat(long, counts)
        rank = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
        firsts = row.firsts[piece] + rank
        places = self._table.find(row.hashes(firsts, firsts + length))
        known = places >= 0
        chosen = known.copy()
        chosen[known] = self._in_dictionary[places[known]]
        if self._with_unknown:
            for at in np.flatnonzero(~known).tolist():
                part = "".join(map(chr, row.codes[firsts[at] : firsts[at] + length].tolist()))
                chosen[at] = self._is_dictionary_word(part)
        numbers = np.zeros(len(places), np.int32)
        numbers[known] = self._numbers[places[known]]
        return piece[chosen], firsts[chosen], numbers[chosen]

    def _is_dictionary_word(self, word: str) -> bool:
        """Whether search mode can find the word within a longer one."""
        return 2 <= len(word) <= 3 and self._tokenizer.is_subword(word)


def piece_lengths(pieces: Sequence[str]) -> Ints:
    """The number of characters of each piece, (n_pieces,)."""
    return np.fromiter(map(len, pieces), np.int32, len(pieces))


def _powers(base: int, n: int) -> Keys:
    """base ** 0, 1, …, n - 1 modulo 2**64."""
    powers = np.full(n, base, np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)
