"""Prints whole articles as the pages of a newspaper, in real PDFs, and keeps the right answer."""

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.articles.composer import Written, wrap

from . import fonts

MARGIN = 40.0
LAYOUTS = ("flow", "modular", "boxed", "beside")


@dataclass(frozen=True)
class Look:
    """How a page is set; sizes in points, columns in characters."""

    layout: str = "modular"
    body: float = 9.5
    leading: float = 1.45
    columns: int = 5
    characters: int = 14
    gutter: float = 1.6
    headline: float = 20.0
    centred: bool = False
    rules: bool = False
    subtitle: str = "below"  # below, above, none
    signed: str = "bracket"  # bracket, credit, role, under, none
    dateline: bool = False
    captions: bool = False
    furniture: bool = True
    sections: bool = False

    @property
    def width(self) -> float:
        return self.columns * self.column + (self.columns - 1) * self.gap

    @property
    def column(self) -> float:
        return self.characters * self.body

    @property
    def gap(self) -> float:
        return self.gutter * self.body


@dataclass(frozen=True)
class Put:
    """A string with its place (points from the left and from the top), or a rectangle."""

    text: str
    x: float
    y: float
    size: float
    wide: float = 0.0
    high: float = 0.0
    spread: float = 0.0  # points between the characters: lines are justified


@dataclass
class Printed:
    """What is to be drawn on one page, and what stands on it."""

    look: Look
    puts: list[Put] = field(default_factory=list)
    articles: list[Written] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    bottom: float = 0.0


SECTIONS = ("难点在哪里", "一本看得见的账", "下一步怎么走", "数据背后的人")
NAMES = ("冯远", "祁小雨", "上官文静", "贺之舟")
SOURCES = ("江海晚报", "海右民政", "新晨网")


def random_look(rng: random.Random) -> Look:
    body = rng.choice((8.0, 9.0, 9.5, 10.5))
    return Look(
        layout=rng.choice(LAYOUTS),
        body=body,
        leading=rng.choice((1.3, 1.45, 1.6)),
        columns=rng.choice((3, 4, 5, 6)),
        characters=rng.randint(9, 18),
        gutter=rng.choice((1.0, 1.5, 2.0)),
        headline=body * rng.choice((1.5, 1.9, 2.4)),
        centred=rng.random() < 0.5,
        rules=rng.random() < 0.4,
        subtitle=rng.choice(("below", "below", "above", "none")),
        signed=rng.choice(("bracket", "credit", "role", "under", "none")),
        dateline=rng.random() < 0.25,
        captions=rng.random() < 0.4,
        furniture=rng.random() < 0.8,
        sections=rng.random() < 0.3,
    )


def signed(article: Written, look: Look, rng: random.Random) -> Written:
    """The article with the byline or credit that this page gives it, and its subtitle or none."""
    subtitle = "" if look.subtitle == "none" else article.subtitle
    body = article.body
    paragraphs = body.split("\n")
    if look.sections and len(paragraphs) > 4:
        paragraphs.insert(2, rng.choice(SECTIONS))
        body = "\n".join(paragraphs)
    if opening := re.match(r".{2,12}（记者 (.{2,4})）", body):
        return replace(article, subtitle=subtitle, body=body, byline=opening[1], credit="")
    name, source = article.byline or rng.choice(NAMES), rng.choice(SOURCES)
    if look.dateline:
        body = f"本报讯（记者 {name}）{body}"
        return replace(article, subtitle=subtitle, body=body, byline=name, credit="")
    credit = source if look.signed == "credit" else ""
    byline = name if look.signed in ("bracket", "role", "under") else ""
    return replace(article, subtitle=subtitle, body=body, byline=byline, credit=credit)


def print_page(articles: Sequence[Written], look: Look, rng: random.Random) -> Printed:
    """Lay the articles out, top to bottom, as the look says."""
    page = Printed(look)
    top = _furniture(page) if look.furniture else MARGIN
    written = [signed(article, look, rng) for article in articles]
    if look.layout == "flow":
        _flow(page, written, top, rng)
    else:
        _rows(page, written, top, rng)
    page.articles += written
    if look.furniture:
        _put(page, "责编：沈一帆 校对：卢青", MARGIN, page.bottom + 20, look.body, other=True)
        page.bottom += 30
    return page


