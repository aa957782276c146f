"""Parses hostile files in a process of its own, with limits of time, memory and output.

A process reads many files, one after another. Whatever goes wrong in it ends it, costs the file it
was reading, and the next file gets a new one.
"""

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from fenmen.articles.formats.limits import CHARACTERS, FILE_BYTES, SECONDS, too_much
from fenmen.articles.formats.messages import Result, unpack
from fenmen.errors import FenmenError

_PROGRAM = "from fenmen.articles.formats.worker import main; main()"
_STARTING = 60.0  # seconds that a process has to begin, however busy the machine
# Seconds that each delivered page earns the rest of its file: more than a page takes, and so little
# that a file of pages made to be slow is over within 30 s.
_EARNED = 0.25
_OUTPUT = 6 * CHARACTERS  # bytes; JSON writes a Chinese character as six
_CHUNK = 2**20
_SMALLER = "give it in smaller files, or as plain text"


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be parsed: where it lies, or its bytes; `kind` as detection names it."""

    kind: str
    source: str
    path: str = ""
    data: bytes = b""
    encoding: str = ""


def read_apart(request: Request, *, seconds: float | None = None) -> Iterator[Result]:
    """Yield the pages of a file, parsed in another process; an error in the place of the rest.

    Never raises for the file: too slow, too large, or fatal to its parser are errors as well.
    """
    worker = _take()
    done = False
    try:
        for results in worker.results(request, seconds or SECONDS):
            yield from results
        done = True
    except _EndedError as error:
        yield error.fault
    finally:
        if done:
            _give_back(worker)
        else:
            worker.kill()


class _EndedError(Exception):
    """The process ended, or was ended, over a file."""

    def __init__(self, code: str, source: str, what: str, fix: str = _SMALLER) -> None:
        super().__init__(code)
        self.fault = FenmenError(code, where=source, what=what, fix=fix)


@dataclass(slots=True)
class _Worker:
    """A process that parses files."""

    process: "subprocess.Popen[bytes]"
    pending: bytearray = field(default_factory=bytearray)
    ready: bool = False

    def results(self, request: Request, seconds: float) -> Iterator[list[Result]]:
        """The results of one file as they come."""
        if not self.ready:
            self._line(request.source, time.monotonic() + _STARTING, 0)
            self.ready = True
        self._ask(request, seconds)
        end, received = time.monotonic() + seconds, 0
        while True:
            line = self._line(request.source, end, received)
            received += len(line)
            try:
                results = unpack(line)
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise _EndedError(
                    "E_CRASH", request.source, "its parser answered nonsense"
                ) from error
            if not results:
                return
            if results[-1] and getattr(results[-1], "code", "") == "E_MEMORY":
                yield results[:-1]
                raise _EndedError(
                    "E_MEMORY", request.source, "needs more memory than a file may have"
                )
            yield results
            end = min(end + _EARNED * len(results), time.monotonic() + seconds)

    def kill(self) -> None:
        """End the process now."""
        self.process.kill()
        self.close()

    def close(self) -> None:
        """Let it end, and wait for it."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        try:
            self.process.wait(2.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def forget(self) -> None:
        """After a fork: the process is the parent's, not ours."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                os.close(pipe.fileno())
        self.process.returncode = 0

    def _ask(self, request: Request, seconds: float) -> None:
        head = {
            "kind": request.kind,
            "source": request.source,
            # This process may have moved to another folder since that one began.
            "path": request.path and os.path.abspath(request.path),  # noqa: PTH100
            "encoding": request.encoding,
            "bytes": len(request.data),
            "seconds": seconds,
        }
        assert self.process.stdin
        try:
            self.process.stdin.write(json.dumps(head).encode() + b"\n" + request.data)
            self.process.stdin.flush()
        except OSError as error:
            raise _EndedError("E_CRASH", request.source, self._how_it_ended()) from error

    def _line(self, source: str, end: float, received: int) -> bytes:
        """The next line of the answer."""
        assert self.process.stdout
        searched = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while (place := self.pending.find(b"\n", searched)) < 0:
                searched = len(self.pending)
                if received + searched > _OUTPUT:
                    raise _EndedError("E_LIMIT", source, f"holds over {CHARACTERS:,} characters")
                if not selector.select(max(0.0, end - time.monotonic())):
                    raise _EndedError("E_TIMEOUT", source, "takes too long to read")
                part = os.read(self.process.stdout.fileno(), _CHUNK)
                if not part:
                    raise _EndedError("E_CRASH", source, self._how_it_ended())
                self.pending += part
        line = bytes(self.pending[:place])
        del self.pending[: place + 1]
        return line

    def _how_it_ended(self) -> str:
        try:
            status = self.process.wait(2.0)
        except subprocess.TimeoutExpired:
            return "its parser stopped"
        ended = f"signal {-status}, as when memory runs out" if status < 0 else f"status {status}"
        return f"its parser ended with {ended}"


_idle: list[_Worker] = []
_lock = threading.Lock()


def _take() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.close()
    return _start()


def _give_back(worker: _Worker) -> None:
    with _lock:
        _idle.append(worker)


def _start() -> _Worker:
    # One thread is enough, and each would reserve memory of its own.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    process = subprocess.Popen(  # noqa: S603 - our own program
        # -P: nothing is imported from the folder that the user happens to stand in.
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **threads, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return _Worker(process)


def _end_all() -> None:
    while _idle:
        _idle.pop().close()


def _forget_all() -> None:
    while _idle:
        _idle.pop().forget()


def check_size(source: str, size: int) -> None:
    """Refuse a file that is too large to be parsed.

    Raises:
        FenmenError: E_LIMIT.
    """
    if size > FILE_BYTES:
        raise too_much(source, f"has {size:,} bytes, {FILE_BYTES:,} are allowed")


atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
