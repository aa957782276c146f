"""Cut sheets to numbered words. What the dictionary knows has its number from the cutting; only
the few words that no dictionary knows are recognised by a hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fenmen.model.cutter import Cutter
from fenmen.model.keys import NONE, Keys, KeyTable
from fenmen.model.prefixes import Found
from fenmen.model.reading import (
    DROPPED,
    END,
    NOTHING,
    START,
    Symbols,
    hash_characters,
    hash_pieces,
    hash_words,
)
from fenmen.model.sheet import Sheet, spread
from fenmen.model.signs import CODES, codes_of, in_words, normal_codes
from fenmen.model.tokens import NARROW_LETTER, Tokenizer, is_word, lower
from fenmen.model.wordlist import Ints, Places

if TYPE_CHECKING:
    from fenmen.model.loops.trie import Trie

UNKNOWN = 0
OPEN = -2  # the number of a piece that has to be looked up by its hash
FAR = 127  # no word of the dictionary is as long


@dataclass(frozen=True, slots=True)
class CutSheet:
    """A sheet cut into pieces, [firsts[i], lasts[i]) each, (n_pieces,), the marks among them;
    `found` are the beginnings of dictionary words of 2, 3, … characters, if it was cut without a
    trie; `narrow`, (n_characters,), the characters as they were cut, with narrow letters.
    """

    sheet: Sheet
    firsts: Places
    lasts: Places
    found: list[Found]
    narrow: Ints

    def words(self, texts: Places) -> tuple[Places, Places, Places]:
        """The words of some texts, in any order, also several times: which of the texts each is
        in, and its places there; all (n_words,).
        """
        begins = self.sheet.firsts.take(texts)
        first = np.searchsorted(self.firsts, begins)
        sizes = np.searchsorted(self.firsts, begins + self.sheet.sizes.take(texts)) - first
        pieces, which = spread(first, sizes), np.repeat(np.arange(len(texts)), sizes)
        letters = np.zeros(len(self.sheet.codes) + 1, np.int32)
        np.cumsum(in_words().take(self.sheet.codes), out=letters[1:])
        firsts, lasts = self.firsts.take(pieces), self.lasts.take(pieces)
        kept = np.flatnonzero(letters.take(lasts) > letters.take(firsts))
        which = which.take(kept)
        own = begins.take(which)
        return which, firsts.take(kept) - own, lasts.take(kept) - own

    def spelled(self) -> list[str]:
        """The words as the tokeniser spells them, of all texts."""
        text = self.sheet.text.translate(NARROW_LETTER)
        pairs = zip(self.firsts.tolist(), self.lasts.tolist(), strict=True)
        pieces = [text[first:last] for first, last in pairs]
        return [lower(piece) for piece in pieces if is_word(piece)]


def cut(sheet: Sheet, cutter: Cutter, trie: "Trie | None" = None) -> CutSheet:
    """Cut a sheet into pieces, with arrays or with a trie of the cutter's."""
    pieces = cutter.cut(sheet.text, sheet.codes, trie)
    firsts = np.flatnonzero(pieces.starts)
    lasts = np.append(firsts[1:], len(sheet.codes))
    return CutSheet(sheet, firsts, lasts, pieces.found, pieces.codes)


