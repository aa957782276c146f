"""Members: any linear scikit-learn estimator as a matrix, and many of them folded into one."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone, is_classifier
from sklearn.svm import LinearSVC, LinearSVR
from sklearn.utils import get_tags

from fenmen.errors import FenmenError
from fenmen.model.nbsvm import NaiveBayesSVM

Doubles = NDArray[np.float64]
CHECKED_ROWS = 50
# liblinear has one row of random numbers for the whole process: two fits at once would share it,
# and neither would give the same bytes again.
LIBLINEAR = Lock()
CHOICES = (
    "LinearSVC, LogisticRegression, ComplementNB, MultinomialNB, RidgeClassifier, Ridge, "
    "SGDClassifier, fenmen.model.nbsvm.NaiveBayesSVM or fenmen.model.ridge.BlockRidge"
)


@dataclass(frozen=True, slots=True)
class LinearMember:
    """Scores are `columns @ coef + intercept`; (n_columns, n_topics) and (n_topics,)."""

    coef: Doubles
    intercept: Doubles

    def score(self, columns: sparse.csr_array) -> Doubles:
        """Scores of texts, (n_texts, n_topics)."""
        scores: Doubles = columns @ self.coef + self.intercept
        return scores

    def scaled(self, factors: Doubles) -> "LinearMember":
        """The member with each topic's scores multiplied, factors (n_topics,) or one."""
        return LinearMember(self.coef * factors, self.intercept * factors)

    def centred(self) -> "LinearMember":
        """The member with each text's mean score over the topics taken off."""
        return LinearMember(
            self.coef - self.coef.mean(axis=1, keepdims=True),
            self.intercept - self.intercept.mean(),
        )


def fold(
    members: Sequence[LinearMember],
    weights: Sequence[float],
    chosen: Sequence[NDArray[np.bool_]] | None = None,
) -> LinearMember:
    """Sum weighted linear members into one linear model.

    Args:
        members: fitted on the same columns, or on those chosen of them.
        weights: one per member, from out-of-fold scores.
        chosen: for each member which of all columns it looks at, (n_columns,); all if none.

    Raises:
        FenmenError: E_MEMBER if the members do not fit together.
    """
    on = chosen or [np.ones(len(member.coef), bool) for member in members]
    shapes = {(len(own), m.coef.shape[1]) for own, m in zip(on, members, strict=True)}
    if len(shapes) != 1 or len(members) != len(weights):
        raise FenmenError(
            "E_MEMBER",
            where="fold",
            what=f"{len(members)} members of shapes {sorted(shapes)} with {len(weights)} weights",
            fix="fit all members on the same columns and topics and give one weight each",
        )
    coef = np.zeros(shapes.pop())  # the largest array of a training run: summed in place
    for own, member, weight in zip(on, members, weights, strict=True):
        coef[own] += weight * member.coef
    intercept = np.sum([w * m.intercept for m, w in zip(members, weights, strict=True)], axis=0)
    return LinearMember(coef, intercept)


def linear_of(estimator: Any) -> LinearMember:
    """The matrix of a fitted scikit-learn estimator: one topic for two classes, else one a class.

    Raises:
        FenmenError: E_MEMBER if its decision is not linear in the columns.
    """
    if hasattr(estimator, "feature_log_prob_"):
        coef = np.asarray(estimator.feature_log_prob_, np.float64)
        nothing = sparse.csr_matrix((1, coef.shape[1]))
        intercept = estimator.predict_joint_log_proba(nothing)[0]
        if len(coef) == 2:
            coef, intercept = coef[1:] - coef[:1], intercept[1:] - intercept[:1]
    elif hasattr(estimator, "coef_") and hasattr(estimator, "intercept_"):
        found: Any = estimator.coef_
        dense = found.toarray() if sparse.issparse(found) else found  # type: ignore[attr-defined]
        coef = np.atleast_2d(np.asarray(dense, np.float64))
        intercept = np.broadcast_to(np.ravel(estimator.intercept_), (len(coef),))
    else:
        raise _not_linear(estimator)
    return LinearMember(coef.T.copy(), np.asarray(intercept, np.float64).copy())


def fit_member(
    estimator: Any, columns: sparse.csr_array, labels: NDArray[np.bool_], exclusive: bool
) -> LinearMember:
    """Fit one estimator to all topics: natively if they exclude each other, else one by one.

    Args:
        columns: (n_texts, n_columns).
        labels: (n_texts, n_topics).

    Raises:
        FenmenError: E_MEMBER if its decision is not linear, or it cannot be fitted on this.
    """
    if exclusive and is_classifier(estimator):
        return _fit_exclusive(estimator, columns, labels)
    if not is_classifier(estimator) and get_tags(estimator).target_tags.multi_output:
        return _fit_together(estimator, columns, labels)
    members = [_fit_topic(estimator, columns, labels[:, k]) for k in range(labels.shape[1])]
    return LinearMember(
        np.column_stack([member.coef for member in members]),
        np.concatenate([member.intercept for member in members]),
    )


