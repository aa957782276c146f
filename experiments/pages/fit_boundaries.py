"""Fits the weights of the evidence for article boundaries (logistic regression).

`python -m experiments.pages.fit_boundaries` writes src/fenmen/articles/boundary_weights.py. Half of
the articles are used, as in fit_lines; boundaries that a byline gives away are left out.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from fenmen.articles.boundaries import Paragraph, paragraphs_of, sure_beginnings, surely_begins
from fenmen.articles.boundary_cues import boundary_cues
from fenmen.articles.boundary_weights import BOUNDARY_WEIGHTS
from fenmen.articles.datelines import below_dateline
from fenmen.articles.furniture import set_apart
from fenmen.articles.likeness import grams
from fenmen.articles.lines import read_lines
from fenmen.articles.page_habits import habits_of
from fenmen.articles.reading import read_blocks
from fenmen.articles.sections import mark_sections
from tests.articles.composer import FITTED_ON, Written, written_articles, written_passages
from tests.articles.scoring import composed_pages, squash

ROOT = Path(__file__).parents[2]
PAGES, SEED = 700, 3
MISSED = 2.0  # a boundary that is missed spoils two articles, and there are fewer of them
STRENGTH = 0.3
KEPT = 0.5  # of the weights before: a fit on few articles goes too far, by what they happen to say
HEADER = '''"""What speaks for a new article at a paragraph (above 0) and against it.

Fitted on composed pages by experiments/pages/fit_boundaries.py.
"""

BOUNDARY_WEIGHTS: dict[str, float] = {
'''


def main() -> None:
    """Fit, say how well on the other half of the articles, and write the weights."""
    names, rows, labels, trust = _examples(_half(0), PAGES, SEED)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(rows, labels, sample_weight=trust * np.where(labels, MISSED, 1.0))
    _, others, truth, _ = _examples(_half(1), PAGES // 2, SEED + 1)
    guesses = model.predict(others)
    print(f"of {truth.sum()} unseen boundaries {(truth & ~guesses).sum()} missed,", end=" ")
    print(f"of {(~truth).sum()} other paragraphs {(~truth & guesses).sum()} taken for one")
    lines = [
        f'    "{name}": {KEPT * BOUNDARY_WEIGHTS.get(name, 0.0) + (1 - KEPT) * weight:.2f},'
        for name, weight in zip(names, model.coef_[0], strict=True)
    ]
    path = ROOT / "src/fenmen/articles/boundary_weights.py"
    lines.append('    "page alike": 1.00,')  # in points of the score already
    path.write_text(HEADER + "\n".join(lines) + "\n}\n", "utf-8")


def _half(number: int) -> tuple[list[Written], list[Written]]:
    return written_articles(ROOT)[number::2], written_passages(ROOT, number)


def _examples(pools, pages, seed):  # type: ignore[no-untyped-def]
    """Names (n_cues), rows (n, n_cues), labels (n,), weights (n,) of all uncertain paragraphs.

    Newspapers sign all articles of a page or none, so pages that mix both count less.
    """
    starts = {squash(article.body)[:10] for pool in pools for article in pool}
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    trust: list[float] = []
    laid = [page for pool in pools for page in composed_pages(pool, pages, seed, FITTED_ON)]
    for level, composed in laid:
        texts, marks = set_apart(read_lines(composed.text))
        items = [*read_blocks(texts), *marks]
        items.sort(key=lambda item: _place(item))
        paragraphs, tail, _ = paragraphs_of(items)
        mark_sections(paragraphs)
        claims = [grams(line.words) for p in paragraphs for line in p.headlines if not line.section]
        claims += [grams(line.words) for line in tail]
        _add(paragraphs, claims, starts, rows, labels)
        trust += [0.2 if level == "mixed" else 1.0] * (len(rows) - len(trust))
    names = list(rows[0])
    table = np.array([[float(row[name]) for name in names] for row in rows])
    return names, table, np.array(labels), np.array(trust)


def _place(item) -> int:  # type: ignore[no-untyped-def]
    line = item.lines[0] if hasattr(item, "lines") else item.line
    return int(line.text.at[0])


def _add(
    paragraphs: Sequence[Paragraph],
    claims: list[set[str]],
    starts: set[str],
    rows: list[dict[str, float]],
    labels: list[bool],
) -> None:
    start, habits = 0, habits_of(paragraphs, sure_beginnings(paragraphs))
    for number in range(1, len(paragraphs)):
        before = paragraphs[number - 1]
        begins = squash(below_dateline(paragraphs[number].text).text)[:10] in starts
        if not surely_begins(before, paragraphs[number]):
            rows.append(boundary_cues(paragraphs, number, start, claims, habits))
            labels.append(begins)
        start = number if begins else start


if __name__ == "__main__":
    main()
