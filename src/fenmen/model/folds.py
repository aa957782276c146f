"""Folds for out-of-fold scores: groups stay whole, topics are spread evenly."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fenmen.errors import FenmenError

Labels = NDArray[np.bool_]


def assign_folds(
    labels: Labels, groups: Sequence[str], n_folds: int, seed: int
) -> NDArray[np.int64]:
    """The fold of each text, (n_texts,), by iterative stratification over whole groups.

    The rarest topic that is still to be placed goes first, each of its groups to the fold that
    lacks it most (Sechidis, Tsoumakas, Vlahavas 2011, here with groups in place of examples).

    Raises:
        FenmenError: E_FOLDS if there are fewer groups than folds.
    """
    _, group_of = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    n_groups = int(group_of.max(initial=-1)) + 1
    if n_folds < 2 or n_groups < n_folds:
        raise FenmenError(
            "E_FOLDS",
            where="training texts",
            what=f"{n_folds} folds of {n_groups} groups",
            fix="take at least 2 folds and at most as many as there are groups",
        )
    # The last column counts the texts, so that texts without a topic are spread evenly too.
    counted = np.column_stack([labels, np.ones(len(labels), bool)]).astype(np.float64)
    sizes = np.zeros((n_groups, counted.shape[1]))
    np.add.at(sizes, group_of, counted)
    return _spread(sizes, n_folds, np.random.default_rng(seed))[group_of]


def _spread(
    sizes: NDArray[np.float64], n_folds: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """The fold of each group, (n_groups,), given its texts per topic, (n_groups, n_topics + 1)."""
    wanted = np.tile(sizes.sum(axis=0) / n_folds, (n_folds, 1))  # (n_folds, n_topics + 1)
    folds = np.full(len(sizes), -1)
    shuffled = random.permutation(len(sizes))
    for topic in np.argsort(sizes.sum(axis=0), kind="stable"):
        members = shuffled[(sizes[shuffled, topic] > 0) & (folds[shuffled] < 0)]
        # Large groups first: the small ones can still even out what they leave.
        for group in members[np.argsort(-sizes[members, -1], kind="stable")]:
            lacks = wanted[:, topic] + 1e-6 * wanted[:, -1] + 1e-9 * random.random(n_folds)
            fold = int(np.argmax(lacks))
            folds[group] = fold
            wanted[fold] -= sizes[group]
    return folds
