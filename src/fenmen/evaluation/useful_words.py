"""What tells a topic apart: the terms that move its score most between texts with and without."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fenmen.evaluation.metrics import Bools, Floats
from fenmen.model.features import FeatureSpace
from fenmen.model.model import Model
from fenmen.model.reading import END, START

LONG_ENOUGH = 2  # a single character says nothing to a reader
COUNTS = "〔"  # begins what stands for the counts of seed words


@dataclass(frozen=True, slots=True)
class Word:
    """A term and how much more it adds, in log odds, to texts with the topic than to others."""

    text: str
    push: float


def useful_words(model: Model, texts: Sequence[str], truth: Bools, most: int) -> list[list[Word]]:
    """The most telling terms of each topic on labelled texts, strongest first.

    A weight alone would show rare terms: what counts is weight times use. Terms that read alike
    in several views are one; what stands within a stronger one, or around it, is not shown again.

    Args:
        truth: (n_texts, n_topics).
    """
    columns = FeatureSpace(model.tokenizer, model.views, model.taxonomy).transform(texts)
    terms = [_shown(view.view.kind, term, model) for view in model.views for term in view.terms]
    names, place = np.unique(np.array(terms), return_inverse=True)
    readable = np.isin(names, np.array(_readable(model)))
    found: list[list[Word]] = []
    for k in range(truth.shape[1]):
        has = truth[:, k]
        if not has.any() or has.all():
            found.append([])
            continue
        gap = np.asarray(columns[has].mean(axis=0) - columns[~has].mean(axis=0)).ravel()
        # Words of other topics speak for this one by their absence: true, and no help to a reader.
        push = np.maximum(gap, 0) * model.weights_of(k) * model.decision.slopes[k]
        summed = np.bincount(place, push, len(names)).astype(np.float64)
        found.append(_strongest(names.tolist(), np.where(readable, summed, 0), most))
    return found


def _readable(model: Model) -> list[str]:
    """The terms to show: runs of characters only where the model has no words; no pairs."""
    kinds = {view.view.kind for view in model.views}
    hidden = ("chars",) if kinds & {"words", "search"} else ()
    return [
        _shown(view.view.kind, term, model)
        for view in model.views
        for term in view.terms
        if view.view.kind not in hidden and not view.view.paired
    ]


def _shown(kind: str, term: str, model: Model) -> str:
    """A term as people read it; the seed words' counts are named by topic and measure."""
    if kind == "lexicon":
        topic, measure = term.split(":")
        name = next(t.name for t in model.taxonomy.topics if t.id == topic)
        return f"{COUNTS}{name} seed words: {measure}〕"
    return term.replace(" ", "").replace(START, "^").replace(END, "$")


def _strongest(names: Sequence[str], push: Floats, most: int) -> list[Word]:
    chosen: list[Word] = []
    for i in np.argsort(-push, kind="stable").tolist():
        text = names[i]
        if len(chosen) == most or push[i] <= 0:
            break
        shown = [word.text for word in chosen if not word.text.startswith(COUNTS)]
        if not _reads(text) or any(text in other or other in text for other in shown):
            continue
        chosen.append(Word(text, float(push[i])))
    return chosen


def _reads(text: str) -> bool:
    """Whether a term says something: no single character, no mark at its end."""
    if text.startswith(COUNTS):
        return True
    return len(text) >= LONG_ENOUGH and text[0].isalnum() and text[-1].isalnum()
