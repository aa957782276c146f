"""Where one article of a page ends and the next begins."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from fenmen.articles.boundary_cues import boundary_cues
from fenmen.articles.boundary_weights import BOUNDARY_WEIGHTS
from fenmen.articles.captions import is_caption
from fenmen.articles.credits import Signature, inline_byline, leading_byline, sign_off
from fenmen.articles.datelines import has_dateline
from fenmen.articles.formulas import label
from fenmen.articles.likeness import NO_TOPIC, Topic, grams, topic_of
from fenmen.articles.lines import Line
from fenmen.articles.marks import Mark
from fenmen.articles.page_habits import habits_of
from fenmen.articles.patterns import COMES_FROM
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced, join

_ONE_STORY = 4.0  # what speaks against a second article on a page of a web site
_FEW = 4  # paragraphs that say nothing of what is usual
_USUAL, _RAISED = -10.0, 0.8  # the median score of most pages; the part of what lies below it
_SAME_WHOLE = -12.0  # the score of a new article amid a poem or a column of briefs
_BRACKETED = re.compile("[（(]")
_MOST_CLAIMS = 60  # headline lines; no page has more


@dataclass(slots=True)
class Paragraph:
    """A re-joined paragraph with the headlines and marks between it and the one before.

    `closing`: bylines right below it; `opened`: a byline stands above it, where this page has them.
    """

    signature: Signature
    column: float
    headlines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    closing: list[Mark] = field(default_factory=list)
    grams: set[str] = field(default_factory=set)
    opened: bool = False
    verse: bool = False
    role: str = ""
    topic: Topic = NO_TOPIC

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
    above = bylines_stand_above(items)
    for before, item in zip([None, *items], items, strict=False):
        if isinstance(item, Mark):
            goes_on = isinstance(before, Mark) and before.reason == "byline"
            opens = above and bool(item.byline) and not _BRACKETED.match(item.line.words)
            if opens or headlines or not found or not _closes(item, found[-1], goes_on):
                marks.append(item)
            else:
                found[-1].closing.append(item)
        elif item.headline:
            headlines.append(item.lines[0])
        elif is_caption(whole(item).text):
            captions.append(item)
        else:
            opened = any(_opens(mark, above) for mark in marks)
            found.append(_paragraph(item, headlines, marks, opened=opened))
            headlines, marks = [], []
    return found, headlines, captions


def _paragraph(
    block: Block, headlines: list[Line], marks: list[Mark], *, opened: bool
) -> Paragraph:
    """A block of text without what opens or signs it."""
    text = whole(block)
    name, start = leading_byline(text.text)
    if name:
        marks = [*marks, Mark(block.lines[0], "byline", byline=name)]
        text = text.part(start)
    continued = _comes_from(text)
    signature = sign_off(continued or text)
    signature = replace(signature, ends=signature.ends or block.lines[-1].cut)
    said = grams(signature.text.text)
    opened = opened or bool(continued) or bool(name)
    first = block.lines[0]
    return Paragraph(
        signature,
        block.column,
        headlines,
        marks,
        grams=said,
        opened=opened,
        verse=first.verse,
        role=first.role,
        topic=topic_of([said]),
    )


def _opens(mark: Mark, bylines_above: bool) -> bool:
    """Whether a line above a paragraph begins an article: a byline, or 上接第1版."""
    return bool(bylines_above and mark.byline) or bool(COMES_FROM.match(mark.line.words))


def _comes_from(text: Traced) -> Traced | None:
    """The text after a leading （上接第1版）, or None if there is none."""
    match = COMES_FROM.match(text.text)
    return text.part(match.end()).strip() if match and match.end() < len(text) else None


def bylines_stand_above(items: Sequence[Block | Mark]) -> bool:
    """Whether lines with bylines stand between headline and text on this page, and not below."""
    kinds = ["start", *filter(None, map(_kind, items)), "end"]
    votes = 0
    for before, kind, after in zip(kinds, kinds[1:], kinds[2:], strict=False):
        if kind == "byline" and after not in ("byline", "signed byline"):
            votes += before in ("start", "headline", "signed") and after in ("text", "signed")
        if kind in ("byline", "signed byline") and after in ("headline", "end"):
            votes -= before == "text"
    return votes > 0


def _kind(item: Block | Mark) -> str:
    """What an item is beside bylines; "signed" is text whose byline or credit ends it."""
    if isinstance(item, Mark):
        if item.reason == "credit":
            return "signed"
        bracketed = "signed " if _BRACKETED.match(item.line.words) else ""
        return f"{bracketed}byline" if item.reason == "byline" and item.byline else ""
    if item.headline:
        return "headline"
    return "signed" if sign_off(item.lines[-1].text).ends else "text"


def _closes(mark: Mark, last: Paragraph, goes_on: bool) -> bool:
    """Whether a byline or credit below a paragraph belongs to it."""
    if mark.reason not in ("byline", "credit"):
        return False
    signed = last.signature.byline or any(other.byline for other in last.closing)
    closed = any(other.credit for other in last.closing) and not _BRACKETED.match(mark.line.words)
    return goes_on or not (mark.byline and (signed or closed))


def whole(block: Block) -> Traced:
    """The lines of a block as one text; a space only between Latin words."""
    pieces = [block.lines[0].text]
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        if line.words[-1].isascii() and line.words[-1].isalpha() and following.words[0].isascii():
            pieces.append(Traced(" ", (-1,)))
        pieces.append(following.text)
    return join(pieces)


@dataclass(slots=True)
class Evidence:
    """Why paragraphs begin articles: the sure ones with the reason, the others with their cues."""

    sure: dict[int, str] = field(default_factory=dict)
    cues: dict[int, dict[str, float]] = field(default_factory=dict)
    score: dict[int, float] = field(default_factory=dict)  # above 0 speaks for a beginning


def weigh(paragraphs: Sequence[Paragraph], displaced: Sequence[Line]) -> Evidence:
    """The paragraphs that surely begin articles, and for all others the evidence."""
    claims = [grams(line.words) for line in displaced[:_MOST_CLAIMS]]
    found, start = Evidence({0: "the page begins"}), 0
    habits = habits_of(paragraphs, sure_beginnings(paragraphs))
    doubt = _ONE_STORY * of_one_story(paragraphs)
    for number in range(1, len(paragraphs)):
        why = surely_begins(paragraphs[number - 1], paragraphs[number])
        why = why or _poem(paragraphs, number, start)
        why = why or _briefs(paragraphs[number - 1], paragraphs[number])
        if why:
            found.sure[number] = why
        elif _belongs_above(paragraphs[start:number], paragraphs[number]):
            found.cues[number], found.score[number] = {"always": 1.0}, _SAME_WHOLE
        else:
            cues = boundary_cues(paragraphs, number, start, claims, habits)
            found.cues[number] = cues
            told = sum(BOUNDARY_WEIGHTS[cue] * value for cue, value in cues.items())
            found.score[number] = told - doubt
        start = number if why or found.score[number] > 0.0 else start
    _measure_against_page(found)
    return found


def _measure_against_page(found: Evidence) -> None:
    """Raise all scores of a page whose paragraphs are much alike, as where all tell of one thing.

    Long paragraphs about one thing share so many words that even a new article shares some.
    """
    if len(found.score) < _FEW:
        return
    usual = statistics.median(found.score.values())
    raised = _RAISED * max(0.0, _USUAL - usual)
    for number in found.score:
        found.cues[number]["page alike"] = raised
        found.score[number] += raised


def of_one_story(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the only day on the page stands above all text, as on a page of a web site, where it
    is that of the whole page.
    """
    dated = [any(mark.date for mark in paragraph.marks) for paragraph in paragraphs]
    return dated[0] and sum(dated) == 1


