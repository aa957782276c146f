"""What speaks for a new article at a paragraph, and what against it."""

import re
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from fenmen.articles.datelines import has_dateline
from fenmen.articles.formulas import (
    begins_with_quote,
    closes_article,
    goes_on,
    names_speaker,
    opens_article,
    opens_with_date,
    tells_when,
)
from fenmen.articles.likeness import cosine, grams, kinship, together
from fenmen.articles.lines import Line
from fenmen.articles.page_habits import Habits

if TYPE_CHECKING:
    from fenmen.articles.boundaries import Paragraph

_LOOK_BACK = 6
_LONGEST_MEMORY = 12
_LOOK_AHEAD = 4  # paragraphs whose words are compared with those of the article so far
_OPENING = 160
_TITLE_WIDTH = 10.0  # section headings are mostly narrower
_LONG_SO_FAR = 400.0
_WIDEST = 36.0  # no column of a newspaper is wider
_MOST_ABOVE = 4  # more headline lines than this above a page's text are a list of all
# 登记市场主体, 全县村民 and 各区别 hold such a letter, but name no place.
_PLACE = re.compile(
    "[\u4e00-\u9fff]{2}(?:[县州镇乡]|省(?![级内外])|市(?![场民值价面级])|区(?!别)|村(?!民))"
)
_NUMBERED = re.compile(
    r"0\d(?=[^\d.])|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、]"
)


def boundary_cues(
    paragraphs: Sequence["Paragraph"],
    number: int,
    start: int,
    claims: Sequence[set[str]],
    habits: Habits,
) -> dict[str, float]:
    """What speaks for and against a new article at a paragraph, each from 0 to about 1.

    `start` is where the article before it began; `claims` what headlines from elsewhere say;
    `habits` what the whole page shows.
    """
    paragraph, before = paragraphs[number], paragraphs[number - 1]
    recent = paragraphs[max(start + 2, number - _LOOK_BACK) : number]
    earlier = grams_of([*paragraphs[start : min(start + 2, number)], *recent])
    following = grams_of(paragraphs[number : number + _LOOK_AHEAD])
    told = min(1.0, min(len(earlier), len(following)) / 600)
    return {
        "always": 1.0,
        **_wording(paragraph.text.text, before.text.text, earlier),
        "column changes": _changes_column(before.column, paragraph.column),
        "shared words": min(1.0, 25.0 * kinship(earlier, following)),
        "shared with this": min(1.0, 25.0 * kinship(earlier, paragraph.grams)),
        "shared with last": min(1.0, 25.0 * kinship(before.grams, paragraph.grams)),
        "goes on alike": min(
            1.0, 25.0 * kinship(paragraph.grams, grams_of(paragraphs[number + 1 : number + 3]))
        ),
        **_topics(paragraphs, number, start),
        "little text": 1.0 - told,
        "one paragraph so far": number - start == 1,
        "long so far": min(
            1.0, _length(paragraphs[max(start, number - _LOOK_BACK) : number]) / _LONG_SO_FAR
        ),
        "marks": bool(paragraph.marks),
        **_habits(paragraphs, paragraph, paragraphs[start].text.text),
        **_announced(paragraph.headlines, following, earlier),
        **habits.cues(number, start),
        "claimed": _claimed(paragraph.text.text, earlier, claims),
    }


def _changes_column(before: float, now: float) -> bool:
    """Whether the lines get wider or narrower; lines that hold a paragraph each have no column."""
    return abs(before - now) >= 2.0 and max(before, now) <= _WIDEST


def grams_of(paragraphs: Sequence["Paragraph"]) -> set[str]:
    """All character pairs and triples of some paragraphs."""
    return set[str]().union(*(paragraph.grams for paragraph in paragraphs))


def _length(paragraphs: Sequence["Paragraph"]) -> int:
    return sum(len(paragraph.text) for paragraph in paragraphs)


def _wording(text: str, before: str, earlier: set[str]) -> dict[str, float]:
    """How the paragraph begins, and the one before it."""
    places = _PLACE.findall(text[:60])
    return {
        "dateline": has_dateline(text),
        "opens": opens_article(text),
        "date": opens_with_date(text),
        "tells when": tells_when(text),
        "goes on": goes_on(text),
        "speaker": names_speaker(text),
        "quote": begins_with_quote(text),
        "new place": bool(places) and not any(place in earlier for place in places),
        "known place": any(place in earlier for place in places),
        "closed before": closes_article(before),
    }


def _topics(paragraphs: Sequence["Paragraph"], number: int, start: int) -> dict[str, float]:
    """How far the paragraph and those after it tell of the same as the article so far."""
    recent = paragraphs[max(start + 2, number - _LONGEST_MEMORY) : number]
    told = [*paragraphs[start : min(start + 2, number)], *recent]
    earlier = together(paragraph.topic for paragraph in told)
    this = paragraphs[number].topic
    following = together(other.topic for other in paragraphs[number : number + _LOOK_AHEAD])
    after = together(other.topic for other in paragraphs[number + 1 : number + 3])
    return {
        "same topic": min(1.0, 6.0 * cosine(earlier.pairs, following.pairs)),
        "same topic here": min(1.0, 2.0 * _held(this.pairs, earlier.pairs)),
        "same topic as next": min(1.0, 6.0 * cosine(this.pairs, after.pairs)),
        "same characters": cosine(earlier.characters, following.characters),
        "same characters here": _held(this.characters, earlier.characters),
    }


def _held(said: Set[str], before: Set[str]) -> float:
    """The share of what is said that was said before; of little, less."""
    return len(said & before) / (len(said) + 5)


def is_numbered(line: Line) -> bool:
    """Whether a heading is numbered or one of several short ones, as those inside an article."""
    return line.section or bool(_NUMBERED.match(line.words))


def _habits(
    paragraphs: Sequence["Paragraph"], paragraph: "Paragraph", opening: str
) -> dict[str, float]:
    """What the other articles of the page have, and this one would lack."""
    signed = paragraphs[-1].signature.ends or bool(paragraphs[-1].closing)
    signed = signed and not has_dateline(opening)  # which names its reporter at the beginning
    headed = 0 < len(paragraphs[0].headlines) <= _MOST_ABOVE
    return {
        "page is signed": signed,
        "page is headed": headed and not paragraph.headlines,
    }


def _announced(
    headlines: Sequence[Line], following: set[str], earlier: set[str]
) -> dict[str, float]:
    """What headline lines just above the paragraph say: they may also head a section."""
    headlines = [line for line in headlines if not is_numbered(line)]  # these head sections
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
