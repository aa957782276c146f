"""How far the cells of a worksheet spread: one stray cell in its last corner makes it enormous."""

import re
from collections.abc import Iterable

from fenmen.articles.formats.archives import Archive
from fenmen.articles.formats.limits import CELLS
from fenmen.errors import FenmenError

# A cell that holds something: those with a border or a colour alone close in their first tag.
_CELL = re.compile(rb'[<:]c\s(?:[^<>]{0,99}?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,99}(?<!/)>')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_AT_ONCE = 2**20  # bytes looked at together, so that the cells found need little memory
_OVERLAP = 400


def check_area(archive: Archive, where: str) -> None:
    """Refuse a workbook with a worksheet whose used area is too large to be held.

    The area is that of a rectangle around all cells: readers of spreadsheets hold all of it.

    Raises:
        FenmenError: E_LIMIT.
    """
    for name in sorted(filter(_SHEET.fullmatch, archive.names)):
        rows, columns = _spread(archive.part(name))
        if rows * columns > CELLS:
            raise FenmenError(
                "E_LIMIT",
                where=where,
                what=f"its cells spread over {rows:,} rows and {columns:,} columns, "
                f"{CELLS:,} cells are allowed",
                fix="delete what stands far from the table (Ctrl+End shows it), or save as CSV",
            )


def _spread(sheet: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle around all cells."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for start in range(0, len(sheet), _AT_ONCE):
        cells = _CELL.findall(sheet, start, start + _AT_ONCE + _OVERLAP)
        columns.update(letters for letters, _ in cells)
        rows.update(number for _, number in cells)
    return _width(map(int, rows)), _width(map(_number, columns))


def _width(numbers: Iterable[int]) -> int:
    """From the least to the greatest of them."""
    found = list(numbers)
    return max(found) - min(found) + 1 if found else 0


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, XFD 16,384."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
