"""Memory that one batch of articles frees is kept for the next, and taken at once."""

import ctypes
import sys

import numpy as np

# Of the GNU C library's mallopt: what is freed at the top beyond this goes back to the system, and
# what is larger than this never stays. By default so little stays that a sixth of the time goes
# into getting empty pages again and again.
_TRIM, _TRIM_FROM = -1, 128 * 2**20
_MAP, _MAP_FROM = -3, 32 * 2**20
# What a batch needs: numpy asks for large arrays in pages of 2 MB, a hundredth of the work.
_TAKEN, _TIMES = 24 * 2**20, 2
_PAGE = 4096

_keeps = False  # whether this process does


def keep_freed_memory() -> None:
    """Let this process keep what it frees, where its C library can be told so."""
    global _keeps
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    mallopt(_TRIM, _TRIM_FROM)
    _keeps = bool(mallopt(_MAP, _MAP_FROM))


def take_memory() -> None:
    """Get the pages that batches will need, if they are kept; each worker has its own."""
    if not _keeps:
        return
    taken = [np.empty(_TAKEN, np.uint8) for _ in range(_TIMES)]
    for part in taken:
        part[::_PAGE] = 0
