"""Words and characters of sheets as rows of symbols."""

import numpy as np

from fenmen.model.characters import CharacterReader
from fenmen.model.loops.numbering import add_parts, hash_table, number_characters, number_words
from fenmen.model.loops.rows import Row
from fenmen.model.loops.trie import Trie
from fenmen.model.sheet import MARKS, Sheet
from fenmen.model.signs import in_words, normal_codes
from fenmen.model.wordlist import Ints, Places
from fenmen.model.words import CutSheet, WordFinder


class WordLoop:
    """Numbers the words of cut sheets as a WordFinder does."""

    def __init__(self, finder: WordFinder, trie: Trie) -> None:
        self._finder, self._trie = finder, trie
        self._single: dict[bool, Ints] = {}
        self._seen = in_words().take(normal_codes()).view(np.int8)
        self._hashes = hash_table(*finder.hash_table())

    def _singles(self, punctuation: bool) -> Ints:
        if punctuation not in self._single:
            self._single[punctuation] = self._finder.singles(punctuation)
        return self._single[punctuation]

    def words(self, row: CutSheet, punctuation: bool = False) -> Row:
        """The words, one symbol each, with or without punctuation."""
        symbols, starts, ends = np.empty((3, len(row.firsts)), np.int32)
        bounds = np.empty(len(row.sheet.sizes) + 1, np.int64)
        n = number_words(
            row.sheet.codes, row.firsts, row.lasts, row.sheet.firsts, row.sheet.sizes,
            normal_codes(), self._seen, self._singles(punctuation), *self._hashes,
            *self._finder.marks, punctuation, symbols, starts, ends, bounds,
        )  # fmt: skip
        return Row(symbols[:n], starts[:n], ends[:n], bounds)

    def search_words(self, row: CutSheet, words: Row) -> Row:
        """The search-mode words: each word after the dictionary's shorter words within it."""
        rare, numbers = self._rare(row)
        sizes = words.ends - words.starts
        sizes = sizes[sizes > 2]
        most = len(words.symbols) + int((2 * sizes - 3).sum()) + len(numbers) + 1
        symbols, starts, ends = np.empty((3, most), np.int32)
        bounds = np.empty(len(words.bounds), np.int64)
        n = add_parts(
            row.sheet.codes, row.narrow, words.symbols, words.starts, words.ends, words.bounds,
            *self._trie.words, normal_codes(), *self._hashes, self._finder.in_order,
            rare, numbers, symbols, starts, ends, bounds,
        )  # fmt: skip
        return Row(symbols[:n], starts[:n], ends[:n], bounds)

    def _rare(self, row: CutSheet) -> tuple[Places, Ints]:
        """First and behind the last characters of words that the dictionary holds in upper case
        only, one after another, and their numbers; shorter ones of a piece first.
        """
        firsts, lasts, numbers = self._finder.rare_subwords(row)
        pieces = np.searchsorted(row.firsts, firsts, side="right")
        order = np.lexsort((firsts, lasts - firsts, pieces))
        return np.column_stack([firsts[order], lasts[order]]).ravel(), numbers[order]


def characters(reader: CharacterReader, sheet: Sheet) -> Row:
    """The characters of a sheet, one symbol each, and the marks, as the reader gives them."""
    symbols, starts = np.empty((2, len(sheet.codes) + MARKS), np.int32)
    bounds = np.empty(len(sheet.sizes) + 1, np.int64)
    n = number_characters(
        sheet.codes, sheet.firsts, sheet.sizes, reader.numbers, symbols, starts, bounds
    )
    return Row(symbols[:n], starts[:n], starts[:n] + np.int32(1), bounds)
