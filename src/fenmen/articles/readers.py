"""Reads files, folders and standard input as pages and articles."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fenmen.articles.article import Article, Page
from fenmen.articles.clean import clean
from fenmen.articles.decode import Decoded, decode
from fenmen.articles.formats.detect import ENDINGS, HEAD, kind_of
from fenmen.articles.pages import content_id, split_page
from fenmen.errors import FenmenError

SUFFIXES = ENDINGS
STANDARD_INPUT = "-"
_GIVE_TEXT = "give a file, a folder of them, or - for standard input"


def read(source: str | Path, *, encoding: str | None = None) -> Iterator[Article]:
    """Yield the articles of a file of any kind, of a folder of them, or of standard input (-).

    Raises:
        FenmenError: at the first thing that cannot be read; `read_pages` goes on instead.
    """
    for page in read_pages([source], encoding=encoding):
        if isinstance(page, FenmenError):
            raise page
        yield from page.articles


def read_pages(
    paths: Iterable[str | Path], *, encoding: str | None = None
) -> Iterator[Page | FenmenError]:
    """Yield every page of the paths, or the error that stands for it; never raises for one.

    A form feed, as text layers of PDF files have it, begins a new page.
    """
    for path in paths:
        for file in page_files(path):
            if isinstance(file, FenmenError):
                yield file
            else:
                yield from _pages(file, encoding)


def page_files(path: str | Path) -> Iterator[str | Path | FenmenError]:
    """The file itself, or the texts of a folder and its sub-folders in sorted order."""
    if path == STANDARD_INPUT:
        yield STANDARD_INPUT
        return
    path = Path(path)
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    if not exists:
        yield FenmenError("E_MISSING", where=path, what="does not exist", fix=_GIVE_TEXT)
    elif is_folder:
        yield from _walk(path)
    else:
        yield path


def plain_article(text: str) -> Article:
    """Make an article of a plain string, all of it body, cleaned as pages are.

    Raises:
        FenmenError: E_EMPTY if nothing but decoration and white space is in it.
    """
    body = clean(text)
    if not body:
        raise FenmenError("E_EMPTY", where="text", what="holds no text", fix="give some text")
    return Article(content_id("", body), "", 1, "", "", body, "", "", "")


def _pages(file: str | Path, encoding: str | None) -> Iterator[Page | FenmenError]:
    try:
        head = _bytes(file) if file == STANDARD_INPUT else _bytes(file, HEAD)
        kind = kind_of(head[:HEAD], str(file))
        if kind == "text":
            data = head if file == STANDARD_INPUT or len(head) < HEAD else _bytes(file)
            decoded = decode(data, where=str(file), encoding=encoding)
    except FenmenError as error:
        yield error
        return
    if kind == "text":
        yield from _text_pages(decoded, file)
    else:
        yield from _foreign_pages(kind, file, head, encoding)


def _foreign_pages(
    kind: str, file: str | Path, head: bytes, encoding: str | None
) -> Iterator[Page | FenmenError]:
    from fenmen.articles.formats.files import read_foreign  # slow to import, seldom needed

    if file == STANDARD_INPUT:
        yield from read_foreign(
            kind, "standard input", data=head, size=len(head), encoding=encoding
        )
    else:
        size = Path(file).stat().st_size
        yield from read_foreign(kind, str(file), size=size, encoding=encoding)


def _text_pages(decoded: Decoded, file: str | Path) -> Iterator[Page | FenmenError]:
    texts = decoded.text.split("\f")
    written = [number for number, text in enumerate(texts, start=1) if text.strip()]
    for number in written or [1]:
        yield _page(Decoded(texts[number - 1], decoded.encoding, decoded.why), file, number)


def _page(decoded: Decoded, file: str | Path, number: int) -> Page | FenmenError:
    source = "standard input" if file == STANDARD_INPUT else str(file)
    try:
        return split_page(decoded.text, source=source, page=number, encoding=decoded.encoding)
    except FenmenError as error:
        return error


def _bytes(file: str | Path, most: int = -1) -> bytes:
    """The content of a file, or the first `most` bytes of it."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise _unreadable(file, error) from error


def _walk(folder: Path) -> Iterator[Path | FenmenError]:
    faults: list[OSError] = []
    found = False
    for root, folders, names in os.walk(folder, onerror=faults.append):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES:
                found = True
                yield Path(root) / name
    yield from (_unreadable(fault.filename or folder, fault) for fault in faults)
    if not found and not faults:
        what = f"holds no file that ends with {' '.join(SUFFIXES)}"
        yield FenmenError("E_MISSING", where=folder, what=what, fix=_GIVE_TEXT)


def _unreadable(path: str | Path, error: Exception) -> FenmenError:
    reason = getattr(error, "strerror", None) or str(error)
    fix = "check the path and its permissions"
    return FenmenError("E_READ", where=path, what=f"cannot be read ({reason})", fix=fix)
