"""Where paragraphs begin in a column of print."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fenmen.articles.formats.geometry import PrintedLine

_INDENT = 1.2  # of the body's size; first lines are set in by two
_SHORT = 2.0
_MOST_SHORT = 1.2
_END = re.compile(r"[。！？!?…][”’」』）)]*$")


@dataclass(frozen=True, slots=True)
class Habit:
    """How the paragraphs of a page are set: body size in points, first lines set in or not."""

    body: float
    indents: bool


def habit(columns: Sequence[Sequence[PrintedLine]], body: float) -> Habit:
    """Look at all columns of a page: is any line set in where a paragraph may begin?"""
    after_end = inset = 0
    for column in columns:
        left, _ = edges(column)
        for line, following in pairwise(column):
            if _END.search(line.text):
                after_end += 1
                inset += _INDENT * body <= following.area.left - left <= 4 * body
    return Habit(body, inset >= 0.25 * after_end and inset > 0)


def begins_paragraph(
    line: PrintedLine,
    column: Sequence[PrintedLine],
    last: PrintedLine | None,
    before: Sequence[PrintedLine],
    following: PrintedLine | None,
    habit: Habit,
) -> bool:
    """Whether a line begins a paragraph: set in, or after a line that does not fill its column.

    Args:
        column: the lines of the block that the line stands in.
        last: the line read before it; None at a beginning.
        before: the lines of the block that `last` stands in.
        following: the next line of the column, if any.
    """
    left, right = edges(column)
    if last is None or line.area.left - left >= _INDENT * habit.body:
        return True
    missing = edges(before)[1] - last.area.right
    if habit.indents:
        ended = bool(_END.search(last.text))
        heads = (  # a heading within an article: short, and the next line is set in
            following is not None
            and following.area.left - left >= _INDENT * habit.body
            and right - line.area.right >= _SHORT * habit.body
            and not _END.search(line.text)
        )
        return ended and (heads or missing >= _SHORT * habit.body)
    return missing >= (_MOST_SHORT if _END.search(last.text) else 2 * _SHORT) * habit.body


def edges(column: Sequence[PrintedLine]) -> tuple[float, float]:
    """Where most lines of a column begin, and where the longest end."""
    if not column:
        return 0.0, 0.0
    counts = Counter(round(line.area.left) for line in column)
    common = [left for left, count in counts.items() if count >= max(2, len(column) / 8)]
    left = min(common, default=min(counts))
    return float(left), max(line.area.right for line in column)
