"""Where one article of a page ends and the next begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fenmen.articles.boundary_weights import BOUNDARY_WEIGHTS
from fenmen.articles.credits import Signature, inline_byline, sign_off
from fenmen.articles.formulas import (
    begins_with_quote,
    goes_on,
    has_dateline,
    opens_article,
    opens_with_date,
)
from fenmen.articles.furniture import Mark, is_caption
from fenmen.articles.likeness import grams, kinship
from fenmen.articles.lines import Line
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced, join

_LOOK_BACK = 6
_LOOK_AHEAD = 4  # paragraphs whose words are compared with those of the article so far
_OPENING = 160
_MOST_CLAIMS = 60  # headline lines; no page has more
_TITLE_WIDTH = 10.0  # section headings are mostly narrower


@dataclass(slots=True)
class Paragraph:
    """A re-joined paragraph with the headlines and marks between it and the one before."""

    signature: Signature
    column: float
    headlines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    closing: list[Mark] = field(default_factory=list)
    grams: set[str] = field(default_factory=set)

    @property
    def text(self) -> Traced:
        """The text without its byline."""
        return self.signature.text


@dataclass(slots=True)
class Draft:
    """An article in the making: its paragraphs and what marks say about it."""

    paragraphs: list[Paragraph]
    byline: str = ""
    credit: str = ""
    date: str = ""


def paragraphs_of(items: Sequence[Block | Mark]) -> tuple[list[Paragraph], list[Line], list[Block]]:
    """The paragraphs in order, the headlines after the last one, and the captions."""
    found: list[Paragraph] = []
    headlines: list[Line] = []
    marks: list[Mark] = []
    captions: list[Block] = []
    for item in items:
        if isinstance(item, Mark):
            _keep_mark(item, marks, headlines, found)
        elif item.headline:
            headlines.append(item.lines[0])
        elif is_caption(whole(item).text):
            captions.append(item)
        else:
            signature = sign_off(whole(item))
            said = grams(signature.text.text)
            found.append(Paragraph(signature, item.column, headlines, marks, grams=said))
            headlines, marks = [], []
    return found, headlines, captions


def _keep_mark(
    mark: Mark, marks: list[Mark], headlines: Sequence[Line], found: Sequence[Paragraph]
) -> None:
    """A byline below a paragraph closes it; one below a headline opens what follows."""
    if mark.reason in ("byline", "credit") and found and not headlines:
        last = found[-1]
        names_again = mark.byline and (last.signature.byline or any(m.byline for m in last.closing))
        if not names_again:
            last.closing.append(mark)
            return
    marks.append(mark)


def whole(block: Block) -> Traced:
    """The lines of a block as one text; a space only between Latin words."""
    pieces = [block.lines[0].text]
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        if line.words[-1].isascii() and line.words[-1].isalpha() and following.words[0].isascii():
            pieces.append(Traced(" ", (-1,)))
        pieces.append(following.text)
    return join(pieces)


def weigh(
    paragraphs: Sequence[Paragraph], displaced: Sequence[Line]
) -> tuple[set[int], dict[int, float]]:
    """The paragraphs that surely begin articles, and for all others the evidence (above 0: for)."""
    claims = [grams(line.words) for line in displaced[:_MOST_CLAIMS]]
    sure, evidence, start = {0}, {}, 0
    for number in range(1, len(paragraphs)):
        before = paragraphs[number - 1]
        if before.signature.ends or before.closing:
            sure.add(number)
            start = number
            continue
        cues = boundary_cues(paragraphs, number, start, claims)
        evidence[number] = sum(BOUNDARY_WEIGHTS[cue] * value for cue, value in cues.items())
        start = number if evidence[number] > 0.0 else start
    return sure, evidence


def cut(paragraphs: Sequence[Paragraph], starts: Iterable[int]) -> list[Draft]:
    """The articles that begin at the given paragraphs."""
    places = sorted(starts)
    drafts = [
        Draft(list(paragraphs[start:end]))
        for start, end in zip(places, [*places[1:], len(paragraphs)], strict=True)
    ]
    for draft in drafts:
        _read_marks(draft)
    return drafts


def _read_marks(draft: Draft) -> None:
    last = draft.paragraphs[-1]
    marks = [*draft.paragraphs[0].marks, *last.closing]
    bylines = [mark.byline for mark in marks] + [last.signature.byline]
    opening = inline_byline(draft.paragraphs[0].text.text)
    draft.byline = " ".join(dict.fromkeys(b for b in bylines if b)) or opening
    draft.credit = next((c for c in [last.signature.credit, *(m.credit for m in marks)] if c), "")
    draft.date = next((mark.date for mark in marks if mark.date), "")


def boundary_cues(
    paragraphs: Sequence[Paragraph],
    number: int,
    start: int,
    claims: Sequence[set[str]],
) -> dict[str, float]:
    """What speaks for and against a new article at a paragraph, each from 0 to about 1.

    `start` is where the article before it began.
    """
    paragraph, before = paragraphs[number], paragraphs[number - 1]
    text = paragraph.text.text
    recent = paragraphs[max(start + 2, number - _LOOK_BACK) : number]
    earlier = grams_of([*paragraphs[start : min(start + 2, number)], *recent])
    following = grams_of(paragraphs[number : number + _LOOK_AHEAD])
    told = min(1.0, min(len(earlier), len(following)) / 600)
    signed = paragraphs[-1].signature.ends or bool(paragraphs[-1].closing)
    return {
        "always": 1.0,
        "dateline": has_dateline(text),
        "opens": opens_article(text),
        "date": opens_with_date(text),
        "goes on": goes_on(text),
        "quote": begins_with_quote(text),
        "column changes": abs(paragraph.column - before.column) >= 2.0,
        "shared words": min(1.0, 25.0 * kinship(earlier, following)),
        "little text": 1.0 - told,
        "marks": bool(paragraph.marks),
        "one paragraph so far": number - start == 1,
        "page is signed": signed,
        **_announced(paragraph.headlines, following, earlier),
        "claimed": _claimed(text, earlier, claims),
    }


def grams_of(paragraphs: Sequence[Paragraph]) -> set[str]:
    """All character pairs and triples of some paragraphs."""
    return set[str]().union(*(paragraph.grams for paragraph in paragraphs))


def _announced(
    headlines: Sequence[Line], following: set[str], earlier: set[str]
) -> dict[str, float]:
    """What headline lines just above the paragraph say: they may also head a section."""
    said = grams(" ".join(line.words for line in headlines))
    return {
        "headline": bool(headlines),
        "wide headline": max((line.width for line in headlines), default=0.0) >= _TITLE_WIDTH,
        "lines of headline": min(2, max(0, len(headlines) - 1)),
        "headline told here": len(said & following) / (len(said) or 1),
        "headline told before": len(said & earlier) / (len(said) or 1),
    }


def _claimed(text: str, earlier: set[str], claims: Sequence[set[str]]) -> float:
    """How much more a headline from elsewhere speaks of this paragraph than of the draft."""
    own = grams(text[:_OPENING])
    return max(
        (
            max(0.0, len(claim & own) - 2 * len(claim & earlier)) / len(claim)
            for claim in claims
            if claim
        ),
        default=0.0,
    )
