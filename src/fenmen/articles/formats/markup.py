"""Takes the visible text from a web page, line by line, however broken or deep the page is.

No tree is built, so nothing can be too deep, too long or too broken to be kept; every step moves
forward, so the time is linear in the length of the page.
"""

import html
import re
from dataclasses import dataclass

_NEXT = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_STOP = re.compile("[>\"']")
_MOST_QUOTES = 200  # in one tag; with more its quotes are not believed
# What no quoted value holds: a tag between Chinese characters.
_SWALLOWED = re.compile(r"</?[a-z][^<>]{0,200}>[^<>\"']{0,200}[\u4e00-\u9fff]", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# Their content is no text of the page.
_UNSEEN = frozenset({"script", "style", "template", "svg", "math", "object", "iframe", "noscript"})
_SHORT_INLINE = {"a", "b", "i", "o", "q", "s", "u", "em", "rb", "rp", "rt", "tt"}
_LONG_INLINE = {
    "abbr",
    "acronym",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "font",
}
_MARKED_INLINE = {"img", "input", "ins", "kbd", "label", "mark", "ruby", "samp", "small", "span"}
_LAST_INLINE = {"strike", "strong", "sub", "sup", "time", "var", "wbr"}
_INLINE = frozenset(_SHORT_INLINE | _LONG_INLINE | _MARKED_INLINE | _LAST_INLINE)
_CELLS = frozenset({"td", "th"})
_KEPT_TAGS = frozenset({"title", "h1", "h2", "h3", "h4", "figcaption"})


@dataclass(frozen=True, slots=True)
class WebLine:
    """One line of a web page; `tag` says whether it is a title, a heading or a caption.

    `linked` is the share (0 to 1) of its characters that are links.
    """

    text: str
    tag: str
    linked: float


def web_lines(page: str) -> list[WebLine]:
    """The visible lines of a page, its <title> among them, in the order of the file."""
    return _Reader(page).lines()


class _Reader:
    def __init__(self, page: str) -> None:
        self._page = page
        self._found: list[WebLine] = []
        self._parts: list[tuple[str, bool]] = []
        self._tag = ""
        self._links = 0
        self._last_end = page.rfind(">")
        self._never: dict[str, int] = {}  # what is not to be found from some place on

    def lines(self) -> list[WebLine]:
        place, page = 0, self._page
        while match := _NEXT.search(page, place):
            self._text(page[place : match.start()])
            place = self._markup(match.start())
        self._text(page[place:])
        self._break()
        return self._found

    def _markup(self, start: int) -> int:
        """Read what begins with "<" and say where it ends."""
        page = self._page
        if page.startswith("<!--", start):
            return self._after("-->", start + 4) or start + 4
        if page.startswith("<![CDATA[", start):
            return start + len("<![CDATA[")
        end = self._tag_end(start)
        if match := _NAME.match(page, start):
            return self._element(match[1].lower(), page[start + 1] == "/", end)
        return end

    def _element(self, name: str, closes: bool, end: int) -> int:
        if name in _UNSEEN and not closes:
            return self._after_closing(name, end) or end
        if name == "a":
            self._links = max(0, self._links + (-1 if closes else 1))
        elif name in _CELLS:
            self._parts.append((" ", False))
        elif name not in _INLINE:
            self._break()
            self._tag = name if name in _KEPT_TAGS and not closes else ""
            self._links = 0
        return end

    def _tag_end(self, start: int) -> int:
        """The place after the ">" that ends a tag; one within quotes does not."""
        place = start + 1
        for _ in range(_MOST_QUOTES):
            match = _STOP.search(self._page, place) if start < self._last_end else None
            if match is None:
                break
            if match[0] == ">":
                return match.end()
            closed = self._after(match[0], match.end())
            if closed and _SWALLOWED.search(self._page, match.end(), closed):
                break  # a quote was lost, and this one would take the text with it
            place = closed or match.end()
        return self._after(">", start) or start + 1

    def _after(self, mark: str, start: int) -> int:
        """The place after the next mark, or 0; what is not found once is not searched again."""
        if start >= self._never.get(mark, len(self._page) + 1):
            return 0
        place = self._page.find(mark, start)
        if place < 0:
            self._never[mark] = start
            return 0
        return place + len(mark)

    def _after_closing(self, name: str, start: int) -> int:
        if start >= self._never.get(name, len(self._page) + 1):
            return 0
        if match := re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(self._page, start):
            return match.end()
        self._never[name] = start
        return 0

    def _text(self, text: str) -> None:
        if text:
            self._parts.append((text, self._links > 0))

    def _break(self) -> None:
        """End the line."""
        text = _SPACE.sub(" ", html.unescape("".join(part for part, _ in self._parts))).strip()
        if text:
            linked = sum(len(part.strip()) for part, link in self._parts if link)
            whole = sum(len(part.strip()) for part, _ in self._parts)
            self._found.append(WebLine(text, self._tag, linked / whole if whole else 0.0))
        self._parts = []