class WordFinder:
    """Numbers the words of cut sheets.

    Args:
        numbers: of the known words, from 1 and without gaps.
        in_order: whether search-mode words must stand in order, each before the longer ones
            around it; costs time that views of single words need not spend.
    """

    def __init__(
        self, tokenizer: Tokenizer, cutter: Cutter, numbers: Mapping[str, int], in_order: bool
    ) -> None:
        self._tokenizer, self._cutter, self.in_order = tokenizer, cutter, in_order
        self.last = len(numbers)
        self._numbers = np.fromiter(numbers.values(), np.int32, len(numbers))
        self._given = numbers
        self._table = KeyTable(hash_words(list(numbers)))
        self.marks = (numbers.get(START, UNKNOWN), numbers.get(END, UNKNOWN))
        self._singles = self._number_characters(in_words().take(normal_codes()))
        self._nodes = self._number_nodes()

    def words(self, row: CutSheet, punctuation: bool = False) -> Symbols:
        """The words, one symbol each, with or without punctuation."""
        symbols = self._pieces(row, punctuation)
        kept = np.flatnonzero(symbols != DROPPED)
        firsts = row.firsts.take(kept)
        texts = row.sheet.owners.take(firsts)
        return Symbols(symbols.take(kept), texts, firsts, row.lasts.take(kept))

    def search_words(self, row: CutSheet) -> Symbols:
        """The search-mode words: each word with the dictionary's shorter words within it."""
        symbols = self._pieces(row, punctuation=False)
        whole = np.flatnonzero(symbols != DROPPED)
        parts = [self._subwords(row, length) for length in (2, 3)]
        parts.append(self.rare_subwords(row))
        firsts = np.concatenate([*(f for f, _, _ in parts), row.firsts.take(whole)])
        lasts = np.concatenate([*(e for _, e, _ in parts), row.lasts.take(whole)])
        found = np.concatenate([*(s for _, _, s in parts), symbols.take(whole)])
        if self.in_order:
            pieces = np.searchsorted(row.firsts, firsts, side="right")
            order = np.lexsort((firsts, lasts - firsts, pieces))
            firsts, lasts, found = firsts[order], lasts[order], found[order]
        return Symbols(found, row.sheet.owners.take(firsts), firsts, lasts)

    def singles(self, punctuation: bool) -> Ints:
        """The number of each character as a piece of its own, (0x110000,), or DROPPED."""
        return self._number_characters(normal_codes() > 0) if punctuation else self._singles

    def hash_table(self) -> tuple[Keys, Ints]:
        """Hashes of words and their numbers, (n_words,)."""
        keys, places = self._table.entries()
        return keys, self._numbers.take(places)

    def _pieces(self, row: CutSheet, punctuation: bool) -> Ints:
        """The number of each piece, (n_pieces,); DROPPED for what the view does not see."""
        codes = row.sheet.codes
        by_place = self._singles.take(codes)
        if punctuation:
            signs = np.flatnonzero(by_place == DROPPED)
            by_place[signs] = self._number_signs(codes.take(signs))
        longer = np.flatnonzero(row.lasts - row.firsts > 1)
        firsts, sizes = row.firsts.take(longer), (row.lasts - row.firsts).take(longer)
        by_place[firsts] = OPEN
        length_at = np.zeros(len(codes), np.int8)
        length_at[firsts] = np.minimum(sizes, FAR)
        for length, (some, numbers) in enumerate(zip(row.found, self._nodes, strict=False), 2):
            same = np.flatnonzero(length_at.take(some.firsts) == length)
            by_place[some.firsts.take(same)] = numbers.take(some.nodes.take(same))
        rest = np.flatnonzero(by_place.take(firsts) == OPEN)
        firsts, sizes = firsts.take(rest), sizes.take(rest)
        by_place[firsts] = self._look_up(codes, firsts, sizes, punctuation)
        begins, sizes = row.sheet.firsts, row.sheet.sizes
        by_place[begins - 1], by_place[begins + sizes] = self.marks
        by_place[begins + sizes + 1] = UNKNOWN
        return by_place.take(row.firsts)

    def _look_up(self, codes: Ints, firsts: Places, sizes: Places, punctuation: bool) -> Ints:
        """The numbers of pieces by their hashes."""
        at, begins = spread(firsts, sizes), np.cumsum(sizes) - sizes
        normal = normal_codes().take(codes.take(at))
        if not len(at):
            return NOTHING
        numbers = self._numbered(hash_pieces(normal, begins, sizes))
        seen = np.logical_or.reduceat(in_words().take(normal), begins)
        if punctuation:
            seen |= normal.take(begins) > 0
        return np.where(seen, numbers, np.int32(DROPPED))

    def _numbered(self, hashes: NDArray[np.uint64]) -> Ints:
        found = self._table.find(hashes)
        if not self._given:
            return np.zeros(len(found), np.int32)
        return np.where(found >= 0, self._numbers.take(found), np.int32(UNKNOWN))

    def _number_characters(self, seen: NDArray[np.bool_]) -> Ints:
        """The number of each character as a word of its own, (0x110000,)."""
        known = {word: n for word, n in self._given.items() if len(word) == 1}
        numbers = np.zeros(CODES, np.int32)
        numbers[codes_of("".join(known))] = np.fromiter(known.values(), np.int32, len(known))
        numbers = numbers.take(normal_codes())
        numbers[~seen] = DROPPED
        return numbers

    def _number_signs(self, codes: Ints) -> Ints:
        """The numbers of characters that are not made into words."""
        normal = normal_codes().take(codes)
        different, back = np.unique(normal, return_inverse=True)
        numbers = [
            self._given.get(chr(code), UNKNOWN) if code else DROPPED for code in different.tolist()
        ]
        return np.array(numbers, np.int32).take(back)

    def _number_nodes(self) -> list[Ints]:
        """For 2, 3, … characters the number of each beginning of a dictionary word as a word."""
        prefixes = self._cutter.prefixes
        characters = np.append(0, normal_codes().take(prefixes.characters))
        hashes, numbers = hash_characters(characters, 0), []
        for place, level in enumerate(prefixes.levels, start=1):
            hashes = hashes.take(level.parents) + hash_characters(characters, place).take(level.ids)
            numbers.append(self._numbered(hashes))
        return numbers

    def _subwords(self, row: CutSheet, length: int) -> tuple[Places, Places, Ints]:
        """The known words of one length within longer pieces: places and numbers."""
        if len(row.found) < length - 1:
            return np.empty(0, np.int64), np.empty(0, np.int64), NOTHING
        some, level = row.found[length - 2], self._cutter.prefixes.levels[length - 2]
        ends_here = np.zeros(len(row.sheet.codes) + 1, bool)
        ends_here[row.lasts] = True
        begins_here = np.zeros(len(row.sheet.codes) + 1, bool)
        begins_here[row.firsts] = True
        numbers = self._nodes[length - 2].take(some.nodes)
        wanted = (level.words.take(some.nodes) != NONE) & ((numbers > 0) | self.in_order)
        for step in range(1, length):
            wanted &= ~begins_here.take(some.firsts + step)
        wanted &= ~(begins_here.take(some.firsts) & ends_here.take(some.firsts + length))
        at = np.flatnonzero(wanted)
        at = at[~self._in_ascii(row, some.firsts.take(at))]
        firsts = some.firsts.take(at)
        return firsts, firsts + length, numbers.take(at)

    def _in_ascii(self, row: CutSheet, firsts: Places) -> NDArray[np.bool_]:
        """Whether each place is in a piece of ASCII letters, which holds no other words."""
        codes = row.sheet.codes
        found = codes.take(firsts) < ord("\x7f")
        for at in np.flatnonzero(found).tolist():
            piece = int(np.searchsorted(row.firsts, firsts[at], side="right")) - 1
            found[at] = bool((codes[row.firsts[piece] : row.lasts[piece]] < ord("\x7f")).all())
        return found

    def rare_subwords(self, row: CutSheet) -> tuple[Places, Places, Ints]:
        """Words that the dictionary holds in upper case only (T恤 in t恤衫)."""
        codes = row.sheet.codes
        lower = np.flatnonzero((codes >= ord("a")) & (codes <= ord("z")))
        pieces = np.unique(np.searchsorted(row.firsts, lower, side="right") - 1)
        pieces = pieces[(row.lasts - row.firsts).take(pieces) > 2]
        firsts, lasts, numbers = [], [], []
        places = np.column_stack([row.firsts[pieces], row.lasts[pieces]])
        for first, last in places.tolist():
            piece = "".join(map(chr, codes[first:last].tolist()))
            if piece.isascii():
                continue
            for token in self._tokenizer.upper_subwords(piece):
                firsts.append(first + token.start)
                lasts.append(first + token.end)
                numbers.append(self._given.get(token.word, UNKNOWN))
        return np.array(firsts, np.int64), np.array(lasts, np.int64), np.array(numbers, np.int32)
