"""Opens plain and compressed files as bytes and reads lines without trusting their length."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from fenmen.errors import FenmenError

STANDARD_INPUT = "-"
LONGEST_LINE = 16 * 2**20  # bytes; a longer line is no article, and would have to be held whole
FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
_BUFFER = 2**18  # bytes
COMPRESSIONS = (".gz", ".zst")


def split_ending(path: str | PurePath) -> tuple[str, str]:
    """The format that a file's ending names, or "", and its compression: .gz, .zst or "".

    A compressed file without another ending holds JSON lines.
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    packed = suffixes.pop() if suffixes and suffixes[-1] in COMPRESSIONS else ""
    if packed and not suffixes:
        return "jsonl", packed
    return FORMATS.get(suffixes[-1] if suffixes else "", ""), packed


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The content of a file or of standard input, decompressed as its ending says.

    Raises:
        FenmenError: E_MISSING or E_READ if it cannot be opened.
    """
    if path == STANDARD_INPUT:
        if sys.stdin.buffer.seekable():
            sys.stdin.buffer.seek(0)
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb", _BUFFER)  # noqa: SIM115 - closed below
    except OSError as error:
        raise unreadable(path, error) from error
    with file:
        yield _decompressed(file, split_ending(path)[1])


def unreadable(path: str, error: Exception) -> FenmenError:
    """The error for a file that is missing, closed to us, or broken in the middle."""
    if isinstance(error, FileNotFoundError):
        return FenmenError("E_MISSING", where=path, what="does not exist", fix="check the path")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    fix = "check the path and its permissions, and that the file is whole"
    return FenmenError("E_READ", where=path, what=f"cannot be read ({reason})", fix=fix)


def lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream with their ends; None for one that is too long to be held."""
    parts = iter(partial(stream.readline, LONGEST_LINE), b"")
    for line in parts:
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        for rest in parts:
            if rest.endswith(b"\n"):
                break
        yield None


def broken_stream() -> tuple[type[Exception], ...]:
    """What reading a damaged or truncated file raises."""
    errors: tuple[type[Exception], ...] = (OSError, EOFError, ValueError, zlib.error)
    zstandard = sys.modules.get("zstandard")
    return (*errors, zstandard.ZstdError) if zstandard else errors


def zstandard_module() -> Any:
    """The zstandard package.

    Raises:
        FenmenError: E_EXTRA if it is not installed.
    """
    try:
        import zstandard
    except ImportError:
        raise missing_extra("zstandard", ".zst files") from None
    return zstandard


def missing_extra(package: str, purpose: str) -> FenmenError:
    """The error for a package that is only installed on demand."""
    return FenmenError(
        "E_EXTRA",
        where=package,
        what=f"is needed for {purpose} and not installed",
        fix="pip install 'fenmen[tables]'",
    )


def _decompressed(file: BinaryIO, packed: str) -> BinaryIO:
    # BufferedReader finds the ends of lines in C, which the decompressors do in Python.
    if packed == ".gz":
        return cast(BinaryIO, io.BufferedReader(gzip.GzipFile(fileobj=file), _BUFFER))
    if packed == ".zst":
        reader = zstandard_module().ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return cast(BinaryIO, io.BufferedReader(reader, _BUFFER))
    return file
