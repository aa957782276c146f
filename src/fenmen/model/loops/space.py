"""The columns and scores of texts, and what made them, by compiled loops."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import sparse

from fenmen.model.cutter import cutter_of
from fenmen.model.features import FeatureSpace, Reading
from fenmen.model.grams import Grams
from fenmen.model.lexicon import MEASURES
from fenmen.model.loops.cutting import Doubles
from fenmen.model.loops.evidence import find_strong_words, spread_seeds, spread_weights
from fenmen.model.loops.finders import WordLoop, characters
from fenmen.model.loops.rows import Counts, Row, Terms
from fenmen.model.loops.weighing import L1, L2, NO_NORM, add_scores, weigh_counts
from fenmen.model.scorer import Weights
from fenmen.model.sheet import lay
from fenmen.model.signs import in_words
from fenmen.model.spreading import STEPS, Occurring, changes, summed
from fenmen.model.strong_words import StrongWords
from fenmen.model.views import FittedView, Floats, term_frequencies
from fenmen.model.wordlist import Ints, Places
from fenmen.model.words import cut

NORMS = {"none": NO_NORM, "l1": L1, "l2": L2}


class Block(NamedTuple):
    """A view's part of the columns: text i has `values` at `columns`, both from `pointers[i]`.

    `first` is the place of the view's first column among all; `counts` are only of views that
    loops count.
    """

    fitted: FittedView
    first: int
    pointers: Places
    columns: Ints
    values: Doubles
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class QuickReading(Reading):
    """A reading for loops; what they find is noted here."""

    rows: dict[str, Row] = field(default_factory=dict)
    tallies: dict[tuple[str, int], Counts] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


class QuickSpace:
    """Does with loops what a feature space does with arrays.

    Raises:
        OverflowError: if a vocabulary is too large for the loops' tables.
    """

    Reading = QuickReading

    def __init__(self, space: FeatureSpace) -> None:
        self._space = space
        self._cutter = cutter_of(space.tokenizer)
        self._trie = self._cutter.trie()
        self._words = WordLoop(space.words, self._trie) if space.words else None
        self._terms = {
            id(grams): Terms(grams, space.last_symbol(fitted))
            for fitted, grams in zip(space.views, space.grams, strict=True)
            if isinstance(grams, Grams)
        }
        lexicon = space.lexicon
        self._seeds = Terms(lexicon.grams, lexicon.reader.last) if lexicon else None

    def read(self, texts: Sequence[str], keep: bool = False) -> QuickReading:
        """Lay out and cut some texts; see FeatureSpace."""
        sheet = lay(texts)
        is_cut = keep or self._words is not None
        return QuickReading(sheet, cut(sheet, self._cutter, self._trie) if is_cut else None, keep)

    def columns(self, reading: QuickReading) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        n_texts = len(reading.sheet.sizes)
        blocks = [
            sparse.csr_array((values, columns, pointers), shape=(n_texts, len(fitted.terms)))
            for fitted, _, pointers, columns, values, _ in self._blocks(reading)
        ]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def scores(self, reading: QuickReading, weights: Weights) -> Doubles:
        """The columns times the weights, (n_texts, n_topics)."""
        if weights.single is None:
            return weights.sum(self.columns(reading))
        n_topics = weights.single.shape[1]
        scores = np.zeros(len(reading.sheet.sizes) * n_topics)
        for _, first, pointers, columns, values, _ in self._blocks(reading):
            cells = weights.single.ravel(), first, n_topics
            add_scores(pointers, columns, values, *cells, scores)
        return scores.reshape(-1, n_topics)

    def character_weights(
        self, reading: QuickReading, texts: Places, topics: Places, weights: Weights
    ) -> Doubles:
        """What each character of some texts adds to their scores for a topic of each.

        Args:
            texts, topics: (n,); texts also several times.

        Returns:
            (n_characters,) of all these texts in a row.
        """
        sheet = reading.sheet
        sizes = sheet.sizes.take(texts)
        firsts = np.append(0, np.cumsum(sizes))
        steps = np.zeros(int(firsts[-1]) + 1)
        for block, grams in zip(self._blocks(reading), self._space.grams, strict=True):
            counts = block.counts
            if grams is None and weights.single is not None:
                self._spread_seeds(reading, block, weights.single, texts, topics, firsts, steps)
                continue
            if counts is None:
                found = self._space.evidence_of(reading, block.fitted, grams, texts)
                cells = weights.cells(block.first + found.columns, topics[found.texts])
                occurring = found.texts, found.starts, found.ends, found.values * cells
                steps += changes(Occurring(*occurring), firsts)
                continue
            spread_weights(
                block.pointers, block.columns, counts.counts, block.values, counts.bounds,
                counts.firsts, counts.sizes, counts.found, counts.row.starts, counts.row.ends,
                sheet.firsts, sheet.sizes, texts, firsts, topics, *_table(block, weights),
                len(block.fitted.terms), STEPS, steps,
            )  # fmt: skip
        return summed(steps)

    def _spread_seeds(
        self,
        reading: QuickReading,
        block: Block,
        weights: Floats,
        texts: Places,
        topics: Places,
        firsts: Places,
        steps: Doubles,
    ) -> None:
        """Note in `steps` what the seed words of some texts add to their scores."""
        hits, sheet = self._space.hits(reading), reading.sheet
        n_texts, width = len(sheet.sizes), len(block.fitted.terms)
        bounds = np.searchsorted(hits.texts, np.arange(n_texts + 1))
        table = (block.values, block.columns, block.pointers)
        values = sparse.csr_array(table, shape=(n_texts, width)).toarray()
        cells = weights[block.first : block.first + width].T.take(topics, axis=0)
        spread_seeds(
            bounds, hits.starts, hits.ends, hits.topics, values.ravel(),
            cells.astype(np.float64).ravel(), sheet.firsts, sheet.sizes, texts, firsts,
            width // len(MEASURES), len(MEASURES), STEPS, steps,
        )  # fmt: skip

    def strong_words(
        self, reading: QuickReading, texts: Places, titles: Places, weights: Doubles, share: float
    ) -> StrongWords:
        """See `fenmen.model.strong_words`."""
        assert reading.cut is not None
        sheet, pieces = reading.sheet, reading.cut
        begins, sizes = sheet.firsts.take(texts), sheet.sizes.take(texts)
        first = np.searchsorted(pieces.firsts, begins)
        behind = np.searchsorted(pieces.firsts, begins + sizes)
        ends = np.cumsum(sizes)
        places = ends - sizes
        own, starts, lasts = np.empty((3, int((behind - first).sum())), np.int64)
        sums = np.empty(len(own))
        n = find_strong_words(
            pieces.firsts, pieces.lasts, sheet.codes, in_words().view(np.int8), first, behind,
            begins, places + titles, places, ends, weights, share, own, starts, lasts, sums,
        )  # fmt: skip
        return StrongWords(own[:n], starts[:n], lasts[:n], sums[:n])

    def _blocks(self, reading: QuickReading) -> list[Block]:
        """Each view's part of the columns."""
        if not reading.blocks:
            first = 0
            for fitted, grams in zip(self._space.views, self._space.grams, strict=True):
                if isinstance(grams, Grams):
                    reading.blocks.append(self._counted_block(reading, fitted, grams, first))
                else:
                    self._prepare_arrays(reading, fitted)
                    found = self._space.block(reading, fitted, grams)
                    pointers, columns = found.indptr.astype(np.int64), found.indices
                    block = Block(fitted, first, pointers, columns, found.data, None)
                    reading.blocks.append(block)
                first += len(fitted.terms)
        return reading.blocks

    def _counted_block(
        self, reading: QuickReading, fitted: FittedView, grams: Grams, first: int
    ) -> Block:
        view, key = fitted.view, (fitted.view.reads, id(grams))
        if key not in reading.tallies:
            row = self._row(reading, view.reads)
            tally = self._terms[id(grams)].count(row, len(fitted.terms), reading.is_kept)
            reading.tallies[key] = tally
        counts = reading.tallies[key]
        most = int(counts.counts.max(initial=0))
        once = view.binary or view.paired
        frequencies = np.ones(most + 1) if once else term_frequencies(most, view.sublinear)
        values = np.empty(len(counts.counts))
        weigh_counts(
            counts.pointers, counts.columns, counts.counts, fitted.idf, frequencies,
            NORMS[view.norm], view.weight, values,
        )  # fmt: skip
        return Block(fitted, first, counts.pointers, counts.columns, values, counts)

    def _row(self, reading: QuickReading, kind: str) -> Row:
        if kind not in reading.rows:
            reading.rows[kind] = self._find_row(reading, kind)
        return reading.rows[kind]

    def _find_row(self, reading: QuickReading, kind: str) -> Row:
        if kind == "chars":
            assert self._space.characters is not None
            return characters(self._space.characters, reading.sheet)
        assert self._words is not None
        assert reading.cut is not None
        if kind == "search":
            return self._words.search_words(reading.cut, self._row(reading, "words"))
        return self._words.words(reading.cut, punctuation=kind == "words+")

    def _prepare_arrays(self, reading: QuickReading, fitted: FittedView) -> None:
        """What views are made from that have no loop of their own."""
        if fitted.view.kind != "lexicon":
            kind = fitted.view.reads
            if kind not in reading.symbols:
                reading.symbols[kind] = self._row(reading, kind).as_symbols()
        elif not reading.hits:
            lexicon = self._space.lexicon
            assert lexicon is not None
            assert self._seeds is not None
            row = characters(lexicon.reader, reading.sheet)
            found = self._seeds.count(row, lexicon.n_words, keep=True)
            n = int(found.bounds[-1])
            at, sizes = found.firsts[:n], found.sizes[:n].astype(np.int32)
            texts = np.repeat(np.arange(len(found.bounds) - 1), np.diff(found.bounds))
            starts, ends = row.starts.take(at), row.ends.take(at + sizes - 1)
            places = starts.astype(np.int64), ends.astype(np.int64)
            reading.hits.append(lexicon.hits(texts, sizes, found.found[:n], *places))


def _table(block: Block, weights: Weights) -> tuple[Ints, Floats, int, int]:
    """Where each of a block's columns has its weights; all weights in one row; how many of all
    topics stand before the block's, and how many topics there are.
    """
    if weights.single is not None:
        return block.columns, weights.single.ravel(), block.first, weights.single.shape[1]
    used, rows = np.unique(block.columns, return_inverse=True)
    single = weights.rows(block.first + used.astype(np.int64)).astype(np.float32)
    return rows.astype(np.int32), single.ravel(), 0, single.shape[1]
