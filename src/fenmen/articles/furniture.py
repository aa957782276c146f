"""Lines of a page that belong to no article's text, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fenmen.articles.captions import caption_end, is_caption
from fenmen.articles.credits import bare_names, own_line
from fenmen.articles.lines import Line, must_join
from fenmen.articles.mastheads import is_masthead
from fenmen.articles.patterns import (
    AUTHOR,
    DATE,
    DISCLAIMER,
    EDITOR,
    FOLIO,
    GOES_ELSEWHERE,
    JUMP,
    NAVIGATION,
    RELATED,
    SOURCE,
)
from fenmen.articles.web_fields import read_fields
from fenmen.articles.web_lines import is_button, is_footer, is_tags, is_trail

_WHOLE_LINES = (
    ("related", RELATED),
    ("navigation", NAVIGATION),
    ("folio", FOLIO),
    ("jump", JUMP),
    ("editor", EDITOR),
)
_SURE = ("byline", "editor", "jump")  # hardly any sentence has a line like these
_DAY = re.compile("(?:日|^)[ ]?(?:星期|周)[一二三四五六日天]")
_MENU = 40  # lines of a site's menu
_WIDEST = 60  # of a masthead
_COLUMN = 30  # lines of a newspaper column are narrower
_INTERRUPTING = ("folio", "jump", "caption")  # these stand in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says something about an article, or nothing: `reason` tells which."""

    line: Line
    reason: str
    byline: str = ""
    credit: str = ""
    date: str = ""


def set_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Mark]]:
    """Part the lines of text from bylines, dates and furniture on lines of their own."""
    texts: list[Line] = []
    marks: list[Mark] = []
    lines, menu = _below_menu(lines)
    site = bool(menu) or _is_site(lines)
    related = barrier = False
    caption = 0  # the line after the last one of a caption
    for number, line in enumerate(lines):
        caption = max(caption, caption_end(lines, number))
        if number < caption and not (number + 1 == caption and _within_sentence(lines, number)):
            marks.append(Mark(line, "caption"))
            continue
        mark = _related_item(line) if related else read_mark(line, site=site)
        if mark is None or (not related and _within_sentence(lines, number)):
            texts.append(replace(line, barrier_before=True) if barrier else line)
            related = barrier = False
            continue
        marks.append(mark)
        if texts and mark.reason == "jump" and GOES_ELSEWHERE.search(mark.line.words):
            texts[-1] = replace(texts[-1], cut=True)
            barrier = True
        related = mark.reason == "related" and not _text_follows(lines, number)
        barrier = barrier or mark.reason not in _INTERRUPTING
    return texts, [*menu, *marks]


def _below_menu(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Mark]]:
    """The lines of a web page below 首页 > 新闻 > 正文, and the menu that stands above."""
    for number, line in enumerate(lines[:_MENU]):
        if is_trail(line.words):
            return lines[number + 1 :], [Mark(other, "navigation") for other in lines[: number + 1]]
        if line.width > _COLUMN or line.ends_sentence:
            break
    return lines, []


def _is_site(lines: Sequence[Line]) -> bool:
    """Whether the lines were copied from a web page."""
    told = [read_fields(line.words) for line in (*lines[:_MENU], *lines[-_MENU:])]
    days = any(fields and fields.kind == "date" for fields in told)
    return days or sum(is_button(line.words) for line in lines) > 1


def _within_sentence(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is one of a column's and goes on with the sentence above, whatever it says."""
    if not 0 < number < len(lines) - 1:
        return False
    above, line, below = lines[number - 1 : number + 2]
    mark = read_mark(line)
    if above.ends_sentence or read_mark(above) is not None:
        return False
    if mark is not None and (mark.reason in _SURE or _DAY.search(line.words)):
        return must_join(above, line)
    alike = abs(above.width - line.width) < 1.6 and abs(below.width - line.width) < 1.6
    return must_join(above, line) or alike


def _text_follows(lines: Sequence[Line], number: int) -> bool:
    """Whether a box of text stands below 相关链接, and no list of titles."""
    below = [line for line in lines[number + 1 : number + 5] if read_mark(line) is None]
    return (
        any("。" in line.words[:-1] for line in below)
        or sum(
            any(stop in line.words for stop in "，。") and line.width < _COLUMN for line in below
        )
        > 1
    )


def _related_item(line: Line) -> Mark | None:
    """An entry of a list of other articles: it goes on until a line reads like a text."""
    if line.ends_sentence and line.width > 60:
        return read_mark(line)
    if NAVIGATION.fullmatch(line.words) or DISCLAIMER.match(line.words):
        return read_mark(line)
    return Mark(line, "related")


def read_mark(line: Line, *, site: bool = False) -> Mark | None:
    """What a line says that is no text of an article, or None; `site`: it is of a web page."""
    words = line.words
    if site and (mark := _of_site(line)):
        return mark
    for reason, pattern in _WHOLE_LINES:
        if pattern.fullmatch(words):
            return Mark(line, reason)
    if is_caption(words):
        return Mark(line, "caption")
    if line.width < 200 and DISCLAIMER.match(words):
        return Mark(line, "disclaimer")
    if mark := _fields(line) or _dated(line) or _signed(line):
        return mark
    return Mark(line, "folio") if line.width < _WIDEST and is_masthead(words) else None


def _of_site(line: Line) -> Mark | None:
    words = line.words
    if is_button(words) or is_tags(words) or is_trail(words):
        return Mark(line, "navigation")
    if is_footer(words):
        return Mark(line, "disclaimer")
    return None


def _fields(line: Line) -> Mark | None:
    """The mark of a line of fields, as 2025-03-01 来源：江声网 浏览次数：12."""
    said = read_fields(line.words)
    return Mark(line, said.kind, said.byline, said.credit, said.date) if said else None


def _dated(line: Line) -> Mark | None:
    match = DATE.fullmatch(line.words)
    if (
        match is None
        or "。" in match["more"]
        or (match["more"] and match["more"][0] in ",，、至到-")
    ):
        return None
    more = match["more"].strip()
    source, author = SOURCE.search(line.words), AUTHOR.search(line.words)
    if more and not (source or author or len(more) <= 4 or NAVIGATION.search(more)):
        return None
    date = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return Mark(
        line,
        "date",
        byline=author["author"] if author else "",
        credit=source["source"] if source else "",
        date=date,
    )


def _signed(line: Line) -> Mark | None:
    signature = own_line(line.words)
    if signature is None and line.lead and (names := bare_names(line.words)):
        signature = names, ""
    if signature is None:
        return None
    byline, credit = signature
    if not byline and (author := AUTHOR.search(line.words)):
        byline = author["author"]
    return Mark(line, "credit" if credit else "byline", byline=byline, credit=credit)
