"""Tables of articles as files: their columns, and their rows still unparsed, cheap to hand on."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from fenmen.articles.decode import decode
from fenmen.articles.streams import (
    LONGEST_LINE,
    broken_stream,
    lines,
    missing_extra,
    opened,
    split_ending,
    unreadable,
)
from fenmen.errors import FenmenError

SAMPLE = 2**20  # bytes from which encoding and separator are found
PARQUET_BATCH = 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# A row as its file has it: a line of JSON, the cells under the columns, or why there is neither.
Raw = bytes | Sequence[Any] | FenmenError


@dataclass(frozen=True, slots=True)
class Table:
    """A readable table; `columns` is empty for JSON lines, whose rows name their own."""

    path: str
    kind: str
    encoding: str = "utf-8"
    separator: str = ","
    columns: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Its name in errors and in the `source` of articles."""
        return "standard input" if self.path == "-" else self.path


def open_table(path: str, *, kind: str = "", encoding: str | None = None) -> Table:
    """Find out how a table is to be read.

    Args:
        kind: jsonl, csv, tsv or parquet; by the ending if not given.

    Raises:
        FenmenError: E_MISSING, E_READ, E_EMPTY, E_BINARY, E_ENCODING, or E_COLUMN for a header
            that names a column twice.
    """
    kind = kind or split_ending(path)[0]
    if kind == "parquet":
        with _parquet(path) as file:
            return Table(path, kind, columns=_distinct(path, file.schema_arrow.names))
    try:
        with opened(path) as stream:
            sample = stream.read(SAMPLE)
    except broken_stream() as error:
        raise unreadable(path, error) from error
    found = _encoding(sample, path, encoding)
    if kind == "jsonl":
        return Table(path, kind, found)
    separator = "\t" if kind == "tsv" else _separator(sample.decode(found, "replace"))
    table = Table(path, kind, found, separator)
    _, header = next(_cells(table), (0, []))
    if isinstance(header, FenmenError) or not isinstance(header, list):
        raise FenmenError("E_EMPTY", where=path, what="holds no header", fix="give a table")
    return Table(path, kind, found, separator, _distinct(path, header))


def raw_rows(table: Table) -> Iterator[tuple[int, Raw]]:
    """Every row with its line (its number, in Parquet), unparsed; blank lines are no rows.

    Where the file turns out to be broken, an error stands for the rest of it.
    """
    rows = {"jsonl": _json_lines, "parquet": _parquet_rows}.get(table.kind, _cells_below_header)
    row: tuple[int, Raw] = (0, b"")
    try:
        for row in rows(table):
            yield row
    except broken_stream() as error:
        line = row[0] + 1
        yield line, unreadable(f"{table.where}:{line}", error)


def _json_lines(table: Table) -> Iterator[tuple[int, Raw]]:
    with opened(table.path) as stream:
        for number, line in enumerate(lines(_as_utf8(stream, table.encoding)), start=1):
            if line is None:
                yield number, _too_long(table, number)
            elif not line.isspace():
                yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _cells_below_header(table: Table) -> Iterator[tuple[int, Raw]]:
    return islice(_cells(table), 1, None)


def _cells(table: Table) -> Iterator[tuple[int, Raw]]:
    csv.field_size_limit(LONGEST_LINE)
    with opened(table.path) as stream:
        reader = csv.reader(_text_lines(stream, table.encoding), delimiter=table.separator)
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield (
                    line,
                    FenmenError(
                        "E_ROW", where=f"{table.where}:{line}", what=str(error), fix="mend the row"
                    ),
                )
                cells = []
            if cells is None:
                return
            if cells:
                yield line, cells
            line = reader.line_num + 1


def _text_lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines of text; bytes that do not fit become lone surrogates, which the row's check finds."""
    first = True
    for line in lines(_as_utf8(stream, encoding)):
        codec = "utf-8" if encoding.startswith("utf") else encoding
        text = "" if line is None else line.decode(codec, "surrogateescape")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _as_utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """The same stream, in UTF-8 if its encoding spreads line ends over several bytes."""
    if not encoding.startswith(("utf-16", "utf-32")):
        return stream
    codec = codecs.lookup("utf-8")
    inner = codecs.lookup(encoding)
    recoder = codecs.StreamRecoder(
        stream, codec.encode, codec.decode, inner.streamreader, inner.streamwriter, "replace"
    )
    return io.BufferedReader(_Raw(recoder), 2**16)


class _Raw(io.RawIOBase):
    """Lets a BufferedReader find lines in what a recoder gives."""

    def __init__(self, recoder: codecs.StreamRecoder) -> None:
        self._recoder = recoder
        self._waiting = b""

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer."""
        data = self._waiting or self._recoder.read(2**15)
        part, self._waiting = data[: len(buffer)], data[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _parquet(path: str) -> Any:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise missing_extra("pyarrow", "Parquet files") from None
    try:
        return parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise unreadable(path, error) from error


def _parquet_rows(table: Table) -> Iterator[tuple[int, Raw]]:
    number = 0
    with _parquet(table.path) as file:
        for batch in parquet_batches(file, PARQUET_BATCH):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, cells


def parquet_batches(file: Any, size: int) -> Iterator[Any]:
    """The rows of a Parquet file, one group after another: those before a broken one are whole."""
    for group in range(file.num_row_groups):
        yield from file.iter_batches(size, row_groups=[group])


def _encoding(sample: bytes, path: str, given: str | None) -> str:
    """The encoding of a table: of most of its lines, so that a few broken ones do not matter."""
    if not sample.strip():
        raise FenmenError("E_EMPTY", where=path, what="is empty", fix="give a file with rows in it")
    for mark, name in _MARKS:
        if sample.startswith(mark) and given is None:
            return name
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    if given is not None:
        try:
            return codecs.lookup(given).name
        except LookupError:
            decode(whole, where=path, encoding=given)  # says what is wrong
    lines = [line for line in whole.split(b"\n") if line.strip()]
    foreign = [line for line in lines if not line.isascii()]
    if 2 * sum(map(_is_utf8, foreign)) >= len(foreign) and not _is_wide(whole):
        return "utf-8"
    try:
        return decode(whole, where=path).encoding
    except FenmenError:
        # Bad rows among good ones do not make a bad file.
        if lines[0].lstrip().startswith(b"{") or 2 * sum(map(_is_utf8, lines)) > len(lines):
            return "utf-8"
        raise


def _is_wide(data: bytes) -> bool:
    """Whether it looks like UTF-16: hardly a text in it is without ASCII signs."""
    return data[:4096].count(0) > len(data[:4096]) // 20


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _separator(sample: str) -> str:
    """A comma, unless the header is parted by another sign."""
    header = re.sub('"[^"]*"', "", sample.lstrip("\ufeff").split("\n", 1)[0])
    return max(",;\t", key=header.count)


def _distinct(path: str, names: Sequence[str]) -> tuple[str, ...]:
    cleaned = tuple(name.strip() for name in names)
    if twice := sorted({name for name in cleaned if cleaned.count(name) > 1}):
        raise FenmenError(
            "E_COLUMN", where=path, what=f"names {twice} twice", fix="give each column its own name"
        )
    return cleaned


def _too_long(table: Table, line: int) -> FenmenError:
    return FenmenError(
        "E_TOO_LONG",
        where=f"{table.where}:{line}",
        what=f"the line is longer than {LONGEST_LINE:,} bytes",
        fix="split it into articles",
    )
