"""Parts masthead, folio, captions and the like from the text of a printed page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fenmen.articles.clean import trace_line
from fenmen.articles.formats.geometry import PrintedLine, Sheet
from fenmen.articles.furniture import read_mark
from fenmen.articles.lines import Line

_EDGE = 0.09  # of the page's height: where masthead and folio stand
_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十]")  # of a page or a day
_COLUMN = 2  # lines right above or below that make a column
_SURE = ("editor", "jump", "disclaimer")  # no line of a text reads like these


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that belongs to no article, and why."""

    line: PrintedLine
    reason: str


def apart(lines: Sequence[PrintedLine], sheet: Sheet) -> tuple[list[PrintedLine], list[Furniture]]:
    """The lines of articles, and those at the edges of the page that are none."""
    marks = {id(line): _mark(line) for line in lines if _at_edge(line, sheet)}
    folios = [line for line in lines if marks.get(id(line)) in ("folio", "date")]
    found: list[Furniture] = []
    text: list[PrintedLine] = []
    for line in lines:
        reason = marks.get(id(line), "")
        if id(line) in marks and reason not in _SURE:
            reason = _at_the_edge(line, reason, folios, lines)
        if reason in (*_SURE, "folio", "masthead"):
            found.append(Furniture(line, reason))
        else:
            text.append(line)
    return text, found


def _at_the_edge(
    line: PrintedLine,
    reason: str,
    folios: Sequence[PrintedLine],
    lines: Sequence[PrintedLine],
) -> str:
    """What a line at the edge of the page is; "" if it is the first or last of a column."""
    if _in_column(line, lines):
        return ""
    beside = any(_same_row(line, folio) for folio in folios if folio is not line)
    if reason in ("folio", "date"):
        # The name of a newspaper reads like a folio wherever it stands; here it is at home.
        return "masthead" if beside and not _NUMBER.search(line.text) else "folio"
    return "masthead" if beside else ""


def _at_edge(line: PrintedLine, sheet: Sheet) -> bool:
    edge = max(_EDGE * sheet.height, 60.0)
    return line.area.bottom < edge or line.area.top > sheet.height - edge


def _mark(line: PrintedLine) -> str:
    mark = read_mark(Line(trace_line(line.text, 0), len(line.text), 0.0, False))
    return mark.reason if mark else ""


def _same_row(line: PrintedLine, folio: PrintedLine) -> bool:
    high = min(line.area.bottom, folio.area.bottom) - max(line.area.top, folio.area.top)
    return high > 0.3 * min(line.size, folio.size)


def _in_column(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a line stands in a column of text, with lines of its size right above or below."""
    near = sum(
        0.5 * line.size < abs(line.area.top - other.area.top) < 5 * line.size
        and abs(line.area.left - other.area.left) < 3 * line.size
        and abs(line.size - other.size) < 0.03 * line.size
        for other in lines
    )
    return near >= _COLUMN
