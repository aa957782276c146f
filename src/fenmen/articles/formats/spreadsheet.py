"""Reads the rows of a spreadsheet (XLSX, XLS, XLSB) as articles."""

import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from fenmen.articles.article import Page
from fenmen.articles.formats.columns import guess, looks_like_header, row_page
from fenmen.articles.formats.limits import ROWS, too_much
from fenmen.errors import FenmenError

_PEEK = 50  # rows looked at to guess the columns
_HEADER_ROWS = 10  # a header stands no lower


def read_spreadsheet(data: bytes, *, source: str) -> Iterator[Page | FenmenError]:
    """Yield each row of each sheet as a page, or the error that stands for it.

    Raises:
        FenmenError: E_ENCRYPTED, E_DAMAGED, E_EMPTY or E_LIMIT for the file as a whole.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        sheets = [(name, book.get_sheet_by_name(name)) for name in names]
    except python_calamine.PasswordError:
        raise FenmenError(
            "E_ENCRYPTED",
            where=source,
            what="is locked with a password",
            fix="save it without one",
        ) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise FenmenError(
            "E_DAMAGED",
            where=source,
            what=f"is damaged ({str(error)[:120]})",
            fix="open it in its own program and save it anew",
        ) from None
    filled = [(name, sheet) for name, sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise FenmenError("E_EMPTY", where=source, what="has no rows", fix="give a filled table")
    for name, sheet in filled:
        where = source if len(filled) == 1 else f"{source}#{name}"
        try:
            yield from _sheet_rows(sheet, where)
        except FenmenError as error:
            yield error


def _sheet_rows(sheet: Any, where: str) -> Iterator[Page | FenmenError]:
    if sheet.height > ROWS:
        raise too_much(where, f"has {sheet.height:,} rows, {ROWS:,} are allowed")
    numbered = enumerate(sheet.iter_rows(), start=1 + (sheet.start[0] if sheet.start else 0))
    top = [(number, row) for number, row in islice(numbered, _PEEK)]
    texts = [[str(cell) for cell in row] for _, row in top]
    header = next(
        (place for place, row in enumerate(texts[:_HEADER_ROWS]) if looks_like_header(row)), 0
    )
    names = _distinct(texts[header])
    columns = guess(names, texts[header + 1 :], where)
    for number, row in chain(top[header + 1 :], numbered):
        if not any(str(cell).strip() for cell in row):
            continue
        cells = dict(zip(names, row, strict=False))
        try:
            yield row_page(cells, columns, source=where, line=number, kind="spreadsheet")
        except FenmenError as error:
            yield error


def _distinct(names: list[str]) -> list[str]:
    """The names, each once: those that are missing or come again get their number."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        name = name.strip() or f"column {number}"
        found.append(name if name not in found else f"{name} {number}")
    return found
