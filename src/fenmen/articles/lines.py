"""The lines of a page with what their layout says: width, indent, blank lines between them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fenmen.articles.clean import trace_line
from fenmen.articles.traced import Traced

_FIGURES = re.compile(r"[0-9]")
_UNBROKEN = re.compile(r"[A-Za-z0-9.%]{2,}")
_MARKS = re.compile(r"[，。、；：！？（）“”‘’《》·]")
_NEIGHBOURS = 5
_NARROWEST = 6  # no column of a newspaper is narrower than this
_CLOSERS = "”’」』）)》】\"'"
_SENTENCE_END = re.compile(rf"(?:[。！？!?…]|(?<=[\u4e00-\u9fff])\.)[{_CLOSERS}]*$")
_MUST_GO_ON = re.compile(r"[，、：,（(“‘《〈「『【]$")
_CANNOT_BEGIN = re.compile(r"[，。、；：！？,;!?）)”’》〉」』】%…]|的(?![士确哥])")
# 5 元 and 89 名 are not parted: a new line that begins so goes on with the figure above it.
_FIGURE, _COUNTED = re.compile(r"\d$"), re.compile("[点年月元万亿岁个名台架件次号楼层户米%％]")
_ENDS_LATIN, _GOES_ON_LATIN = re.compile(r"[A-Za-z]$"), re.compile(r"[a-z]")
_OPEN_BRACKET = re.compile(r"[（(《【][^（）()《》【】]{0,24}$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, cleaned; widths and indents count in Chinese characters.

    `barrier_before`: a byline, a date or the like stood between the line before and this one.
    `below`: what that one was. `lead`: the sign that it began with and that cleaning took away, as
    □ or ▲. `cut`: the page says below it that the text goes on elsewhere. `verse`: it is a line of
    a poem. `role`: it names a "column" of briefs, or begins an "item" of one, or is a "row" of a
    table.
    """

    text: Traced
    width: float
    indent: float
    blank_before: bool
    barrier_before: bool = False
    below: str = ""
    lead: str = ""
    cut: bool = False
    byline: str = ""
    inserted: bool = False
    section: bool = False
    verse: bool = False
    role: str = ""

    @property
    def words(self) -> str:
        """The cleaned text."""
        return self.text.text

    @property
    def ends_sentence(self) -> bool:
        """Whether a paragraph may end with this line."""
        return bool(_SENTENCE_END.search(self.words))


@dataclass(frozen=True, slots=True)
class Layout:
    """What the neighbours of a line say about it.

    `full`: as wide as the column; `short`: how much narrower than the column; `indented`: set in
    from the column's edge; `lost_indent`: how much narrower than what follows, if that may be an
    indent of two characters that the text layer dropped, or 0; `gap`: a blank line before it that
    means something; `column`: its width, or 0 where the lines around have none.
    """

    full: bool
    short: float
    indented: bool
    lost_indent: float
    gap: bool
    column: float


def read_lines(text: str) -> list[Line]:
    """Clean every line of a page; lines that hold nothing else than decoration are left out."""
    lines: list[Line] = []
    offset, blank = 0, False
    for raw in text.splitlines(keepends=True):
        traced = trace_line(raw, offset)
        offset += len(raw)
        if traced.text:
            bare = raw.lstrip()
            sign = bare[0] if text[traced.at[0]] != bare[0] else ""
            indent = em(raw[: len(raw) - len(bare)])
            lines.append(Line(traced, _set_width(text, traced), indent, blank, lead=sign))
        blank = not traced.text
    return _squeezed(lines)


def _set_width(text: str, cleaned: Traced) -> float:
    """Width as the line was set: full-width digits count whole, what was cleaned away nothing."""
    return em("".join(text[offset] for offset in cleaned.at))


def em(text: str) -> float:
    """Width of a text in Chinese characters; Latin letters, digits and spaces count half."""
    return len(text) - sum(character < "\u2000" and character != "·" for character in text) / 2


