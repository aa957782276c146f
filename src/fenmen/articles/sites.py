"""Web pages: how their lines are told from a newspaper's, and the menu above their text."""

import re
from collections.abc import Sequence

from fenmen.articles.lines import Line
from fenmen.articles.marks import Mark
from fenmen.articles.web_fields import read_fields
from fenmen.articles.web_lines import is_button, is_trail

_MENU = 40  # lines
_COLUMN = 30  # lines of a newspaper column are narrower
_ITEM = 6  # characters of an item of a menu, its English aside
_ITEMS = 3
_HOME = re.compile(r"(?:网站)?首页(?: ?(?:Home|HOME))?")
_ONLY_SITES = re.compile(
    "[上下]一[篇条][:：].{0,60}|.{0,60}(?:ICP[备证]|版权所有|Copyright).{0,60}"
)


def is_site(lines: Sequence[Line]) -> bool:
    """Whether the lines were copied from a web page."""
    ends = (*lines[:_MENU], *lines[-_MENU:])
    told = [read_fields(line.words) for line in ends]
    days = any(fields and fields.kind == "date" for fields in told)
    if days or sum(is_button(line.words) for line in lines) > 1:
        return True
    return any(_ONLY_SITES.fullmatch(line.words) for line in ends)


def below_menu(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Mark]]:
    """The lines of a web page below 首页 > 新闻 > 正文, and the menu that stands above."""
    size = _trail(lines) or _list_of_items(lines)
    return lines[size:], [Mark(line, "navigation") for line in lines[:size]]


def _trail(lines: Sequence[Line]) -> int:
    """The line after the one that tells where in the site the page is, or 0."""
    for number, line in enumerate(lines[:_MENU]):
        if is_trail(line.words):
            return number + 1
        if line.width > _COLUMN or line.ends_sentence:
            break
    return 0


def _list_of_items(lines: Sequence[Line]) -> int:
    """The line after the items of a menu with a line 首页 among the first, or 0."""
    home = next((n for n, line in enumerate(lines[:_MENU]) if _HOME.fullmatch(line.words)), None)
    if home is None or any(line.width > _COLUMN for line in lines[:home]):
        return 0
    end = home + 1
    while end < len(lines) and _is_item(lines[end]) and not lines[end].blank_before:
        end += 1
    return end if end - home >= _ITEMS else 0


def _is_item(line: Line) -> bool:
    return sum(not sign.isascii() for sign in line.words) <= _ITEM and line.width <= _COLUMN