def pdf_of(pages: Sequence[Printed], rng: random.Random | None = None, **canvas: object) -> bytes:
    """The pages as a PDF; with `rng` the strings come in any order in the file."""
    file = io.BytesIO()
    drawn = Canvas(file, invariant=1, **canvas)
    for page in pages:
        high = page.bottom + MARGIN
        drawn.setPageSize((page.look.width + 2 * MARGIN, high))
        puts = list(page.puts)
        if rng:
            rng.shuffle(puts)
        for put in puts:
            if put.wide or put.high:
                drawn.rect(put.x, high - put.y - put.high, put.wide, put.high)
            else:
                drawn.setFont(fonts.use(), put.size)
                drawn.drawString(put.x, high - put.y - put.size, put.text, charSpace=put.spread)
        drawn.showPage()
    drawn.save()
    return file.getvalue()


def _put(
    page: Printed,
    text: str,
    x: float,
    y: float,
    size: float,
    other: bool = False,
    fill: bool | None = None,
) -> None:
    """`fill`: spread the line over its column; False: only squeeze it where it is too long."""
    rest = page.look.column - _long(text) * size
    spread = rest / max(1, len(text) - 1) if fill or (fill is False and rest < 0) else 0.0
    page.puts.append(Put(text, x, y, size, spread=spread))
    if other:
        page.others.append(text)


def _furniture(page: Printed) -> float:
    look = page.look
    _put(page, "江海公益报", MARGIN, 20, 22, other=True)
    _put(page, "03版 综合新闻", MARGIN + look.width - 90, 20, 11, other=True)
    _put(page, "2024年5月17日 星期五", MARGIN + look.width / 2 - 50, 24, 9, other=True)
    page.puts.append(Put("", MARGIN, 50, 0, look.width, 0.5))
    return 64.0


def _headline(article: Written, look: Look, wide: float) -> list[tuple[str, float]]:
    """Lines of the headline with their sizes."""
    large = min(look.headline, wide / 6)
    small = max(look.body * 1.2, large * 0.65)
    title = [(line, large) for line in _broken(article.title, wide / large)]
    extra = [(line, small) for line in _broken(article.subtitle, wide / small)]
    return [*extra, *title] if look.subtitle == "above" else [*title, *extra]


def _broken(text: str, characters: float) -> list[str]:
    return wrap(text, max(4, int(characters - 1.5)), "") if text else []


def _body(article: Written, look: Look) -> list[tuple[str, bool]]:
    """The lines of the body in one column and whether they fill it; first lines are set in."""
    marks = {"bracket": f"（{article.byline}）", "role": f"（记者 {article.byline}）"}
    marks["credit"] = f"（据{article.credit}）"
    text = article.body
    if f"（记者 {article.byline}）" in text[:24]:
        marks = {}
    if not look.dateline and look.signed in marks:
        text += " " + marks[look.signed]
    lines = []
    for paragraph in text.split("\n"):
        lead = "" if paragraph in SECTIONS else "　　"
        broken = wrap(lead + paragraph, look.characters, "")
        lines += [(line, number < len(broken)) for number, line in enumerate(broken, start=1)]
    if look.signed == "under" and not look.dateline and marks:
        lines.append((f"　　本报记者 {article.byline}", False))
    return lines