def _squeezed(lines: list[Line]) -> list[Line]:
    """The lines with the widths of punctuation and figures that make columns most even.

    Typesetters squeeze punctuation to fill a column, plain text files give it its full width;
    figures may be half as wide as a Chinese character or just as wide.
    """
    plain = [line.width for line in lines]
    marks = [len(_MARKS.findall(line.words)) for line in lines]
    figures = [len(_FIGURES.findall(line.words)) for line in lines]
    best, least = plain, _unevenness(plain)
    for mark, figure in ((0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        rows = zip(plain, marks, figures, strict=True)
        widths = [width - mark * m + figure * f for width, m, f in rows]
        if _unevenness(widths) < 0.9 * least:
            best, least = widths, _unevenness(widths)
    if best is plain:
        return lines
    return [replace(line, width=width) for line, width in zip(lines, best, strict=True)]


def _unevenness(widths: Sequence[float]) -> float:
    return sum(min(abs(width - following), 2.0) for width, following in pairwise(widths))


def must_join(line: Line, following: Line) -> bool:
    """Whether the two lines cannot be separate paragraphs, whatever their widths."""
    return bool(
        _MUST_GO_ON.search(line.words)
        or _CANNOT_BEGIN.match(following.words)
        or opens_bracket(line)
        or (_FIGURE.search(line.words) and _COUNTED.match(following.words))
        or (_ENDS_LATIN.search(line.words) and _GOES_ON_LATIN.match(following.words))
    )


def opens_bracket(line: Line) -> bool:
    """Whether a bracket opens near the end of the line and does not close."""
    return bool(_OPEN_BRACKET.search(line.words))


def lay_out(lines: Sequence[Line]) -> list[Layout]:
    """Compare every line with its neighbours."""
    columns = [_column(lines, number) for number in range(len(lines))]
    base = _base_indents(lines)
    gaps_mean_something = _gaps_mean_something(lines)
    return [
        Layout(
            full=0 < columns[number] < line.width + 1.6 and _supported(lines, number),
            short=_room(columns[number] - line.width, lines[number + 1 : number + 2]),
            indented=line.indent >= base[number] + 1,
            lost_indent=_lost_indent(lines, number, columns[number]),
            gap=line.blank_before and gaps_mean_something,
            column=columns[number],
        )
        for number, line in enumerate(lines)
    ]


def _room(room: float, following: Sequence[Line]) -> float:
    """What a line left free though the next one began with something that would have fitted.

    Figures and Latin words are not broken: a line is as good as full if they were too wide for it.
    """
    word = _UNBROKEN.match(following[0].words) if following else None
    return 0.0 if word and 0 < room < em(word[0]) else room


def _supported(lines: Sequence[Line], number: int) -> bool:
    near = lines[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1]
    width = lines[number].width
    if width < _NARROWEST:
        return False
    return sum(abs(other.width - width) < 1.1 for other in near) >= 3


def _column(lines: Sequence[Line], number: int) -> float:
    """The width most lines around have; where a column narrows, that of the lines to come."""
    for near in (lines[number : number + 4], lines[max(0, number - 3) : number + 3]):
        best = _common_width(near)
        if best and best >= lines[number].width - 1.1:
            return best
    return _common_width(lines[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1])


def _common_width(near: Sequence[Line]) -> float:
    """The greatest width that three of these lines share, or 0."""
    widths = sorted((line.width for line in near if line.width >= _NARROWEST), reverse=True)
    for first, third in zip(widths, widths[2:], strict=False):
        if first - third < 1.1:
            return first
    return 0.0


def _lost_indent(lines: Sequence[Line], number: int, column: float) -> float:
    """How much narrower the line is than those that follow it, if about two characters, or 0."""
    width = lines[number].width
    following = [line.width for line in lines[number + 1 : number + 3]]
    if not following or column < _NARROWEST:
        return 0.0
    wider = [other for other in following if other > width + 0.4]
    references = following if len(wider) == len(following) else [*wider, column]
    fitting = [other - width for other in references if 0.9 < other - width < 3.1]
    return max(fitting, default=0.0)


def _base_indents(lines: Sequence[Line]) -> list[float]:
    """Per line the indent of the column it stands in: the commonest one nearby.

    Where nearly every line is a whole paragraph, all are set in, and the column begins at 0.
    """
    common = Counter(line.indent for line in lines).most_common(1)
    indent = common[0][0] if common else 0.0
    if indent and _begins_paragraphs(lines, indent):
        indent = 0.0
    return [indent] * len(lines)


def _begins_paragraphs(lines: Sequence[Line], indent: float) -> bool:
    """Whether the lines with this indent mostly stand after the end of a sentence."""
    above = [line for line, following in pairwise(lines) if following.indent == indent]
    ended = sum(line.ends_sentence for line in above)
    return bool(above) and ended >= 0.7 * len(above)


def first_lines(lines: Sequence[Line], layouts: Sequence[Layout]) -> str:
    """How first lines of paragraphs stand out on this page: "indented", "lost" indent or ""."""
    for short in (3.1, 1.6):
        sure = [
            layouts[number]
            for number in range(1, len(lines))
            if lines[number - 1].ends_sentence and layouts[number - 1].short >= short
        ]
        if len(sure) < 2:
            continue
        if sum(layout.indented for layout in sure) >= 0.6 * len(sure):
            return "indented"
        return "lost" if sum(layout.lost_indent > 0 for layout in sure) >= 0.6 * len(sure) else ""
    return ""


def _gaps_mean_something(lines: Sequence[Line]) -> bool:
    """Whether blank lines stand between paragraphs, and not between any two lines."""
    inside = [
        following.blank_before
        for line, following in pairwise(lines)
        if must_join(line, following) or not line.ends_sentence
    ]
    return sum(inside) <= 0.3 * len(inside)
