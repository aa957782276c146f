"""Prints how well pages are parted, headed, signed and tagged.

`python -m experiments.pages.score [FOLDER] [--composed N] [--model models/default]`. FOLDER holds
page files and expected.json: {file: [{title, subtitle, starts, ends, byline, credit, date,
topics}]}. With --composed it also lays out N pages from the project's own articles and N from
the short ones of its corpus, each from the half that no fit has seen.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fenmen.articles.article import Article
from fenmen.articles.readers import read_pages
from fenmen.errors import FenmenError
from tests.articles.composer import written_articles, written_passages
from tests.articles.scoring import Tally, f1, lost, report, squash

ROOT = Path(__file__).parents[2]
SEED = 2024
CHECKS = ("begin", "end", "title", "subtitle", "byline", "credit", "date")


def main() -> None:
    """Score the pages of a folder, then composed ones."""
    options = _options()
    score_folder(options.folder, options.model)
    if options.composed:
        score_composed(options.composed, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the page reader.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data/pages")
    parser.add_argument("--model", type=Path, default=ROOT / "models/default")
    parser.add_argument("--composed", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED, help="of the composed pages")
    return parser.parse_args()


def score_folder(folder: Path, model: Path) -> None:
    """Print per article what was found, then the sums and the topics' micro-F1."""
    expected: dict[str, list[dict[str, Any]]] = json.loads(
        (folder / "expected.json").read_text("utf-8")
    )
    sums: Counter[str] = Counter()
    pairs = []
    for name, wanted in expected.items():
        for item, found in _pair(wanted, _articles(folder / name)):
            right = _checks(item, found)
            sums.update(key for key, value in right.items() if value)
            marks = " ".join(key if right[key] else f"NOT-{key}" for key in right)
            print(f"{name}  {item['title'][:24]}  {marks}")
            pairs.append((item, found))
    print(f"of {len(pairs)} articles: " + ", ".join(f"{key} {sums[key]}" for key in CHECKS))
    _score_topics(pairs, model)


def _articles(path: Path) -> Iterator[Article]:
    for page in read_pages([path]):
        if isinstance(page, FenmenError):
            print(page)
            continue
        print(f"{path.name}: {len(page.articles)} articles, {lost(page)} characters lost")
        yield from page.articles


def _pair(
    wanted: Iterable[dict[str, Any]], found: Iterable[Article]
) -> Iterator[tuple[dict[str, Any], Article | None]]:
    """Each expected article with the one found that holds its beginning."""
    articles = list(found)
    for item in wanted:
        start = squash(item["starts"])
        yield item, next((a for a in articles if start in squash(a.body)), None)


def _checks(item: Mapping[str, Any], found: Article | None) -> dict[str, bool]:
    if found is None:
        return dict.fromkeys(CHECKS, False)
    body = squash(found.body)
    right = {
        "begin": body.startswith(squash(item["starts"])),
        "end": body.endswith(squash(item["ends"])),
    }
    for key in CHECKS[2:]:
        right[key] = squash(getattr(found, key)) == squash(item.get(key) or "")
    return right


def _score_topics(pairs: list[tuple[dict[str, Any], Article | None]], model: Path) -> None:
    if not model.exists():
        print(f"no topics scored: there is no bundle at {model} (make train makes one)")
        return
    import fenmen

    tagger = fenmen.load(model)
    hits = found = wanted = 0
    for item, article in pairs:
        topics = {tag.topic for tag in tagger.tag(article).tags} if article else set()
        gold = set(item["topics"])
        print(f"topics of {item['title'][:24]}: {sorted(topics)}; expected {sorted(gold)}")
        hits += len(topics & gold)
        found += len(topics)
        wanted += len(gold)
    f1 = 2 * hits / ((found + wanted) or 1)
    print(f"topics: micro-F1 {f1:.3f} ({hits} of {found} right, {wanted} expected)")


def score_composed(number: int, seed: int = SEED) -> None:
    """Print by difficulty how composed pages come back; of halves that no fit has seen."""
    pools = {
        "articles": written_articles(ROOT)[1::2],
        "short articles": written_passages(ROOT, 1),
    }
    for name, pool in pools.items():
        print(f"\n{number} pages composed of {len(pool)} {name}, seed {seed}\n")
        columns = ("exact", "boundary F1", "titles", "subtitles", "bylines", "paragraphs", "lost")
        print("| pages | articles |", " | ".join(columns), "|")
        print("|---|--:|" + "--:|" * len(columns))
        total = Tally()
        for level, tally in report(pool, number, seed).items():
            total.add(tally)
            print(_row(level, tally))
        print(_row("all", total))


def _row(name: str, tally: Tally) -> str:
    """Shares of all articles, then of those found exactly."""
    exact = tally.exact or 1
    parts = (tally.titles, tally.subtitles, tally.bylines, tally.paragraphs)
    shares = [
        tally.exact / (tally.articles or 1),
        f1(tally.begun, tally.found, tally.articles),
        *(part / exact for part in parts),
    ]
    cells = (str(tally.articles), *(f"{share:.3f}" for share in shares), str(tally.lost))
    return f"| {name} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
