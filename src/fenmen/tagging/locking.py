"""One process an output: a lock that the system lets go of however the process ends."""

import sys
from pathlib import Path
from typing import BinaryIO

from fenmen.errors import FenmenError


def hold(path: Path, output: Path) -> BinaryIO:
    """Lock a file for as long as the returned file is open.

    Raises:
        FenmenError: E_BUSY if another process has it.
    """
    lock = path.open("a+b")
    try:
        _take(lock)
    except OSError:
        lock.close()
        raise FenmenError(
            "E_BUSY",
            where=output,
            what="another fenmen process is writing it",
            fix="wait for that one, or choose another output",
        ) from None
    return lock


def _take(lock: BinaryIO) -> None:
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        lock.seek(0)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # Not flock: worker processes would inherit that, and keep it when this process is killed.
        fcntl.lockf(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
