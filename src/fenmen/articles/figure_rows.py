"""Rows of tables in the text layer of a page: a name and its figures, line below line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fenmen.articles.lines import Line

_FEWEST = 3
_WIDEST = 40.0
_ROW = re.compile(
    r"[^\W\d_][^，。；！？：“”、]{0,30}?[\d.%+—-]{1,12}(?:[ /]{1,2}[\d.%+—-]{1,12}){0,6}"
)
_NAME = re.compile(r"附[:：]|附?表(?:\d{1,2}|[一二三四五六七八九十])?[:： ]")
_HEAD = re.compile("[^，。；！？：“”]{1,20}(?: [^ ，。；！？：“”]{1,14}){1,6}")


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the rows of tables marked as such: three or more, and what heads them."""
    marked = list(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - start >= _FEWEST:
            start -= start > 0 and bool(_HEAD.fullmatch(lines[start - 1].words))
            start -= start > 0 and bool(_NAME.match(lines[start - 1].words))
            marked[start:end] = [replace(line, role="row") for line in lines[start:end]]
        start = max(end, start + 1)
    return marked


def _is_row(line: Line) -> bool:
    figures = line.words[-1].isascii() and not line.ends_sentence
    return figures and line.width < _WIDEST and bool(_ROW.fullmatch(line.words))
