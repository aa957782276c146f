"""The inputs of a batch: what they are, their hash, and their rows in pieces of fixed size."""

import hashlib
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

from fenmen.articles.folders import NOTHING, page_files
from fenmen.articles.readers import read_pages
from fenmen.articles.rows import Columns, Row, choose_columns, read_rows
from fenmen.articles.streams import STANDARD_INPUT, split_ending
from fenmen.articles.tables import Raw, Table, open_table, raw_rows
from fenmen.errors import FenmenError

# The bytes of a compressed output depend on where its pieces end, so these never change.
# Two batches of the scorer; small, so that several processes end together.
ROWS = 512
BYTES = 2 * 2**20
FILES = 16  # pages in a piece
_HASHED = 2**20
NO_COLUMNS = Columns()


@dataclass(frozen=True, slots=True)
class Input:
    """A table with its columns, a file or folder of pages, or why it can be neither.

    `own` are absolute paths of outputs, which are not read should they lie in the folder.
    """

    path: str
    content: Table | FenmenError | None = None
    columns: Columns = NO_COLUMNS
    own: frozenset[str] = NOTHING

    @property
    def is_table(self) -> bool:
        """Whether it has rows, not pages."""
        return isinstance(self.content, Table)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one input, unparsed, or the paths of some pages; the unit of work.

    `bytes` is about how much of the input they are. `stories` adds to the rows what a first reading
    found out, if there was one.
    """

    source: Input
    rows: list[tuple[int, Raw | str]]
    bytes: int
    encoding: str | None = None
    stories: Callable[[Iterable[Row]], Iterator[Row]] | None = None


def survey(
    paths: Sequence[str],
    *,
    kind: str = "",
    encoding: str | None = None,
    columns: Columns,
    own: Iterable[Path | None] = (),
) -> list[Input]:
    """Find out what the inputs are; an unreadable table becomes an input that is an error.

    Args:
        own: what is written during the run.

    Raises:
        FenmenError: E_COLUMN if a table lacks the column that is asked for, E_EXTRA if a package
            is needed to read it.
    """
    written = frozenset(str(path.absolute()) for path in own if path is not None)
    return [_survey(path, kind, encoding, columns, written) for path in paths]


def _survey(
    path: str, kind: str, encoding: str | None, columns: Columns, own: frozenset[str]
) -> Input:
    if not kind and (not split_ending(path)[0] or Path(path).is_dir()):
        return Input(path, own=own)
    try:
        table = open_table(path, kind=kind, encoding=encoding)
        return Input(path, table, choose_columns(table, columns))
    except FenmenError as error:
        if error.code in ("E_COLUMN", "E_EXTRA"):
            raise
        return Input(path, error)


def pieces(
    inputs: Iterable[Input], *, encoding: str | None = None, limit: int | None = None
) -> Iterator[Piece]:
    """The rows of the inputs in order; where a piece ends depends on the inputs alone."""
    left = limit if limit is not None else sys.maxsize
    for source in inputs:
        for piece in _pieces(source):
            if left <= 0:
                return
            rows = piece.rows[:left]
            left -= len(rows)
            yield Piece(source, rows, piece.bytes, encoding)


def _pieces(source: Input) -> Iterator[Piece]:
    if isinstance(source.content, FenmenError):
        yield Piece(source, [(0, source.content)], 0)
    elif source.content is None:
        files = page_files(source.path, source.own)
        while some := list(islice(files, FILES)):
            given = [file if isinstance(file, FenmenError) else str(file) for file in some]
            yield Piece(source, [(0, file) for file in given], sum(map(_size, given)))
    else:
        rows: list[tuple[int, Raw | str]] = []
        size = 0
        for row in raw_rows(source.content):
            rows.append(row)
            raw = row[1]
            size += len(raw) if type(raw) is bytes else weight(raw)
            if len(rows) >= ROWS or size >= BYTES:
                yield Piece(source, rows, size)
                rows, size = [], 0
        if rows:
            yield Piece(source, rows, size)


def weight(raw: Raw) -> int:
    """About how many bytes a row has in its file."""
    if isinstance(raw, bytes):
        return len(raw)
    if isinstance(raw, FenmenError):
        return 0
    return sum(len(cell) if isinstance(cell, str) else 8 for cell in raw)


def rows_of(piece: Piece) -> Iterator[Row]:
    """Parse a piece: each row, or each article of each page, or the error in its place."""
    return piece.stories(_rows(piece)) if piece.stories else _rows(piece)


def _rows(piece: Piece) -> Iterator[Row]:
    if isinstance(piece.source.content, Table):
        rows = cast(list[tuple[int, Raw]], piece.rows)
        yield from read_rows(piece.source.content, rows, piece.source.columns)
        return
    for line, raw in piece.rows:
        if isinstance(raw, FenmenError):
            yield Row(raw.where, line, "", raw, {})
        else:
            yield from _page_rows(str(raw), piece.encoding)


def _page_rows(path: str, encoding: str | None) -> Iterator[Row]:
    if path == STANDARD_INPUT:
        _rewind()
    for page in read_pages([path], encoding=encoding):
        if isinstance(page, FenmenError):
            yield Row(page.where, 0, "", page, {})
        else:
            for article in page.articles:
                yield Row(article.source, article.page, article.id, article, {}, article.body)


def fingerprint(source: Input) -> dict[str, Any]:
    """The name, size and hash of an input, without holding it; of a folder, of all its pages."""
    digest, size = hashlib.sha256(), 0
    is_table = source.content is not None
    files = [source.path] if is_table else page_files(source.path, source.own)
    for file in files:
        if isinstance(file, FenmenError):
            digest.update(str(file).encode("utf-8", "replace"))
            continue
        digest.update(f"\0{file}\0".encode("utf-8", "surrogateescape"))
        for part in _parts(str(file)):
            digest.update(part)
            size += len(part)
    return {"path": source.path, "size": size, "sha256": digest.hexdigest()}


def state_of(source: Input) -> tuple[int, ...]:
    """What changes when somebody writes to a table; nothing for pages, which are many."""
    if not source.is_table or source.path == STANDARD_INPUT:
        return ()
    try:
        found = Path(source.path).stat()
    except OSError:
        return (-1,)
    return found.st_size, found.st_mtime_ns, found.st_ino


def _parts(path: str) -> Iterator[bytes]:
    if path == STANDARD_INPUT:
        _rewind()
        yield from iter(lambda: sys.stdin.buffer.read(_HASHED), b"")
        return
    try:
        with Path(path).open("rb") as file:
            yield from iter(lambda: file.read(_HASHED), b"")
    except OSError as error:
        yield str(error.errno).encode()


@contextmanager
def kept_standard_input(paths: Iterable[str]) -> Iterator[None]:
    """While standard input is one of the inputs, let it be read several times."""
    if STANDARD_INPUT not in paths:
        yield
        return
    import shutil
    import tempfile  # both slow to import, seldom needed

    given = sys.stdin
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(given.buffer, kept)
        kept.seek(0)
        sys.stdin = io.TextIOWrapper(kept)
        try:
            yield
        finally:
            sys.stdin.detach()
            sys.stdin = given


def _rewind() -> None:
    if sys.stdin.buffer.seekable():
        sys.stdin.buffer.seek(0)


def _size(path: Any) -> int:
    try:
        return Path(str(path)).stat().st_size
    except (OSError, ValueError):
        return 0
