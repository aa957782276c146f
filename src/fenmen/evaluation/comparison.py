"""Two models on the same texts: what got better, what got worse."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fenmen.errors import FenmenError
from fenmen.evaluation import metrics
from fenmen.evaluation.evaluate import Evaluated, decide
from fenmen.evaluation.figures import Outcome
from fenmen.evaluation.resampling import Resampled
from fenmen.model.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the earlier model and of this one, and the 95 % interval of the difference."""

    name: str
    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`better` and `worse` are rows of texts whose topics were wrong before, or are wrong now.

    `both_wrong` counts the texts that neither has right. `caution` says what makes the comparison
    unfair, if anything does.
    """

    earlier: Bundle
    outcome: Outcome
    overall: tuple[Change, ...]
    topics: tuple[Change, ...]
    better: tuple[int, ...]
    worse: tuple[int, ...]
    both_wrong: int
    caution: str


def compare(now: Evaluated, earlier: Bundle) -> Comparison:
    """Ask an earlier model about the same texts.

    Raises:
        FenmenError: E_COMPARE if it has other topics.
    """
    if earlier.taxonomy.ids != now.bundle.taxonomy.ids:
        raise FenmenError(
            "E_COMPARE",
            where=f"model {earlier.model_id}",
            what=f"has topics {list(earlier.taxonomy.ids)}, not {list(now.bundle.taxonomy.ids)}",
            fix="compare with a model of the same taxonomy",
        )
    before, after = decide(earlier, now.examples), now.outcome
    right = (before.truth == before.decided).all(axis=1), (after.truth == after.decided).all(axis=1)
    overall, topics = _changes(before, after, now.bundle.taxonomy.ids)
    return Comparison(
        earlier,
        before,
        overall,
        topics,
        better=tuple(np.flatnonzero(~right[0] & right[1]).tolist()),
        worse=tuple(np.flatnonzero(right[0] & ~right[1]).tolist()),
        both_wrong=int((~right[0] & ~right[1]).sum()),
        caution=_caution(now.bundle, earlier),
    )


def _changes(
    before: Outcome, after: Outcome, ids: Sequence[str]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Of the overall figures, and of each topic's F1."""
    drawn = [Resampled(one.truth, one.decided, one.groups) for one in (before, after)]
    overall = tuple(
        Change(
            name,
            getattr(metrics, name)(before.truth, before.decided),
            getattr(metrics, name)(after.truth, after.decided),
            *drawn[1].change(drawn[0], name),
        )
        for name in ("macro_f1", "micro_f1", "subset_accuracy")
    )
    scores = [metrics.per_topic(one.truth, one.decided) for one in (before, after)]
    topics = tuple(
        Change(topic, scores[0][k].f1, scores[1][k].f1, *drawn[1].topic_change(drawn[0], k))
        for k, topic in enumerate(ids)
    )
    return overall, topics


def _caution(now: Bundle, earlier: Bundle) -> str:
    corpora = [bundle.manifest.get("sources", {}).get("corpus") for bundle in (now, earlier)]
    if corpora[0] == corpora[1]:
        return ""
    return "It was trained on another state of the corpus and may have seen some of these texts."
