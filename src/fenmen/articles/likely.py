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
_CONTAINED = 0.25  # by the signatures' estimate, half of what a reprint needs


class Likely:
    """Signatures of all prints, held in memory: about 6 kB each."""

    def __init__(self) -> None:
        self._bands = RMinHashLSH(0.2, PERMUTATIONS, BANDS)
        self._count = 0
        self._signatures = np.empty((1024, PERMUTATIONS), np.uint32)
        self._rows = np.empty(1024, np.int64)
        self._sizes = np.empty(1024, np.int64)

    def add(self, row: int, grams: Grams) -> None:
        """Keep the print under its row."""
        if self._count == len(self._rows):
            self._grow()
        sketch = _sketch(grams)
        self._signatures[self._count] = sketch.digest()
        self._rows[self._count] = row
        self._sizes[self._count] = len(grams)
        self._bands.insert(self._count, sketch)
        self._count += 1

    def _grow(self) -> None:
        more = self._count // 4
        self._signatures.resize((self._count + more, PERMUTATIONS), refcheck=False)
        self._rows.resize(self._count + more, refcheck=False)
        self._sizes.resize(self._count + more, refcheck=False)

    def find(self, grams: Grams) -> list[int]:
        """Rows of the likest prints, at most 40, the likest first."""
        if not len(grams):
            return []
        sketch = _sketch(grams)
        places = np.array(self._bands.query(sketch), np.int64)  # (n_candidates,)
        equal = np.count_nonzero(self._signatures[places] == np.uint32(sketch.digest()), axis=1)
        sizes = self._sizes[places]
        # Jaccard j of sets with a and b members: j / (1 + j) * (a + b) are in both.
        both = equal / (PERMUTATIONS + equal) * (sizes + len(grams))
        contained: NDArray[np.float64] = both / np.minimum(sizes, len(grams))
        likest = np.lexsort((places, -contained))[:_MOST]
        chosen = likest[contained[likest] >= _CONTAINED]
        return [int(row) for row in self._rows[places[chosen]]]


def _sketch(grams: Grams) -> RMinHash:
    sketch = RMinHash(PERMUTATIONS, _SEED)
    sketch.update(grams.astype("<u4").view("V4").tolist())
    return sketch
