"""Lines of a page that belong to no article's text, and why."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fenmen.articles.briefs import is_briefs_name
from fenmen.articles.captions import caption_end, is_caption
from fenmen.articles.columns import is_column_name
from fenmen.articles.credits import bare_names, own_line
from fenmen.articles.figure_rows import mark_rows
from fenmen.articles.lines import Line, must_join
from fenmen.articles.marks import Mark
from fenmen.articles.mastheads import is_contact, is_masthead
from fenmen.articles.page_heads import HEAD, head_size, is_numbered_section
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
from fenmen.articles.signatures import signature_end
from fenmen.articles.sites import below_menu, is_site
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
_WIDEST = 60  # of a masthead
_COLUMN = 30  # lines of a newspaper column are narrower
_EVEN = 1.1  # by which the lines of a column differ
_NARROW = 1.6  # by which headlines are narrower than a column
_COLUMN_LINES = 2  # of the four above a line of text that are as wide
_FOOT = 6  # lines
_INTERRUPTING = ("folio", "jump", "caption")  # these stand in the middle of a sentence


def set_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Mark]]:
    """Part the lines of text from bylines, dates and furniture on lines of their own."""
    texts: list[Line] = []
    marks: list[Mark] = []
    lines, menu = below_menu(lines)
    site = bool(menu) or is_site(lines)
    if not site:
        lines, menu = _below_head(lines)
    lines = mark_rows(lines)
    related, barrier, below = False, False, ""
    caption = signed = 0  # the line after the last one of a caption, of a signature
    for number, line in enumerate(lines):
        caption = max(caption, caption_end(lines, number))
        if number < caption and not (number + 1 == caption and _within_sentence(lines, number)):
            marks.append(Mark(line, "caption"))
            continue
        signed = max(signed, signature_end(lines, number))
        if number < signed:
            marks.append(Mark(line, "signature"))
            texts[-1:] = [replace(text, cut=True) for text in texts[-1:]]
            barrier, below = True, "signature"
            continue
        if line.role == "row" and barrier and below == "signature":
            marks.append(Mark(line, "table"))  # of the article signed above it
            continue
        mark = _related_item(line) if related else _mark_at(lines, number, site=site)
        if mark is None or (not related and _within_sentence(lines, number, site=site)):
            texts.append(replace(line, barrier_before=True, below=below) if barrier else line)
            related = barrier = False
            continue
        marks.append(mark)
        if texts and mark.reason == "jump" and GOES_ELSEWHERE.search(mark.line.words):
            texts[-1] = replace(texts[-1], cut=not _heads(texts))
            barrier, below = True, "jump"
        elif texts and mark.byline:
            texts[-1] = replace(texts[-1], byline=texts[-1].byline or mark.byline)
        related = mark.reason == "related" and not _text_follows(lines, number, site=site)
        if mark.reason not in _INTERRUPTING:
            barrier, below = True, _kind(mark)
    return texts, [*menu, *marks]


def _below_head(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Mark]]:
    """The lines below the head of a newspaper page; its day is that of no single article."""
    read = [read_mark(line) for line in lines[:HEAD]]
    bare = [mark is not None and bool(mark.date) and not mark.byline for mark in read]
    known = {
        id(line): "folio" if day else mark.reason if mark else ""
        for line, mark, day in zip(lines, read, bare, strict=False)
    }
    size = head_size(lines, lambda line: known[id(line)])
    marks = [
        mark if mark and not day else Mark(line, "folio")
        for line, mark, day in zip(lines[:size], read, bare, strict=False)
    ]
    return lines[size:], marks


def _mark_at(lines: Sequence[Line], number: int, *, site: bool) -> Mark | None:
    """What a line says that is no text; some do so by where they stand."""
    line = lines[number]
    if is_briefs_name(lines, number) or (line.role == "row" and not is_contact(line.words)):
        return None
    mark = read_mark(line, site=site)
    if mark is None and number >= len(lines) - _FOOT and is_contact(line.words):
        return Mark(line, "folio")
    if mark is None and is_column_name(lines, number):
        return Mark(line, "column")
    if mark is None and is_numbered_section(line.words) and _beside_folio(lines, number):
        return Mark(line, "folio")
    return mark


def _beside_folio(lines: Sequence[Line], number: int) -> bool:
    """Whether the line above or below is of the page: its day, its editors."""
    near = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]
    marks = (read_mark(line) for line in near)
    return any(mark and mark.reason in ("folio", "editor", "date") for mark in marks)


def _within_sentence(lines: Sequence[Line], number: int, *, site: bool = False) -> bool:
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
    return must_join(above, line) or (alike and not site)


def _text_follows(lines: Sequence[Line], number: int, *, site: bool) -> bool:
    """Whether a box of text stands below 相关链接, and no list of titles."""
    below = [line for line in lines[number + 1 : number + 5] if read_mark(line) is None]
    if any("。" in line.words[:-1] for line in below):
        return True
    narrow = [line for line in below if line.width < _COLUMN and not site]
    wrapped = sum(any(stop in line.words for stop in "，。") for line in narrow)
    further = lines[number + 5 : number + 7]
    narrow += [line for line in further if line.width < _COLUMN and not site]
    return wrapped > 1 or any(
        max(line.width for line in three) - min(line.width for line in three) < _EVEN
        for three in zip(narrow, narrow[1:], narrow[2:], strict=False)
    )


def _heads(texts: Sequence[Line]) -> bool:
    """Whether the last line is a headline and no text cut off: text fills its column, headlines
    stand below the end of a paragraph or differ from the lines above them.
    """
    line, above = texts[-1], texts[-5:-1]
    if line.ends_sentence:
        return False
    alike = sum(abs(line.width - other.width) < _NARROW for other in above)
    if alike < _COLUMN_LINES or _begins(texts, len(texts) - 1):
        return True
    column = max(other.width for other in above) - _NARROW
    return _begins(texts, len(texts) - 2) and max(line.width, above[-1].width) < column


def _begins(texts: Sequence[Line], number: int) -> bool:
    """Whether a line stands at the head of the page or below the end of a paragraph."""
    above = texts[number - 1] if number else None
    ended = above is None or above.ends_sentence or above.words[-1] in "）)"
    return ended or texts[number].barrier_before


def _kind(mark: Mark) -> str:
    """What parts two lines: a byline in brackets signs what is above it, others mostly open."""
    signs = mark.reason == "credit" or (mark.byline and mark.line.words[0] in "（(")
    return "signature" if signs else mark.reason


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
