"""Reads a saved web page: the article in it, and everything around it as leftovers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fenmen.articles.article import Article, Page
from fenmen.articles.captions import is_caption
from fenmen.articles.clean import encodable, trace_line
from fenmen.articles.credits import inline_byline, sign_off
from fenmen.articles.datelines import agency, below_dateline
from fenmen.articles.formats.html_encoding import decode_page
from fenmen.articles.formats.leftovers import leftovers
from fenmen.articles.formats.markup import WebLine, web_lines
from fenmen.articles.furniture import read_mark
from fenmen.articles.lines import Line, em
from fenmen.articles.marks import Mark
from fenmen.articles.pages import content_id, split_page
from fenmen.articles.traced import NOTHING, Traced, join
from fenmen.errors import FenmenError

_ENOUGH = 0.3  # of the page's unlinked text; a body with less has missed the article
_SHORTEST = 40  # characters of a body
_LINK = 0.8
# 阅读 1024 点赞 在看: the buttons below the posts of public accounts.
_BUTTONS = re.compile(
    r"(?:(?:阅读|点赞|在看|转发|评论|收藏|分享|浏览|赞|喜欢)[ :：]{0,2}[\d.万+]{0,9} ?)+"
)
_NEAR = 12  # lines around the body where date, source and author stand


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its place in the text of the page."""

    web: WebLine
    start: int
    line: Line


def read_html(data: bytes, *, source: str, encoding: str | None = None) -> Iterator[Page]:
    """Yield the one page of a web page.

    Raises:
        FenmenError: E_EMPTY, E_NO_TEXT, E_ENCODING and the like.
    """
    decoded = decode_page(data, where=source, encoding=encoding)
    lines = [replace(line, text=encodable(line.text)) for line in web_lines(decoded.text)]
    name = f"html {decoded.encoding}" + _noted(decoded.why)
    if not lines:
        raise FenmenError(
            "E_EMPTY",
            where=source,
            what="is a web page without text",
            fix="save the page when it is fully shown in the browser",
        )
    found = _main_text(decoded.text)
    placed = _placed(lines)
    chosen = _chosen(placed, found) if found else []
    if chosen:
        yield _article_page(placed, chosen, found, source, name)
    else:
        yield _split(placed, source, name)


def _noted(why: str) -> str:
    return f" ({why})" if "wrong" in why or "broken" in why else ""


def _main_text(page: str) -> Any:
    """What trafilatura takes for the article, or None."""
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            page, fast=True, include_comments=False, with_metadata=True, favor_recall=True
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None  # it fails on broken pages; those are split like plain text


def _placed(lines: Sequence[WebLine]) -> list[_Placed]:
    found, start = [], 0
    for web in lines:
        traced = trace_line(web.text, start)
        found.append(_Placed(web, start, Line(traced, em(traced.text), 0.0, False)))
        start += len(web.text) + 1
    return found


def _chosen(placed: Sequence[_Placed], found: Any) -> list[int]:
    """The numbers of the lines that make up the article's body; [] if they are not convincing."""
    paragraphs = [_bare(part) for part in str(found.text or "").split("\n")]
    body = "\n".join(paragraphs)
    inside = [
        number
        for number, line in enumerate(placed)
        if line.web.tag != "title"
        and line.web.linked < _LINK
        and not _BUTTONS.fullmatch(line.line.words)
        and len(bare := _bare(line.web.text)) > 1
        and bare in body
    ]
    text = sum(len(placed[n].web.text) for n in inside)
    around = sum(
        len(one.web.text) for one in placed if one.web.linked < _LINK and one.web.tag != "title"
    )
    if text < _SHORTEST or text < _ENOUGH * around:
        return []
    return _without_strays(placed, inside, set(paragraphs))


def _without_strays(
    placed: Sequence[_Placed], inside: Sequence[int], paragraphs: set[str]
) -> list[int]:
    """Short lines that merely occur in the body's words stay out, unless they are paragraphs."""
    return [
        number
        for number in inside
        if len(placed[number].web.text) >= 12 or _bare(placed[number].web.text) in paragraphs
    ]


def _bare(text: str) -> str:
    return "".join(text.split())


