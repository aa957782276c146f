"""Settles together where the articles of a page begin and which headlines are theirs."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from fenmen.articles.boundaries import Draft, Paragraph, cut, weigh
from fenmen.articles.boundary_cues import grams_of
from fenmen.articles.headlines import Run, assign
from fenmen.articles.likeness import Likeness
from fenmen.articles.lines import Line
from fenmen.articles.titles import Headline, compose

_TRIED = 16  # uncertain beginnings that are tried the other way round
_MOST_PARAGRAPHS = 400  # a newspaper page has fewer
_HEADLINE_TELLS = 1.5  # what the score of the headlines weighs beside that of the boundaries


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to part the page, with the headlines given out accordingly."""

    drafts: list[Draft]
    likeness: Likeness
    given: dict[int, tuple[Line, ...]]
    score: float


def settle(
    paragraphs: Sequence[Paragraph], tail: Sequence[Line]
) -> tuple[list[Draft], list[Headline]]:
    """The articles of a page and their headlines; `tail` are the lines after the last paragraph.

    A beginning that is doubtful by itself is believed if a headline then finds its article.
    """
    headlines = [line for paragraph in paragraphs for line in paragraph.headlines] + list(tail)
    sure, evidence = weigh(paragraphs, headlines)
    starts = sure | {number for number, value in evidence.items() if value > 0.0}
    plan = _plan(paragraphs, tail, starts, evidence)
    if headlines and len(paragraphs) <= _MOST_PARAGRAPHS:
        for number in sorted(evidence, key=lambda n: abs(evidence[n]))[:_TRIED]:
            other = _plan(paragraphs, tail, starts ^ {number}, evidence)
            if other.score > plan.score:
                plan, starts = other, starts ^ {number}
    return plan.drafts, _headed(plan)


def _plan(
    paragraphs: Sequence[Paragraph],
    tail: Sequence[Line],
    starts: Set[int],
    evidence: dict[int, float],
) -> _Plan:
    drafts = cut(paragraphs, starts)
    likeness = Likeness(
        [draft.paragraphs[0].text.text for draft in drafts],
        [grams_of(draft.paragraphs) for draft in drafts],
    )
    given, score = assign(_runs(drafts, tail), likeness)
    score = _HEADLINE_TELLS * score + sum(evidence.get(number, 0.0) for number in starts)
    return _Plan(drafts, likeness, given, score)


def _headed(plan: _Plan) -> list[Headline]:
    """Compose the headlines; lines that were given away no longer stand where they stood."""
    taken = {id(line) for lines in plan.given.values() for line in lines}
    for draft in plan.drafts:
        for paragraph in draft.paragraphs:
            paragraph.headlines = [h for h in paragraph.headlines if id(h) not in taken]
    bodies = ["\n".join(p.text.text for p in draft.paragraphs) for draft in plan.drafts]
    return compose(plan.given, plan.likeness, bodies)


def _runs(drafts: Sequence[Draft], tail: Sequence[Line]) -> list[Run]:
    """The headline lines that stand together, with the article they stand above or in."""
    runs = []
    for number, draft in enumerate(drafts):
        for paragraph in draft.paragraphs:
            first = paragraph is draft.paragraphs[0]
            if paragraph.headlines:
                lines = tuple(paragraph.headlines)
                runs.append(Run(lines, number if first else None, None if first else number))
    return [*runs, Run(tuple(tail), None, None)] if tail else runs
