"""Hands pieces to worker processes and results back through memory that all of them share.

Megabytes through a pipe come in parts of 64 KB, and for each both processes must wake up.
"""

import errno
import os
import pickle
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

NO_SLOT = -1  # the thing itself goes through the pipe


@contextmanager
def slots(number: int, *, shared: bool) -> Iterator[list[int]]:
    """Places for one thing each; `shared` if processes forked from now on can see them.

    A Python built for an old C library has no such memory: there the pipe has to do.
    """
    if not (shared and hasattr(os, "memfd_create")):
        yield [NO_SLOT] * number
        return
    with ExitStack() as ending:
        opened = [os.memfd_create("fenmen") for _ in range(number)]
        for slot in opened:
            ending.callback(os.close, slot)
        yield opened


def put(slot: int, thing: Any) -> Any:
    """Put a thing into a slot; what the other process must be told to take it.

    Raises:
        OSError: if there is no memory for it.
    """
    if slot == NO_SLOT:
        return thing
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    if os.pwrite(slot, data, 0) < len(data):
        raise OSError(errno.ENOMEM, "no memory left to pass a piece on")
    return len(data)


def take(slot: int, told: Any) -> Any:
    """The thing that was put into a slot."""
    # Nobody but this program's processes can write there.
    return told if slot == NO_SLOT else pickle.loads(os.pread(slot, told, 0))  # noqa: S301
