"""What a model is, in lines that a person reads."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from fenmen.model.views import FittedView
from fenmen.tagging.tagger import Tagger

# Views whose terms a person can read, best first; of the others only if there are none.
_READABLE = ("words", "search", "chars", "lexicon", "word_pairs", "char_pairs")
_SEVERAL = ("words", "search")


def describe(tagger: Tagger, words: int) -> Iterator[str]:
    """The model's id, size and figures, then each topic with its most telling words."""
    model, manifest = tagger.bundle.model, tagger.bundle.manifest
    metrics: Mapping[str, Any] = manifest.get("metrics", {})
    yield f"model {tagger.bundle.model_id}  digest {tagger.bundle.digest}"
    views = ", ".join(f"{v.view.name} {len(v.terms):,}" for v in model.views)
    yield f"taxonomy {model.taxonomy.name}: {len(tagger.topics)} topics; columns: {views}"
    if overall := metrics.get("overall"):
        figures = ", ".join(f"{n} {v:g}" for n, v in overall.items() if isinstance(v, float))
        yield f"figures of its training ({metrics.get('rows', '?')} texts): {figures}"
    for k, topic in enumerate(tagger.topics):
        yield ""
        yield f"{topic.id}  {topic.name}  threshold {tagger.scorer.thresholds[k]:.2f}"
        if own := metrics.get("topics", {}).get(topic.id):
            names = ("precision", "recall", "f1", "support")
            yield "  " + ", ".join(f"{name} {own[name]:g}" for name in names if name in own)
        yield "  " + "、".join(telling_words(tagger, k, words))


def telling_words(tagger: Tagger, topic: int, most: int) -> list[str]:
    """The words that speak most for a topic, each as it counts once in a text."""
    model = tagger.bundle.model
    kinds = {fitted.view.kind for fitted in model.views}
    first = next(kind for kind in _READABLE if kind in kinds)
    wanted = _SEVERAL if first in _SEVERAL else (first,)
    strength: dict[str, float] = {}
    offset, of_topic = 0, model.weights_of(topic)
    for fitted in model.views:
        weights = of_topic[offset : offset + len(fitted.terms)]
        offset += len(fitted.terms)
        if fitted.view.kind in wanted:
            for term, value in _strongest(fitted, weights, 4 * most):
                strength[term] = max(strength.get(term, 0.0), value)
    return sorted(strength, key=lambda term: (-strength[term], term))[:most]


def _strongest(
    fitted: FittedView, weights: npt.NDArray[np.float32], most: int
) -> Iterator[tuple[str, float]]:
    """Terms by what they add to a score, those first that also occur often."""
    # A learned idf is 1 - ln(share of texts with the term); the root of that share keeps the words
    # of a single text from the top.
    often = np.exp((1.0 - np.maximum(fitted.idf, 1.0)) / 2)
    strength = weights * fitted.idf * often * fitted.view.weight
    for column in np.argsort(-strength, kind="stable")[:most].tolist():
        if strength[column] > 0:
            yield _shown(fitted, fitted.terms[column]), float(strength[column])


def _shown(fitted: FittedView, term: str) -> str:
    parts = term.split(" ") if fitted.view.kind in _SEVERAL else [term]
    latin = all(part.isascii() for part in parts)
    return "".join(filter(str.isprintable, (" " if latin else "").join(parts)))
