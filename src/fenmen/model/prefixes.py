"""Finds every word of a word list in a row of characters, all positions at once.

A trie level by level: level k knows the beginnings of k characters by the number of their first
k - 1 and their last character. Most positions drop out at the second character.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.errors import FenmenError
from fenmen.model.keys import NONE, SmallKeys
from fenmen.model.keys import Keys32 as Keys
from fenmen.model.signs import CODES
from fenmen.model.wordlist import Ints, Places, WordList


@dataclass(frozen=True, slots=True)
class Level:
    """The beginnings of one length; those from `n_parents` on are the beginning of nothing longer.

    `words`, (n_beginnings,), is the number of the word that each is, or NONE; `parents` and `ids`
    are the beginning that is one character shorter and the number of its last character.
    """

    table: SmallKeys
    parents: Ints
    ids: Ints
    words: Ints
    n_parents: int


@dataclass(frozen=True, slots=True)
class Found:
    """Beginnings of words of one length in a row of characters: where each stands, its number."""

    firsts: Places
    nodes: Ints


class Prefixes:
    """The words of a list as a trie.

    `ids`, (0x110000,), are its characters' numbers from 1, 0 for others; `characters`,
    (n_characters,), their codes; `levels` the beginnings of 2, 3, … characters; `singles`,
    (n_characters + 1,), the number of the word that each character is, or NONE.
    """

    def __init__(self, words: WordList) -> None:
        sizes = words.lasts - words.firsts
        longer = [np.flatnonzero(sizes > k) for k in range(int(sizes.max(initial=1)))]
        seen = np.zeros(CODES, bool)
        for k, some in enumerate(longer):
            seen[words.codes[words.firsts[some] + k]] = True
        self.characters = np.flatnonzero(seen)
        self.ids = np.cumsum(seen, dtype=np.int32)
        n_characters = len(self.characters)
        self.ids[~seen] = 0
        self._shift = np.uint32(n_characters.bit_length())
        nodes = self.ids[words.codes[words.firsts]]
        self.singles = _ending(nodes, sizes == 1, n_characters + 1)
        self.levels: list[Level] = []
        for k in range(1, len(longer)):
            some = longer[k]
            keys = self._keys(nodes[some], self.ids[words.codes[words.firsts[some] + k]])
            different, nodes[some] = _numbered(keys, sizes[some] > k + 1)
            ending = _ending(nodes, sizes == k + 1, len(different))
            n_parents = int(nodes[longer[k + 1]].max(initial=-1)) + 1 if k + 1 < len(longer) else 0
            parents, ids = self._split(different)
            self.levels.append(Level(SmallKeys(different), parents, ids, ending, n_parents))
            self._refuse_too_many(n_parents)

    def find(self, ids: Ints) -> list[Found]:
        """The beginnings of 2, 3, … characters in a row of characters' numbers, (n,)."""
        padded = np.append(ids, np.zeros(len(self.levels) + 1, np.int32))
        keys = self._keys(ids, padded[1 : len(ids) + 1])
        at, found = None, []
        for length, level in enumerate(self.levels, start=2):
            hits, nodes = level.table.find(keys)
            at = hits if at is None else at.take(hits)
            found.append(Found(at, nodes))
            on = np.flatnonzero(nodes < level.n_parents)
            if not len(on):
                break
            at, nodes = at.take(on), nodes.take(on)
            keys = self._keys(nodes, padded[length:].take(at))
        return found

    def _keys(self, nodes: Ints, ids: Ints) -> Keys:
        return (nodes.view(np.uint32) << self._shift) | ids.view(np.uint32)

    def _split(self, keys: Keys) -> tuple[Ints, Ints]:
        lasts = keys & ((np.uint32(1) << self._shift) - np.uint32(1))
        return (keys >> self._shift).astype(np.int32), lasts.astype(np.int32)

    def _refuse_too_many(self, n_parents: int) -> None:
        if n_parents.bit_length() + int(self._shift) > 31:
            raise FenmenError(
                "E_USERDICT",
                where="user dictionary",
                what="has more words than can be told apart",
                fix="keep those that matter",
            )


def _numbered(keys: Keys, is_longer: NDArray[np.bool_]) -> tuple[Keys, Ints]:
    """The different keys, those that something longer begins with first, and each key's number."""
    different, back = np.unique(keys, return_inverse=True)
    is_parent = np.zeros(len(different), bool)
    is_parent[back[is_longer]] = True
    order = np.argsort(~is_parent, kind="stable")
    numbers = np.empty(len(order), np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    return different[order], numbers[back]


def _ending(nodes: Ints, ends_here: NDArray[np.bool_], n_nodes: int) -> Ints:
    """The word that ends at each node, (n_nodes,), or NONE; of twins the last."""
    words = np.full(n_nodes, NONE, np.int32)
    ending = np.flatnonzero(ends_here)
    words[nodes[ending]] = ending
    return words
