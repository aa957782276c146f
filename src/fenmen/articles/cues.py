"""The cues by which a reader tells headlines, first lines and later lines of paragraphs apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fenmen.articles.credits import sign_off
from fenmen.articles.datelines import has_dateline
from fenmen.articles.formulas import (
    begins_with_quote,
    goes_on,
    label,
    opens_article,
    opens_with_date,
)
from fenmen.articles.lines import Layout, Line, opens_bracket
from fenmen.articles.traced import join
from fenmen.articles.words import word_crosses

_STOP = re.compile(r"[。；;]")
_ANY_STOP = re.compile(r"[。！？!?…]|[)）]$")
_QUOTED = re.compile("“[^“”]{2,}”")
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|[\u4e00-\u9fff]{2,3}[省市县区州旗镇乡村](?![\u4e00-\u9fff]{0,2}$)"
)
_COMMAS = re.compile(r"[，,]")
_ENDS_OPEN = re.compile(r"[，、；;：:,]$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])"
)
# Characters that hardly ever end a headline, and that hardly ever begin a sentence.
_DANGLING_END = frozenset(
    "的在和与是把被从对为将到等着及或并而就也都还有不这那其各每该我他她它们个几第向于由以"
)
_DANGLING_START = frozenset("的了着过们地得等里上下中后前内外时者化性员们区县市省部局厅会")
_FUNCTION = re.compile("[的了在是和与将被把也都还就而但其]")
_OPENERS, _CLOSERS = "“‘《（(", "”’》）)"
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{2,}")
_BARRIERS = ("byline", "signature", "date", "editor")  # what stands between two lines
_LONG = 30.0  # wider than any headline or newspaper column: a whole paragraph on one line
_TOO_SHORT = 2.6  # by which a first line of a paragraph never falls short where they are flush
_NARROWER = 0.9  # by which a first line that lost its indent is narrower at least
_LEAD = 2.0  # characters by which a first line is set in


class Cues:
    """The cues of every line of one page; `habit` is how its paragraphs begin."""

    def __init__(self, lines: Sequence[Line], layouts: Sequence[Layout], habit: str) -> None:
        self._lines, self._layouts, self._habit = lines, layouts, habit
        last = max((n for n, line in enumerate(lines) if _ANY_STOP.search(line.words)), default=-1)
        self._last_stop = last
        self.signed = [_is_signed(lines, number) for number in range(len(lines))]
        self._pairs = Counter(w[i : i + 2] for w in _words(lines) for i in range(len(w) - 1))
        self._triples = {w[i : i + 3] for w in _words(lines) for i in range(len(w) - 2)}

        named = Counter(filter(None, (label(line.words) for line in lines)))
        self._speakers = {name for name, times in named.items() if times > 1}

        self._items = _list_signs(lines, layouts)
        self._flush = _begins_flush(lines, layouts)

    def is_item(self, number: int) -> bool:
        """Whether a line begins an item of a list: its sign stands before many full lines."""
        return number < len(self._lines) and self._lines[number].lead in self._items

    def cannot_begin(self, number: int) -> bool:
        """Whether a line is too short to begin a paragraph that goes on below it."""
        if not (self._flush and 0 <= number < len(self._lines)):
            return False
        line, layout = self._lines[number], self._layouts[number]
        short = layout.column <= _LONG and layout.short >= _TOO_SHORT
        return short and not line.ends_sentence and not line.verse and not line.lead

    def is_no_first(self, number: int) -> bool:
        """Whether a line is as wide as the next where first lines are narrower than others."""
        if self._habit != "lost" or not 0 <= number < len(self._lines) - 1:
            return False
        line, following = self._lines[number : number + 2]
        column = self._layouts[number + 1].column
        narrow = 0 < column <= _LONG and self._layouts[number + 1].short < _LEAD
        goes_on = not (following.ends_sentence or self.signed[number + 1])
        return narrow and goes_on and line.width > following.width - _NARROWER

    def is_spoken(self, number: int) -> bool:
        """Whether a line begins with the name of one who speaks again and again on the page."""
        return number < len(self._lines) and label(self._lines[number].words) in self._speakers

    def runs_on(self, number: int) -> bool:
        """Whether a wide line goes on below: full, not ended, and the next is no first line."""
        if not 0 < number < len(self._lines) or self._habit != "indented":
            return False
        line, above = self._lines[number], self._layouts[number - 1]
        ended = self._lines[number - 1].ends_sentence or line.barrier_before
        sign = _LEAD * bool(self._lines[number - 1].lead)
        wide = above.column > _LONG and above.short < _LEAD + 1 + sign
        return wide and not ended and not self._layouts[number].indented and not line.blank_before

    def stands_alone(self, number: int) -> bool:
        """Whether a line is so much shorter than its column that it can only be a heading."""
        line, layout = self._lines[number], self._layouts[number]
        half = 0 < 2 * line.width < layout.column <= _LONG
        return half and bool(_HAN_ONLY.fullmatch(line.words))

    def before(self, number: int, *, first: bool) -> Iterator[str]:
        """How the line before `number` ends; `first` if it is the first of its paragraph."""
        if number == 0:
            yield "page begins"
            return
        line, layout = self._lines[number - 1], self._layouts[number - 1]
        if self.signed[number - 1]:
            yield "after byline"
            return
        end = "stop" if line.ends_sentence else "list" if line.words[-1] in ";；:：" else "open"
        lead = _LEAD if first and self._habit else 0.0
        yield f"after {end}, {_room(line, layout, lead)}"
        if end == "open" and layout.short > _LEAD and _NUMBERED.match(line.words):
            yield "after number"
        if end == "open" and number < len(self._lines):
            following = self._lines[number].words
            yield self._bridge(line.words[-2:], following[:2])
            yield from _join(line.words, following)
            if left_open(line.words):
                yield "closed below" if left_open(following, reverse=True) else "left open"

    def at(self, number: int) -> Iterator[str]:
        """What the line itself looks like."""
        if number == len(self._lines):
            yield "page ends"
            return
        line, layout = self._lines[number], self._layouts[number]
        yield "always"
        if number > self._last_stop:
            yield "no stop to the end"
        if layout.gap:
            yield "gap"
        if line.lead:
            yield "sign before"
        yield self._repeated(line.words)
        if line.barrier_before:
            yield "barrier"
            yield f"below {line.below if line.below in _BARRIERS else 'other'}"
        yield from _shape(line, layout)
        yield from self._indent(layout)
        yield from _wording(line.words)

    def _repeated(self, words: str) -> str:
        """Whether the rest of the page says what the line says: headlines are mostly repeated."""
        pairs = [words[i : i + 2] for i in range(len(words) - 1)]
        again = sum(self._pairs[pair] > 1 for pair in pairs)
        for share in (0.7, 0.5, 0.3):
            if again >= share * (len(pairs) or 1):
                return f"repeated {share}"
        return "hardly repeated"

    def _bridge(self, end: str, start: str) -> str:
        """Whether a word may cross the line's end: cut words mostly stand whole elsewhere."""
        if end + start[:1] in self._triples or end[-1:] + start in self._triples:
            return "word crosses"
        return "pair crosses" if end[-1:] + start[:1] in self._pairs else "nothing crosses"

    def _indent(self, layout: Layout) -> Iterator[str]:
        if self._habit == "indented":
            yield "indented as others" if layout.indented else "not indented as others"
        elif self._habit == "lost":
            clear = "clearly" if layout.lost_indent >= 1.4 else "slightly"
            yield f"{clear} narrower as others" if layout.lost_indent else "not narrower as others"
        elif layout.indented:
            yield "indented"
        elif layout.lost_indent >= 1.4:
            yield "narrower"


