"""Tells the title from kicker and subtitle among the headline lines of an article."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from fenmen.articles.likeness import Likeness
from fenmen.articles.lines import Line, em
from fenmen.articles.title_cues import are_halves, is_aside, is_dashed, title_score
from fenmen.articles.traced import NOTHING, Traced, join
from fenmen.articles.words import word_crosses

_ONE_LINE_OF_TWO = 28  # a title and a subtitle on one line are together at least so wide
_FIRST = 0.3  # what the first line of two has ahead, by the fit
_MIDDLE = 1.0  # what the middle one of three lines has ahead
_DASHED = 9.0  # what speaks against a line behind a dash
# Who acts, with no word of what: the first half of a title.
_BODY = re.compile(
    "[\u4e00-\u9fff]{4,20}(?:基金会|协会|学会|联合会|总会|促进会|商会|研究会|红十字会|慈善会|理事会|服务中心|救助站)"
)

_LETTERS = re.compile("[A-Za-z]+[0-9]*")


@dataclass(frozen=True, slots=True)
class Headline:
    """Title and subtitle of one article."""

    title: Traced = NOTHING
    subtitle: Traced = NOTHING


def compose(
    given: Mapping[int, Sequence[Line]],
    likeness: Likeness,
    bodies: Sequence[str],
    *,
    parted: bool = True,
) -> list[Headline]:
    """Tell title from subtitle among the headline lines of each article.

    `parted`: one line may hold both, as in newspapers.

    Each headline is told by itself: one page has kickers above some titles and subtitles below
    others.
    """
    split = split_parts if parted else _whole
    parts = [_parts(given.get(number, ()), body, split) for number, body in enumerate(bodies)]
    scores = [
        [title_score(part.text, likeness.opening(part.text, n), bodies[n]) for part in own]
        for n, own in enumerate(parts)
    ]
    return [_headline(own, marks) for own, marks in zip(parts, scores, strict=True)]


def _parts(
    lines: Sequence[Line], body: str, split: Callable[[Traced], list[Traced]]
) -> list[Traced]:
    """What the headline lines of one article say, each thing once."""
    mended = _mend([line.text for line in lines], body)
    parts = [part for line in mended for part in split(line)]
    return [part for n, part in enumerate(parts) if part.text not in {p.text for p in parts[:n]}]


def _headline(parts: Sequence[Traced], scores: Sequence[float]) -> Headline:
    if not parts:
        return Headline()
    # Of three lines the middle one is the title: kicker, title, subtitle.
    favoured, ahead = (0, _FIRST) if len(parts) < 3 else (1, _MIDDLE)
    weighed = [score + ahead * (number == favoured) for number, score in enumerate(scores)]
    weighed = [w - _DASHED * is_dashed(p.text) for w, p in zip(weighed, parts, strict=True)]
    title = weighed.index(max(weighed))
    others = [_undashed(part) for part in (*parts[:title], *parts[title + 1 :])]
    return Headline(parts[title], join(others, " ") if others else NOTHING)


def _undashed(line: Traced) -> Traced:
    """A subtitle without the dash that it is set off with."""
    return (
        line.part(len(line.text) - len(line.text.lstrip("—―─－- ")))
        if is_dashed(line.text)
        else line
    )


def _whole(line: Traced) -> list[Traced]:
    return [line]


def split_parts(line: Traced) -> list[Traced]:
    """Title and subtitle set on one line with a space between; a title in two halves is one."""
    for end, begin in _gaps(line):
        left, right = line.part(0, end), line.part(begin)
        if min(em(left.text), em(right.text)) < 7 or not _separate(left.text, right.text):
            continue
        return [left, right]
    return [line]


def _gaps(line: Traced) -> list[tuple[int, int]]:
    """Where spaces part a line; of three pieces two that are equally long stay together."""
    pieces = line.text.split(" ")
    ends = list(accumulate(len(piece) + 1 for piece in pieces[:-1]))
    even = [len(pieces) == 3 and em(a) == em(b) for a, b in pairwise(pieces)]
    gaps = [(end - 1, end) for end, kept in zip(ends, even, strict=True) if not kept]
    return gaps + [(place, place) for place in _closed_gaps(line)]


def _closed_gaps(line: Traced) -> Iterator[int]:
    """Where a space stood on one side only of Latin letters; cleaning closes all beside them."""
    spaced = {n for n in range(1, len(line)) if line.at[n] - line.at[n - 1] > 1 <= line.at[n]}
    for word in _LETTERS.finditer(line.text):
        sides = [side for side in word.span() if side in spaced]
        if len(sides) == 1 and word.start() > 0 and word.end() < len(line):
            yield sides[0]


def _separate(left: str, right: str) -> bool:
    wide = em(left) + em(right) >= _ONE_LINE_OF_TWO and abs(em(left) - em(right)) > 1.6
    parts = (left, right)
    aside = em(left) + em(right) >= 20 and any(is_aside(p) for p in parts)
    return wide or aside or any(re.search(r"[，,]", part) for part in parts)


def _mend(lines: list[Traced], body: str) -> list[Traced]:
    """Join the lines of a title that was broken in the middle of a name the body has whole."""
    mended: list[Traced] = []
    for line in lines:
        if mended and _broken(mended[-1].text, line.text, body):
            mended[-1] = join([mended[-1], line])
        else:
            mended.append(line)
    return mended


def _broken(line: str, following: str, body: str) -> bool:
    """Whether the second line goes on with the first, in a word or after a comma."""
    if is_dashed(line) or is_dashed(following):
        return False
    if are_halves(line, following):
        return True
    if line.endswith(("，", ",", "、", "：")):
        return True
    if _BODY.fullmatch(line) and line in body and not _BODY.match(following):
        return True
    if word_crosses(line, following) and line[-1:] + following[:1] in body:
        return True
    crossing = (line[-2:] + following[:1], line[-1:] + following[:2])
    return all(len(gram) == 3 and gram in body for gram in crossing)
