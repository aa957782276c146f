"""The worst mistakes, each with the words that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenmen.corpus.schema import Example
from fenmen.evaluation.figures import Outcome
from fenmen.evaluation.metrics import Floats
from fenmen.model.scorer import Explained, Scorer


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text with wrong topics, given by their columns; `words` are those of its worst topic.

    `distance` is how far, in log odds, that topic is on the wrong side. A word is its start and
    end in the text and what it adds to the topic's score.
    """

    example: Example
    missed: tuple[int, ...]
    wrong: tuple[int, ...]
    worst: int
    probability: float
    distance: float
    words: tuple[tuple[int, int, float], ...]


def worst_mistakes(
    scorer: Scorer, examples: Sequence[Example], outcome: Outcome, most: int
) -> list[Mistake]:
    """Texts with wrong topics, those first where the model was most sure of its error."""
    error = outcome.truth != outcome.decided
    distances = np.where(error, scorer.decision.distances(outcome.probability), -1.0)
    rows = np.flatnonzero(error.any(axis=1))
    ranked = rows[np.argsort(-distances[rows].max(axis=1), kind="stable")][:most]
    return [_mistake(scorer, examples[i], outcome, i, distances[i]) for i in ranked.tolist()]


def _mistake(
    scorer: Scorer, example: Example, outcome: Outcome, row: int, distances: Floats
) -> Mistake:
    truth, decided, worst = outcome.truth[row], outcome.decided[row], int(np.argmax(distances))
    return Mistake(
        example,
        tuple(np.flatnonzero(truth & ~decided).tolist()),
        tuple(np.flatnonzero(decided & ~truth).tolist()),
        worst,
        float(outcome.probability[row, worst]),
        float(distances[worst]),
        tuple(evidence_words(scorer, example.document, worst)),
    )


def evidence_words(scorer: Scorer, text: str, topic: int) -> list[tuple[int, int, float]]:
    """What each word of a text adds to a topic's score; terms are spread over their characters."""
    weights = _by_character(scorer.explain(text), len(text), topic)
    spans = scorer.word_spans(text)
    return [(start, end, float(weights[start:end].sum())) for start, end in spans]


def _by_character(explained: Explained, length: int, topic: int) -> npt.NDArray[np.float64]:
    begins, ends = explained.spans.T
    share = explained.weights[:, topic] / np.maximum(ends - begins, 1)
    steps = np.zeros(length + 1)
    np.add.at(steps, begins, share)
    np.add.at(steps, ends, -share)
    return np.asarray(np.cumsum(steps)[:length])
