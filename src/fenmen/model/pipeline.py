"""A model as a scikit-learn Pipeline, for notebooks; serving never takes this road."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline

from fenmen.model.analyzers import Analyzer
from fenmen.model.decision import Decision, Doubles
from fenmen.model.lexicon import Lexicon
from fenmen.model.model import Model
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.taxonomy import Taxonomy


class SeedWords(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The lexicon view as a transformer."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803, ARG002 - scikit-learn's names
        """Nothing is learned."""
        return self

    def transform(self, X: Sequence[str]) -> sparse.csr_array:  # noqa: N803
        """The measures of the texts, (n_texts, n_columns)."""
        return Lexicon(self.taxonomy).measure(list(X))

    def __sklearn_is_fitted__(self) -> bool:
        return True


class FoldedClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The folded matrix with its decision as a classifier.

    `predict` gives an indicator matrix (n_texts, n_topics), or the topics' ids (n_texts,) if they
    exclude each other.
    """

    def __init__(
        self,
        weights: sparse.csr_array,
        intercept: NDArray[np.float32],
        decision: Decision,
        topic_ids: tuple[str, ...],
    ) -> None:
        self.weights = weights
        self.intercept = intercept
        self.decision = decision
        self.topic_ids = topic_ids

    @property
    def classes_(self) -> NDArray[np.str_]:
        """The ids of the topics, in the order of the columns of scores."""
        return np.array(self.topic_ids)

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803, ARG002
        """Nothing is learned: the weights come from `python -m src.train`."""
        return self

    def decision_function(self, X: Any) -> Doubles:  # noqa: N803
        """Scores, (n_texts, n_topics)."""
        return np.asarray((X @ self.weights.astype(np.float64)).toarray() + self.intercept)

    def predict_proba(self, X: Any) -> Doubles:  # noqa: N803
        """Calibrated probabilities, (n_texts, n_topics)."""
        return self.decision.probabilities(self.decision_function(X))

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """The decided topics."""
        decided = self.decision.decide(self.predict_proba(X))
        if self.decision.exclusive:
            return np.asarray(self.classes_[decided.argmax(axis=1)])
        return decided.astype(np.int64)

    def __sklearn_is_fitted__(self) -> bool:
        return True


def pipeline_of(model: Model) -> Pipeline:
    """The model as a Pipeline from texts to topics; its scores are the scorer's to 1e-6."""
    transformers = [
        (fitted.view.name, _transformer(fitted, model.tokenizer, model.taxonomy))
        for fitted in model.views
    ]
    weights = {fitted.view.name: fitted.view.weight for fitted in model.views}
    classifier = FoldedClassifier(
        model.weights, model.intercept, model.decision, model.taxonomy.ids
    )
    union = FeatureUnion(transformers, transformer_weights=weights)
    return Pipeline([("views", union), ("topics", classifier)])


def export_joblib(model: Model, path: str | Path) -> None:
    """Write the model's Pipeline with joblib. Whoever loads such a file runs the code in it."""
    joblib.dump(pipeline_of(model), path, compress=3)


def _transformer(fitted: FittedView, tokenizer: Tokenizer, taxonomy: Taxonomy) -> Any:
    view = fitted.view
    if view.kind == "lexicon":
        return SeedWords(taxonomy)
    vectorizer = TfidfVectorizer(
        analyzer=Analyzer(view, tokenizer),
        vocabulary={term: column for column, term in enumerate(fitted.terms)},
        sublinear_tf=view.sublinear and not (view.binary or view.paired),
        norm=None if view.norm == "none" else view.norm,
        binary=view.binary or view.paired,
    )
    vectorizer.idf_ = fitted.idf.astype(np.float64)  # all 1 where the view has none
    return vectorizer
