"""Reads files that are no plain text: some in a process apart, tables row by row."""

from collections.abc import Iterator
from itertools import chain, islice

from fenmen.articles.formats.columns import Guessed, guess, row_page
from fenmen.articles.formats.detect import PARSED_APART
from fenmen.articles.formats.messages import Result
from fenmen.articles.formats.sandbox import Request, check_size, read_apart
from fenmen.articles.rows import Columns, Row, read_row
from fenmen.articles.tables import open_table, raw_rows
from fenmen.errors import FenmenError

_PEEK = 50
_REFUSED = {
    "json": ("is JSON in one piece", "write one object a line, and call it .jsonl"),
    "xml": ("is XML, which says nothing of articles", "save it as HTML or plain text"),
}


def read_foreign(
    kind: str, path: str, *, data: bytes = b"", size: int = 0, encoding: str | None = None
) -> Iterator[Result]:
    """Yield the pages of a file that is no plain text, each fault in the place of its page.

    Args:
        kind: as `kind_of` names it.
        path: where the file lies; "standard input" if it is given as `data`.
        size: of the file in bytes.
    """
    try:
        if kind in PARSED_APART:
            check_size(path, size)
            place = "" if data else path
            yield from read_apart(Request(kind, path, place, data, encoding or ""))
        elif kind in _REFUSED:
            what, fix = _REFUSED[kind]
            yield FenmenError("E_KIND", where=path, what=what, fix=fix)
        else:
            yield from _table_pages(kind, path, encoding)
    except FenmenError as error:
        yield error


def _table_pages(kind: str, path: str, encoding: str | None) -> Iterator[Result]:
    table = open_table(path, kind=kind, encoding=encoding)
    rows = (read_row(table, line, raw, Columns()) for line, raw in raw_rows(table))
    top = list(islice(rows, _PEEK))
    names = list(table.columns or dict.fromkeys(name for row in top for name in row.columns))
    columns = guess(names, [[str(cell) for cell in row.columns.values()] for row in top], path)
    for row in chain(top, rows):
        yield _row(row, columns, kind)


def _row(row: Row, columns: Guessed, kind: str) -> Result:
    if not row.columns and isinstance(row.article, FenmenError):
        return row.article
    try:
        return row_page(row.columns, columns, source=row.source, line=row.line, kind=kind)
    except FenmenError as error:
        return error
