"""The process that parses: reads requests on standard input, writes results on standard output."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from fenmen.articles.formats.html import read_html
from fenmen.articles.formats.limits import CHARACTERS, MEMORY, too_much
from fenmen.articles.formats.mail import read_mail
from fenmen.articles.formats.messages import Result, pack
from fenmen.articles.formats.office import read_office, read_old_office
from fenmen.articles.formats.pdf import read_pdf
from fenmen.errors import FenmenError

Reader = Callable[..., Iterator[Result]]
READERS: dict[str, Reader] = {
    "pdf": read_pdf,
    "html": read_html,
    "zip": read_office,
    "ole": read_old_office,
    "mail": read_mail,
}
_AT_ONCE = 200  # results in one message
_SIZE_AT_ONCE = 2**16  # characters of text after which a message is sent
_OFTEN = 0.5  # seconds after which a message is sent
_GRACE = 10.0  # seconds after which the process ends itself if nobody else did


def main() -> None:
    """Say that we are ready, then serve requests until standard input ends."""
    _limit_process()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    answers.write(pack([]))
    answers.flush()
    while head := requests.readline():
        request = json.loads(head)
        data = requests.read(request["bytes"])
        _end_by_itself(request["seconds"])
        try:
            _serve(request, data, answers)
        except MemoryError:
            fault = FenmenError("E_MEMORY", where="", what="needs more memory", fix="")
            answers.write(pack([fault]))
            answers.flush()
            os._exit(1)
        answers.write(pack([]))
        answers.flush()


def results_of(kind: str, data: bytes, source: str, encoding: str) -> Iterator[Result]:
    """The pages of a file; its fault, where it cannot be read at all, as the last of them."""
    try:
        if kind == "html":
            yield from read_html(data, source=source, encoding=encoding or None)
        else:
            yield from READERS[kind](data, source=source)
    except FenmenError as error:
        yield error
    except ImportError as error:
        yield FenmenError(
            "E_EXTRA",
            where=source,
            what=f"needs the package {error.name} to be read",
            fix="pip install 'fenmen[formats]'",
        )
    except RecursionError:
        yield FenmenError(
            "E_DEPTH", where=source, what="is nested too deeply", fix="save it anew, or as text"
        )
    except MemoryError:
        raise
    except Exception as error:
        yield FenmenError(
            "E_DAMAGED",
            where=source,
            what=f"cannot be parsed ({type(error).__name__}: {str(error)[:200]})",
            fix="open it in its own program and save it anew",
        )


def _serve(request: dict[str, Any], data: bytes, answers: BinaryIO) -> None:
    source = str(request["source"])
    try:
        if request["path"]:
            with open(request["path"], "rb") as file:  # noqa: PTH123 - a plain read
                data = file.read()
    except OSError as error:
        fault = FenmenError(
            "E_READ",
            where=source,
            what=f"cannot be read ({error.strerror})",
            fix="check the path and its permissions",
        )
        answers.write(pack([fault]))
        return
    waiting: list[Result] = []
    size = total = 0
    sent = time.monotonic()
    for result in results_of(str(request["kind"]), data, source, str(request["encoding"])):
        waiting.append(result)
        length = 0 if isinstance(result, FenmenError) else len(result.text)
        size, total = size + length, total + length
        if total > CHARACTERS:
            waiting[-1] = too_much(source, f"holds over {CHARACTERS:,} characters")
            break
        late = time.monotonic() - sent > _OFTEN
        if late or len(waiting) >= _AT_ONCE or size >= _SIZE_AT_ONCE:
            answers.write(pack(waiting))
            answers.flush()
            waiting, size, sent = [], 0, time.monotonic()
    if waiting:
        answers.write(pack(waiting))


def _limit_process() -> None:
    """Bound memory; forbid files and cores. Without effect where the system has no such limits."""
    try:
        import resource
    except ImportError:
        return
    room = max(MEMORY, _address_space() + MEMORY // 2)
    for name, value in (("AS", room), ("CORE", 0), ("FSIZE", 0)):
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        except (ValueError, OSError):
            continue


def _address_space() -> int:
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _end_by_itself(seconds: float) -> None:
    """End the process some time after its limit, should the one that asked be gone."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, 20 * seconds + _GRACE)
