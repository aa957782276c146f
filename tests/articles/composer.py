"""Lays out whole articles as the text layer of a newspaper page, and keeps the right answer.

A page is made as a typesetter and a PDF reader make it together: columns of several widths, the
first line of a paragraph two characters narrower, punctuation squeezed in rather than begun a line
with, blank lines between the lines save around those with figures, headlines wherever their box
happened to come in the file.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .manners import BLANK, Laid, masthead, top_byline, with_caption
from .written import Written as Written
from .written import written_articles as written_articles
from .written import written_passages as written_passages

LEVELS = ("plain", "displaced", "unsigned", "mixed", "manners")
# What weights are fitted on: the same, and pages that mix more of what real ones have.
FITTED_ON = (*LEVELS, "papers", "papers")
_DATED = re.compile("[^，。]{0,8}(?:讯|电)")
NEVER_FIRST = "，。、；：！？”’）》」…—%"
NEVER_LAST = "“‘（《「"


@dataclass(frozen=True)
class Style:
    """How one page is set."""

    lines: str = "between"  # blank lines: between all lines, none, between paragraphs; or the
    # paragraphs "whole", on one line each
    indent: str = "lost"  # first lines: narrower by two, set in by two full spaces, or no indent
    heads: str = "before"  # headlines: before, head, foot, after, mixed
    subtitle: str = "below"  # below, above, beside (on one line), none
    signed: str = "byline"  # how articles end: byline, credit, role, mixed, none
    spaced: bool = True  # spaces around figures
    furniture: bool = False
    missing: float = 0.0  # share of headlines that are not on the page
    sections: int = 3  # most widths within one article
    top: bool = False  # bylines between headline and text
    captions: float = 0.0  # share of articles with a caption among their lines
    masthead: bool = False  # the paper's name, day, editors and section above all
    datelines: float = 0.0  # share of articles that begin 本报讯


@dataclass(frozen=True)
class Composed:
    """A page, the articles on it in the order of their bodies, and what each of its lines is."""

    text: str
    articles: list[Written]
    style: Style
    parts: list[str]


def style_of(level: str, rng: random.Random) -> Style:
    """A random style of one difficulty."""
    style = Style(
        lines=rng.choice(("between", "between", "between", "none", "paragraphs", "whole")),
        indent=rng.choice(("lost", "lost", "kept")),
        subtitle=rng.choice(("below", "below", "above", "beside", "none")),
        signed=rng.choice(("byline", "byline", "credit", "role", "mixed")),
        spaced=rng.random() < 0.7,
        furniture=rng.random() < 0.4,
        sections=rng.choice((1, 2, 3)),
    )
    if style.lines == "whole":  # narrow columns always set first lines in, whole paragraphs may not
        style = replace(style, indent=rng.choice(("kept", "no")))
    if level == "plain":
        return style
    if level == "displaced":
        return replace(style, heads=rng.choice(("head", "foot", "after", "mixed")), missing=0.1)
    if level == "unsigned":
        return replace(style, signed="none")
    if level == "papers":
        return _paper(style, rng)
    heads = rng.choice(("before", "foot", "mixed"))
    if level == "mixed":
        return replace(style, heads=heads, signed="some", missing=0.1)
    return replace(
        style,
        heads=rng.choice(("before", "before", "foot")),
        top=rng.random() < 0.6,
        captions=rng.choice((0.0, 0.3, 0.6)),
        masthead=rng.random() < 0.6,
    )


def _paper(style: Style, rng: random.Random) -> Style:
    """Anything a newspaper does, in any company; first lines often flush with the others."""
    return replace(
        style,
        indent=rng.choice(("lost", "kept", "no", "no")),
        heads=rng.choice(("before", "before", "head", "foot", "after", "mixed")),
        signed=rng.choice(("byline", "credit", "role", "mixed", "some", "none")),
        top=rng.random() < 0.3,
        captions=rng.choice((0.0, 0.3)),
        masthead=rng.random() < 0.6,
        datelines=rng.choice((0.0, 0.0, 0.4, 0.9)),
        missing=0.05,
    )


def compose(articles: Sequence[Written], style: Style, rng: random.Random) -> Composed:
    """Lay the articles out as one page."""
    signed = [_signed(_sectioned(article, rng), style, rng) for article in articles]
    heads = [
        [] if rng.random() < style.missing else _headline(article, style, rng) for article in signed
    ]
    answer = [
        replace(article, title="", subtitle="") if not head else _seen(article, style)
        for article, head in zip(signed, heads, strict=True)
    ]
    blocks: list[list[Laid]] = []
    top, bottom = [], []
    for article, head in zip(signed, heads, strict=True):
        place = style.heads if style.heads != "mixed" else rng.choice(("before", "head", "foot"))
        body = _body_lines(article, style, rng)
        {"head": top, "foot": bottom}.get(place, []).append(head)
        if place == "before":
            blocks.append(head)
        blocks.append(body)
        if place == "after":
            blocks.append(head)
    rng.shuffle(top)
    rng.shuffle(bottom)
    laid = _with_furniture([*top, *blocks, *bottom], style, rng)
    lines = _with_blanks([*(masthead(rng) if style.masthead else []), *laid], style)
    text = "\n".join(line.text for line in lines)
    return Composed(text, answer, style, [line.part for line in lines])


def _sectioned(article: Written, rng: random.Random) -> Written:
    """Some long articles with headings inside; they belong to the body."""
    paragraphs = article.body.split("\n")
    if len(paragraphs) < 6 or rng.random() < 0.75:
        return article
    for place, heading in zip((4, 2), rng.sample(HEADINGS, 2), strict=True):
        paragraphs.insert(place, heading)
    return replace(article, body="\n".join(paragraphs))


def _seen(article: Written, style: Style) -> Written:
    return replace(article, subtitle="") if style.subtitle == "none" else article


def _signed(article: Written, style: Style, rng: random.Random) -> Written:
    if style.datelines and rng.random() < style.datelines:
        article = _dated(article, rng)
    if article.body.startswith("本报讯 "):
        return replace(article, byline="", credit="")
    if opening := re.match(r".{2,12}（(?:本报)?记者 (.{2,4})）", article.body):
        return replace(article, byline=opening[1], credit="")
    kind = style.signed
    if kind in ("mixed", "some"):
        kind = rng.choice(("byline", "credit", "role") + (("none",) if kind == "some" else ()))
    name = article.byline or rng.choice(("冯远", "祁小雨", "上官文静", "阿依古丽·买买提"))
    source = article.credit or rng.choice(("江海晚报", "海右民政", "新晨网", "市妇联"))
    return replace(
        article,
        byline=name if kind in ("byline", "role") else "",
        credit=source if kind == "credit" else "",
    )


def _dated(article: Written, rng: random.Random) -> Written:
    """The article with a dateline, which mostly names its reporter."""
    if _DATED.match(article.body):
        return article
    name = article.byline if re.fullmatch(r"\w{2,4}", article.byline) else "冯远"
    form = rng.choice(("本报讯（记者 {}）", "本报讯（本报记者 {}） ", "本报讯 "))
    return replace(article, body=form.format(name) + article.body)


def _headline(article: Written, style: Style, rng: random.Random) -> list[Laid]:
    if not article.subtitle or style.subtitle == "none":
        lines = [article.title]
    elif style.subtitle == "beside" and _may_share_line(article):
        lines = [f"{article.subtitle} {article.title}"]
    else:
        lines = [article.title, article.subtitle]
        lines = lines if style.subtitle == "below" else lines[::-1]
    broken = [part for line in lines for part in _broken(line, rng)]
    return [BLANK, *(Laid(line, "H") for line in broken), *([BLANK] if rng.random() < 0.5 else [])]


def _may_share_line(article: Written) -> bool:
    """Only what a reader can tell apart is set on one line: long parts, or parts with commas."""
    both = article.title + article.subtitle
    return "，" in both or _width(both) >= 28


def _broken(title: str, rng: random.Random) -> list[str]:
    """A long title is sometimes set in two lines."""
    if len(title) < 18 or " " in title or rng.random() < 0.85:
        return [title]
    half = len(title) // 2
    return [title[:half], title[half:]] if title[half] not in NEVER_FIRST else [title]


def _body_lines(article: Written, style: Style, rng: random.Random) -> list[Laid]:
    sign = _signature(article, style, rng)
    above = style.top and sign and article.byline
    first_of_all = [BLANK, Laid(top_byline(article.byline, rng), "F")] if above else []
    sign = "" if above else sign
    own_line = sign and rng.random() < 0.3
    text = article.body + ("" if own_line or not sign else f" {sign}")
    paragraphs = text.split("\n")
    widths = [rng.randint(9, 20) for _ in range(rng.randint(1, style.sections))]
    lines: list[Laid] = []
    for number, paragraph in enumerate(paragraphs):
        width = widths[number * len(widths) // len(paragraphs)]
        broken = _set(paragraph, width, style, rng)
        first = "H" if paragraph in HEADINGS else "B"
        lines += [BLANK, Laid(broken[0], first), *(Laid(line, "G") for line in broken[1:])]
    if rng.random() < style.captions:
        lines = with_caption(lines, rng)
    lines = [*first_of_all, *lines, *([BLANK, Laid(sign, "B")] if own_line else [])]
    return [replace(line, text=spaced(line.text)) for line in lines] if style.spaced else lines


def _set(paragraph: str, width: int, style: Style, rng: random.Random) -> list[str]:
    """One paragraph in lines of a column, or whole, broken only where a column ends."""
    if style.lines != "whole":
        return wrap(paragraph, width, style.indent)
    place = rng.randint(20, 200)
    lead = "　　" if style.indent == "kept" else ""
    if rng.random() < 0.7 or place > len(paragraph) - 8 or paragraph[place] in NEVER_FIRST:
        return [lead + paragraph]
    return [lead + paragraph[:place], paragraph[place:]]


def _signature(article: Written, style: Style, rng: random.Random) -> str:
    if article.credit:
        return rng.choice(("（据{}）", "(据{})", "（据{}报道）", "（来源：{}）")).format(
            article.credit
        )
    if not article.byline or article.byline in article.body[:20]:
        return ""
    if style.signed == "role":
        return rng.choice(("（记者 {}）", "（本报记者 {}）", "（通讯员 {}）")).format(
            article.byline
        )
    return rng.choice(("（{}）", "({})")).format(article.byline)


def wrap(paragraph: str, width: int, indent: str) -> list[str]:
    """Break a paragraph into lines; figures and Latin words stay whole."""
    lines, line, room = [], "", width - (2 if indent == "lost" else 0)
    lead = "　　" if indent == "kept" else ""
    room -= len(lead)
    for piece in re.findall(r"[A-Za-z0-9.%]+|.", paragraph):
        wide = _width(line) + _width(piece)
        if line and wide > room and not (piece in NEVER_FIRST and wide <= room + 1.5):
            carry = line[-1] if line[-1] in NEVER_LAST or piece in NEVER_FIRST else ""
            lines.append(lead + line[: len(line) - len(carry)])
            lead, line, room = "", carry, width
        line += piece
    return [*lines, lead + line]


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def spaced(line: str) -> str:
    """A line as a PDF reader gives it: spaces between Chinese characters and figures."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", line)


