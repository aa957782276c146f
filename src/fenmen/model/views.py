"""Ways of looking at a text: blocks of TF-IDF columns over words, search words or characters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError

Kind = Literal["words", "search", "chars", "word_pairs", "char_pairs", "lexicon"]
Norm = Literal["l2", "l1", "none"]
Idf = Literal["learned", "plain", "root", "jieba", "none"]
Floats = NDArray[np.float32]
LONGEST = 8
USUAL_NGRAM = {"words": (1, 2), "chars": (1, 4), "word_pairs": (2, 2), "char_pairs": (2, 2)}
PAIRED = {"word_pairs": "words", "char_pairs": "chars"}


@dataclass(frozen=True, slots=True)
class View:
    """One block of columns; the fields mean what they mean in scikit-learn's TfidfVectorizer.

    Args:
        kind: words, search (search-mode words), chars, word_pairs and char_pairs (two of one
            text, wherever they stand; counted once a text), or lexicon (seed words of the topics;
            it takes no other field than `weight`).
        ngram: shortest and longest n-gram; if none: words 1-2, search 1, chars 1-4.
        min_df: a term stands in at least so many training texts.
        idf: `learned` on the training texts as scikit-learn smooths it, its square `root`, `plain`
            (ln n / df) on the same, from `jieba`'s background table (words only), or `none`.
        binary: count a term once a text.
        edges: n-grams may begin at the start of the text and end at its end.
        punctuation: punctuation counts as a word (words only; characters always include it).
        weight: what the whole block is multiplied with beside the other blocks.

    Raises:
        FenmenError: E_VIEW for a setting that does not exist or fit.
    """

    name: str
    kind: Kind = "words"
    ngram: tuple[int, int] = ()  # type: ignore[assignment]  # filled in on creation
    min_df: int = 1
    sublinear: bool = True
    norm: Norm = "l2"
    idf: Idf = "learned"
    binary: bool = False
    edges: bool = False
    punctuation: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        usual = USUAL_NGRAM.get(self.kind, (1, 1))
        object.__setattr__(self, "ngram", tuple(self.ngram or usual))
        faults = list(_faults(self))
        if faults:
            raise FenmenError(
                "E_VIEW",
                where=f"view {self.name!r}",
                what="; ".join(faults),
                fix="see conf/features/",
            )

    @property
    def reads(self) -> str:
        """Which row of symbols the view looks at: its kind, with a + if with punctuation."""
        return PAIRED.get(self.kind, self.kind) + "+" * self.punctuation

    @property
    def paired(self) -> bool:
        """Whether its terms are pairs of symbols that need not be neighbours."""
        return self.kind in PAIRED

    @property
    def spelled(self) -> bool:
        """Whether its terms are made of characters, not of words with spaces between."""
        return self.reads == "chars"

    def as_dict(self) -> dict[str, Any]:
        """Plain data that `view_from` reads back."""
        return asdict(self) | {"ngram": list(self.ngram)}


def view_from(data: Any, where: str) -> View:
    """A view from plain data.

    Raises:
        FenmenError: E_VIEW naming unknown or missing settings.
    """
    known = {field.name for field in fields(View)}
    if not isinstance(data, dict) or "name" not in data or set(data) - known:
        unknown = sorted(set(data) - known) if isinstance(data, dict) else [repr(data)]
        raise FenmenError(
            "E_VIEW",
            where=where,
            what=f"unknown {unknown} or no name",
            fix=f"choose of {sorted(known)}",
        )
    return View(**data)


def _faults(view: View) -> Sequence[str]:
    faults = []
    for name, choices in (
        ("kind", get_args(Kind)),
        ("norm", get_args(Norm)),
        ("idf", get_args(Idf)),
    ):
        if getattr(view, name) not in choices:
            faults.append(f"{name} {getattr(view, name)!r} is not one of {', '.join(choices)}")
    if len(view.ngram) != 2 or not 1 <= view.ngram[0] <= view.ngram[1] <= LONGEST:
        faults.append(f"ngram {list(view.ngram)} is not two numbers from 1 to {LONGEST}")
    if view.min_df < 1:
        faults.append(f"min_df {view.min_df} is less than 1")
    if not 0 < view.weight < float("inf"):
        faults.append(f"weight {view.weight} is not a positive number")
    if view.paired and (view.ngram != (2, 2) or view.edges):
        faults.append("pairs have no ngram and no edges")
    if view.punctuation and view.kind != "words":
        faults.append("only a view of words can count punctuation")
    if view.idf == "jieba" and view.spelled:
        faults.append("jieba's idf table knows words, not characters")
    return faults


@dataclass(frozen=True, slots=True)
class FittedView:
    """A view with its vocabulary: `terms` (n_columns,), parts joined by a space for words, and
    `idf` (n_columns,) float32.
    """

    view: View
    terms: tuple[str, ...]
    idf: Floats

    def weigh(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Counts (n_texts, n_columns) to the block's values, as TfidfVectorizer would give them."""
        return weigh(counts, self.view, self.idf)

    def keep(self, columns: NDArray[np.int64]) -> "FittedView":
        """The same view with these columns only."""
        return replace(self, terms=tuple(self.terms[c] for c in columns), idf=self.idf[columns])


def weigh(counts: sparse.csr_array, view: View, idf: Floats) -> sparse.csr_array:
    """Counts (n_texts, n_columns) to values: tf, idf, norm, weight; float64."""
    values = idf.take(counts.indices).astype(np.float64)
    if not (view.binary or view.paired):
        most = int(counts.data.max(initial=0))
        values *= term_frequencies(most, view.sublinear).take(counts.data)
    lengths = _lengths(values, counts.indptr, view.norm)
    values *= np.repeat(view.weight / lengths, np.diff(counts.indptr))
    return sparse.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)


def term_frequencies(most: int, sublinear: bool) -> NDArray[np.float64]:
    """What a term counts that stands 0, 1, … times in a text: few different numbers."""
    times = np.arange(most + 1, dtype=np.float64)
    if sublinear:
        times[1:] = 1.0 + np.log(times[1:])
    return times


def _lengths(values: NDArray[np.float64], rows: NDArray[Any], norm: Norm) -> NDArray[np.float64]:
    """The norm of each row, (n_texts,), 1 where a row is empty."""
    lengths = np.ones(len(rows) - 1)
    filled = np.flatnonzero(np.diff(rows))
    if norm != "none" and len(filled):
        # Each row is summed on its own: a text's score must not depend on its neighbours.
        sums = np.add.reduceat(values**2 if norm == "l2" else np.abs(values), rows[:-1][filled])
        lengths[filled] = np.sqrt(sums) if norm == "l2" else sums
    return lengths
