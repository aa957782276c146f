"""The columns of a model: every view's block side by side, the same in training and serving."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.characters import CharacterReader
from fenmen.model.grams import Grams, Occurrences
from fenmen.model.lexicon import MEASURES, Lexicon
from fenmen.model.pairs import Pairs
from fenmen.model.reading import Ints, Symbols, WordReader, arrange, piece_lengths
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.model.vocabulary import alphabet_of_terms, character_rows, read_words
from fenmen.simplified import simplify
from fenmen.taxonomy import Taxonomy

BATCH = 512  # texts tokenised and counted at a time: bounds the memory of any number of texts


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


class FeatureSpace:
    """Turns texts into the columns of fitted views, in their order; safe to use from threads."""

    def __init__(
        self, tokenizer: Tokenizer, views: Sequence[FittedView], taxonomy: Taxonomy
    ) -> None:
        self.views = tuple(views)
        self._tokenizer = tokenizer
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
        self._words = (
            WordReader(tokenizer, numbers, _needs_unknown(views))
            if kinds & {"words", "search"}
            else None
        )
        self._characters = CharacterReader(alphabet) if "chars" in kinds else None
        self._lexicon = Lexicon(taxonomy) if "lexicon" in kinds else None
        self._grams = [grams.get(id(fitted.terms)) for fitted in views]
        self.widths = tuple(len(fitted.terms) for fitted in views)
        self.n_columns = sum(self.widths)

    def transform(
        self, texts: Sequence[str], cuts: Sequence[Ints] | None = None
    ) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        parts = list(self.batches(texts, cuts)) or [sparse.csr_array((0, self.n_columns))]
        return sparse.csr_array(sparse.vstack(parts, format="csr"))

    def batches(
        self, texts: Sequence[str], cuts: Sequence[Ints] | None = None
    ) -> Iterator[sparse.csr_array]:
        """The columns of the texts a batch at a time; `cuts` are the texts' own from `cut`."""
        for first in range(0, len(texts), BATCH):
            some = slice(first, first + BATCH)
            simple = [simplify(text) for text in texts[some]]
            blocks = self._blocks(simple, None if cuts is None else cuts[some])
            yield sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def cut(self, texts: Sequence[str], always: bool = False) -> list[Ints]:
        """The lengths of the pieces of each text, so that each is tokenised once.

        Empty if no view looks at words and they are not wanted `always`.
        """
        if self._words is None and not always:
            return [np.empty(0, np.int32)] * len(texts)
        return [piece_lengths(self._tokenizer.pieces(text)) for text in texts]

    def _blocks(
        self, texts: Sequence[str], cuts: Sequence[Ints] | None = None
    ) -> list[sparse.csr_array]:
        symbols = self._read(texts, places=False, cuts=cuts)
        counted: dict[tuple[str, int], sparse.csr_array] = {}
        blocks = []
        for fitted, grams in zip(self.views, self._grams, strict=True):
            if fitted.view.kind == "lexicon":
                assert self._lexicon is not None
                blocks.append(self._lexicon.measure(texts) * fitted.view.weight)
                continue
            assert grams is not None
            row, key = symbols[fitted.view.reads], (fitted.view.reads, id(grams))
            if key not in counted:
                shape = (len(texts), len(fitted.terms))
                counted[key] = count(row, _find(grams, row), shape)
            blocks.append(fitted.weigh(counted[key]))
        return blocks

    def evidence(self, texts: Sequence[str], cuts: Sequence[Ints] | None = None) -> Evidence:
        """Where the columns of the texts get their values."""
        texts = [simplify(text) for text in texts]
        symbols = self._read(texts, places=True, cuts=cuts)
        counted: dict[tuple[str, int], tuple[Occurrences, sparse.csr_array]] = {}
        parts, offset = [], 0
        for fitted, grams in zip(self.views, self._grams, strict=True):
            if grams is None:
                parts.append(self._seed_evidence(texts, fitted.view.weight, offset))
            else:
                row, key = symbols[fitted.view.reads], (fitted.view.reads, id(grams))
                if key not in counted:
                    found = _find(grams, row)
                    counted[key] = found, count(row, found, (len(texts), len(fitted.terms)))
                parts.append(_term_evidence(row, *counted[key], fitted, offset))
            offset += len(fitted.terms)
        return Evidence(
            np.concatenate([p.texts for p in parts]),
            np.concatenate([p.starts for p in parts]),
            np.concatenate([p.ends for p in parts]),
            np.concatenate([p.columns for p in parts]),
            np.concatenate([p.values for p in parts]),
        )

    def _seed_evidence(self, texts: Sequence[str], weight: float, offset: int) -> Evidence:
        assert self._lexicon is not None
        hits = self._lexicon.find(texts)
        measures = len(MEASURES)
        columns = np.repeat(hits.topics * measures, measures) + np.tile(
            np.arange(measures), len(hits.topics)
        )
        rows = np.repeat(hits.texts, measures)
        values = self._lexicon.measure(texts).toarray() * weight
        cells = rows * values.shape[1] + columns
        counts = np.bincount(cells, minlength=values.size)
        return Evidence(
            rows.astype(np.int32),
            np.repeat(hits.starts, measures).astype(np.int32),
            np.repeat(hits.ends, measures).astype(np.int32),
            (columns + offset).astype(np.int32),
            values.ravel()[cells] / counts[cells],
        )

    def _read(
        self, texts: Sequence[str], places: bool, cuts: Sequence[Ints] | None = None
    ) -> dict[str, Symbols]:
        """The symbols of the texts for each kind of view, from one tokenisation."""
        symbols = {}
        if self._words is not None:
            row = arrange(texts, self.cut(texts) if cuts is None else cuts)
            for wanted in {fitted.view.reads for fitted in self.views} - {"chars", "lexicon"}:
                symbols[wanted] = (
                    self._words.search_words(row, places)
                    if wanted == "search"
                    else self._words.words(row, places, punctuation=wanted == "words+")
                )
        if self._characters is not None:
            symbols["chars"] = self._characters.read(texts, places)
        return symbols


def _needs_unknown(views: Sequence[FittedView]) -> bool:
    return any(fitted.view.kind == "search" and fitted.view.ngram[1] > 1 for fitted in views)


def count(symbols: Symbols, found: Occurrences, shape: tuple[int, int]) -> sparse.csr_array:
    """How often each term stands in each text, (n_texts, n_columns), columns ascending."""
    cells = symbols.texts[found.positions].astype(np.int64) * shape[1] + found.columns
    cells.sort()
    firsts = np.flatnonzero(np.diff(cells, prepend=-1))
    counts = np.diff(firsts, append=len(cells))
    rows, columns = np.divmod(cells[firsts], shape[1])
    pointers = np.searchsorted(rows, np.arange(shape[0] + 1))
    return sparse.csr_array(
        (counts, columns.astype(np.int32), pointers.astype(np.int32)), shape=shape
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