def _belongs_above(article: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a paragraph goes on with a poem, a column of briefs, an interview, or is a table."""
    before = article[-1]
    if paragraph.role == "row":
        return not paragraph.headlines
    speaker = label(paragraph.text.text)
    if speaker and any(label(other.text.text) == speaker for other in article):
        return True
    return (before.verse and paragraph.verse) or before.role == paragraph.role == "item"


def _briefs(before: Paragraph, paragraph: Paragraph) -> str:
    """Whether a column of briefs begins at a paragraph, or one has ended above it."""
    if any(line.role == "column" for line in paragraph.headlines):
        return "a column of briefs begins"
    ended = before.role == "item" and paragraph.role != "item"
    return "the column of briefs above has ended" if ended else ""


def _poem(paragraphs: Sequence[Paragraph], number: int, start: int) -> str:
    """Whether a poem with a title begins at a paragraph, or such a poem has ended above it."""
    before, paragraph = paragraphs[number - 1 : number + 1]
    if paragraph.verse and not before.verse and paragraph.headlines:
        return "a poem begins"
    ended = before.verse and not paragraph.verse and paragraphs[start].verse
    return "the poem above has ended" if ended else ""


def sure_beginnings(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The paragraphs, but the first, that begin articles whatever they tell."""
    numbered = enumerate(pairwise(paragraphs), start=1)
    return [number for number, (above, own) in numbered if surely_begins(above, own)]


def surely_begins(before: Paragraph, paragraph: Paragraph) -> str:
    """Why an article begins at a paragraph whatever it tells, or "" if nothing says so."""
    if before.signature.ends or before.closing:
        return "the paragraph above is signed or ended"
    if paragraph.opened:
        return "a byline stands above"
    if paragraph.headlines and any(mark.reason == "related" for mark in paragraph.marks):
        return "a box with a headline of its own begins"
    text = paragraph.text.text
    reported = has_dateline(text) and inline_byline(text)
    return "it begins with a dateline and a reporter's name" if reported else ""


def cut(paragraphs: Sequence[Paragraph], starts: Iterable[int]) -> list[Draft]:
    """The articles that begin at the given paragraphs."""
    places = sorted(starts)
    drafts = [
        Draft(list(paragraphs[start:end]))
        for start, end in zip(places, [*places[1:], len(paragraphs)], strict=True)
    ]
    shared = of_one_story(paragraphs)
    for draft in drafts:
        _read_marks(draft)
        if shared:
            draft.date = drafts[0].date
    return drafts


def _read_marks(draft: Draft) -> None:
    last = draft.paragraphs[-1]
    marks = [*draft.paragraphs[0].marks, *last.closing]
    bylines = [mark.byline for mark in marks] + [last.signature.byline]
    opening = inline_byline(draft.paragraphs[0].text.text)
    draft.byline = " ".join(dict.fromkeys(b for b in bylines if b)) or opening
    draft.credit = next((c for c in [last.signature.credit, *(m.credit for m in marks)] if c), "")
    draft.date = next((mark.date for mark in marks if mark.date), "")
