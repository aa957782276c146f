"""Gives headlines, wherever they stand on the page, to the articles they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenmen.articles.boundary_cues import is_numbered
from fenmen.articles.likeness import Likeness
from fenmen.articles.lines import Line
from fenmen.articles.title_cues import are_halves, is_aside

_BEAM = 64
_TITLE_WIDTH = 10.0  # headings inside an article are mostly narrower
_LIKELIEST = 6  # articles for which a group of lines is considered
_LONGEST = 4  # lines of one headline: kicker, two lines of title, subtitle
_MANY = 400  # more headline lines than any page has: then only those just above an article count
_STRAY, _INSIDE = -0.6, 0.5
_SECTIONS = 1.2  # for a short heading inside an article that has more of them
_SAID, _MORE, _GAP = 3.5, 0.5, 0.1  # for what is said, for each further line, for a gap
_ASIDES = -0.3  # for lines that are all worded like subtitles: their title is elsewhere
_SAYS_NOTHING = 0.12
_ABOVE = 0.4  # for standing right above the article
_PARTED = 0.6  # for a headline that begins without the blank line that others have above them
_NAMED = 6.0  # for the name of a column of briefs above it, and against it anywhere else
_HEADED, _LEFT_OVER = 0.5, 0.4  # for an article that gets a headline, by its words or as the last


@dataclass(frozen=True, slots=True)
class Run:
    """Headline lines that stand together; `below` is the article that begins right after them,
    `inside` the one in whose middle they stand; `sections`: so do other short headings."""

    lines: tuple[Line, ...]
    below: int | None
    inside: int | None
    sections: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to give away the lines so far: (first, last, article or -1 stray or -2 inside)."""

    score: float
    used: frozenset[int]
    groups: tuple[tuple[int, int, int], ...]


def assign(runs: Sequence[Run], likeness: Likeness) -> tuple[dict[int, tuple[Line, ...]], float]:
    """The headline lines of each article: the best way to share out all lines; and its score."""
    if sum(len(run.lines) for run in runs) > _MANY:
        return {run.below: run.lines[-2:] for run in runs if run.below is not None}, 0.0
    plans = [_Plan(0.0, frozenset(), ())]
    given: list[Line] = [line for run in runs for line in run.lines]
    offset = 0
    for run in runs:
        plans = _extend(plans, run, offset, likeness)
        offset += len(run.lines)
    best = max(plans, key=lambda plan: plan.score)
    shared = {article: tuple(given[a:b]) for a, b, article in best.groups if article >= 0}
    return shared, best.score


def _extend(plans: list[_Plan], run: Run, offset: int, likeness: Likeness) -> list[_Plan]:
    """Every way to share out one more run, the best first."""
    alike = [likeness.of(line.words) for line in run.lines]  # (n_lines, n_articles)
    reached: list[dict[frozenset[int], _Plan]] = [{} for _ in range(len(run.lines) + 1)]
    reached[0] = {plan.used: plan for plan in plans}
    parted = any(line.blank_before for line in run.lines[1:])
    for start in range(len(run.lines)):
        split = start > 0 and parted and not run.lines[start].blank_before
        split = split or (start > 0 and _are_one(run, start))
        best = sorted(reached[start].values(), key=lambda plan: -plan.score)[:_BEAM]
        for end in range(start + 1, min(start + _LONGEST, len(run.lines)) + 1):
            for article, score in _options(run, alike, start, end):
                group = (offset + start, offset + end, article)
                free = [plan for plan in best if article not in plan.used]
                _reach(reached[end], free, group, score - _PARTED * split)
    return sorted(reached[-1].values(), key=lambda plan: -plan.score)[:_BEAM]


def _are_one(run: Run, start: int) -> bool:
    """Whether a line and the one above it look like the halves of a title right above its text."""
    few = run.below is not None and len(run.lines) < _LONGEST
    return few and are_halves(run.lines[start - 1].words, run.lines[start].words)


def _reach(
    found: dict[frozenset[int], _Plan],
    plans: Sequence[_Plan],
    group: tuple[int, int, int],
    score: float,
) -> None:
    """Go on from some plans with one more group; of plans for the same articles keep the best."""
    article = group[2]
    for plan in plans:
        used = plan.used | {article} if article >= 0 else plan.used
        if used not in found or plan.score + score > found[used].score:
            found[used] = _Plan(plan.score + score, used, (*plan.groups, group))


def _options(run: Run, alike: list[list[float]], start: int, end: int) -> list[tuple[int, float]]:
    """The articles that lines `start` to `end` of a run may head, each with its score."""
    options = []
    gaps = sum(line.blank_before for line in run.lines[start + 1 : end])
    numbered = run.inside is not None and any(map(is_numbered, run.lines[start:end]))
    for article in () if numbered else range(len(alike[0])):
        said = sum(alike[line][article] for line in range(start, end))
        above = run.below == article and end == len(run.lines)
        if said < _SAYS_NOTHING and not above and (end - start > 1 or run.inside is not None):
            continue
        score = _SAID * said + _ABOVE * above - _MORE * (end - start - 1) - _GAP * gaps
        score += _NAMED * _names_briefs(run.lines[start:end], above=above)
        score += _ASIDES * all(is_aside(line.words) for line in run.lines[start:end])
        options.append((article, score + (_HEADED if said >= _SAYS_NOTHING else _LEFT_OVER)))
    best = sorted(options, key=lambda option: -option[1])[:_LIKELIEST]
    if end - start > 1:
        return best
    if run.lines[start].role == "column":
        return best
    narrow = run.lines[start].width < _TITLE_WIDTH
    inside = _INSIDE + narrow + _SECTIONS * run.sections
    return [*best, (-1, _STRAY) if run.inside is None else (-2, inside)]


def is_short_heading(lines: Sequence[Line]) -> bool:
    """Whether headline lines are a single one, narrower than most titles."""
    return len(lines) == 1 and lines[0].width < _TITLE_WIDTH


def _names_briefs(lines: Sequence[Line], *, above: bool) -> int:
    """1 where the name of a column stands alone above its briefs, -1 where it heads other text."""
    named = any(line.role == "column" for line in lines)
    return (1 if above and len(lines) == 1 else -1) if named else 0
