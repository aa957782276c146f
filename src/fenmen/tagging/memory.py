"""Memory that one batch of articles frees is kept for the next."""

import ctypes
import sys

# Of the GNU C library's mallopt: what is freed at the top beyond this goes back to the system, and
# what is larger than this never stays. By default so little stays that a sixth of the time goes
# into getting empty pages again and again.
_TRIM, _TRIM_FROM = -1, 128 * 2**20
_MAP, _MAP_FROM = -3, 32 * 2**20


def keep_freed_memory() -> None:
    """Let this process keep what it frees, where its C library can be told so."""
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    mallopt(_TRIM, _TRIM_FROM)
    mallopt(_MAP, _MAP_FROM)