def _list_signs(lines: Sequence[Line], layouts: Sequence[Layout]) -> set[str]:
    """The signs that stand before the items of lists: three or more lines, mostly full ones."""
    filled: dict[str, list[bool]] = {}
    for line, layout in zip(lines, layouts, strict=True):
        if line.lead:
            full = layout.column > 0 and layout.short < _LEAD + 1
            filled.setdefault(line.lead, []).append(full or line.ends_sentence)
    return {
        sign for sign, full in filled.items() if len(full) > 2 and 3 * sum(full) > 2 * len(full)
    }


def _begins_flush(lines: Sequence[Line], layouts: Sequence[Layout]) -> bool:
    """Whether first lines of paragraphs fill their column on this page, as other lines do."""
    first = [
        layouts[number].short < 1.6
        for number in range(1, len(lines))
        if lines[number - 1].ends_sentence and layouts[number - 1].short > _LEAD + 1
    ]
    return len(first) > 2 and 5 * sum(first) >= 4 * len(first)


def _is_signed(lines: Sequence[Line], number: int) -> bool:
    """Whether a byline or credit ends with the line, though it may begin in the line before."""
    text = lines[number].text
    if number and opens_bracket(lines[number - 1]):
        text = join([lines[number - 1].text, text])
    return sign_off(text).ends


