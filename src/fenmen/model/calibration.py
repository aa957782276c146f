"""Everything that is fitted on out-of-fold scores: calibration, thresholds, the band of doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from fenmen.errors import FenmenError
from fenmen.model.decision import Decision, Doubles, Flags, log_odds
from fenmen.taxonomy import Taxonomy

Objective = Literal["f1", "micro_f1", "precision"]
# A topic that every or no training text has: its probability is fixed near 1 or 0.
FIXED = 20.0
# A small corpus moves the best threshold about: this many positives' worth of trust goes to what
# theory says of calibrated probabilities (half of the best F1: Lipton et al. 2014, section 3).
TRUST = 20.0
DIGITS = 9
# How strongly a topic's own logistic is held to that of all topics together (penalty per squared
# unit of slope and offset): so weakly that it tells on topics of few texts only.
PULL = 0.25
SHARED_THRESHOLDS = np.arange(0.2, 0.801, 0.01)


@dataclass(frozen=True, slots=True)
class DecisionSettings:
    """How to decide: for the best `f1` of each topic, for the best `micro_f1` of all with one
    threshold (many topics of few texts), or the most found at a `precision` of at least the target.

    Args:
        targets: precision asked of single topics, by id; the others have `precision`.
        review_share: of the texts, to be looked at by a person.

    Raises:
        FenmenError: E_DECISION for a setting out of range.
    """

    objective: Objective = "f1"
    precision: float = 0.9
    targets: Mapping[str, float] = field(default_factory=dict)
    review_share: float = 0.1

    def __post_init__(self) -> None:
        faults = []
        if self.objective not in get_args(Objective):
            faults.append(f"objective {self.objective!r} is not one of f1, micro_f1, precision")
        for name, target in [("precision", self.precision), *self.targets.items()]:
            if not 0 < target < 1:
                faults.append(f"precision {target} of {name!r} is not between 0 and 1")
        if not 0 <= self.review_share < 1:
            faults.append(f"review_share {self.review_share} is not from 0 to below 1")
        if faults:
            raise FenmenError(
                "E_DECISION", where="decision", what="; ".join(faults), fix="see conf/decision/"
            )


def fit_decision(
    scores: Doubles,
    labels: Flags,
    folds: NDArray[np.int64],
    settings: DecisionSettings,
    taxonomy: Taxonomy,
) -> Decision:
    """Calibrate out-of-fold scores and choose thresholds and the band of doubt.

    Args:
        scores: of the combined members, (n_texts, n_topics).
        labels: (n_texts, n_topics).
        folds: the fold of each text, (n_texts,).
    """
    kind = (taxonomy.exclusive, taxonomy.complete)
    if taxonomy.exclusive:
        slopes, offsets = _fit_softmax(scores, labels)
    elif settings.objective == "micro_f1":
        slopes, offsets = _fit_pulled(scores, labels)
    else:
        pairs = [_fit_platt(scores[:, k], labels[:, k]) for k in range(labels.shape[1])]
        slopes, offsets = np.array(pairs).T
    decision = Decision(slopes, offsets, np.full(len(slopes), 0.5), 0.0, *kind)
    probabilities = decision.probabilities(scores)
    if settings.objective == "micro_f1":
        thresholds = _shared_threshold(decision, probabilities, labels)
    else:
        targets = [settings.targets.get(topic, settings.precision) for topic in taxonomy.ids]
        thresholds = np.array(
            [
                _threshold(probabilities[:, k], labels[:, k], folds, settings.objective, targets[k])
                for k in range(len(taxonomy.ids))
            ]
        )
    decision = replace(decision, thresholds=thresholds)
    doubt = float(np.quantile(decision.distances(probabilities).min(axis=1), settings.review_share))
    return rounded(replace(decision, doubt=doubt))


def rounded(decision: Decision) -> Decision:
    """Without the last digits, in which two builds of the same libraries differ.

    A model is to be the same to the byte wherever it is trained; probabilities move by less
    than 1e-8.
    """
    return replace(
        decision,
        slopes=np.round(decision.slopes, DIGITS),
        offsets=np.round(decision.offsets, DIGITS),
        thresholds=np.round(decision.thresholds, DIGITS),
        doubt=round(decision.doubt, DIGITS),
    )


def best_f1(probabilities: Doubles, labels: Flags) -> tuple[float, float]:
    """The highest F1 of any threshold and that threshold, half-way to the next lower value."""
    order = np.argsort(-probabilities, kind="stable")
    ordered = probabilities[order]
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + max(int(labels.sum()), 1))
    # Equal values stand on the same side of any threshold.
    f1[:-1][ordered[:-1] == ordered[1:]] = -1.0
    best = int(np.argmax(f1))
    below = ordered[best + 1] if best + 1 < len(ordered) else 0.0
    return float(f1[best]), float((ordered[best] + below) / 2)


def _threshold(
    probabilities: Doubles,
    has_topic: Flags,
    folds: NDArray[np.int64],
    objective: str,
    target: float,
) -> float:
    """The mean, in log odds, of the thresholds that each leaving-out of one fold gives."""
    if has_topic.all() or not has_topic.any():
        return 0.5
    found = []
    for fold in np.unique(folds):
        p, y = probabilities[folds != fold], has_topic[folds != fold]
        if y.any():
            found.append(
                _f1_threshold(p, y) if objective == "f1" else _precision_threshold(p, y, target)
            )
    mean = float(np.mean(log_odds(np.array(found))))
    return float(1.0 / (1.0 + np.exp(-mean)))


def _f1_threshold(probabilities: Doubles, has_topic: Flags) -> float:
    f1, empirical = best_f1(probabilities, has_topic)
    trust = TRUST / (TRUST + int(has_topic.sum()))
    return trust * f1 / 2 + (1 - trust) * empirical


def _precision_threshold(probabilities: Doubles, has_topic: Flags, target: float) -> float:
    """The lowest threshold above which the precision is the target; beyond all if none is."""
    order = np.argsort(-probabilities, kind="stable")
    ordered = probabilities[order]
    precise = np.cumsum(has_topic[order]) / np.arange(1, len(order) + 1) >= target
    precise[:-1] &= ordered[:-1] != ordered[1:]
    if not precise.any():
        return float((1.0 + ordered[0]) / 2)
    last = int(np.flatnonzero(precise)[-1])
    below = ordered[last + 1] if last + 1 < len(ordered) else 0.0
    return float((ordered[last] + below) / 2)


def _shared_threshold(decision: Decision, probabilities: Doubles, labels: Flags) -> Doubles:
    """The one threshold for all topics that gives the best F1 over all of them, (n_topics,)."""

    def micro_f1(thresholds: Doubles) -> float:
        decided = replace(decision, thresholds=thresholds).decide(probabilities)
        return 2 * int((decided & labels).sum()) / max(int(decided.sum() + labels.sum()), 1)

    tried = [np.full(labels.shape[1], threshold) for threshold in SHARED_THRESHOLDS]
    return max(tried, key=micro_f1)


def _fit_pulled(scores: Doubles, labels: Flags) -> tuple[Doubles, Doubles]:
    """Each topic's logistic, held to the one of all topics together, (n_topics,) each."""
    common = _fit_platt(scores.ravel(), labels.ravel())
    pairs = [_fit_platt(scores[:, k], labels[:, k], common, PULL) for k in range(labels.shape[1])]
    slopes, offsets = np.array(pairs).T
    return slopes, offsets


