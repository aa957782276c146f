"""Which earlier prints may tell the story of a text: MinHash signatures in LSH bands."""

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from fenmen.articles.fingerprints import Grams

# Two rows a band find a print of a fifth of its article (Jaccard 0.2) with 1 - (1 - 0.2²)^64 =
# 93 %, one that shares a hundredth with 0.6 %.
PERMUTATIONS, BANDS = 128, 64
_SEED = 20_240_624
_MOST = 40  # prints that are worth an exact comparison, the likest first
_FEWEST = 4  # equal places in two signatures: below, chance alone


class Likely:
    """Signatures of all prints, held in memory: about 6 kB each."""

    def __init__(self) -> None:
        self._bands = RMinHashLSH(0.2, PERMUTATIONS, BANDS)
        self._rows: dict[int, int] = {}
        self._signatures = np.empty((1024, PERMUTATIONS), np.uint32)

    def add(self, row: int, grams: Grams) -> None:
        """Keep the print under its row."""
        sketch = _sketch(grams)
        place = len(self._rows)
        if place == len(self._signatures):
            self._signatures = np.concatenate([self._signatures, np.empty_like(self._signatures)])
        self._signatures[place] = sketch.digest()
        self._rows[place] = row
        self._bands.insert(place, sketch)

    def find(self, grams: Grams) -> list[int]:
        """Rows of the likest prints, at most 40, the likest first."""
        if not len(grams):
            return []
        sketch = _sketch(grams)
        places = np.array(self._bands.query(sketch), np.int64)
        own = np.array(sketch.digest(), np.uint32)  # (n_permutations,)
        equal: NDArray[np.int64] = np.count_nonzero(self._signatures[places] == own, axis=1)
        order = np.lexsort((places, -equal))[:_MOST]
        return [self._rows[int(places[at])] for at in order if equal[at] >= _FEWEST]


def _sketch(grams: Grams) -> RMinHash:
    sketch = RMinHash(PERMUTATIONS, _SEED)
    sketch.update(grams.astype("<u4").view("V4").tolist())
    return sketch