def _flow(page: Printed, articles: Sequence[Written], top: float, rng: random.Random) -> None:
    """All articles one after another through the columns; headlines are one column wide."""
    look = page.look
    pitch = look.body * look.leading
    # text, size, height, whether it is a headline, whether it fills the column
    items: list[tuple[str, float, float, bool, bool | None]] = []
    for number, article in enumerate(articles):
        head = _headline(article, look, look.column)
        for place, (line, size) in enumerate(head):
            before = pitch * 0.8 if place == 0 and number else 0
            items.append((line, size, size * 1.3 + before, True, None))
        items += [(line, look.body, pitch, False, fill) for line, fill in _body(article, look)]
    high = sum(item[2] for item in items) / look.columns + look.headline * 4
    x, y = MARGIN, top
    for number, (line, size, tall, keep, fill) in enumerate(items):
        rest = sum(item[2] for item in items[number : number + 6]) if keep else tall
        if y + rest > top + high and y > top and not (keep and number and items[number - 1][3]):
            x, y = x + look.column + look.gap, top
        if line:
            _put(page, line, x, y + (tall - size * 1.3 if keep else 0), size, fill=fill)
        y += tall
        page.bottom = max(page.bottom, y)


def _rows(page: Printed, articles: Sequence[Written], top: float, rng: random.Random) -> None:
    """Rectangles side by side in rows; each has its headline over all its columns."""
    look, y, left = page.look, top, list(articles)
    while left:
        abreast = min(len(left), rng.randint(1, min(3, look.columns)))
        some, left = left[:abreast], left[abreast:]
        lengths = [len(article.body) for article in some]
        widths = _shares(lengths, look.columns)
        column, bottom = 0, y
        for article, wide in zip(some, widths, strict=True):
            x = MARGIN + column * (look.column + look.gap)
            bottom = max(bottom, _rectangle(page, article, x, y, wide, rng))
            column += wide
        y = bottom + look.body * 2.2
        if look.rules and left:
            page.puts.append(Put("", MARGIN, y - look.body * 1.1, 0, look.width, 0.4))
    page.bottom = y


def _shares(lengths: Sequence[int], columns: int) -> list[int]:
    shares = [1] * len(lengths)
    for _ in range(columns - len(lengths)):
        needy = max(range(len(lengths)), key=lambda n: lengths[n] / shares[n])
        shares[needy] += 1
    return shares


def _rectangle(
    page: Printed, article: Written, x: float, y: float, wide: int, rng: random.Random
) -> float:
    look = page.look
    boxed = look.layout == "boxed" and rng.random() < 0.5
    aside = look.layout == "beside" and wide >= 3
    over = wide - 1 if aside else wide
    pitch = look.body * look.leading
    span = over * look.column + (over - 1) * look.gap
    start = y
    for line, size in _headline(article, look, span):
        shift = (span - _long(line) * size) / 2 if look.centred else 0
        _put(page, line, x + max(0, shift), y, size)
        y += size * 1.35
    y += look.body * 0.5
    lines = _body(article, look)
    tall = y - start
    extra = int(tall / pitch) if aside else 0
    each = -(-(len(lines) - extra) // wide) if len(lines) > extra else 1
    bottom = y
    for number in range(wide):
        last = aside and number == wide - 1
        some, lines = (lines, []) if last else (lines[:each], lines[each:])
        place = start if last else y
        for line, fill in some:
            _put(page, line, x + number * (look.column + look.gap), place, look.body, fill=fill)
            place += pitch
        bottom = max(bottom, place)
    if look.captions and rng.random() < 0.5:
        bottom = _picture(page, x, bottom + look.body, look)
    if boxed:
        page.puts.append(
            Put(
                "",
                x - 4,
                start - 5,
                0,
                wide * look.column + (wide - 1) * look.gap + 8,
                bottom - start + 9,
            )
        )
        bottom += 6
    return bottom


def _picture(page: Printed, x: float, y: float, look: Look) -> float:
    page.puts.append(Put("", x, y, 0, look.column, 60))
    text = "图为志愿者在活动现场登记。赵一鸣 摄"
    lines = wrap(text, int(look.column / (look.body * 0.85)), "")
    for line in lines:
        _put(page, line, x, y + 64, look.body * 0.85)
        y += look.body * 1.2
    page.others.append(text)
    return y + 64


def _long(text: str) -> float:
    """The width of a text in characters of the font."""
    return pdfmetrics.stringWidth(text, fonts.use(), 1.0)
