"""A linear classifier on features weighted by how much they speak for a class."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.svm import LinearSVC


class NaiveBayesSVM(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """NBSVM (Wang and Manning 2012, section 2.3), one class against the rest.

    Each column is multiplied with its log-count ratio r before a linear classifier is fitted; its
    weights w fold into r * w, so the whole is linear in the columns.

    Args:
        estimator: a linear binary classifier; LinearSVC(C=1) if none.
        alpha: added to every count.
        beta: how far w is trusted against its mean size (1: wholly).
    """

    def __init__(self, estimator: Any = None, alpha: float = 1.0, beta: float = 1.0) -> None:
        self.estimator = estimator
        self.alpha = alpha
        self.beta = beta

    def fit(self, X: Any, y: ArrayLike) -> Self:  # noqa: N803 - scikit-learn's name
        """Fit on columns (n_texts, n_columns), none negative, and classes (n_texts,)."""
        columns = sparse.csr_array(X)
        self.classes_, numbers = np.unique(np.asarray(y), return_inverse=True)
        positives = [1] if len(self.classes_) == 2 else range(len(self.classes_))
        fitted = [self._fit_one(columns, numbers == k) for k in positives]
        self.coef_ = np.vstack([coef for coef, _ in fitted])  # (1 or n_classes, n_columns)
        self.intercept_ = np.array([intercept for _, intercept in fitted])
        return self

    def _fit_one(
        self, columns: sparse.csr_array, is_class: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], float]:
        with_class = self.alpha + columns[np.flatnonzero(is_class)].sum(axis=0)
        without = self.alpha + columns[np.flatnonzero(~is_class)].sum(axis=0)
        ratio = np.log((with_class / with_class.sum()) / (without / without.sum()))
        base = LinearSVC() if self.estimator is None else clone(self.estimator)
        weighted = sparse.csr_matrix(columns.multiply(ratio[None, :]))
        base.fit(weighted, is_class)
        weights = np.asarray(base.coef_, np.float64).ravel()
        mixed = (1 - self.beta) * np.abs(weights).mean() + self.beta * weights
        return ratio * mixed, float(np.ravel(base.intercept_)[0])

    def decision_function(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """Scores (n_texts,) for two classes, (n_texts, n_classes) for more."""
        scores = np.asarray(sparse.csr_array(X) @ self.coef_.T) + self.intercept_
        flat: NDArray[np.float64] = scores.ravel() if len(self.classes_) == 2 else scores
        return flat

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """The class of each text, (n_texts,)."""
        scores = self.decision_function(X)
        best = (scores > 0).astype(int) if scores.ndim == 1 else scores.argmax(axis=1)
        predicted: NDArray[Any] = self.classes_[best]
        return predicted
