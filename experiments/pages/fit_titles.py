"""Fits what tells a title from its kicker or subtitle (logistic regression on pairs).

`python -m experiments.pages.fit_titles` writes src/fenmen/articles/title_weights.py. The pairs of
experiments/pages/headlines.tsv (title, other line, first words of the article) were written for
it; of data/articles it takes the half that fit_lines takes.
"""

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from fenmen.articles.likeness import Likeness, grams
from fenmen.articles.title_cues import title_cues
from tests.articles.composer import written_articles

ROOT = Path(__file__).parents[2]
HEADER = '''"""What speaks for a line being the title (above 0) and against it.

Fitted on pairs of titles and other lines by experiments/pages/fit_titles.py.
"""

TITLE_WEIGHTS: dict[str, float] = {
'''
Pair = tuple[str, str, str]


def main() -> None:
    """Fit, say how many pairs each set gets right, and write the weights."""
    rows = (Path(__file__).parent / "headlines.tsv").read_text("utf-8").splitlines()
    pairs = [(a.title, a.subtitle, a.body) for a in written_articles(ROOT)]
    written = [tuple(row.split("\t")) for row in rows] + [pair for pair in pairs[::2] if pair[1]]
    names, table = _table(written)
    both, truth = np.vstack([table, -table]), np.repeat([True, False], len(table))
    model = LogisticRegression(C=0.7, fit_intercept=False).fit(both, truth)
    print(f"{_right(model, table)} of {len(table)} pairs it was fitted on right")
    unseen = [pair for pair in pairs[1::2] if pair[1]]
    print(f"{_right(model, _table(unseen)[1])} of {len(unseen)} others right")
    lines = [
        f'    "{name}": {weight:.2f},' for name, weight in zip(names, model.coef_[0], strict=True)
    ]
    path = ROOT / "src/fenmen/articles/title_weights.py"
    path.write_text(HEADER + "\n".join(lines) + "\n}\n", "utf-8")


def _table(pairs):  # type: ignore[no-untyped-def]
    """Names (n_cues,) and what the title of each pair has more than the other line (n, n_cues)."""
    rows = []
    for title, other, body in pairs:
        likeness = Likeness([body], [grams(body)])
        cues = [title_cues(line, likeness.opening(line, 0), body) for line in (title, other)]
        rows.append({name: float(cues[0][name]) - float(cues[1][name]) for name in cues[0]})
    return list(rows[0]), np.array([list(row.values()) for row in rows])


def _right(model, table):  # type: ignore[no-untyped-def]
    return int((model.decision_function(table) > 0).sum())


if __name__ == "__main__":
    main()
