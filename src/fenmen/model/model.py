"""A trained model as plain data: everything that serving needs and a bundle holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.decision import Decision
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Model:
    """Scores are the views' columns @ weights + intercept.

    `weights` is (n_columns, n_topics) float32, columns in the order of the views and their terms;
    `intercept` is (n_topics,) float32.
    """

    taxonomy: Taxonomy
    tokenizer: Tokenizer
    views: tuple[FittedView, ...]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    decision: Decision
