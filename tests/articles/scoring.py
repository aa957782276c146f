"""Compares the articles found on composed pages with those that were laid out."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from fenmen.articles.article import Article, Page
from fenmen.articles.clean import clean
from fenmen.articles.pages import split_page

from .composer import LEVELS, Composed, Written, compose, style_of

_SEEN = 12  # characters by which the beginning of an article is known


@dataclass
class Tally:
    """Counts over several pages."""

    articles: int = 0
    exact: int = 0
    found: int = 0
    begun: int = 0
    titles: int = 0
    subtitles: int = 0
    bylines: int = 0
    paragraphs: int = 0
    lost: int = 0

    def add(self, other: "Tally") -> None:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def squash(text: str) -> str:
    """The text without white space and paragraph marks."""
    return "".join(clean(text).split())


def score(page: Page, composed: Composed) -> tuple[Tally, list[tuple[Written, Article | None]]]:
    """Count what was found right; also each article that was not exact, with the nearest found."""
    tally = Tally(articles=len(composed.articles), found=len(page.articles), lost=lost(page))
    by_body = {squash(article.body): article for article in page.articles}
    wrong: list[tuple[Written, Article | None]] = []
    begins = {squash(article.body)[:_SEEN] for article in page.articles}
    tally.begun = sum(squash(wanted.told)[:_SEEN] in begins for wanted in composed.articles)
    for wanted in composed.articles:
        got = by_body.get(squash(wanted.told))
        if got is None:
            wrong.insert(0, (wanted, _nearest(wanted, page.articles)))
            continue
        right = squash(got.title) == squash(wanted.title)
        signed = (got.byline, got.credit) == (wanted.byline, wanted.credit)
        tally.exact += 1
        tally.titles += right
        tally.subtitles += squash(got.subtitle) == squash(wanted.subtitle)
        tally.bylines += signed
        tally.paragraphs += got.body.count("\n") == wanted.body.count("\n")
        if not (right and signed):
            wrong.append((wanted, got))
    return tally, wrong


def _nearest(wanted: Written, found: Sequence[Article]) -> Article | None:
    start = squash(wanted.told)[:12]
    return next((article for article in found if start in squash(article.body)), None)


def f1(hits: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / ((found + wanted) or 1)


def lost(page: Page) -> int:
    """Characters of the source that are in no field and no leftover."""
    kept = "".join(a.title + a.subtitle + a.body for a in page.articles)
    left = "".join(piece.text for piece in page.leftovers)
    return max(0, _count(page.text) - _count(kept) - _count(left))


def _count(text: str) -> int:
    return len("".join(text.split()))


def composed_pages(
    articles: Sequence[Written], number: int, seed: int, levels: Sequence[str] = LEVELS
) -> Iterator[tuple[str, Composed]]:
    """Seeded pages of every difficulty, in turn."""
    rng = random.Random(seed)
    for index in range(number):
        level = levels[index % len(levels)]
        chosen = rng.sample(list(articles), rng.randint(1, 7))
        yield level, compose(chosen, style_of(level, rng), rng)


def report(articles: Sequence[Written], number: int, seed: int, show: int = 0) -> dict[str, Tally]:
    """Tallies per difficulty over seeded pages."""
    tallies = {level: Tally() for level in LEVELS}
    for level, composed in composed_pages(articles, number, seed):
        tally, wrong = score(split_page(composed.text), composed)
        tallies[level].add(tally)
        for wanted, got in wrong[:show]:
            if squash(wanted.told) == squash(got.body if got else ""):
                continue
            print(level, composed.style)
            print(
                "  wanted",
                wanted.title,
                "|",
                wanted.subtitle,
                "|",
                wanted.byline,
                wanted.credit,
                wanted.body[:20],
                wanted.body[-12:],
            )
            if got:
                print(
                    "  got   ",
                    got.title,
                    "|",
                    got.subtitle,
                    "|",
                    got.byline,
                    got.credit,
                    got.body[:20],
                    got.body[-12:],
                )
    return tallies
