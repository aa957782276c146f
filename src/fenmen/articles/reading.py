"""Reads the lines of a page as headlines and paragraphs: the best parse of all lines at once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from fenmen.articles.cues import Cues, left_open
from fenmen.articles.datelines import has_dateline
from fenmen.articles.formulas import opens_with_date, speaks
from fenmen.articles.line_weights import LINE_WEIGHTS
from fenmen.articles.lines import Layout, Line, first_lines, lay_out, must_join

_NEVER = -1000.0
_NO_FIRST = 2.0  # against a first line as wide as the next, where first lines are narrower
_NARROWEST = 7  # characters of a kicker or title that shares a line with another
_DOUBLE = re.compile(r"([^ 。；;]+[^ 。；;，,、]) ([^ 。；;，,、][^ 。；;]*[^ 。；;，,、：:])")
_NUMBER = re.compile(r"【\d{1,2}】 ?|0[1-9] ?(?![年月日后号\d.:：])(?:[|丨｜/、·] ?)?")
_WIDEST = 50.0  # of a headline
_STOP = re.compile(r"[。；;]")
_OPEN = re.compile(r"[：:，,、]$|\d{5}|[）)]$")  # how lists, addresses and calls end
# How sentences begin that go on with a text, and headlines do not.
_ADVERB = re.compile(
    "(?:据(?:悉|了解|介绍|统计|报道)|此外|另外|同时|其中|与此同时|对此|因此|为此|然而|不过|目前|截至目前|下一步|接下来|随后"
    "|近日|日前|前不久|不久前|连日来|过去|起初|当初|从前|以前|昨[日天晚]"
    "|如今|多年来|当[年天日时]|同年|同日|次日|随即|后来|结果|最后|最终|一时间|不久"
    "|[^，。]{2,4}(?:显示|要求|强调|指出|认为|表示|说))"
    "[，,]"
    r"|(?:今年|去年|明年|前年|\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|初|底|中旬|上旬|下旬|以来|起)?[，,]"
    r"|(?:今年|去年|\d{4}年)(?:初|底|以来|起|春天|夏天|秋天|冬天)?[，,]"
)


class Part(IntEnum):
    """What a line is: a line of a headline, the first of a paragraph, a later one."""

    HEADLINE = 0
    BEGINS = 1
    GOES_ON = 2


_ROLES = {"column": Part.HEADLINE, "item": Part.BEGINS, "row": Part.BEGINS}
# The column of LINE_WEIGHTS for each step; a later line of a paragraph never follows a headline.
STEPS = {
    (Part.HEADLINE, Part.HEADLINE): 0,
    (Part.HEADLINE, Part.BEGINS): 1,
    (Part.BEGINS, Part.HEADLINE): 2,
    (Part.GOES_ON, Part.HEADLINE): 2,
    (Part.BEGINS, Part.BEGINS): 3,
    (Part.GOES_ON, Part.BEGINS): 3,
    (Part.BEGINS, Part.GOES_ON): 4,
    (Part.GOES_ON, Part.GOES_ON): 4,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One headline line, or one paragraph of re-joined lines."""

    headline: bool
    lines: tuple[Line, ...]
    column: float


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """Join the lines of each paragraph; headlines stay line by line."""
    layouts = lay_out(lines)
    groups: list[tuple[Part, list[int]]] = []
    for number, part in enumerate(best_parse(lines, layouts)):
        if part is Part.GOES_ON and groups:
            groups[-1][1].append(number)
        else:
            groups.append((part, [number]))
    blocks = [
        Block(part is Part.HEADLINE, tuple(lines[n] for n in numbers), layouts[numbers[-1]].column)
        for part, numbers in groups
    ]
    blocks = [_unnumbered(part) for block in blocks for part in _double_off(block)]
    return [
        replace(block, headline=True)
        if following and (_is_lone(block) or (block is blocks[0] and _heads_page(block, following)))
        else block
        for block, following in zip(blocks, [*blocks[1:], None], strict=False)
    ]


def _unnumbered(block: Block) -> Block:
    """A headline without the number that it has in a digest: 【01】, 02."""
    line = block.lines[0]
    number = _NUMBER.match(line.words) if block.headline else None
    if not number or number.end() == len(line.words):
        return block
    return replace(block, lines=(replace(line, text=line.text.part(number.end())),))


def _double_off(block: Block) -> list[Block]:
    """A paragraph without the kicker and title that share one line above it, if they do."""
    line = block.lines[0]
    if block.headline or len(block.lines) < 2 or not line.blank_before or is_text(line):
        return [block]
    halves = _DOUBLE.fullmatch(line.words)
    if not halves or line.width > _WIDEST or min(map(len, halves.groups())) < _NARROWEST:
        return [block]
    return [replace(block, headline=True, lines=(line,)), replace(block, lines=block.lines[1:])]


def _is_lone(block: Block) -> bool:
    """Whether a paragraph of one line that ends no sentence is a headline as wide as its column."""
    line = block.lines[0]
    return (
        len(block.lines) == 1
        and line.width < _WIDEST
        and not (line.ends_sentence or line.cut or line.verse or line.role or is_text(line))
        and not _OPEN.search(line.words)
    )


