"""Fewer and smaller: weights that hardly count are dropped, and what that costs is measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.decision import Doubles
from fenmen.model.learning import text_frequency
from fenmen.model.model import Model

Counts = Sequence[sparse.csr_array]


def prune(model: Model, counts: Counts, share: float) -> tuple[Model, Mapping[str, float]]:
    """Drop weights that add little to any text, and terms that are left without any.

    A weight adds itself times what its column usually holds. It is dropped if that is less than
    `share` of the most that any weight adds to the same topic. A dropped term no longer counts
    towards the length of a text's columns either.

    Args:
        counts: of each view's terms in the training texts, (n_texts, n_terms); of a lexicon view
            its values.

    Returns:
        The pruned model and, on the training texts: the share of weights that are zero, of terms
        that are left, of decisions that changed, and the largest change of a score.
    """
    if not share:
        return model, {}
    before = score_counts(model, counts)
    weights = _without_small(model.weights, _usual_values(model, counts), share)
    kept = _kept_columns(model, weights)
    pruned = _with_columns(model, weights, kept)
    after = score_counts(
        pruned, [sparse.csr_array(c[:, k]) for c, k in zip(counts, kept, strict=True)]
    )
    decide, probabilities = model.decision.decide, model.decision.probabilities
    changed = decide(probabilities(before)) != decide(probabilities(after))
    return pruned, {
        "share": share,
        "zero_weights": 1 - pruned.weights.nnz / max(int(np.prod(pruned.weights.shape)), 1),
        "terms_left": pruned.weights.shape[0] / model.weights.shape[0],
        "decisions_changed": float(changed.mean()),
        "largest_change": float(np.abs(before - after).max(initial=0.0)),
    }


def _values(model: Model, counts: Counts) -> Iterator[sparse.csr_array]:
    for fitted, one in zip(model.views, counts, strict=True):
        yield one * fitted.view.weight if fitted.view.kind == "lexicon" else fitted.weigh(one)


def _usual_values(model: Model, counts: Counts) -> NDArray[np.float32]:
    """The root mean square of what each column holds where it is not zero, (n_columns,)."""
    usual = []
    for values in _values(model, counts):
        squares = np.bincount(values.indices, values.data**2, minlength=values.shape[1])
        usual.append(np.sqrt(squares / np.maximum(text_frequency(values), 1)))
    return np.concatenate(usual).astype(np.float32)


def _without_small(
    weights: sparse.csr_array, usual: NDArray[np.float32], share: float
) -> sparse.csr_array:
    added = np.abs(weights.data) * np.repeat(usual, np.diff(weights.indptr))
    most = np.zeros(weights.shape[1], np.float32)
    np.maximum.at(most, weights.indices, added)
    kept = added >= share * most[weights.indices]
    ends = np.append(0, np.cumsum(kept))[weights.indptr]
    return sparse.csr_array(
        (weights.data[kept], weights.indices[kept], ends.astype(np.int32)), shape=weights.shape
    )


def score_counts(model: Model, counts: Counts) -> Doubles:
    """The model's scores of texts whose terms have been counted, (n_texts, n_topics)."""
    scores = np.tile(model.intercept.astype(np.float64), (counts[0].shape[0], 1))
    first = 0
    for values in _values(model, counts):
        part = model.weights[first : first + values.shape[1]].astype(np.float64)
        scores += (values @ part).toarray()
        first += values.shape[1]
    return scores


def _kept_columns(model: Model, weights: sparse.csr_array) -> list[NDArray[np.int64]]:
    """The columns of each view that keep a weight; views of one vocabulary keep the same."""
    starts = np.cumsum([0, *(len(view.terms) for view in model.views)])
    used: dict[int, NDArray[np.bool_]] = {}
    filled = np.diff(weights.indptr) > 0
    for view, first in zip(model.views, starts, strict=False):
        rows = filled[first : first + len(view.terms)] | (view.view.kind == "lexicon")
        used[id(view.terms)] = used.get(id(view.terms), np.zeros_like(rows)) | rows
    return [np.flatnonzero(used[id(view.terms)]) for view in model.views]


def _with_columns(
    model: Model, weights: sparse.csr_array, kept: Sequence[NDArray[np.int64]]
) -> Model:
    terms: dict[int, tuple[str, ...]] = {}
    views, rows, first = [], [], 0
    for view, columns in zip(model.views, kept, strict=True):
        names = terms.setdefault(id(view.terms), tuple(view.terms[c] for c in columns.tolist()))
        views.append(replace(view, terms=names, idf=view.idf[columns]))
        rows.append(columns + first)
        first += len(view.terms)
    return replace(model, views=tuple(views), weights=weights[np.concatenate(rows)])
