"""The state of a batch on disk: what is surely done, so that nothing is lost or doubled.

Beside the output lies a folder with the output so far and a journal. Some pieces are appended to
the output and synced, then one line of the journal says how long the output now is, and is synced
too. Whatever a crash leaves behind that line is cut off when the batch goes on. One growing file
instead of a file a piece costs half the disk and no last copying.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from fenmen.errors import FenmenError
from fenmen.tagging.locking import hold
from fenmen.tagging.work import Counts, Done

VERSION = 2  # another size of the pieces is another version
AGAIN = "run the same command again: it goes on where it was"


@dataclass(slots=True)
class State:
    """What is done: pieces, bytes of the output and of the errors, counts, seconds worked."""

    pieces: int = 0
    output: int = 0
    errors: int = 0
    read: int = 0
    seconds: float = 0.0
    counts: Counts = field(default_factory=Counts)
    all: bool = False
    size: int = -1  # of the finished output, once it is known

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as a line of the journal."""
        counts = self.counts
        return {
            "pieces": self.pieces,
            "output": self.output,
            "errors": self.errors,
            "read": self.read,
            "seconds": round(self.seconds, 3),
            "counts": [counts.rows, counts.statuses, counts.topics, counts.errors],
            "all": self.all,
            "size": self.size,
        }


class Journal:
    """The state folder of one output; `open_journal` makes one."""

    def __init__(self, output: Path, folder: Path, key: Mapping[str, Any], lock: BinaryIO) -> None:
        self.target = output
        self.key = key
        self.state = State()
        self._folder = folder
        self._lock = lock
        self._output: BinaryIO | None = None
        self._errors: BinaryIO | None = None
        self._lines: BinaryIO | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the output is finished and in its place."""
        return self.state.size >= 0 and not self.made.exists() and not self.partial.exists()

    @property
    def partial(self) -> Path:
        """The output so far."""
        return self._folder / "output"

    @property
    def made(self) -> Path:
        """The finished output before it goes to its place."""
        return self._folder / "finished"

    @property
    def listed(self) -> Path:
        """The list of errors so far."""
        return self._folder / "errors"

    @property
    def stories(self) -> Path:
        """What a first reading for reprints has found."""
        return self._folder / "stories"

    def begin(self) -> None:
        """Open the files and cut off what is not in the journal."""
        journal = self._folder / "journal"
        fresh = not journal.exists() or not journal.stat().st_size
        if not fresh and not self._is_whole():
            raise FenmenError(
                "E_RESUME",
                where=self._folder,
                what="the output so far is shorter than its journal says",
                fix="pass --restart to begin anew",
            )
        self._output, self._errors = _grown(self.partial), _grown(self.listed)
        self._lines = journal.open("ab")
        if fresh:
            self._append({"fenmen": VERSION, "key": self.key})
            sync_folder(self._folder)
        self._output.truncate(self.state.output)
        self._errors.truncate(self.state.errors)
        self._output.seek(self.state.output)
        self._errors.seek(self.state.errors)

    def _is_whole(self) -> bool:
        state = self.state
        return _length(self.partial) >= state.output and _length(self.listed) >= state.errors

    def commit(self, done: Sequence[Done], *, header: bytes = b"", seconds: float = 0.0) -> None:
        """Add finished pieces; when this returns they survive everything but a broken disk."""
        assert self._output is not None
        assert self._errors is not None
        self._write(self._output, [header, *(piece.output for piece in done)])
        self._write(self._errors, [piece.errors for piece in done])
        state = self.state
        for piece in done:
            state.counts.add(piece.counts)
            state.read += piece.bytes
        state.pieces += len(done)
        state.output, state.errors = self._output.tell(), self._errors.tell()
        state.seconds += seconds
        self._append(state.as_dict())

    def close_rows(self) -> None:
        """Note that all rows are done."""
        self.state.all = True
        self._append(self.state.as_dict())

    def finish(self, make: Callable[[Path, Path], None] | None, errors: Path | None) -> None:
        """Put the finished output, and the list of errors, in their places.

        Args:
            make: writes the finished output from the rows so far, if those are not it.
        """
        if self.state.size < 0 or not self.made.exists():
            if make is not None:
                # Under another name until it is whole: a crash may come in the middle, also when
                # an earlier crash has left the size of the finished output in the journal.
                making = self._folder / "making"
                make(self.partial, making)
                sync_file(making)
                making.replace(self.made)
            self.state.size = _length(self.made if make is not None else self.partial)
            self._append(self.state.as_dict())
        if errors is not None:
            _copy(self.listed, errors)
        (self.made if self.made.exists() else self.partial).replace(self.target)
        sync_folder(self.target.parent)
        self.close()
        for left in (self.partial, self.listed, self.stories):
            left.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files; what is not committed is forgotten."""
        for file in (self._output, self._errors, self._lines):
            if file is not None:
                with suppress(OSError):  # a full disk has been told already
                    file.close()
        self._output = self._errors = self._lines = None

    def release(self) -> None:
        """Let another process have the output."""
        self.close()
        self._lock.close()

    def _write(self, file: BinaryIO, parts: Sequence[bytes]) -> None:
        if any(parts):
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())

    def _append(self, line: Mapping[str, Any]) -> None:
        assert self._lines is not None
        self._lines.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._lines.flush()
        os.fsync(self._lines.fileno())