def _fit_exclusive(
    estimator: Any, columns: sparse.csr_array, labels: NDArray[np.bool_]
) -> LinearMember:
    classes = labels.argmax(axis=1)
    present = np.unique(classes)
    if len(present) < 3:  # scikit-learn gives two classes one row: not what this road expects
        topics = [_fit_topic(estimator, columns, labels[:, k]) for k in range(labels.shape[1])]
        return LinearMember(
            np.column_stack([t.coef for t in topics]), np.concatenate([t.intercept for t in topics])
        )
    found = _fit(estimator, columns, classes)
    member = LinearMember(
        np.zeros((columns.shape[1], labels.shape[1])),
        np.full(labels.shape[1], found.intercept.min() - 1.0),
    )
    member.coef[:, present], member.intercept[present] = found.coef, found.intercept
    return member


def _fit_together(
    estimator: Any, columns: sparse.csr_array, labels: NDArray[np.bool_]
) -> LinearMember:
    """Fit a regressor of many targets; a topic of one class keeps its fixed score."""
    learnable = labels.any(axis=0) & ~labels.all(axis=0)
    member = LinearMember(
        np.zeros((columns.shape[1], labels.shape[1])), np.where(labels.all(axis=0), 1.0, -1.0)
    )
    if learnable.any():
        found = _fit(estimator, columns, np.where(labels[:, learnable], 1.0, -1.0))
        member.coef[:, learnable], member.intercept[learnable] = found.coef, found.intercept
    return member


def _fit_topic(
    estimator: Any, columns: sparse.csr_array, has_topic: NDArray[np.bool_]
) -> LinearMember:
    if has_topic.all() or not has_topic.any():
        # One class only: nothing to learn, a fixed score.
        return LinearMember(
            np.zeros((columns.shape[1], 1)), np.array([1.0 if has_topic.all() else -1.0])
        )
    # A regressor learns the sides -1 and 1, as RidgeClassifier does.
    target = has_topic if is_classifier(estimator) else np.where(has_topic, 1.0, -1.0)
    return _fit(estimator, columns, target)


def _fit(estimator: Any, columns: sparse.csr_array, target: NDArray[Any]) -> LinearMember:
    fitted = clone(estimator)
    matrix = sparse.csr_matrix(columns)
    try:
        with _alone(fitted):
            fitted.fit(matrix, target)
    except (TypeError, ValueError) as error:
        raise FenmenError(
            "E_MEMBER",
            where=type(estimator).__name__,
            what=f"cannot be fitted: {error}",
            fix=f"choose {CHOICES}",
        ) from error
    member = linear_of(fitted)
    _check(fitted, member, matrix[:CHECKED_ROWS])
    return member


def _alone(estimator: Any) -> AbstractContextManager[Any]:
    """What an estimator waits for before it is fitted beside others."""
    parts = [estimator, *estimator.get_params().values()]
    solvers = {getattr(part, "solver", "") for part in parts}
    liblinear = any(isinstance(part, LinearSVC | LinearSVR | NaiveBayesSVM) for part in parts)
    return LIBLINEAR if liblinear or "liblinear" in solvers else nullcontext()


def _check(fitted: Any, member: LinearMember, rows: sparse.csr_matrix) -> None:
    """Refuse an estimator whose own decision is not that of its matrix."""
    for name in ("decision_function", "predict_joint_log_proba", "predict"):
        if hasattr(fitted, name):
            break
    else:
        raise _not_linear(fitted)
    expected = np.asarray(getattr(fitted, name)(rows), np.float64)
    if name == "predict_joint_log_proba" and expected.shape[1] == 2:
        expected = expected[:, 1] - expected[:, 0]
    scores = rows @ member.coef + member.intercept
    expected = expected.reshape(len(expected), -1)
    if scores.shape != expected.shape or not np.allclose(scores, expected, rtol=1e-4, atol=1e-4):
        raise _not_linear(fitted)


def _not_linear(estimator: Any) -> FenmenError:
    return FenmenError(
        "E_MEMBER",
        where=type(estimator).__name__,
        what="its decision is not linear in the columns, so it cannot be folded into one matrix",
        fix=f"choose {CHOICES}",
    )