def _fit_platt(
    scores: Doubles,
    has_topic: Flags,
    common: tuple[float, float] = (1.0, 0.0),
    pull: float = 0.0,
) -> tuple[float, float]:
    """Slope and offset of the logistic (Platt 1999, with his targets against overconfidence).

    Args:
        common, pull: the slope and offset that both are held to, and how strongly.
    """
    positives = int(has_topic.sum())
    negatives = len(has_topic) - positives
    if not positives or not negatives:
        return 0.0, FIXED if positives else -FIXED
    target = np.where(has_topic, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(x: Doubles) -> tuple[float, Doubles]:
        logits = x[0] * scores + x[1]
        error = 0.5 * (1 + np.tanh(0.5 * logits)) - target
        away = x - np.array(common)
        value = np.mean(np.logaddexp(0, logits) - target * logits) + held * (away**2).sum()
        slope = np.array([np.mean(error * scores), np.mean(error)]) + 2 * held * away
        return float(value), slope

    held = pull / len(scores)
    start = np.array(common) if pull else np.array([1.0, np.log(positives / negatives)])
    # A topic whose scores say nothing must not turn its scores round.
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(1e-3, None), (None, None)])
    return float(found.x[0]), float(found.x[1])


def _fit_softmax(scores: Doubles, labels: Flags) -> tuple[Doubles, Doubles]:
    """One slope for all topics by likelihood: it changes no decision. Absent topics never win."""
    offsets = np.where(labels.any(axis=0), 0.0, -FIXED * 5)

    def loss(x: Doubles) -> tuple[float, Doubles]:
        logits = x[0] * scores + offsets
        total = logsumexp(logits, axis=1, keepdims=True)
        p = np.exp(logits - total)
        value = np.mean(total[:, 0] - (logits * labels).sum(axis=1))
        return float(value), np.array([np.mean(((p - labels) * scores).sum(axis=1))])

    found = minimize(loss, np.ones(1), jac=True, method="L-BFGS-B", bounds=[(1e-3, None)])
    return np.full(labels.shape[1], found.x[0]), offsets
