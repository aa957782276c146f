"""Texts and labels to one folded linear model with its decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.calibration import DecisionSettings, fit_decision
from fenmen.model.decision import Doubles, Flags
from fenmen.model.fitting import Fitting, Progress, Run, member_of
from fenmen.model.folding import fold
from fenmen.model.folds import assign_folds
from fenmen.model.learning import learn
from fenmen.model.mixing import Mix, mix
from fenmen.model.model import Model, sparse_weights
from fenmen.model.pruning import prune as prune_model
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import View
from fenmen.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what was measured on the way.

    `scores` and `probabilities` are out of fold, (n_texts, n_topics); `weights` counts each member;
    `warnings` names topics that had nothing to learn from.
    """

    model: Model
    scores: Doubles
    probabilities: Doubles
    folds: NDArray[np.int64]
    weights: Mapping[str, float]
    warnings: tuple[str, ...]
    pruning: Mapping[str, float] = field(default_factory=dict)


def train(
    texts: Sequence[str],
    labels: Flags,
    groups: Sequence[str],
    taxonomy: Taxonomy,
    tokens: Tokenizer,
    views: Sequence[View],
    members: Mapping[str, Any],
    decision: DecisionSettings,
    *,
    folds: int = 5,
    seed: int = 0,
    n_jobs: int = 1,
    prune: float = 0.0,
    progress: Progress | None = None,
) -> Trained:
    """Fit every member on every fold and on all, mix, calibrate, decide and fold into one model.

    Args:
        texts: (n_texts,).
        labels: (n_texts, n_topics), columns in the taxonomy's order.
        groups: (n_texts,); texts of one group are never apart in two folds.
        members: scikit-learn estimators or `Member`s by name.
        prune: weights below this share of their topic's largest are dropped.
        progress: called with a stage, how much of it is done, and of how much.

    Raises:
        FenmenError: E_TRAIN for texts, labels, groups that do not fit; E_MEMBER, E_VIEW, E_FOLDS.
    """
    _check(texts, labels, groups, taxonomy, members)
    report = progress or _silent
    chosen = {name: member_of(member, seed) for name, member in members.items()}
    fold_of = assign_folds(labels, groups, folds, seed)
    report("features", 0, 1)
    learned = learn(texts, views, tokens, taxonomy)
    report("features", 1, 1)
    fitting = Fitting(learned, labels, fold_of, taxonomy.exclusive)
    runs = fitting.run(chosen, n_jobs, report)
    parts = [run.scores for run in runs]
    mixed = mix(parts, labels, taxonomy.exclusive)
    scores = mixed.combine(parts)  # (n_texts, n_topics)
    fitted = fit_decision(scores, labels, fold_of, decision, taxonomy)
    whole = Model(taxonomy, tokens, fitting.views, *_folded(runs, mixed), fitted)
    model, pruning = prune_model(whole, [one.counts for one in learned], prune)
    return Trained(
        model=model,
        scores=scores,
        probabilities=fitted.probabilities(scores),
        folds=fold_of,
        weights=dict(zip(chosen, mixed.weights.tolist(), strict=True)),
        warnings=_one_sided(labels, taxonomy),
        pruning=pruning,
    )


def _folded(runs: Sequence[Run], mixed: Mix) -> tuple[sparse.csr_array, NDArray[np.float32]]:
    """The members' matrices as one, (n_columns, n_topics), and the intercept, (n_topics,)."""
    linear = fold([run.final for run in runs], mixed.weights.tolist(), [run.on for run in runs])
    return sparse_weights(linear.coef), (linear.intercept + mixed.bias).astype(np.float32)


def _check(
    texts: Sequence[str],
    labels: Flags,
    groups: Sequence[str],
    taxonomy: Taxonomy,
    members: Mapping[str, Any],
) -> None:
    faults = []
    if not (len(texts) == len(labels) == len(groups) > 0):
        faults.append(f"{len(texts)} texts, {len(labels)} rows of labels, {len(groups)} groups")
    if labels.ndim != 2 or labels.shape[1] != len(taxonomy.ids):
        faults.append(f"labels are {labels.shape}, the topics {len(taxonomy.ids)}")
    elif taxonomy.exclusive and not (labels.sum(axis=1) == 1).all():
        faults.append("the topics exclude each other, but not every text has exactly one")
    elif taxonomy.complete and not labels.any(axis=1).all():
        faults.append("every text should have a topic, but some have none")
    if not members:
        faults.append("there is no member")
    if faults:
        raise FenmenError(
            "E_TRAIN",
            where="training texts",
            what="; ".join(faults),
            fix="see Trained in the README",
        )


def _one_sided(labels: Flags, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What to tell about topics that all or no training texts have."""
    counts = labels.sum(axis=0)
    return tuple(
        f"topic {topic!r}: {'all' if n else 'none'} of {len(labels)} training texts have it, "
        f"so it is {'always' if n else 'never'} given"
        for topic, n in zip(taxonomy.ids, counts, strict=True)
        if n in (0, len(labels))
    )


def _silent(stage: str, done: int, of: int) -> None:
    """Report nothing."""
