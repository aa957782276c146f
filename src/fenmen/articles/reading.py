"""Reads the lines of a page as headlines and paragraphs: the best parse of all lines at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from fenmen.articles.credits import own_line, sign_off
from fenmen.articles.formulas import goes_on, has_dateline, opens_article
from fenmen.articles.lines import Layout, Line, first_lines, lay_out, must_join

_NEVER = -20.0
_LONG = 30.0  # wider than any headline or newspaper column: a whole paragraph on one line
_STOPS = re.compile(r"[。！？!?…]|[)）]$")
_STOP = re.compile(r"[。；;]")
_COMMAS = re.compile(r"[，,]")
_HEADLINE_END = re.compile(r"[，、；;：:。,]$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.])"
)


class Part(IntEnum):
    """What a line is: a line of a headline, the first of a paragraph, a later one."""

    HEADLINE = 0
    BEGINS = 1
    GOES_ON = 2


@dataclass(frozen=True, slots=True)
class Block:
    """One headline line, or one paragraph of re-joined lines (`first` to `last`)."""

    headline: bool
    lines: tuple[Line, ...]
    column: float
    indented: bool


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """Join the lines of each paragraph; headlines stay line by line."""
    layouts = lay_out(lines)
    blocks: list[Block] = []
    open_lines: list[Line] = []
    for line, layout, part in zip(lines, layouts, best_parse(lines, layouts), strict=True):
        if part is Part.GOES_ON:
            open_lines.append(line)
            blocks[-1] = Block(False, tuple(open_lines), layout.column, blocks[-1].indented)
        else:
            open_lines = [line]
            headline = part is Part.HEADLINE
            blocks.append(Block(headline, (line,), layout.column, layout.indented))
    return blocks


def best_parse(lines: Sequence[Line], layouts: Sequence[Layout]) -> list[Part]:
    """The most plausible part of every line (Viterbi over the three parts)."""
    if not lines:
        return []
    shapes = [headline_shape(line, layout) for line, layout in zip(lines, layouts, strict=True)]
    habit = first_lines(lines, layouts)
    bridges = _bridges(lines)
    stopless = _stopless(lines)
    scores = [shapes[0], -4.0 * stopless[0], _NEVER]
    came_from: list[list[Part]] = []
    for number in range(1, len(lines)):
        steps = _steps(lines, layouts, number, habit, bridges[number])
        origins = [max(Part, key=lambda p, to=to: scores[p] + steps[p][to]) for to in Part]
        alone = (shapes[number], -4.0 * stopless[number], -1.5 * stopless[number])
        scores = [
            scores[origin] + steps[origin][to] + alone[to]
            for to, origin in zip(Part, origins, strict=True)
        ]
        came_from.append(origins)
    unfinished = 0.0 if lines[-1].ends_sentence or sign_off(lines[-1].text).ends else -4.0
    ends = [scores[Part.HEADLINE], *(score + unfinished for score in scores[1:])]
    return _walk_back(came_from, max(Part, key=lambda p: ends[p]))


def _walk_back(came_from: list[list[Part]], last: Part) -> list[Part]:
    parts = [last]
    for origins in reversed(came_from):
        parts.append(origins[parts[-1]])
    return parts[::-1]


def _stopless(lines: Sequence[Line]) -> list[bool]:
    """Per line whether no sentence ends from there to the end of the page: no paragraph does so."""
    last = max((n for n, line in enumerate(lines) if _STOPS.search(line.words)), default=-1)
    return [number > last for number in range(len(lines))]


def _bridges(lines: Sequence[Line]) -> list[float]:
    """Per line how much its first characters go with the last ones of the line before.

    A word cut by a line's end mostly stands whole elsewhere on the page; two lines that do not
    belong together meet in characters that never do otherwise.
    """
    pairs = {line.words[i : i + 2] for line in lines for i in range(len(line.words) - 1)}
    triples = {line.words[i : i + 3] for line in lines for i in range(len(line.words) - 2)}
    scores = [0.0]
    for line, following in zip(lines, lines[1:], strict=False):
        end, start = line.words[-2:], following.words[:2]
        score = 0.5 if end[-1:] + start[:1] in pairs else -0.5
        scores.append(score + 1.0 * (end + start[:1] in triples or end[-1:] + start in triples))
    return scores


def _steps(
    lines: Sequence[Line], layouts: Sequence[Layout], number: int, habit: str, bridge: float
) -> list[list[float]]:
    """Scores (3, 3) of going from each part of the line before to each part of this line."""
    line, following = lines[number - 1], lines[number]
    begins = _begins_below_headline(following, layouts[number], habit) - bridge
    if following.barrier_before:
        inside = [0.0, 0.0, _NEVER]
        return [[-0.2, begins + bridge, _NEVER], inside, inside]
    if must_join(line, following):
        joined = [_NEVER, _NEVER, 0.0]
        return [[-1.0, -4.0, _NEVER], joined, joined]
    new = _new_paragraph(lines, layouts, number)
    if not line.ends_sentence:
        new -= bridge
    to_headline = _to_headline(line, layouts[number], new)
    unlike = -1.5 if habit and not _stands_out(layouts[number], habit) else 0.0
    inside = [to_headline, min(new, 0.0) + unlike, min(-new, 0.0)]
    return [[-0.2, begins, _NEVER], inside, inside]


def _begins_below_headline(line: Line, layout: Layout, habit: str) -> float:
    return (0.5 if _stands_out(layout, habit) else -2.5) + 1.0 * opens_article(line.words)


def _stands_out(layout: Layout, habit: str) -> bool:
    """Whether the line begins as the first lines of paragraphs do on this page."""
    return {"indented": layout.indented, "lost": layout.lost_indent}.get(habit, True)


def _new_paragraph(lines: Sequence[Line], layouts: Sequence[Layout], number: int) -> float:
    """How much more likely the line begins a paragraph than goes on with one; both may end it."""
    line, following = lines[number - 1], lines[number]
    before, after = layouts[number - 1], layouts[number]
    score = 3.0 * after.gap + 4.0 * after.indented
    score += 2.0 * has_dateline(following.words)
    if sign_off(line.text).ends or own_line(following.words):
        return score + 6.0
    if not line.ends_sentence:
        return score + _unfinished(line, before, following)
    if not before.column or line.width > _LONG and not before.full:
        return score + 3.0
    score += 2.0 if before.short >= 1.6 else -1.0
    score += 1.5 if after.lost_indent else -0.5
    return score + 0.5 * opens_article(following.words) + 0.5 * goes_on(following.words)


def _unfinished(line: Line, layout: Layout, following: Line) -> float:
    """The same after a line that ends no sentence: hardly ever, save after a short one."""
    narrow = layout.short >= max(3.0, 0.3 * layout.column) if layout.column else line.width < _LONG
    stopped = 2.5 if narrow and layout.column else 4.0 * narrow
    opened = 1.5 if opens_article(following.words) else 0.0
    return -4.0 + stopped + opened + (2.0 if line.words.endswith(("；", ";")) else 0.0)


def _to_headline(line: Line, layout: Layout, new: float) -> float:
    if sign_off(line.text).ends or line.ends_sentence:
        return 0.0
    return min(0.0, new + 2.0 * layout.gap)


def headline_shape(line: Line, layout: Layout) -> float:
    """How much a line looks like a headline line, taken alone."""
    words = line.words
    if _STOP.search(words) or line.width > 45 or own_line(words):
        return -6.0
    score = -1.0 + (-0.8 if layout.full else 1.5)
    score += 1.0 if 8 <= line.width <= _LONG else -1.0
    score -= 2.0 * bool(_HEADLINE_END.search(words)) + 2.0 * goes_on(words)
    score -= max(0, len(_COMMAS.findall(words)) - 1) + 4.0 * opens_article(words)
    score -= 1.5 * bool(_NUMBERED.match(words)) + 2.0 * layout.lost_indent
    return score + (1.0 if layout.column and layout.short < -1.6 else 0.0)
