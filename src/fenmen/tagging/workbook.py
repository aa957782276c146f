"""Tagged articles as an Excel workbook: rows of cells on as many sheets as they need."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from fenmen.articles.streams import missing_extra
from fenmen.tagging.spreadsheet import ROW_LIMIT

# The same rows give the same bytes, whenever they are written.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = {"title": 36, "topics": 24, "evidence": 40, "body": 60, "标题": 36, "正文": 60}
_USUAL_WIDTH = 14  # of a column, in characters
# XML has no place for these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check_installed() -> None:
    """Make sure that workbooks can be written, before any work is done.

    Raises:
        FenmenError: E_EXTRA if the package for it is not installed.
    """
    _module()


def write_workbook(target: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows, the first of which names the columns, as text that is never run as a formula.

    The names stay in sight and filter their columns; a full sheet is followed by another.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    rows = iter(rows)
    names = next(rows)
    book = _module().Workbook(target, options)
    book.set_properties({"created": _CREATED})
    heading = book.add_format({"bold": True})
    while True:
        sheet = book.add_worksheet()
        _head(sheet, names, heading)
        last = 0
        for last, row in enumerate(islice(rows, ROW_LIMIT), start=1):
            _write(sheet, last, row)
        sheet.autofilter(0, 0, last, len(names) - 1)
        if last < ROW_LIMIT:
            break
    book.close()


def _head(sheet: Any, names: Sequence[str], heading: Any) -> None:
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH))
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, names, heading)


def _write(sheet: Any, number: int, cells: Sequence[str], form: Any = None) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(number, column, _CONTROL.sub("\ufffd", cell), form)


def _module() -> Any:
    try:
        import xlsxwriter
    except ImportError:
        raise missing_extra("XlsxWriter", ".xlsx files") from None
    return xlsxwriter
