"""Fewer and smaller: weights that hardly count are dropped, and what that costs is measured."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.decision import Doubles
from fenmen.model.model import Model

Counts = Sequence[sparse.csr_array]


def prune(model: Model, counts: Counts, share: float) -> tuple[Model, Mapping[str, float]]:
    """Drop weights below a share of their topic's largest, and terms that are left without any.

    A dropped term no longer counts towards the length of a text's columns either.

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
    sizes = np.abs(model.weights)
    small = sizes < share * sizes.max(axis=0, initial=0.0)
    weights = np.where(small, np.float32(0.0), model.weights)
    kept = _kept_columns(model, weights)
    pruned = _with_columns(model, weights, kept)
    after = score_counts(
        pruned, [sparse.csr_array(c[:, k]) for c, k in zip(counts, kept, strict=True)]
    )
    decide, probabilities = model.decision.decide, model.decision.probabilities
    changed = decide(probabilities(before)) != decide(probabilities(after))
    return pruned, {
        "share": share,
        "zero_weights": float(np.mean(pruned.weights == 0)),
        "terms_left": pruned.weights.shape[0] / model.weights.shape[0],
        "decisions_changed": float(changed.mean()),
        "largest_change": float(np.abs(before - after).max(initial=0.0)),
    }


def score_counts(model: Model, counts: Counts) -> Doubles:
    """The model's scores of texts whose terms have been counted, (n_texts, n_topics)."""
    scores = np.tile(model.intercept.astype(np.float64), (counts[0].shape[0], 1))
    first = 0
    for fitted, one in zip(model.views, counts, strict=True):
        values = one * fitted.view.weight if fitted.view.kind == "lexicon" else fitted.weigh(one)
        scores += values @ model.weights[first : first + one.shape[1]].astype(np.float64)
        first += one.shape[1]
    return scores


def _kept_columns(model: Model, weights: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """The columns of each view that keep a weight; views of one vocabulary keep the same."""
    starts = np.cumsum([0, *(len(view.terms) for view in model.views)])
    used: dict[int, NDArray[np.bool_]] = {}
    for view, first in zip(model.views, starts, strict=False):
        rows = weights[first : first + len(view.terms)].any(axis=1) | (view.view.kind == "lexicon")
        used[id(view.terms)] = used.get(id(view.terms), np.zeros_like(rows)) | rows
    return [np.flatnonzero(used[id(view.terms)]) for view in model.views]


def _with_columns(
    model: Model, weights: NDArray[np.float32], kept: Sequence[NDArray[np.int64]]
) -> Model:
    terms: dict[int, tuple[str, ...]] = {}
    views, rows, first = [], [], 0
    for view, columns in zip(model.views, kept, strict=True):
        names = terms.setdefault(id(view.terms), tuple(view.terms[c] for c in columns.tolist()))
        views.append(replace(view, terms=names, idf=view.idf[columns]))
        rows.append(columns + first)
        first += len(view.terms)
    return replace(model, views=tuple(views), weights=weights[np.concatenate(rows)])
