"""Pieces worked on by this process or by several, their results in order."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Any, NamedTuple

from fenmen.errors import FenmenError
from fenmen.tagging.formats import Format
from fenmen.tagging.inputs import Piece
from fenmen.tagging.memory import take_memory
from fenmen.tagging.passing import put, slots, take
from fenmen.tagging.settings import Settings
from fenmen.tagging.tagger import Tagger
from fenmen.tagging.work import Done, work

_AHEAD = 4  # pieces waiting for each worker: enough to keep it busy, little to hold


class Order(NamedTuple):
    """What every worker does with every piece."""

    tagger: Tagger
    form: Format
    settings: Settings


def results(pieces: Iterable[Piece], order: Order, jobs: int) -> Iterator[Done]:
    """Each piece's result, in order, whatever the number of processes.

    Raises:
        FenmenError: E_WORKER if the system stopped a worker process.
    """
    if jobs == 1:
        take_memory()
        yield from (work(order.tagger, piece, order.form, order.settings) for piece in pieces)
        return
    context = _context()
    shared = context.get_start_method() == "fork"
    with slots(jobs * _AHEAD + 1, shared=shared) as places:
        pool = ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(order, os.getpid())
        )
        try:
            yield from _in_order(pool, pieces, places)
        except BrokenProcessPool as error:
            raise FenmenError(
                "E_WORKER",
                where="--jobs",
                what="the system stopped a worker process, perhaps for lack of memory",
                fix="run the same command again, with fewer --jobs",
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, pieces: Iterable[Piece], places: Sequence[int]
) -> Iterator[Done]:
    free = list(places)
    waiting: deque[tuple[int, Future[Any]]] = deque()
    for piece in pieces:
        slot = free.pop()
        waiting.append((slot, pool.submit(_work, slot, put(slot, piece))))
        if not free:
            first, result = waiting.popleft()
            yield take(first, result.result())
            free.append(first)
    while waiting:
        first, result = waiting.popleft()
        yield take(first, result.result())


def _context() -> BaseContext:
    """Forked workers share the loaded model; a process with threads cannot be forked safely."""
    may_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if may_fork else "spawn")


_order: Order | None = None  # of this worker process


def _begin(order: Order, parent: int) -> None:
    global _order
    _order = order
    take_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops and tells us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed parent cannot tell its workers to go."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def _work(slot: int, told: Any) -> Any:
    assert _order is not None
    piece: Piece = take(slot, told)
    return put(slot, work(_order.tagger, piece, _order.form, _order.settings))
