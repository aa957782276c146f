"""Parts masthead, folio, captions and the like from the text of a printed page."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenmen.articles.clean import trace_line
from fenmen.articles.formats.geometry import PrintedLine, Sheet
from fenmen.articles.furniture import read_mark
from fenmen.articles.lines import Line

_EDGE = 0.09  # of the page's height: where masthead and folio stand
_CAPTION = 100  # characters; small print that is longer is text


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
        if reason in ("folio", "date", "editor", "jump", "disclaimer"):
            found.append(Furniture(line, "folio" if reason == "date" else reason))
        elif (
            id(line) in marks
            and any(_same_row(line, folio) for folio in folios)
            and not any(_is_next_line(line, other) for other in lines)
        ):
            found.append(Furniture(line, "masthead"))
        else:
            text.append(line)
    return text, found


def _at_edge(line: PrintedLine, sheet: Sheet) -> bool:
    edge = max(_EDGE * sheet.height, 60.0)
    return line.area.bottom < edge or line.area.top > sheet.height - edge


def _mark(line: PrintedLine) -> str:
    mark = read_mark(Line(trace_line(line.text, 0), len(line.text), 0.0, False))
    return mark.reason if mark else ""


def _same_row(line: PrintedLine, folio: PrintedLine) -> bool:
    high = min(line.area.bottom, folio.area.bottom) - max(line.area.top, folio.area.top)
    return high > 0.3 * min(line.size, folio.size)


def _is_next_line(line: PrintedLine, other: PrintedLine) -> bool:
    """Whether two lines stand above each other in one column of text."""
    apart = abs(line.area.top - other.area.top)
    return (
        0.8 * line.size < apart < 2 * line.size
        and abs(line.area.left - other.area.left) < 3 * line.size
        and abs(line.size - other.size) < 0.03 * line.size
    )
