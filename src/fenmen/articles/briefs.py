"""News in brief under the name of a column: items that begin with a sign or a place in brackets."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fenmen.articles.lines import Line

_WIDEST = 8.0  # of the column's name
_FEWEST = 2  # items
_LONGEST = 12  # lines of an item
_SHORT = 3.5  # by which an item's sign and place may leave its first line narrower
_TEXT = re.compile("[，。]")
_NAME = re.compile(
    "[^，。；：！？“]{0,6}(?:简讯|短讯|快讯|要讯|微讯|资讯|简闻|要闻|短闻|新闻|速览|速递|速读|快递|快览|短波|动态|集锦|扫描|看点|简报"
    "|播报|微波|连播|一览|点击|传真)"
)
_PLACE = re.compile(r"【[^【】]{2,10}】|[\[〔][\u4e00-\u9fff]{2,8}[\]〕]")
_SIGNS = "◆◇●○■□★☆▲△▶►◎※▪•·"


def mark_briefs(lines: Sequence[Line]) -> list[Line]:
    """The lines, with names of columns of briefs and the first lines of items marked as such."""
    marked = list(lines)
    for number in range(len(lines)):
        if not is_briefs_name(lines, number):
            continue
        marked[number] = replace(lines[number], role="column")
        for item in _items(lines, number):
            marked[item] = replace(lines[item], role="item")
    return marked


def is_briefs_name(lines: Sequence[Line], number: int) -> bool:
    """Whether a line names a column whose items, told by one sign, stand below it."""
    line = lines[number]
    named = line.width <= _WIDEST and _NAME.fullmatch(line.words)
    items = _items(lines, number) if named else []
    told = sum(_is_told(lines, item) for item in items)
    return len(items) >= _FEWEST and 2 * told > len(items)


def _is_told(lines: Sequence[Line], number: int) -> bool:
    """Whether an item begins with its text, and not with a headline of its own."""
    line = lines[number]
    below = lines[number + 1].width if number + 1 < len(lines) else 0.0
    return line.width > below - _SHORT or bool(_TEXT.search(line.words))


def _items(lines: Sequence[Line], number: int) -> list[int]:
    """The first lines of the items below line `number`."""
    sign = _sign(lines[number + 1]) if number + 1 < len(lines) else ""
    found = [number + 1] if sign and sign != lines[number].lead else []
    for place in range(number + 2, len(lines)):
        if not found or place - found[-1] > _LONGEST:
            break
        if _sign(lines[place]) == sign and lines[place - 1].ends_sentence:
            found.append(place)
    return found


def _sign(line: Line) -> str:
    """What an item begins with, or ""."""
    if line.lead and line.lead in _SIGNS:
        return line.lead
    return "【】" if _PLACE.match(line.words) else ""
