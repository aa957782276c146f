"""A trained model as plain data: everything that serving needs and a bundle holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fenmen.model.decision import Decision
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import FittedView
from fenmen.taxonomy import Taxonomy

BLOCK = 1 << 16  # rows of weights made sparse at a time


@dataclass(frozen=True, slots=True)
class Model:
    """Scores are the views' columns @ weights + intercept.

    `weights` is (n_columns, n_topics) float32, without the cells that are zero, columns in the
    order of the views and their terms; `intercept` is (n_topics,) float32.
    """

    taxonomy: Taxonomy
    tokenizer: Tokenizer
    views: tuple[FittedView, ...]
    weights: sparse.csr_array
    intercept: NDArray[np.float32]
    decision: Decision

    def weights_of(self, topic: int) -> NDArray[np.float32]:
        """The weights of one topic, (n_columns,)."""
        column: NDArray[np.float32] = self.weights[:, [topic]].toarray().ravel()
        return column


def sparse_weights(coef: NDArray[np.floating]) -> sparse.csr_array:
    """A matrix without its zeros, in single precision, a block of rows at a time.

    scipy would note the place of every cell with two whole numbers of 64 bits first.
    """
    blocks = [
        sparse.csr_array(coef[first : first + BLOCK].astype(np.float32))
        for first in range(0, len(coef), BLOCK)
    ]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))
