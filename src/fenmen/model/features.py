"""The columns of a model: every view's block side by side, the same in training and serving."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.characters import CharacterReader
from fenmen.model.cutter import cutter_of
from fenmen.model.grams import Grams, Occurrences
from fenmen.model.lexicon import MEASURES, Lexicon
from fenmen.model.pairs import Pairs
from fenmen.model.reading import Ints, Symbols
from fenmen.model.sheet import Sheet, lay, part_of
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.model.vocabulary import alphabet_of_terms, character_rows, read_words
from fenmen.model.words import CutSheet, WordFinder, cut
from fenmen.taxonomy import Taxonomy

CHARACTERS = 300_000  # of texts read at a time


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where columns get their values: occurrence i of column `columns[i]` stands at the characters
    [starts[i], ends[i]) of text `texts[i]` and has `values[i]`, an equal share of the value; all
    (n,).
    """

    texts: Ints
    starts: Ints
    ends: Ints
    columns: Ints
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """Some texts laid out, and cut if a view looks at words."""

    sheet: Sheet
    cut: CutSheet | None

    def part(self, texts: NDArray[np.int64]) -> "Reading":
        """Some of the texts, (n,)."""
        sheet = part_of(self.sheet, texts)
        return Reading(sheet, self.cut.part(sheet, texts) if self.cut else None)


