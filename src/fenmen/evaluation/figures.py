"""All figures of one evaluation as plain data, and the table a person reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fenmen.evaluation import metrics
from fenmen.evaluation.metrics import Bools, Floats
from fenmen.evaluation.resampling import Resampled
from fenmen.taxonomy import Taxonomy

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model said of labelled texts; every array is (n, n_topics)."""

    truth: Bools
    probability: Floats
    decided: Bools
    review: Bools
    groups: Sequence[str]


def figures(outcome: Outcome, taxonomy: Taxonomy, thresholds: Sequence[float]) -> dict[str, Any]:
    """Every figure of an evaluation, rounded, in a fixed order: the text of metrics.json."""
    draws = Resampled(outcome.truth, outcome.decided, outcome.groups)
    return {
        "rows": len(outcome.truth),
        "overall": overall(outcome, draws),
        "review": review(outcome),
        "topics": {
            topic: _of_topic(outcome, k, thresholds[k], draws)
            for k, topic in enumerate(taxonomy.ids)
        },
    }


def overall(outcome: Outcome, draws: Resampled) -> dict[str, Any]:
    """Micro, macro, subset, calibration, with 95 % intervals by group for the first three."""
    truth, decided = outcome.truth, outcome.decided
    pooled = metrics.scores(truth, decided)
    found = {
        "micro_precision": pooled.precision,
        "micro_recall": pooled.recall,
        "micro_f1": pooled.f1,
        "macro_f1": metrics.macro_f1(truth, decided),
        "subset_accuracy": metrics.subset_accuracy(truth, decided),
        "average_precision": _mean_average_precision(outcome),
        "calibration_error": metrics.calibration_error(truth, outcome.probability),
        "brier": metrics.brier(truth, outcome.probability),
    }
    rounded: dict[str, Any] = {name: round(value, DIGITS) for name, value in found.items()}
    for name in ("micro_f1", "macro_f1", "subset_accuracy"):
        rounded[f"{name}_interval"] = [round(bound, DIGITS) for bound in draws.interval(name)]
    return rounded


def _mean_average_precision(outcome: Outcome) -> float:
    """The mean over the topics that occur."""
    present = np.flatnonzero(outcome.truth.any(axis=0))
    found = [
        metrics.average_precision(outcome.truth[:, k], outcome.probability[:, k]) for k in present
    ]
    return float(np.mean(found)) if found else 0.0


def review(outcome: Outcome) -> dict[str, float]:
    """How much a person is asked to look at, and how often what is not shown is wrong."""
    doubtful = outcome.review.any(axis=1)
    wrong = (outcome.truth != outcome.decided).any(axis=1)
    return {
        "share": round(float(doubtful.mean()), DIGITS),
        "error_rate_outside": round(
            float(wrong[~doubtful].mean()) if not doubtful.all() else 0, DIGITS
        ),
        "error_rate_inside": round(float(wrong[doubtful].mean()) if doubtful.any() else 0, DIGITS),
    }


def _of_topic(outcome: Outcome, k: int, threshold: float, draws: Resampled) -> dict[str, Any]:
    truth, decided = outcome.truth[:, [k]], outcome.decided[:, [k]]
    score = metrics.scores(truth, decided)
    low, high = draws.topic_interval(k)
    precision = metrics.average_precision(truth[:, 0], outcome.probability[:, k])
    return {
        "precision": round(score.precision, DIGITS),
        "recall": round(score.recall, DIGITS),
        "f1": round(score.f1, DIGITS),
        "f1_interval": [round(low, DIGITS), round(high, DIGITS)],
        "average_precision": None if np.isnan(precision) else round(precision, DIGITS),
        "calibration_error": round(
            metrics.calibration_error(truth[:, 0], outcome.probability[:, k]), DIGITS
        ),
        "brier": round(metrics.brier(truth[:, 0], outcome.probability[:, k]), DIGITS),
        "review_share": round(float(outcome.review[:, k].mean()), DIGITS),
        "threshold": round(float(threshold), DIGITS),
        "support": score.support,
    }


def by_slice(outcome: Outcome, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Rows, F1 and subset accuracy of each slice, such as a register; names is (n,).

    Macro F1 is the mean over the topics that occur in the slice.
    """
    found = {}
    for name in sorted(set(names)):
        rows = np.array([other == name for other in names])
        truth, decided = outcome.truth[rows], outcome.decided[rows]
        found[name] = {
            "rows": int(rows.sum()),
            "micro_f1": round(metrics.micro_f1(truth, decided), DIGITS),
            "macro_f1": round(_macro_of_present(truth, decided), DIGITS),
            "subset_accuracy": round(metrics.subset_accuracy(truth, decided), DIGITS),
        }
    return found


def _macro_of_present(truth: Bools, decided: Bools) -> float:
    present = truth.any(axis=0)
    return metrics.macro_f1(truth[:, present], decided[:, present]) if present.any() else 1.0


def table_rows(found: Mapping[str, Any], taxonomy: Taxonomy) -> list[tuple[str, ...]]:
    """The rows of the table: each topic, then micro, macro and subset; six cells a row."""
    rows = [
        (
            f"{topic.name} {topic.id}",
            *(f"{found['topics'][topic.id][cell]:.3f}" for cell in ("precision", "recall", "f1")),
            f"{found['topics'][topic.id]['threshold']:.2f}",
            str(found["topics"][topic.id]["support"]),
        )
        for topic in taxonomy.topics
    ]
    total = found["overall"]
    micro = (f"{total[f'micro_{cell}']:.3f}" for cell in ("precision", "recall", "f1"))
    rows.append(("micro", *micro, "", str(found["rows"])))
    rows.append(("macro", "", "", f"{total['macro_f1']:.3f}", "", ""))
    rows.append(("subset", "", "", f"{total['subset_accuracy']:.3f}", "", ""))
    return rows
