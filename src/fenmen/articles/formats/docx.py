"""Reads a Word file: its paragraphs, with its styles telling headlines from text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from fenmen.articles.article import Article, Page
from fenmen.articles.boundaries import Draft, cut, paragraphs_of
from fenmen.articles.clean import encodable, trace_line
from fenmen.articles.formats.archives import Archive
from fenmen.articles.formats.leftovers import leftovers
from fenmen.articles.furniture import read_mark
from fenmen.articles.lines import Line, em
from fenmen.articles.marks import Mark
from fenmen.articles.pages import body_of, content_id, split_page
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced, join
from fenmen.errors import FenmenError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_HEADING = re.compile(r"(?:heading|标题|title|subtitle|副标题) ?(\d?)", re.IGNORECASE)
_ASIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_SENTENCE = re.compile(r".{20}[。！？…][”’」』）)]{0,3}$", re.DOTALL)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int  # 1 for the title or the first heading, 2 for the next; 0 for text


def read_docx(archive: Archive, *, source: str) -> Page:
    """The articles of a Word file; headers, footers and notes are left over.

    Raises:
        FenmenError: E_EMPTY, E_NO_TEXT, E_DAMAGED, E_LIMIT, E_XML.
    """
    levels = _style_levels(archive)
    paragraphs = list(_paragraphs(archive.tree("word/document.xml"), levels))
    asides = [
        paragraph.text
        for name in sorted(archive.names)
        if _ASIDE.fullmatch(name)
        for paragraph in _paragraphs(archive.tree(name), {})
    ]
    tops = [paragraph.level for paragraph in paragraphs if paragraph.level]
    page = (
        _styled(paragraphs, min(tops), source)
        if tops and any(not paragraph.level for paragraph in paragraphs)
        else split_page(_joined(paragraphs), source=source, encoding="docx")
    )
    return _with_asides(page, asides)


def _style_levels(archive: Archive) -> dict[str, int]:
    """Per style id which heading it is: 1 for title and the first level."""
    levels: dict[str, int] = {}
    if "word/styles.xml" not in archive.names:
        return levels
    for style in archive.tree("word/styles.xml").iter():
        if _local(style) != "style":
            continue
        name = next((_value(child) for child in style if _local(child) == "name"), "")
        if match := _HEADING.fullmatch(name.strip()):
            below = name.lower().startswith(("subtitle", "副标题"))
            levels[_attribute(style, "styleId")] = 2 if below else int(match[1] or 1)
    return levels


def _paragraphs(root: Element, levels: dict[str, int]) -> Iterator[_Paragraph]:
    """All paragraphs in order, those of tables and text boxes as well, each once."""
    pieces: list[str] = []
    style = ""
    # A stack of our own: files may be nested deeper than Python may call.
    stack: list[tuple[Element, bool]] = [(root, False)]
    kept: list[tuple[list[str], str]] = []
    while stack:
        element, leaves = stack.pop()
        name = _local(element)
        if leaves:
            if text := encodable("".join(pieces)).strip():
                yield _Paragraph(text, levels.get(style, 0))
            pieces, style = kept.pop()
            continue
        if name == "Fallback":  # says again what stands beside it
            continue
        if name == "p":
            kept.append((pieces, style))
            pieces, style = [], ""
            stack.append((element, True))
        elif name == "pStyle":
            style = _value(element)
        elif name in ("t", "delText"):
            pieces.append(element.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        stack += [(child, False) for child in reversed(element)]


def _styled(paragraphs: list[_Paragraph], top: int, source: str) -> Page:
    """Articles that begin at each heading of the highest level."""
    text = ""
    stories: list[tuple[list[Line], list[Block | Mark]]] = [([], [])]
    for paragraph in paragraphs:
        line = _line(paragraph.text.replace("\n", " "), len(text))
        text += paragraph.text.replace("\n", " ") + "\n"
        if not line.words:
            continue
        heads, blocks = stories[-1]
        if paragraph.level == top and blocks:
            stories.append(([line], []))
        elif paragraph.level and not blocks:
            heads.append(line)
        else:
            mark = None if paragraph.level else read_mark(line)
            blocks.append(mark or Block(False, (line,), 0.0))
    return _page(text, stories, source)


def _page(text: str, stories: list[tuple[list[Line], list[Block | Mark]]], source: str) -> Page:
    articles: list[Article] = []
    used: set[int] = set()
    reasons: dict[int, str] = {}
    for heads, blocks in stories:
        for block in blocks:
            if isinstance(block, Mark):
                reasons |= dict.fromkeys(block.line.text.at, block.reason)
        paragraphs, _, captions = paragraphs_of(blocks)
        for line in (line for caption in captions for line in caption.lines):
            reasons |= dict.fromkeys(line.text.at, "caption")
        if not paragraphs:
            reasons |= dict.fromkeys(
                (at for line in heads for at in line.text.at), "stray_headline"
            )
            continue
        (draft,) = cut(paragraphs, [0])
        title = join([line.text for line in heads[:1]])
        subtitle = join([line.text for line in heads[1:]], " ")
        body = body_of(draft)
        used.update(title.at, subtitle.at, body.at)
        articles.append(_article(title, subtitle, body, draft, source))
    if not articles:
        raise FenmenError(
            "E_NO_TEXT",
            where=source,
            what="holds only headings and captions",
            fix="give the file with its articles",
        )
    rest = tuple(leftovers(text, used, reasons, "byline"))
    return Page(source, text, "docx", tuple(articles), rest)


def _article(title: Traced, subtitle: Traced, body: Traced, draft: Draft, source: str) -> Article:
    return Article(
        content_id(title.text, body.text),
        source,
        1,
        title.text,
        subtitle.text,
        body.text,
        draft.byline,
        draft.credit,
        draft.date,
    )


def _with_asides(page: Page, asides: list[str]) -> Page:
    text = page.text if page.text.endswith("\n") else page.text + "\n"
    tail = "".join(line + "\n" for line in asides)
    rest = tuple(leftovers(text + tail, range(len(text)), {}, "header"))
    return Page(page.source, text + tail, page.encoding, page.articles, (*page.leftovers, *rest))


def _joined(paragraphs: list[_Paragraph]) -> str:
    """The paragraphs as a page of text, with those that are sentences set in."""
    return "\n\n".join(
        ("　　" if _SENTENCE.search(paragraph.text) else "") + paragraph.text
        for paragraph in paragraphs
    )


def _line(text: str, start: int) -> Line:
    traced = trace_line(text, start)
    return Line(traced, em(traced.text), 0.0, False)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return element.get(_W + name) or element.get(_STRICT + name) or ""
