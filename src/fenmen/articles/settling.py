"""Settles together where the articles of a page begin and which headlines are theirs."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from fenmen.articles.boundaries import Draft, Evidence, Paragraph, cut, of_one_story, weigh
from fenmen.articles.boundary_cues import grams_of
from fenmen.articles.headlines import Run, assign, is_short_heading
from fenmen.articles.likeness import Likeness
from fenmen.articles.lines import Line
from fenmen.articles.pull_quotes import drop_pull_quotes
from fenmen.articles.sections import mark_sections
from fenmen.articles.titles import Headline, compose

_TRIED = 16  # uncertain beginnings that are tried the other way round
_MOST_PARAGRAPHS = 400  # a newspaper page has fewer
_HEADLINE_TELLS = 1.5  # what the score of the headlines weighs beside that of the boundaries


@dataclass(frozen=True, slots=True)
class Settled:
    """A way to part the page, with the headlines given out accordingly, and why."""

    drafts: list[Draft]
    evidence: Evidence
    runs: list[Run]
    likeness: Likeness
    given: dict[int, tuple[Line, ...]]
    score: float


def settle(paragraphs: Sequence[Paragraph], tail: Sequence[Line]) -> Settled:
    """The articles of a page and their headlines; `tail` are the lines after the last paragraph.

    A beginning that is doubtful by itself is believed if a headline then finds its article.
    """
    if of_one_story(paragraphs) and paragraphs[0].headlines:
        tail = ()  # what stands below the text of a site is of other pages
    mark_sections(paragraphs)
    headlines = [line for paragraph in paragraphs for line in paragraph.headlines] + list(tail)
    headlines = [line for line in headlines if not line.section]
    evidence = weigh(paragraphs, headlines)
    starts = set(evidence.sure) | {n for n, value in evidence.score.items() if value > 0.0}
    best = _settled(paragraphs, tail, starts, evidence)
    if headlines and len(paragraphs) <= _MOST_PARAGRAPHS:
        for number in sorted(evidence.score, key=lambda n: abs(evidence.score[n]))[:_TRIED]:
            other = _settled(paragraphs, tail, starts ^ {number}, evidence)
            if other.score > best.score and (number in starts or _is_headed(other, number)):
                best, starts = other, starts ^ {number}
    return best


def _is_headed(settled: Settled, number: int) -> bool:
    """Whether the article that begins at a paragraph has a headline."""
    begin = [0, *accumulate(len(draft.paragraphs) for draft in settled.drafts)]
    return begin.index(number) in settled.given


def _settled(
    paragraphs: Sequence[Paragraph], tail: Sequence[Line], starts: Set[int], evidence: Evidence
) -> Settled:
    drafts = cut(paragraphs, starts)
    likeness = Likeness(
        [draft.paragraphs[0].text.text for draft in drafts],
        [grams_of(draft.paragraphs) for draft in drafts],
    )
    runs = _runs(drafts, tail)
    given, score = assign(runs, likeness)
    score = _HEADLINE_TELLS * score + sum(evidence.score.get(number, 0.0) for number in starts)
    return Settled(drafts, evidence, runs, likeness, given, score)


def headed(settled: Settled) -> list[Headline]:
    """Compose the headlines; lines that were given away no longer stand where they stood."""
    taken = {id(line) for lines in settled.given.values() for line in lines}
    for number, lines in settled.given.items():
        draft = settled.drafts[number]
        draft.byline = draft.byline or next((line.byline for line in lines if line.byline), "")
    for draft in settled.drafts:
        for paragraph in draft.paragraphs:
            paragraph.headlines = [
                line for line in paragraph.headlines if id(line) not in taken and not line.inserted
            ]
        drop_pull_quotes(draft)
    bodies = ["\n".join(p.text.text for p in draft.paragraphs) for draft in settled.drafts]
    one_story = len(settled.drafts) == 1 and bool(settled.drafts[0].date)
    return compose(settled.given, settled.likeness, bodies, parted=not one_story)


def _runs(drafts: Sequence[Draft], tail: Sequence[Line]) -> list[Run]:
    """The headline lines that stand together, with the article they stand above or in."""
    runs = []
    for number, draft in enumerate(drafts):
        first, *later = draft.paragraphs
        if first.headlines:
            runs.append(Run(tuple(first.headlines), number, None))
        inside = [tuple(paragraph.headlines) for paragraph in later if paragraph.headlines]
        sections = sum(map(is_short_heading, inside)) > 1
        runs += [Run(lines, None, number, sections and is_short_heading(lines)) for lines in inside]
    return [*runs, Run(tuple(tail), None, None)] if tail else runs
