"""Turns a printed page into articles: its layout says what is headline, text and furniture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fenmen.articles.article import Article, Page
from fenmen.articles.boundaries import Draft, Paragraph, cut, paragraphs_of
from fenmen.articles.captions import is_caption
from fenmen.articles.clean import encodable, trace_line
from fenmen.articles.formats.blocks import Item, group, line_pitch, with_reach
from fenmen.articles.formats.furniture import Furniture, apart
from fenmen.articles.formats.geometry import PrintedLine, Sheet
from fenmen.articles.formats.leftovers import leftovers
from fenmen.articles.formats.paragraphs import Habit, begins_paragraph, habit
from fenmen.articles.formats.print_lines import body_size, printed_lines
from fenmen.articles.formats.reading_order import in_reading_order
from fenmen.articles.furniture import read_mark
from fenmen.articles.lines import Line
from fenmen.articles.marks import Mark
from fenmen.articles.pages import body_of, content_id, split_page
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced, join
from fenmen.errors import FenmenError

_SMALL_PRINT = 120  # characters; longer texts in small type are articles
_COLUMN = 0.0  # the width of a column says nothing here: the layout has said it all


@dataclass(slots=True)
class _Story:
    """A headline with the blocks of text that follow it."""

    headline: list[tuple[Line, float]]
    blocks: list[Block | Mark]


def read_page(sheet: Sheet, *, source: str, number: int) -> Page:
    """The articles of a printed page; its text is that of the page in reading order.

    Raises:
        FenmenError: E_NO_TEXT if nothing on the page is the text of an article.
    """
    body = body_size(sheet.glyphs)
    lines = printed_lines(sheet.glyphs, body)
    text_lines, furniture = apart(lines, sheet)
    pitch = line_pitch(text_lines, body)
    items = with_reach(group(text_lines, body, sheet.rules), pitch, body)
    regions = in_reading_order(items, sheet.boxes)
    set_as = habit([item.lines for item in items if item.kind == "text"], body)
    has_headlines = any(item.kind == "headline" for item in items)
    writer = _Writer(set_as, whole=not has_headlines)
    for region in regions:
        writer.region(region)
    writer.furniture(furniture)
    if not has_headlines:
        return split_page(writer.text, source=source, page=number, encoding="pdf")
    return _page(writer, source, number)


class _Writer:
    """Writes the text of the page, line by line, and remembers what each line was."""

    def __init__(self, set_as: Habit, whole: bool) -> None:
        """With `whole` each paragraph becomes one line of the text."""
        self._whole = whole
        self.text = ""
        self.reasons: dict[int, str] = {}
        self.stories: list[_Story] = []
        self._set_as = set_as
        self._paragraph: list[Line] = []
        self._last: PrintedLine | None = None
        self._column: Sequence[PrintedLine] = ()

    def region(self, items: Sequence[Item]) -> None:
        """Write the items of a region; what was told before it does not go on in it."""
        self._begin([])
        for item in items:
            self.text += "\n" if self.text else ""
            if item.kind == "headline":
                self._begin([(self._line(line), line.size) for line in item.lines])
            elif _is_caption(item):
                self.furniture([Furniture(line, "caption") for line in item.lines])
            else:
                for line, following in zip(item.lines, [*item.lines[1:], None], strict=True):
                    self._body_line(line, item.lines, following)
        self._close()

    def furniture(self, lines: Sequence[Furniture]) -> None:
        """Write what belongs to no article."""
        for line in lines:
            start = self._write(line.line.text)
            self.reasons |= dict.fromkeys(range(start, len(self.text)), line.reason)

    def _begin(self, headline: list[tuple[Line, float]]) -> None:
        self._close()
        self._last = None
        self.stories.append(_Story(headline, []))

    def _body_line(
        self,
        printed: PrintedLine,
        column: Sequence[PrintedLine],
        following: PrintedLine | None,
    ) -> None:
        before = self._column
        first = begins_paragraph(printed, column, self._last, before, following, self._set_as)
        if self._whole and not first:
            self._go_on(printed.text)
        line = self._line(printed, "　　" if first else "")
        if not line.words:
            return
        mark = read_mark(line) if first or not self._paragraph else None
        if first or mark:
            self._close()
        if mark:
            self.stories[-1].blocks.append(mark)
            self.reasons |= dict.fromkeys(line.text.at, mark.reason)
        else:
            self._paragraph.append(line)
        self._last, self._column = printed, column

    def _go_on(self, following: str) -> None:
        """Take back the end of the last line; between Latin words it becomes a space."""
        words = self.text[-2:-1].isascii() and following[:1].isascii()
        self.text = self.text.rstrip("\n") + (" " if words else "")

    def _close(self) -> None:
        if self._paragraph:
            self.stories[-1].blocks.append(Block(False, tuple(self._paragraph), _COLUMN))
            self._paragraph = []

    def _line(self, printed: PrintedLine, lead: str = "") -> Line:
        start = self._write(lead + printed.text)
        traced = trace_line(self.text[start:-1], start)
        return Line(traced, printed.area.width / max(printed.size, 0.1), 0.0, False)

    def _write(self, text: str) -> int:
        start = len(self.text)
        self.text += encodable(text) + "\n"
        return start


def _is_caption(item: Item) -> bool:
    """Whether a block is the text under a picture: it says so, or is small and short."""
    text = "".join(line.text for line in item.lines)
    return is_caption(text) or (item.kind == "small" and len(text) <= _SMALL_PRINT)


def _page(writer: _Writer, source: str, number: int) -> Page:
    articles: list[Article] = []
    used: set[int] = set()
    reasons = dict(writer.reasons)
    for story in writer.stories:
        paragraphs, _, captions = paragraphs_of(story.blocks)
        for line in (line for block in captions for line in block.lines):
            reasons |= dict.fromkeys(line.text.at, "caption")
        for line, _ in story.headline:
            reasons |= dict.fromkeys(line.text.at, "stray_headline")
        for draft, (title, subtitle) in _drafts(story, paragraphs):
            text = body_of(draft)
            used.update(text.at, title.at, subtitle.at)
            articles.append(_article(draft, title.text, subtitle.text, text.text, source, number))
    if not articles:
        raise FenmenError(
            "E_NO_TEXT",
            where=source,
            what="holds only headlines, captions or page furniture",
            fix="give the page with its articles, or another copy of it",
        )
    rest = tuple(leftovers(writer.text, used, reasons, "byline"))
    return Page(source, writer.text, "pdf", tuple(articles), rest)


def _drafts(
    story: _Story, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[Draft, tuple[Traced, Traced]]]:
    """The articles under a headline: after a byline another one begins, without a headline."""
    if not paragraphs:
        return
    ended = [bool(before.signature.ends or before.closing) for before in paragraphs[:-1]]
    starts = [0, *(number for number, end in enumerate(ended, start=1) if end)]
    for number, draft in enumerate(cut(paragraphs, starts)):
        yield draft, _headline(story.headline if number == 0 else [])


def _headline(lines: Sequence[tuple[Line, float]]) -> tuple[Traced, Traced]:
    """The title, which is the largest, and the lines above and below it as the subtitle."""
    largest = max((size for _, size in lines), default=0.0)
    parts: list[tuple[bool, list[Traced]]] = []
    for line, size in lines:
        is_title = size >= 0.9 * largest
        if not parts or parts[-1][0] != is_title:
            parts.append((is_title, []))
        parts[-1][1].append(line.text)
    title = join([join(some) for is_title, some in parts if is_title])
    return title, join([join(some) for is_title, some in parts if not is_title], " ")


def _article(
    draft: Draft, title: str, subtitle: str, body: str, source: str, number: int
) -> Article:
    return Article(
        content_id(title, body),
        source,
        number,
        title,
        subtitle,
        body,
        draft.byline,
        draft.credit,
        draft.date,
    )