def _heads_page(block: Block, following: Block) -> bool:
    """Whether the first line of a page, parted from the headline below it by what belongs to no
    article, is the name of a digest; that may hold several titles.
    """
    line = block.lines[0]
    parted = following.headline and following.lines[0].barrier_before and len(block.lines) == 1
    return parted and line.width < _WIDEST and "。" not in line.words


def best_parse(lines: Sequence[Line], layouts: Sequence[Layout]) -> list[Part]:
    """The most plausible part of every line."""
    cues = Cues(lines, layouts, first_lines(lines, layouts))
    return likeliest(lambda number: step_scores(cues, lines, number), len(lines))


def likeliest(
    steps_to: Callable[[int], Mapping[tuple[Part, Part], float]], size: int
) -> list[Part]:
    """The parse of `size` lines with the highest sum of step scores (Viterbi over three parts)."""
    scores = {Part.HEADLINE: _NEVER, Part.BEGINS: _NEVER, Part.GOES_ON: 0.0}
    came_from: list[dict[Part, Part]] = []
    for number in range(size + 1):
        steps = steps_to(number)
        origins = {
            to: max(Part, key=lambda p: scores[p] + steps.get((p, to), _NEVER)) for to in Part
        }
        scores = {to: scores[p] + steps.get((p, to), _NEVER) for to, p in origins.items()}
        came_from.append(origins)
    parts = [Part.BEGINS]  # the end of the page, which is like the beginning of something new
    for origins in reversed(came_from):
        parts.append(origins[parts[-1]])
    return parts[-2:0:-1]


def step_scores(cues: Cues, lines: Sequence[Line], number: int) -> dict[tuple[Part, Part], float]:
    """The score of every possible step from the line before to line `number`."""
    closed = number > 0 and (cues.signed[number - 1] or _parted(cues, lines, number))
    allowed = _allowed(lines, number, closed=closed, runs_on=cues.runs_on(number))
    if cues.cannot_begin(number - 1):
        allowed = [step for step in allowed if step != (Part.BEGINS, Part.GOES_ON)]
    if cues.runs_on(number + 1) or cues.is_spoken(number) or cues.is_item(number):
        allowed = [step for step in allowed if step[1] is not Part.HEADLINE]
    here = list(cues.at(number))
    rows = {
        part: _sum([*cues.before(number, first=part is Part.BEGINS), *here])
        for part in {origin for origin, _ in allowed}
    }
    scores = {step: rows[step[0]][STEPS[step]] for step in allowed}
    first = (Part.BEGINS, Part.GOES_ON)
    if first in scores and cues.is_no_first(number - 1):
        scores[first] -= _NO_FIRST
    return scores


def _parted(cues: Cues, lines: Sequence[Line], number: int) -> bool:
    """Whether the line above stands alone and the next one could begin a sentence."""
    return (
        number < len(lines)
        and cues.stands_alone(number - 1)
        and not must_join(lines[number - 1], lines[number])
    )


def _allowed(
    lines: Sequence[Line], number: int, *, closed: bool, runs_on: bool
) -> list[tuple[Part, Part]]:
    """The steps that the lines allow; before the first line stands, as it were, a paragraph."""
    if number == len(lines):
        return [(part, Part.BEGINS) for part in Part]
    if own := _ROLES.get(lines[number].role):
        return [step for step in STEPS if step[1] is own]
    steps = [step for step in STEPS if not (step[1] is Part.HEADLINE and is_text(lines[number]))]
    if number == 0:
        return [(Part.GOES_ON, to) for to in Part if (Part.GOES_ON, to) in steps][:-1]
    line, following = lines[number - 1], lines[number]
    if following.verse:
        return [step for step in STEPS if step[1] is Part.BEGINS]
    must = must_join(line, following)
    closed = line.verse or line.role == "row" or closed or following.barrier_before
    closed = closed or (has_dateline(following.words) and not must)
    joined = not closed and (runs_on or must)
    quoted = left_open(line.words) and left_open(following.words, reverse=True)
    return [
        (origin, to)
        for origin, to in steps
        if not (to is Part.GOES_ON and closed)
        and not (joined and origin is not Part.HEADLINE and to is not Part.GOES_ON)
        and not ((joined or quoted) and origin is Part.HEADLINE and to is Part.BEGINS)
    ]


def is_text(line: Line) -> bool:
    """Whether the line has what no headline has: a stop, a dateline, the day it happened."""
    words = line.words
    if line.cut and not line.ends_sentence:
        return True
    if _STOP.search(words) or speaks(words):
        return True
    return has_dateline(words) or opens_with_date(words) or bool(_ADVERB.match(words))


def _sum(cues: Iterable[str]) -> tuple[float, ...]:
    rows = [LINE_WEIGHTS[cue] for cue in cues if cue in LINE_WEIGHTS]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0.0,) * 5
