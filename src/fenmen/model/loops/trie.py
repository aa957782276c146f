"""The words of a dictionary as a trie in one table, the frequent ones near each other."""

from collections.abc import Sequence

import numpy as np

from fenmen.model.loops.cutting import TAG_BITS, Bytes, Doubles, divide, fill_pairs
from fenmen.model.loops.joining import begin, blocks_with
from fenmen.model.loops.rules import cut_by_rule
from fenmen.model.loops.tables import KEY_AT, LONGER, NODE_AT, WORD, table_of
from fenmen.model.prefixes import Prefixes
from fenmen.model.routes import NO_WORD, Flags
from fenmen.model.unlisted import markov
from fenmen.model.wordlist import Ints, Places


class Trie:
    """Divides rows of characters into pieces."""

    def __init__(self, prefixes: Prefixes, ones: Doubles, more: Sequence[Doubles]) -> None:
        n_characters = len(prefixes.characters)
        self._shift = n_characters.bit_length()
        orders = [np.argsort(-logs[:-1], kind="stable") for logs in more]
        offsets = n_characters + 1 + np.append(0, np.cumsum([len(order) for order in orders]))
        nodes = np.arange(n_characters + 1)
        keys, values = [], []
        for level, order, logs, offset in zip(
            prefixes.levels, orders, more, offsets.tolist(), strict=False
        ):
            parents = nodes.take(level.parents)
            nodes = np.empty(len(order), np.int64)
            nodes[order] = offset + np.arange(len(order))
            keys.append((parents << self._shift) | level.ids)
            flags = WORD * (logs[:-1] > NO_WORD) + LONGER * (
                np.arange(len(order)) < level.n_parents
            )
            values.append((nodes << NODE_AT) | flags)
        self._logs = np.concatenate(
            [ones[:-1], *(logs.take(order) for logs, order in zip(more, orders, strict=True))]
        )
        self._unknown, self._longest = float(ones[-1]), len(more) + 1
        self._numbers = prefixes.ids
        pairs = np.zeros(1 << max(2 * self._shift - TAG_BITS, 4), np.int32)
        displaced = np.zeros(len(keys[0]), np.int8)
        if int(values[0].max(initial=0)) >> KEY_AT:
            raise OverflowError
        fill_pairs(pairs, displaced, keys[0], values[0])
        late = np.flatnonzero(displaced)
        keys[0], values[0] = keys[0][late], values[0][late]
        table, bits = table_of(np.concatenate(keys), np.concatenate(values))
        # What loops need to look words up.
        self.words = self._numbers, self._shift, pairs, table, bits
        model = markov()
        self._shows = np.ascontiguousarray(model.shows.T).ravel()
        self._model = np.concatenate(
            [column.ravel() for column in (model.begins, model.liked, model.other)]
        )

    def divide(self, codes: Ints, kinds: Bytes) -> tuple[Flags, Places, Places]:
        """Divide a row of characters of these kinds, (n,), which are changed.

        Returns:
            Where pieces begin, (n,), blocks that can be cut in two ways, (n_blocks, 2), and the
            characters at which nothing begins because they are cut by rule.
        """
        inside = cut_by_rule(codes, kinds)
        lengths, tied, starts = np.empty((3, len(codes)), np.int8)
        trie = codes, kinds, *self.words
        ties = divide(*trie, self._logs, self._unknown, self._longest, lengths, tied)
        starts[:] = 0
        ties += begin(*trie, self._shows, self._model, lengths, tied, starts)
        blocks = blocks_with(kinds, tied) if ties else np.empty(0, np.int64)
        return starts.view(np.bool_), blocks.reshape(-1, 2), inside
