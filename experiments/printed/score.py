"""Scores the reader of printed pages on composed PDFs: python -m experiments.printed.score"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from fenmen.articles.formats.pdf import read_pdf
from fenmen.errors import FenmenError
from tests.articles.composer import written_articles
from tests.articles.formats.printing import Printed, pdf_of, print_page, random_look
from tests.articles.scoring import Tally, lost, squash

ROOT = Path(__file__).parents[2]


def printed_pages(number: int, seed: int) -> Iterator[tuple[Printed, bytes]]:
    """Seeded pages of two to seven articles in random looks, their strings in random order."""
    articles = written_articles(ROOT)
    rng = random.Random(seed)  # noqa: S311 - the same pages each time
    for _ in range(number):
        printed = print_page(rng.sample(articles, rng.randint(2, 7)), random_look(rng), rng)
        yield printed, pdf_of([printed], rng)


def score(printed: Printed, data: bytes) -> Tally:
    """Count what was found right on one page."""
    tally = Tally(articles=len(printed.articles))
    (page,) = read_pdf(data, source="page.pdf")
    if isinstance(page, FenmenError):
        return tally
    tally.found, tally.lost = len(page.articles), lost(page)
    by_body = {squash(article.body): article for article in page.articles}
    for wanted in printed.articles:
        if got := by_body.get(squash(wanted.told)):
            tally.exact += 1
            tally.titles += squash(got.title) == squash(wanted.title)
            tally.subtitles += squash(got.subtitle) == squash(wanted.subtitle)
            tally.bylines += (got.byline, got.credit) == (wanted.byline, wanted.credit)
            tally.paragraphs += got.body.count("\n") == wanted.body.count("\n")
    return tally


def main() -> None:
    """Print a table of shares by layout."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20240517)
    given = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    seconds = 0.0
    for printed, data in printed_pages(given.pages, given.seed):
        started = time.perf_counter()
        tally = score(printed, data)
        seconds += time.perf_counter() - started
        tallies[printed.look.layout].add(tally)
        tallies["all"].add(tally)
    columns = ("exact", "titles", "subtitles", "bylines", "paragraphs")
    print("| layout | articles | found |", " | ".join(columns), "| lost |")
    print("|---|--:|--:|" + "--:|" * (len(columns) + 1))
    for layout, tally in sorted(tallies.items()):
        shares = (f"{getattr(tally, name) / tally.articles:.1%}" for name in columns)
        print(
            f"| {layout} | {tally.articles} | {tally.found} |",
            " | ".join(shares),
            f"| {tally.lost} |",
        )
    print(f"{seconds / given.pages:.2f} s a page", file=sys.stderr)


if __name__ == "__main__":
    main()
