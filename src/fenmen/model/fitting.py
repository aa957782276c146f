"""Fitting members: on every fold for scores out of fold, and on all texts for the model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone

from fenmen.errors import FenmenError
from fenmen.model.decision import Doubles, Flags
from fenmen.model.folding import LinearMember, fit_member
from fenmen.model.learning import Learned

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """An estimator and the names of the views that it looks at; all of them if none is named."""

    estimator: Any
    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One member: its scores out of fold, (n_texts, n_topics), and its fit on all, on one scale;
    `on` is which columns it looks at, (n_columns,).
    """

    scores: Doubles
    final: LinearMember
    on: NDArray[np.bool_]


class Fitting:
    """Fits members on every fold and on all texts."""

    def __init__(
        self, learned: Sequence[Learned], labels: Flags, fold_of: NDArray[np.int64], exclusive: bool
    ) -> None:
        self._learned, self._labels, self._exclusive = learned, labels, exclusive
        self._fold_of = fold_of
        fitted = [one.fit() for one in learned]
        self.views = tuple(view for view, _ in fitted)
        self._columns = [columns for _, columns in fitted]

    def run(self, members: Mapping[str, Member], n_jobs: int, report: Progress) -> list[Run]:
        """Every member's out-of-fold scores and final matrix, in the members' order.

        Raises:
            FenmenError: E_MEMBER for a view that there is not, or a member that is not linear.
        """
        _check_views(members, [view.view.name for view in self.views])
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

    def _on_one_scale(self, scores: Doubles, member: Member, final: LinearMember) -> Run:
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
        return Run(scores * factors, final.scaled(factors), on)


def _beside(blocks: Sequence[sparse.csr_array]) -> sparse.csr_array:
    return sparse.csr_array(sparse.hstack(blocks, format="csr")) if len(blocks) > 1 else blocks[0]


def member_of(given: Any, seed: int) -> Member:
    """A member with the seed in every random state that is not set.

    Raises:
        FenmenError: E_MEMBER for what is no instance of an estimator.
    """
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


def _check_views(members: Mapping[str, Member], names: Sequence[str]) -> None:
    for name, member in members.items():
        if unknown := sorted(set(member.views) - set(names)):
            raise FenmenError(
                "E_MEMBER",
                where=f"member {name!r}",
                what=f"looks at views {unknown}",
                fix=f"choose of {list(names)}",
            )
