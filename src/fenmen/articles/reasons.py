"""Tells why a page was split as it was: the signals at each boundary, each headline's match."""

from collections.abc import Iterator, Sequence

from fenmen.articles.article import Reason, Signal
from fenmen.articles.boundaries import Evidence, Paragraph
from fenmen.articles.boundary_weights import BOUNDARY_WEIGHTS
from fenmen.articles.headlines import Run
from fenmen.articles.lines import Line
from fenmen.articles.settling import Settled
from fenmen.articles.titles import Headline

_NEARLY = -2.0  # paragraphs that begin no article are told of from this score on
_MOST_PAIRS = 10_000  # of lines and articles; no page has more
_SHOWN = 20  # characters of a paragraph


def reasons_of(settled: Settled, headlines: Sequence[Headline]) -> tuple[Reason, ...]:
    """Every boundary and every headline line of a page, each in the order of the page."""
    lines = sum(len(run.lines) for run in settled.runs)
    matches = _matches(settled, headlines) if lines * len(headlines) < _MOST_PAIRS else ()
    return (*_boundaries(settled), *matches)


def _boundaries(settled: Settled) -> Iterator[Reason]:
    number = 0
    for article, draft in enumerate(settled.drafts, start=1):
        for place, paragraph in enumerate(draft.paragraphs):
            score = settled.evidence.score.get(number, 0.0)
            if place == 0 or score > _NEARLY:
                decided = "goes on" if place else "begins"
                yield _boundary(settled.evidence, number, paragraph, decided, article)
            number += 1


def _boundary(
    evidence: Evidence, number: int, paragraph: Paragraph, decided: str, article: int
) -> Reason:
    cues = evidence.cues.get(number, {})
    signals = [
        Signal(cue, float(value), BOUNDARY_WEIGHTS[cue]) for cue, value in cues.items() if value
    ]
    signals.sort(key=lambda signal: -abs(signal.value * signal.weight))
    score, why = evidence.score.get(number, 0.0), evidence.sure.get(number, "")
    if not why and (score > 0) != (decided == "begins"):
        why = "the headlines then fit better"
    text = paragraph.text
    at = text.at[0] if len(text) else 0
    return Reason("boundary", at, text.text[:_SHOWN], decided, article, score, why, tuple(signals))


def _matches(settled: Settled, headlines: Sequence[Headline]) -> Iterator[Reason]:
    owner = {id(line): number for number, lines in settled.given.items() for line in lines}
    for run in settled.runs:
        for line in run.lines:
            yield _match(settled, run, line, owner.get(id(line), -1), headlines)


def _match(
    settled: Settled, run: Run, line: Line, article: int, headlines: Sequence[Headline]
) -> Reason:
    """How one line was matched: the likeness to its article and to the next best."""
    alike = settled.likeness.of(line.words)
    order = sorted(range(len(alike)), key=lambda number: -alike[number])
    others = [number for number in order if number != article]
    place = article
    if article >= 0:
        decided = "title" if _overlap(line, headlines[article]) else "subtitle"
    elif run.inside is not None:
        decided, place = "heading", run.inside
        others = [number for number in order if number != place]
    else:
        decided = "stray"
    return Reason(
        "headline",
        line.text.at[0],
        line.words,
        decided,
        place + 1,
        alike[place] if place >= 0 else 0.0,
        because=_where(run, article),
        runner_up=others[0] + 1 if others else 0,
        runner_up_score=alike[others[0]] if others else 0.0,
    )


def _overlap(line: Line, headline: Headline) -> bool:
    return bool(set(line.text.at) & set(headline.title.at))


def _where(run: Run, article: int) -> str:
    if run.inside is not None:
        return (
            "it stands inside the article"
            if run.inside == article or article < 0
            else ("it stands inside another article")
        )
    return "it stands right above" if run.below == article else "it stands elsewhere"