def _article_page(
    placed: Sequence[_Placed], chosen: Sequence[int], found: Any, source: str, encoding: str
) -> Page:
    text = "".join(line.web.text + "\n" for line in placed)
    title = _title(placed, chosen, str(found.title or ""))
    reasons = _reasons(placed)
    marks = _marks(placed, chosen)
    paragraphs: list[Traced] = []
    for number in chosen:
        line = placed[number]
        if line is title or number in marks:
            continue
        if is_caption(line.line.words) or line.web.tag == "figcaption":
            reasons |= dict.fromkeys(line.line.text.at, "caption")
        elif line.line.words:
            paragraphs.append(line.line.text)
    if not paragraphs:
        return _split(placed, source, encoding)
    last = sign_off(paragraphs[-1])
    paragraphs[-1] = last.text
    opening = paragraphs[0].text
    paragraphs[0] = below_dateline(paragraphs[0])
    body = join([paragraph for paragraph in paragraphs if paragraph.text], "\n")
    heading = title.line.text if title else NOTHING
    said = list(marks.values())
    article = Article(
        content_id(heading.text, body.text),
        source,
        1,
        heading.text,
        "",
        body.text,
        _first([last.byline, *(mark.byline for mark in said), inline_byline(opening)]),
        _first([last.credit, *(mark.credit for mark in said), agency(opening)]),
        _first([*(mark.date for mark in said), str(found.date or "")]),
    )
    for mark in said:
        reasons |= dict.fromkeys(mark.line.text.at, mark.reason)
    used = {*heading.at, *body.at}
    return Page(
        source, text, encoding, (article,), tuple(leftovers(text, used, reasons, "boilerplate"))
    )


def _first(values: Sequence[str]) -> str:
    return next((value for value in values if value), "")


def _reasons(placed: Sequence[_Placed]) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for line in placed:
        if line.web.linked >= _LINK:
            reasons |= dict.fromkeys(
                range(line.start, line.start + len(line.web.text)), "navigation"
            )
    return reasons


def _marks(placed: Sequence[_Placed], chosen: Sequence[int]) -> dict[int, Mark]:
    """What the lines in and near the body say of date, source and author."""
    near = range(max(0, chosen[0] - _NEAR), min(len(placed), chosen[-1] + _NEAR + 1))
    found = (
        (number, read_mark(placed[number].line)) for number in near if placed[number].line.words
    )
    wanted = ("date", "byline", "credit", "editor", "disclaimer", "related", "navigation")
    return {number: mark for number, mark in found if mark and mark.reason in wanted}


def _title(placed: Sequence[_Placed], chosen: Sequence[int], meant: str) -> _Placed | None:
    """The line with the headline: a heading before the body, or the line that the page names."""
    before = [line for line in placed[: chosen[0] + 3] if line.web.tag in ("h1", "h2", "h3", "h4")]
    wanted = _bare(meant)
    named = [
        line
        for line in placed[: chosen[0] + 3]
        if line.web.tag != "title" and len(line.web.text) > 3 and _bare(line.web.text) == wanted
    ]
    full_title = _bare(next((line.web.text for line in placed if line.web.tag == "title"), ""))
    in_title = [line for line in before if _bare(line.web.text) in full_title]
    top = [line for line in before if line.web.tag == "h1"]
    title_line = [line for line in placed if line.web.tag == "title"]
    choices = [*named[-1:], *in_title[-1:], *top[-1:], *before[-1:], *title_line]
    return choices[0] if choices else None


def _split(placed: Sequence[_Placed], source: str, encoding: str) -> Page:
    """The page as plain text, without its menus."""
    kept = [line for line in placed if line.web.linked < _LINK]
    menus = [line for line in placed if line.web.linked >= _LINK]
    text = "".join(line.web.text + "\n\n" for line in kept or menus)
    page = split_page(text, source=source, encoding=encoding)
    if not kept:
        return page
    tail = "".join(line.web.text + "\n" for line in menus)
    rest = leftovers(tail, (), {}, "navigation")
    start = len(page.text)
    moved = [replace(one, start=one.start + start, end=one.end + start) for one in rest]
    return replace(page, text=page.text + tail, leftovers=(*page.leftovers, *moved))
