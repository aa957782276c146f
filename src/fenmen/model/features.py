"""The columns of a model: every view's block side by side, the same in training and serving."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.characters import CharacterReader
from fenmen.model.counting import Counted, count, count_in_order
from fenmen.model.cutter import cutter_of
from fenmen.model.grams import Grams, Occurrences
from fenmen.model.lexicon import MEASURES, Lexicon, SeedHits
from fenmen.model.pairs import Pairs
from fenmen.model.reading import Ints, Symbols
from fenmen.model.sheet import Sheet, lay, spread
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.model.vocabulary import alphabet_of_terms, character_rows, read_words
from fenmen.model.wordlist import Places
from fenmen.model.words import CutSheet, WordFinder, cut
from fenmen.taxonomy import Taxonomy

CHARACTERS = 300_000  # of texts read at a time


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where columns get their values: occurrence i of column `columns[i]` stands at the characters
    [starts[i], ends[i]) of text `texts[i]` of those asked for and has `values[i]`, an equal share
    of the value; all (n,).
    """

    texts: Places
    starts: Places
    ends: Places
    columns: Places
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """Some texts laid out, and cut if a view looks at words; what is found in them is noted here.

    With `is_kept` it is noted so that `evidence` need not look again.
    """

    sheet: Sheet
    cut: CutSheet | None
    is_kept: bool = False
    symbols: dict[str, Symbols] = field(default_factory=dict)
    counts: dict[tuple[str, int], sparse.csr_array] = field(default_factory=dict)
    counted: dict[tuple[str, int], Counted] = field(default_factory=dict)
    hits: list[SeedHits] = field(default_factory=list)


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
        self.tokenizer = tokenizer
        self.words = (
            WordFinder(tokenizer, cutter_of(tokenizer), numbers, _in_order(views))
            if kinds & {"words", "search"}
            else None
        )
        self.characters = CharacterReader(alphabet) if "chars" in kinds else None
        self.lexicon = Lexicon(taxonomy) if "lexicon" in kinds else None
        self.grams = [grams.get(id(fitted.terms)) for fitted in views]
        self.widths = tuple(len(fitted.terms) for fitted in views)
        self.n_columns = sum(self.widths)

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        parts = [self.columns(self.read(some)) for some in batches(texts)]
        return sparse.csr_array(
            sparse.vstack(parts or [sparse.csr_array((0, self.n_columns))], format="csr")
        )

    def read(self, texts: Sequence[str], keep: bool = False) -> Reading:
        """Lay out and cut some texts, once for columns and, with `keep`, evidence.

        They are not cut if no view looks at words and nothing is kept for people, who do.
        """
        sheet = lay(texts)
        is_cut = keep or self.words is not None
        return Reading(sheet, cut(sheet, cutter_of(self.tokenizer)) if is_cut else None, keep)

    def columns(self, reading: Reading) -> sparse.csr_array:
        """The columns of the texts, (n_texts, n_columns), float64."""
        pairs = zip(self.views, self.grams, strict=True)
        blocks = [self.block(reading, fitted, grams) for fitted, grams in pairs]
        if len(blocks) == 1:
            return blocks[0]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def evidence(self, reading: Reading, texts: Places) -> Evidence:
        """Where the columns of some of the texts get their values; texts also several times."""
        parts, offset = [], 0
        for fitted, grams in zip(self.views, self.grams, strict=True):
            parts.append(self.evidence_of(reading, fitted, grams, texts))
            parts[-1].columns[:] += offset
            offset += len(fitted.terms)
        return Evidence(*(np.concatenate(own) for own in zip(*map(_arrays, parts), strict=True)))

    def evidence_of(
        self, reading: Reading, fitted: FittedView, grams: Grams | Pairs | None, texts: Places
    ) -> Evidence:
        """The same for one view, whose first column is 0."""
        if grams is None:
            found = self._seed_evidence(reading, fitted.view.weight, texts)
        else:
            found = _term_evidence(self._counted(reading, fitted, grams), fitted, texts)
        which, starts, ends, columns, values = _arrays(found)
        return Evidence(which, *_within(reading.sheet, texts[which], starts, ends), columns, values)

    def block(
        self, reading: Reading, fitted: FittedView, grams: Grams | Pairs | None
    ) -> sparse.csr_array:
        """A view's own columns of the texts, (n_texts, n_terms), float64."""
        if grams is not None:
            return fitted.weigh(self._counts(reading, fitted, grams))
        assert self.lexicon is not None
        block = self.lexicon.measured(self.hits(reading), reading.sheet.sizes)
        block *= fitted.view.weight
        return block

    def _counts(
        self, reading: Reading, fitted: FittedView, grams: Grams | Pairs
    ) -> sparse.csr_array:
        if reading.is_kept:
            return self._counted(reading, fitted, grams).counts
        key = fitted.view.reads, id(grams)
        if key not in reading.counts:
            row = self._symbols(reading, fitted.view.reads)
            shape = (len(reading.sheet.sizes), len(fitted.terms))
            reading.counts[key] = count(row, _find(grams, row), shape)
        return reading.counts[key]

    def _counted(self, reading: Reading, fitted: FittedView, grams: Grams | Pairs) -> Counted:
        key = fitted.view.reads, id(grams)
        if key not in reading.counted:
            row = self._symbols(reading, fitted.view.reads)
            shape = (len(reading.sheet.sizes), len(fitted.terms))
            reading.counted[key] = count_in_order(row, _find(grams, row), shape)
        return reading.counted[key]

    def last_symbol(self, fitted: FittedView) -> int:
        """The highest number of a symbol that the view looks at."""
        if fitted.view.spelled:
            assert self.characters is not None
            return self.characters.last
        assert self.words is not None
        return self.words.last

    def hits(self, reading: Reading) -> SeedHits:
        """The seed words in the texts."""
        assert self.lexicon is not None
        if not reading.hits:
            reading.hits.append(self.lexicon.find(reading.sheet))
        return reading.hits[0]

    def _symbols(self, reading: Reading, kind: str) -> Symbols:
        """The symbols of the texts for a kind of view."""
        if kind not in reading.symbols:
            reading.symbols[kind] = self._read_symbols(reading, kind)
        return reading.symbols[kind]

    def _read_symbols(self, reading: Reading, kind: str) -> Symbols:
        if kind == "chars":
            assert self.characters is not None
            return self.characters.symbols(reading.sheet)
        assert self.words is not None
        assert reading.cut is not None
        if kind == "search":
            return self.words.search_words(reading.cut)
        return self.words.words(reading.cut, punctuation=kind == "words+")

    def _seed_evidence(self, reading: Reading, weight: float, texts: Places) -> Evidence:
        assert self.lexicon is not None
        hits, measures = self.hits(reading), len(MEASURES)
        order = np.argsort(hits.texts, kind="stable")
        ascending = hits.texts[order]
        firsts, lasts = (np.searchsorted(ascending, texts, side=s) for s in ("left", "right"))
        of_texts = np.repeat(order[spread(firsts, lasts - firsts)], measures)
        which = np.repeat(np.repeat(np.arange(len(texts)), lasts - firsts), measures)
        columns = hits.topics[of_texts] * measures
        columns += np.tile(np.arange(measures), len(columns) // measures)
        values = self.lexicon.measured(hits, reading.sheet.sizes).toarray() * weight
        counts = np.bincount(hits.texts * values.shape[1] + hits.topics, minlength=values.size)
        rows = hits.texts[of_texts]
        shares = values[rows, columns] / counts[rows * values.shape[1] + hits.topics[of_texts]]
        return Evidence(which, hits.starts[of_texts], hits.ends[of_texts], columns, shares)


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


def _arrays(part: Evidence) -> tuple[NDArray[Any], ...]:
    return part.texts, part.starts, part.ends, part.columns, part.values


def _term_evidence(counted: Counted, fitted: FittedView, texts: Places) -> Evidence:
    which, places, numbers = counted.of_texts(texts)
    counts, found = counted.counts, counted.found
    shares = np.repeat(fitted.weigh(counts).data / counts.data, counts.data)
    firsts = found.positions.take(numbers)
    lasts = firsts + (found.lengths.take(numbers) - 1)
    return Evidence(
        which,
        counted.row.starts.take(firsts),
        counted.row.ends.take(lasts),
        found.columns.take(numbers).astype(np.int64),
        shares.take(places),
    )


def _within(sheet: Sheet, texts: Places, starts: Places, ends: Places) -> tuple[Places, Places]:
    """Places in a row of texts by their own texts, where marks have no length."""
    begins, sizes = sheet.firsts.take(texts), sheet.sizes.take(texts)
    starts, ends = starts - begins, ends - begins
    np.minimum(np.maximum(starts, 0, out=starts), sizes, out=starts)
    np.minimum(np.maximum(ends, 0, out=ends), sizes, out=ends)
    return starts, ends