def open_journal(output: Path, key: Mapping[str, Any], *, restart: bool = False) -> Journal:
    """Take hold of an output and find out what of it is done.

    Args:
        key: the input, the model and the options, as plain data.
        restart: forget what is done and whatever the output holds.

    Raises:
        FenmenError: E_BUSY if another process writes the output, E_RESUME if it belongs to another
            input, model or option, E_OUTPUT if it cannot be written or is not ours.
    """
    folder = output.parent / f".{output.name}.fenmen"
    try:
        folder.mkdir(exist_ok=True)
        lock = hold(folder / "lock", output)
    except OSError as error:
        raise not_writable(output, error) from error
    try:
        if restart:
            forget(folder)
        journal = Journal(output, folder, key, lock)
        _recall(journal, folder / "journal", restart)
    except BaseException:
        lock.close()
        raise
    return journal


def forget(folder: Path) -> None:
    """Remove what a batch has left."""
    for name in ("journal", "output", "errors", "making", "finished", "stories", "stories.new"):
        (folder / name).unlink(missing_ok=True)


def _recall(journal: Journal, path: Path, restart: bool) -> None:
    lines = _whole_lines(path)
    if not lines:
        if not restart and journal.target.is_file() and journal.target.stat().st_size:
            raise FenmenError(
                "E_OUTPUT",
                where=journal.target,
                what="exists and holds something else",
                fix="choose another output, or pass --restart to replace it",
            )
        return
    _refuse_other(journal, lines[0])
    if len(lines) > 1:
        journal.state = _state(lines[-1])
    if journal.is_complete and _length(journal.target) != journal.state.size:
        if journal.target.exists():
            raise FenmenError(
                "E_RESUME",
                where=journal.target,
                what="was finished, and has been changed since",
                fix="choose another output, or pass --restart to replace it",
            )
        forget(path.parent)
        journal.state = State()


def _whole_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a journal; one that a crash tore is cut off."""
    if not path.exists():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    try:
        lines = [json.loads(line) for line in whole.splitlines()]
    except ValueError:
        raise FenmenError(
            "E_RESUME", where=path, what="is damaged", fix="pass --restart to begin anew"
        ) from None
    return lines


def _refuse_other(journal: Journal, first: Mapping[str, Any]) -> None:
    wanted = json.loads(json.dumps(journal.key))
    found = first.get("key", {})
    if found == wanted and first.get("fenmen") == VERSION:
        return
    names = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    raise FenmenError(
        "E_RESUME",
        where=journal.target,
        what=f"was begun with another {', another '.join(names) or 'version'}",
        fix="choose another output, or pass --restart to begin anew",
    )


def _state(line: Mapping[str, Any]) -> State:
    rows, statuses, topics, errors = line["counts"]
    counts = Counts(rows)
    counts.statuses.update(statuses)
    counts.topics.update(topics)
    counts.errors.update(errors)
    return State(**(dict(line) | {"counts": counts}))


def not_writable(path: Path, error: OSError) -> FenmenError:
    """The error for an output that cannot be written."""
    reason = error.strerror or str(error)
    return FenmenError(
        "E_OUTPUT",
        where=path,
        what=f"cannot be written ({reason})",
        fix="free some space or choose another output",
    )


def sync_file(path: Path) -> None:
    """Make sure that a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(path: Path, target: Path) -> None:
    """Copy a file so that the target is always whole, also on another disk."""
    fresh = target.with_name(f".{target.name}.new")
    shutil.copyfile(path, fresh)
    sync_file(fresh)
    fresh.replace(target)


def _grown(path: Path) -> BinaryIO:
    return path.open("r+b" if path.exists() else "w+b")


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
