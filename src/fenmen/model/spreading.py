"""What made a score, spread over the characters of a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenmen.model.wordlist import Places

Doubles = NDArray[np.float64]

STEPS = 2.0**36  # of a weight: so fine that sums of thousands are exact


@dataclass(frozen=True, slots=True)
class Occurring:
    """Occurrence i of a term, at the characters [starts[i], ends[i]) of text `texts[i]`, adds
    `weights[i]` to that text's score; all (n,), in any order.
    """

    texts: Places
    starts: Places
    ends: Places
    weights: Doubles


def character_weights(found: Occurring, firsts: Places) -> Doubles:
    """Spread each term's weight evenly over its characters.

    Terms of several views overlap (a word, its characters, the pair it forms with the next);
    summed by character they lose nothing and can be read.

    Args:
        found: the occurrences of terms in some texts.
        firsts: the first character of each text when they stand in a row, (n_texts + 1,).

    Returns:
        (n_characters,) weight of each character; its sum is that of the occurrences.
    """
    return summed(changes(found, firsts))


def changes(found: Occurring, firsts: Places) -> Doubles:
    """Where the weight of characters changes and by how many steps, (n_characters + 1,).

    In whole steps nothing is rounded away: a text's weights do not depend on its neighbours, nor
    on the order of the occurrences.
    """
    begins = firsts[found.texts]
    shares = np.rint(found.weights / np.maximum(found.ends - found.starts, 1) * STEPS)
    shares[found.ends <= found.starts] = 0.0
    size = int(firsts[-1]) + 1
    begun = np.bincount(begins + found.starts, shares, minlength=size)
    ended = np.bincount(begins + found.ends, shares, minlength=size)
    return np.asarray(begun - ended, np.float64)


def summed(steps: Doubles) -> Doubles:
    """From where weights change to the weights, (n_characters,); it writes over the changes."""
    np.cumsum(steps, out=steps)
    steps *= 1 / STEPS
    return steps[:-1]
