"""Scores a bundle on labelled examples, whole and by slice, beside the keyword rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fenmen.corpus.schema import Example
from fenmen.errors import FenmenError
from fenmen.evaluation import metrics
from fenmen.evaluation.figures import DIGITS, Outcome, by_slice, figures
from fenmen.evaluation.keyword_rule import keyword_rule
from fenmen.model.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A bundle, the examples it was asked about, what it said, and the figures of that."""

    bundle: Bundle
    examples: Sequence[Example]
    outcome: Outcome
    found: dict[str, Any]


def evaluate(bundle: Bundle, examples: Sequence[Example]) -> dict[str, Any]:
    """All figures of a bundle on examples of its own taxonomy, as plain data; see `examine`."""
    return examine(bundle, examples).found


def examine(bundle: Bundle, examples: Sequence[Example]) -> Evaluated:
    """Decide examples of a bundle's own taxonomy and count all figures, as plain data.

    Raises:
        FenmenError: E_EVALUATE if there is no example, E_TOPIC if one has a topic that the
            bundle does not know.
    """
    outcome = decide(bundle, examples)
    return Evaluated(bundle, examples, outcome, _figures(bundle, examples, outcome))


def _figures(bundle: Bundle, examples: Sequence[Example], outcome: Outcome) -> dict[str, Any]:
    """The figures, whole and by slice, beside those of the keyword rule."""
    found = figures(outcome, bundle.taxonomy, bundle.scorer.thresholds.tolist())
    registers = [example.register for example in examples]
    if len(set(registers)) > 1:
        found["registers"] = by_slice(outcome, registers)
        kinds = [_kind(example) for example in examples]
        found["kinds"] = by_slice(outcome, kinds)
    if bundle.taxonomy.has_seed_words:
        texts = [example.document for example in examples]
        rule = keyword_rule(texts, bundle.taxonomy)
        found["keyword_rule"] = {
            "macro_f1": round(metrics.macro_f1(outcome.truth, rule), DIGITS),
            "micro_f1": round(metrics.micro_f1(outcome.truth, rule), DIGITS),
        }
    return found


def decide(bundle: Bundle, examples: Sequence[Example]) -> Outcome:
    """What a bundle says of labelled examples."""
    if not examples:
        raise FenmenError(
            "E_EVALUATE", where="test part", what="holds no example", fix="prepare a larger corpus"
        )
    ids = bundle.taxonomy.ids
    if unknown := {topic for example in examples for topic in example.topics} - set(ids):
        raise FenmenError(
            "E_TOPIC",
            where="test part",
            what=f"has topics {sorted(unknown)} that the model does not know",
            fix="evaluate it on the corpus that it was trained for",
        )
    scorer = bundle.scorer
    probability = scorer.probabilities(scorer.score([example.document for example in examples]))
    return Outcome(
        truth=np.array([[topic in e.topics for topic in ids] for e in examples], dtype=bool),
        probability=probability,
        decided=scorer.decide(probability),
        review=scorer.in_review(probability),
        groups=[example.group for example in examples],
    )


def _kind(example: Example) -> str:
    """Which sort of difficulty an example is."""
    if example.confusion:
        return "hard negative"
    if not example.topics:
        return "no topic"
    return "one topic" if len(example.topics) == 1 else "several topics"