class FeatureSpace:
    """Turns texts into the columns of fitted views, in their order; safe to use from threads."""

    def __init__(
        self, tokenizer: Tokenizer, views: Sequence[FittedView], taxonomy: Taxonomy
    ) -> None:
        self.views = tuple(views)
        kinds = {fitted.view.reads.removesuffix("+") for fitted in views}
        # Views with one vocabulary (and another weighing) are looked up and counted once.
        different = {id(fitted.terms): fitted for fitted in reversed(views)}
        terms = {k: f for k, f in different.items() if f.view.kind != "lexicon"}
        worded = {k: f for k, f in terms.items() if not f.view.spelled}
        spelled = {k: f for k, f in terms.items() if f.view.spelled}
        numbers, rows = read_words([fitted.terms for fitted in worded.values()])
        alphabet = alphabet_of_terms([fitted.terms for fitted in spelled.values()])
        grams = {k: _grams(f, own) for (k, f), own in zip(worded.items(), rows, strict=True)} | {
            k: _grams(f, character_rows(f.terms, alphabet)) for k, f in spelled.items()
        }
        self._tokenizer = tokenizer
        self._words = (
            WordFinder(tokenizer, cutter_of(tokenizer), numbers, _in_order(views))
            if kinds & {"words", "search"}
            else None
        )
        self._characters = CharacterReader(alphabet) if "chars" in kinds else None
        self._lexicon = Lexicon(taxonomy) if "lexicon" in kinds else None
        self._grams = [grams.get(id(fitted.terms)) for fitted in views]
        self.widths = tuple(len(fitted.terms) for fitted in views)
        self.n_columns = sum(self.widths)

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        parts = [self.columns(self.read(some)) for some in batches(texts)]
        return sparse.csr_array(
            sparse.vstack(parts or [sparse.csr_array((0, self.n_columns))], format="csr")
        )

    def read(self, texts: Sequence[str], always: bool = False) -> Reading:
        """Lay out and cut some texts, once for columns and evidence.

        They are not cut if no view looks at words and it is not wanted `always`.
        """
        sheet = lay(texts)
        is_cut = always or self._words is not None
        return Reading(sheet, cut(sheet, cutter_of(self._tokenizer)) if is_cut else None)

    def columns(self, reading: Reading) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        symbols = self._symbols(reading, places=False)
        n_texts = len(reading.sheet.sizes)
        counted: dict[tuple[str, int], sparse.csr_array] = {}
        blocks = []
        for fitted, grams in zip(self.views, self._grams, strict=True):
            if fitted.view.kind == "lexicon":
                assert self._lexicon is not None
                blocks.append(self._lexicon.measure_sheet(reading.sheet) * fitted.view.weight)
                continue
            assert grams is not None
            row, key = symbols[fitted.view.reads], (fitted.view.reads, id(grams))
            if key not in counted:
                counted[key] = count(row, _find(grams, row), (n_texts, len(fitted.terms)))
            blocks.append(fitted.weigh(counted[key]))
        if len(blocks) == 1:
            return blocks[0]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def evidence(self, reading: Reading) -> Evidence:
        """Where the columns of the texts get their values."""
        symbols = self._symbols(reading, places=True)
        n_texts = len(reading.sheet.sizes)
        counted: dict[tuple[str, int], tuple[Occurrences, sparse.csr_array]] = {}
        parts, offset = [], 0
        for fitted, grams in zip(self.views, self._grams, strict=True):
            if grams is None:
                parts.append(self._seed_evidence(reading.sheet, fitted.view.weight, offset))
            else:
                row, key = symbols[fitted.view.reads], (fitted.view.reads, id(grams))
                if key not in counted:
                    found = _find(grams, row)
                    counted[key] = found, count(row, found, (n_texts, len(fitted.terms)))
                parts.append(_term_evidence(row, *counted[key], fitted, offset))
            offset += len(fitted.terms)
        return Evidence(
            np.concatenate([p.texts for p in parts]),
            np.concatenate([p.starts for p in parts]),
            np.concatenate([p.ends for p in parts]),
            np.concatenate([p.columns for p in parts]),
            np.concatenate([p.values for p in parts]),
        )

    def _seed_evidence(self, sheet: Sheet, weight: float, offset: int) -> Evidence:
        assert self._lexicon is not None
        hits = self._lexicon.find(sheet)
        measures = len(MEASURES)
        columns = np.repeat(hits.topics * measures, measures) + np.tile(
            np.arange(measures), len(hits.topics)
        )
        rows = np.repeat(hits.texts, measures)
        values = self._lexicon.measure_sheet(sheet).toarray() * weight
        cells = rows * values.shape[1] + columns
        counts = np.bincount(cells, minlength=values.size)
        return Evidence(
            rows.astype(np.int32),
            np.repeat(hits.starts, measures).astype(np.int32),
            np.repeat(hits.ends, measures).astype(np.int32),
            (columns + offset).astype(np.int32),
            values.ravel()[cells] / counts[cells],
        )

    def _symbols(self, reading: Reading, places: bool) -> dict[str, Symbols]:
        """The symbols of the texts for each kind of view."""
        symbols = {}
        if self._words is not None:
            assert reading.cut is not None
            for wanted in {fitted.view.reads for fitted in self.views} - {"chars", "lexicon"}:
                symbols[wanted] = (
                    self._words.search_words(reading.cut, places)
                    if wanted == "search"
                    else self._words.words(reading.cut, places, punctuation=wanted == "words+")
                )
        if self._characters is not None:
            symbols["chars"] = self._characters.symbols(reading.sheet, places)
        return symbols


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Texts in a row, so many at a time that the memory of any number of them is bounded."""
    first, size = 0, 0
    for at, text in enumerate(texts):
        size += len(text)
        if size > CHARACTERS and at > first:
            yield texts[first:at]
            first, size = at, len(text)
    if first < len(texts):
        yield texts[first:]


def _in_order(views: Sequence[FittedView]) -> bool:
    """Whether a view looks at several search-mode words at once."""
    return any(fitted.view.reads == "search" and fitted.view.ngram[1] > 1 for fitted in views)


def count(symbols: Symbols, found: Occurrences, shape: tuple[int, int]) -> sparse.csr_array:
    """How often each term stands in each text, (n_texts, n_columns), columns ascending."""
    n_texts, n_columns = shape
    # Numbers of 32 bits are sorted twice as fast.
    kind = np.uint32 if n_texts * n_columns < 2**32 else np.uint64
    cells: NDArray[Any] = symbols.texts.take(found.positions).astype(kind)
    cells *= kind(n_columns)
    cells += found.columns.astype(kind)
    cells.sort()
    is_first = np.ones(len(cells), bool)
    np.not_equal(cells[1:], cells[:-1], out=is_first[1:])
    firsts = np.flatnonzero(is_first)
    different = cells.take(firsts)
    pointers = np.searchsorted(different, np.arange(n_texts + 1) * n_columns)
    rows = np.repeat(np.arange(n_texts) * n_columns, np.diff(pointers))
    return sparse.csr_array(
        (
            np.diff(firsts, append=len(cells)),
            (different - rows).astype(np.int32),
            pointers.astype(np.int32),
        ),
        shape=shape,
    )


def _find(grams: Grams | Pairs, row: Symbols) -> Occurrences:
    return grams.find(row) if isinstance(grams, Pairs) else grams.find(row.symbols)


def _grams(fitted: FittedView, rows: Ints) -> Grams | Pairs:
    shortest, longest = fitted.view.ngram
    paired = fitted.view.paired and rows.shape[1] == longest
    grams = Pairs(rows) if paired else Grams(rows)
    least = grams.shortest if isinstance(grams, Grams) else shortest
    if grams.n_terms != len(rows) or not shortest <= least <= rows.shape[1] <= longest:
        raise FenmenError(
            "E_VOCABULARY",
            where=f"view {fitted.view.name!r}",
            what=f"terms must differ and have {shortest} to {longest} parts",
            fix="learn the vocabulary anew",
        )
    return grams


def _term_evidence(
    symbols: Symbols, found: Occurrences, counts: sparse.csr_array, fitted: FittedView, offset: int
) -> Evidence:
    texts, n_columns = symbols.texts[found.positions], np.int64(counts.shape[1])
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    # Columns ascend within each text, so the cells of the counts are in order.
    cell = np.searchsorted(rows * n_columns + counts.indices, texts * n_columns + found.columns)
    shares = fitted.weigh(counts).data / counts.data
    return Evidence(
        texts,
        symbols.starts[found.positions],
        symbols.ends[found.positions + found.lengths - 1],
        (found.columns + offset).astype(np.int32),
        shares[cell],
    )
