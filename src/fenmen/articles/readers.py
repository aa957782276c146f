"""Reads files, folders and standard input as pages and articles."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fenmen.articles.article import Article, Page
from fenmen.articles.clean import clean
from fenmen.articles.decode import Decoded, decode
from fenmen.articles.folders import STANDARD_INPUT, page_files, unreadable
from fenmen.articles.formats.detect import HEAD, kind_of
from fenmen.articles.pages import content_id, split_page
from fenmen.errors import FenmenError


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
        raise unreadable(file, error) from error