def _with_furniture(blocks: Sequence[list[Laid]], style: Style, rng: random.Random) -> list[Laid]:
    lines: list[Laid] = []
    for number, block in enumerate(blocks):
        if style.furniture and number and rng.random() < 0.25:
            lines += [BLANK, Laid(rng.choice(FURNITURE), "F"), BLANK]
        lines += [BLANK, *block]
    return lines + ([BLANK, Laid(FURNITURE[0], "F")] if style.furniture else [])


def _with_blanks(lines: Sequence[Laid], style: Style) -> list[Laid]:
    if style.lines in ("paragraphs", "whole"):
        return list(lines)
    written = [line for line in lines if line.text]
    if style.lines == "none":
        return written
    found: list[Laid] = []
    for line, following in zip(written, [*written[1:], BLANK], strict=True):
        figures = re.search(r"\d", line.text) and re.search(r"\d", following.text + line.text[:1])
        found += [line] if figures else [line, BLANK]
    return found


HEADINGS = (
    "一、先把家底摸清",
    "（二）分清各家的责任",
    "钱从哪里来？",
    "难点在哪里",
    "从无到有的五年",
    "一本看得见的账",
    "有人管，还要管得住",
    "下一步怎么走",
    "“慢”的道理",
    "数据背后的人",
)
FURNITURE = (
    "责编：沈一帆 校对：卢青",
    "图为志愿者在活动现场登记。新晨报记者 赵一鸣 摄",
    "03版",
    "（下转第4版）",
    "★★★★★★",
    "2024年5月17日 星期五",
)
