"""The segments of many articles at once, by a compiled loop where a run is long enough for it."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fenmen.articles.segments import COSTS, segment_spans
from fenmen.articles.sentences import CLOSING_SIGNS, COMMAS, SHORTEST_PIECE, STOPS

Spans = list[tuple[int, int]]
_CODES = 0x110000
_LAST_SPACE = 0x3000


def spans_one_by_one(bodies: Sequence[str]) -> list[Spans]:
    """The spans of the segments of each body."""
    return [segment_spans(body) for body in bodies]


def spans_compiled(bodies: Sequence[str]) -> list[Spans]:
    """The same by a compiled loop, whose loading takes a moment.

    Raises:
        ImportError: numba is not installed.
    """
    from fenmen.model.loops.segmenting import find

    codes = np.frombuffer("".join(bodies).encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.fromiter(map(len, bodies), np.int64, len(bodies))
    lasts = np.cumsum(sizes)
    most = int(sizes.max(initial=0)) // SHORTEST_PIECE + 2
    counts = np.empty(len(bodies), np.int64)
    found = np.empty(2 * (len(codes) // SHORTEST_PIECE + 2 * len(bodies)), np.int64)
    total = find(_kinds().take(codes), lasts - sizes, lasts, np.array(COSTS), most, found, counts)
    starts, ends = found[: 2 * total : 2].tolist(), found[1 : 2 * total : 2].tolist()
    pairs = list(zip(starts, ends, strict=True))
    behind = np.cumsum(counts).tolist()
    # The loop finds those of a text from its end.
    return [
        pairs[end - count : end][::-1] for end, count in zip(behind, counts.tolist(), strict=True)
    ]


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.int8]:
    """What each character means for the division of a text, (0x110000,)."""
    from fenmen.model.loops import segmenting as bits

    kinds = np.zeros(_CODES, np.int8)
    kinds[[code for code in range(_LAST_SPACE + 1) if chr(code).isspace()]] = bits.SPACE
    kinds[ord("\n")] = bits.SPACE | bits.LINE
    for signs, bit in ((STOPS, bits.STOP), (CLOSING_SIGNS, bits.CLOSING), (COMMAS, bits.COMMA)):
        kinds[list(map(ord, signs))] |= bit
    return kinds