def _join(words: str, following: str) -> Iterator[str]:
    """Whether the dictionary has a word across the line's end, or one side cannot stand alone."""
    if word_crosses(words, following):
        yield "known word crosses"
    if words[-1] in _DANGLING_END:
        yield "ends dangling"
    if following[0] in _DANGLING_START:
        yield "starts dangling"


def left_open(words: str, *, reverse: bool = False) -> bool:
    """Whether a quotation or bracket begins in the line and does not end; reversed: ends only."""
    depth = 0
    first, last = (_CLOSERS, _OPENERS) if reverse else (_OPENERS, _CLOSERS)
    for character in reversed(words) if reverse else words:
        depth += (character in first) - (character in last and depth > 0)
    return depth > 0


def _words(lines: Sequence[Line]) -> Iterator[str]:
    return (line.words for line in lines)


def _room(line: Line, layout: Layout, lead: float) -> str:
    """How much of its column a line left free."""
    short = layout.short - lead
    if line.width > _LONG and (not layout.column or short >= 1.6):
        return "long"
    if not layout.column:
        return "no column"
    for limit, name in ((0.9, "full"), (1.6, "nearly full"), (3.1, "short"), (6.0, "very short")):
        if short < limit:
            return name
    return "far shorter"


def _shape(line: Line, layout: Layout) -> Iterator[str]:
    for limit in (6, 9, 31, 46):
        if line.width < limit:
            yield f"under {limit} wide"
            break
    if layout.column and layout.short < -1.6:
        yield "wider than column"
    elif layout.full:
        yield "full"
    elif not layout.column:
        yield "no column"


def _wording(words: str) -> Iterator[str]:
    commas = len(_COMMAS.findall(words))
    checks = (
        ("holds a stop", bool(_STOP.search(words))),
        ("ends with a mark", bool(_ENDS_OPEN.search(words))),
        ("many commas", commas > 1),
        ("comma", commas == 1),
        ("asks", words[-1] in "？！?!" and not _STOP.search(words)),
        ("function words", len(_FUNCTION.findall(words)) > 1),
        ("function word", len(_FUNCTION.findall(words)) == 1),
        ("dateline", has_dateline(words)),
        ("opens", opens_article(words)),
        ("date", opens_with_date(words)),
        ("goes on", goes_on(words)),
        ("quote", begins_with_quote(words)),
        ("numbered", bool(_NUMBERED.match(words))),
        ("begins with a place", bool(_PROVINCE.match(words))),
        ("all quoted", bool(_QUOTED.fullmatch(words))),
    )
    return (name for name, holds in checks if holds)
