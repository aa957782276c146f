"""Gives headlines, wherever they stand on the page, to the articles they speak of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenmen.articles.likeness import Likeness
from fenmen.articles.lines import Line, em
from fenmen.articles.traced import NOTHING, Traced, join
from fenmen.articles.words import word_crosses

_BEAM = 64
_TITLE_WIDTH = 10.0  # headings inside an article are mostly narrower
_LIKELIEST = 6  # articles for which a group of lines is considered
_LONGEST = 4  # lines of one headline: kicker, two lines of title, subtitle
_MANY = 400  # more headline lines than any page has: then only those just above an article count
_STRAY, _INSIDE = -0.6, 0.5
_SAYS_NOTHING = 0.12
_ABOVE = 0.4  # for standing right above the article
_HEADED, _LEFT_OVER = 0.5, 0.4  # for an article that gets a headline, by its words or as the last
_DASH = re.compile(r"[—─\-]{2}")
_EVENT = re.compile(
    r"(?:举行|举办|召开|启动|开幕|闭幕|成立|揭牌|签约|发布|落地|上线|开工|启用|出台|公布|印发|亮相|开讲|走进|共议|再携手)"
)
_TOLD = re.compile(r"了|谁|怎么|吗|？|！|他们|我们|“")
_ASIDE = re.compile(
    r"(?:覆盖|融合|持续|夯实|聚焦|守护|围绕|推动|促进|加强|完善|助力|打造|累计|涉及|惠及|计划|力争|拟|首批|共|已"
    r"|.{2,7}一(?:家|支|座|所|个|名|社区|企业|医院|学校|小区|产业园|康复站|村|县|镇|街道))"
)
_ABOUT = re.compile(r"^(?:——|记)|(?:[年天]|侧记|纪实|见闻|综述|纪事|追记)$")
_FIGURES = re.compile(
    r"\d+[余多]?[万亿]?[名个人份台间株座家]|[一二三四五六七八九十百千]+[余多]?万?[名个人份台间株座家]"
)
_ONE_LINE_OF_TWO = 28  # a title and a subtitle on one line are together at least so wide


@dataclass(frozen=True, slots=True)
class Run:
    """Headline lines that stand together; `below` is the article that begins right after them,
    `inside` the one in whose middle they stand."""

    lines: tuple[Line, ...]
    below: int | None
    inside: int | None


@dataclass(frozen=True, slots=True)
class Headline:
    """Title and subtitle of one article."""

    title: Traced = NOTHING
    subtitle: Traced = NOTHING


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
    for start in range(len(run.lines)):
        best = sorted(reached[start].values(), key=lambda plan: -plan.score)[:_BEAM]
        for end in range(start + 1, min(start + _LONGEST, len(run.lines)) + 1):
            for article, score in _options(run, alike, start, end):
                group = (offset + start, offset + end, article)
                _reach(
                    reached[end], [plan for plan in best if article not in plan.used], group, score
                )
    return sorted(reached[-1].values(), key=lambda plan: -plan.score)[:_BEAM]


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
    for article in range(len(alike[0])):
        said = sum(alike[line][article] for line in range(start, end))
        above = run.below == article and end == len(run.lines)
        if said < _SAYS_NOTHING and not above and (end - start > 1 or run.inside is not None):
            continue
        score = 3.0 * said + _ABOVE * above - 0.25 * (end - start - 1) - 0.1 * gaps
        options.append((article, score + (_HEADED if said >= _SAYS_NOTHING else _LEFT_OVER)))
    best = sorted(options, key=lambda option: -option[1])[:_LIKELIEST]
    if end - start > 1:
        return best
    narrow = run.lines[start].width < _TITLE_WIDTH
    return [*best, (-1, _STRAY) if run.inside is None else (-2, _INSIDE + narrow)]


def compose(
    given: Mapping[int, Sequence[Line]], likeness: Likeness, bodies: Sequence[str]
) -> list[Headline]:
    """Tell title from subtitle among the headline lines of each article.

    A page mostly keeps to one order, so all its headlines together say which comes first.
    """
    parts = [_parts(given.get(number, ()), body) for number, body in enumerate(bodies)]
    scores = [
        [_title_score(part.text, likeness.opening(part.text, number)) for part in own]
        for number, own in enumerate(parts)
    ]
    first = 0.4 + 0.4 * sum(own[0] - max(own[1:]) for own in scores if len(own) > 1)
    first = max(-0.6, min(1.0, first))
    return [_headline(own, marks, first) for own, marks in zip(parts, scores, strict=True)]


def _parts(lines: Sequence[Line], body: str) -> list[Traced]:
    """What the headline lines of one article say, each thing once."""
    mended = _mend([line.text for line in lines], body)
    parts = [part for line in mended for part in split_parts(line)]
    return [part for n, part in enumerate(parts) if part.text not in {p.text for p in parts[:n]}]


def _headline(parts: Sequence[Traced], scores: Sequence[float], first: float) -> Headline:
    if not parts:
        return Headline()
    weighed = [score + first * (number == 0) for number, score in enumerate(scores)]
    title = weighed.index(max(weighed))
    others = [*parts[:title], *parts[title + 1 :]]
    return Headline(parts[title], join(others, " ") if others else NOTHING)


def split_parts(line: Traced) -> list[Traced]:
    """Title and subtitle set on one line with a space between; a title in two halves is one."""
    for gap in (place for place, character in enumerate(line.text) if character == " "):
        left, right = line.part(0, gap), line.part(gap + 1)
        if min(em(left.text), em(right.text)) < 7 or not _separate(left.text, right.text):
            continue
        return [left, right]
    return [line]


def _separate(left: str, right: str) -> bool:
    wide = em(left) + em(right) >= _ONE_LINE_OF_TWO and abs(em(left) - em(right)) > 1.6
    parts = (left, right)
    aside = em(left) + em(right) >= 20 and any(_ASIDE.match(p) or _ABOUT.search(p) for p in parts)
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
    if line.endswith(("，", ",", "、", "：")):
        return True
    if word_crosses(line, following) and line[-1:] + following[:1] in body:
        return True
    crossing = (line[-2:] + following[:1], line[-1:] + following[:2])
    return all(len(gram) == 3 and gram in body for gram in crossing)


def _title_score(text: str, opening: float) -> float:
    """How much a line sounds like a title: an event or a story, not a slogan or an aside."""
    halves = re.split(r"[ ，,]", text)
    even = len(halves) == 2 and abs(len(halves[0]) - len(halves[1])) <= 1
    told = len(_TOLD.findall(text))
    score = 0.8 * opening + 0.4 * bool(_EVENT.search(text)) + 0.3 * min(2, told)
    score -= 0.5 * (even and not told) + 1.0 * bool(_ASIDE.match(text))
    score -= 0.3 * bool(_FIGURES.search(text)) + 0.8 * bool(_ABOUT.search(text))
    return score - 3.0 * bool(_DASH.match(text)) - 0.2 * (em(text) < 6)
