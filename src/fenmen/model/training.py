"""Texts and labels to one folded linear model with its decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone

from fenmen.errors import FenmenError
from fenmen.model.calibration import DecisionSettings, fit_decision
from fenmen.model.decision import Doubles, Flags
from fenmen.model.folding import LinearMember, fit_member, fold
from fenmen.model.folds import assign_folds
from fenmen.model.learning import Learned, learn
from fenmen.model.mixing import mix
from fenmen.model.model import Model, sparse_weights
from fenmen.model.pruning import prune as prune_model
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import View
from fenmen.taxonomy import Taxonomy

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """An estimator and the names of the views that it looks at; all of them if none is named."""

    estimator: Any
    views: tuple[str, ...] = ()


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
    chosen = {name: _member(member, seed) for name, member in members.items()}
    fold_of = assign_folds(labels, groups, folds, seed)
    report("features", 0, 1)
    learned = learn(texts, views, tokens, taxonomy)
    _check_views(chosen, [one.view.name for one in learned])
    report("features", 1, 1)
    fitting = _Fitting(learned, labels, fold_of, taxonomy.exclusive)
    runs = fitting.run(chosen, n_jobs, report)
    parts = [run.scores for run in runs]
    mixed = mix(parts, labels, taxonomy.exclusive)
    scores = mixed.combine(parts)
    fitted = fit_decision(scores, labels, fold_of, decision, taxonomy)
    linear = fold([run.final for run in runs], list(mixed.weights), [run.on for run in runs])
    whole = Model(
        taxonomy=taxonomy,
        tokenizer=tokens,
        views=fitting.views,
        weights=sparse_weights(linear.coef),
        intercept=(linear.intercept + mixed.bias).astype(np.float32),
        decision=fitted,
    )
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


@dataclass(frozen=True, slots=True)
class _Run:
    """One member: its scores out of fold, (n_texts, n_topics), and its fit on all, on one scale;
    `on` is which columns it looks at, (n_columns,).
    """

    scores: Doubles
    final: LinearMember
    on: NDArray[np.bool_]


class _Fitting:
    """Fits members on every fold and on all texts."""

    def __init__(
        self, learned: Sequence[Learned], labels: Flags, fold_of: NDArray[np.int64], exclusive: bool
    ) -> None:
        self._learned, self._labels, self._exclusive = learned, labels, exclusive
        self._fold_of = fold_of
        fitted = [one.fit() for one in learned]
        self.views = tuple(view for view, _ in fitted)
        self._columns = [columns for _, columns in fitted]

    def run(self, members: Mapping[str, Member], n_jobs: int, report: Progress) -> list[_Run]:
        """Every member's out-of-fold scores and final matrix, in the members' order."""
        n_folds = int(self._fold_of.max()) + 1
        of = n_folds + 1
        scores = {name: np.zeros(self._labels.shape) for name in members}
        for number in range(n_folds):
            report("folds", number, of)
            other = np.flatnonzero(self._fold_of == number)
            for name, part in zip(members, self._fold(members, number, n_jobs), strict=True):
                scores[name][other] = part
        report("folds", n_folds, of)
        finals = self._parallel(
            n_jobs, [(m, self._columns, self._labels) for m in members.values()]
        )
        report("folds", of, of)
        return [
            self._on_one_scale(scores[name], member, final)
            for (name, member), final in zip(members.items(), finals, strict=True)
        ]

    def _fold(self, members: Mapping[str, Member], number: int, n_jobs: int) -> list[Doubles]:
        """Each member's scores of one fold, (n_in_fold, n_topics), fitted on the others."""
        train = np.flatnonzero(self._fold_of != number)
        other = np.flatnonzero(self._fold_of == number)
        parts = [one.split(train, other) for one in self._learned]
        labels = self._labels[train]
        fitted = self._parallel(
            n_jobs, [(member, [part for part, _ in parts], labels) for member in members.values()]
        )
        return [
            linear.score(
                _beside([p for (_, p), on in zip(parts, self._looks(m), strict=True) if on])
            )
            for m, linear in zip(members.values(), fitted, strict=True)
        ]

    def _parallel(
        self, n_jobs: int, jobs: Sequence[tuple[Member, list[sparse.csr_array], Flags]]
    ) -> list[LinearMember]:
        # Threads: liblinear and numpy release the GIL, and the columns need no copy.
        fits = Parallel(n_jobs=n_jobs, prefer="threads")(
            delayed(fit_member)(
                member.estimator,
                _beside([b for b, on in zip(blocks, self._looks(member), strict=True) if on]),
                labels,
                self._exclusive,
            )
            for member, blocks, labels in jobs
        )
        return list(fits)

    def _looks(self, member: Member) -> list[bool]:
        """Whether the member looks at each of the views."""
        return [not member.views or one.view.name in member.views for one in self._learned]

    def _on_one_scale(self, scores: Doubles, member: Member, final: LinearMember) -> _Run:
        """Scores of spread 1, so that the members' weights can be compared.

        One factor for all topics: they stay comparable, so that one calibration can serve them.
        """
        if self._exclusive:
            scores, final = scores - scores.mean(axis=1, keepdims=True), final.centred()
        # A topic of one class has a fixed score and no spread.
        moving = scores.std(axis=0) > 1e-9
        spread = scores[:, moving].std() if moving.any() else 1.0
        factors = np.where(moving, 1.0 / spread, 1.0)
        on = np.repeat(self._looks(member), [len(view.terms) for view in self.views])
        return _Run(scores * factors, final.scaled(factors), on)


def _beside(blocks: Sequence[sparse.csr_array]) -> sparse.csr_array:
    return sparse.csr_array(sparse.hstack(blocks, format="csr")) if len(blocks) > 1 else blocks[0]


def _member(given: Any, seed: int) -> Member:
    member = given if isinstance(given, Member) else Member(given)
    if isinstance(member.estimator, type) or not hasattr(member.estimator, "get_params"):
        raise FenmenError(
            "E_MEMBER",
            where=repr(member.estimator),
            what="is no instance of a scikit-learn estimator",
            fix="name one by _target_, for example sklearn.svm.LinearSVC",
        )
    estimator = clone(member.estimator)
    parameters = estimator.get_params()
    unset = [k for k in parameters if k.split("__")[-1] == "random_state" and parameters[k] is None]
    estimator.set_params(**dict.fromkeys(unset, seed))
    return Member(estimator, tuple(member.views))


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


def _check_views(members: Mapping[str, Member], names: Sequence[str]) -> None:
    for name, member in members.items():
        if unknown := sorted(set(member.views) - set(names)):
            raise FenmenError(
                "E_MEMBER",
                where=f"member {name!r}",
                what=f"looks at views {unknown}",
                fix=f"choose of {list(names)}",
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
