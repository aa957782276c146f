"""Fits what tells a title set in two lines from two lines that say two things.

`python -m experiments.pages.fit_breaks` writes src/fenmen/articles/break_weights.py. In
experiments/pages/set_titles.tsv (written for it, columns as in headlines.tsv) a ｜ tells where the
second line of a title begins; a title and the line beside it, also those of headlines.tsv, or
headlines of two articles, are two things. It prints by cross-validation how many of both are right.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from experiments.pages.fit_titles import BREAK, OTHERS, ROOT, Pair, read_pairs, whole_title
from fenmen.articles.breaks import break_cues

STRENGTH = 3.0  # inverse of the penalty on weights
HEADER = '''"""What speaks for two headline lines being one title (above 0) and against it.

Fitted on titles set in two lines by experiments/pages/fit_breaks.py.
"""

BREAK_WEIGHTS: dict[str, float] = {{
{cues}
}}
'''
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Couple:
    """Two headline lines on a page with some articles; `group`: the pair they come from."""

    upper: str
    lower: str
    bodies: list[str]
    broken: bool
    group: int


def main() -> None:
    """Say how many are right by cross-validation, fit on all, and write the weights."""
    couples = list(coupled(read_pairs("set_titles.tsv") + read_pairs("headlines.tsv")))
    found = [break_cues(c.upper, c.lower, c.bodies) for c in couples]
    names = list(found[0])
    values = np.array([[float(cues[name]) for name in names] for cues in found])
    truth = np.array([c.broken for c in couples])
    _report(truth, _cross_validated(values, truth, [c.group for c in couples]))
    cues = zip(names, _fitted(values, truth).coef_[0], strict=True)
    text = HEADER.format(cues="\n".join(f'    "{name}": {weight:.2f},' for name, weight in cues))
    (ROOT / "src/fenmen/articles/break_weights.py").write_text(text, "utf-8")


def coupled(pairs: Sequence[Pair]) -> Iterator[Couple]:
    """Of each pair its title in two lines, title and other line, and a line beside a stranger."""
    rng = random.Random(4)  # noqa: S311 (which articles share a page is no secret)
    for group, pair in enumerate(pairs):
        others = rng.sample(pairs, OTHERS)
        bodies = [pair.body, *(other.body for other in others)]
        title = whole_title(pair)
        both = (title, pair.other) if pair.place == "below" else (pair.other, title)
        yield Couple(*both, bodies, False, group)
        if BREAK in pair.title:
            upper, lower = (half.strip() for half in pair.title.split(BREAK))
            yield Couple(upper, lower, bodies, True, group)
            # The kicker above the first half, the subtitle below the second.
            beside = (lower, pair.other) if pair.place == "below" else (pair.other, upper)
            yield Couple(*beside, bodies, False, group)
        stranger = others[0]
        if stranger is not pair:
            above = rng.choice((title, pair.other))
            below = rng.choice((whole_title(stranger), stranger.other))
            yield Couple(above, below, bodies, False, group)


def _fitted(values: Numbers, truth: Numbers) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000).fit(values, truth)


def _cross_validated(values: Numbers, truth: Numbers, groups: Sequence[int]) -> Numbers:
    ahead = np.zeros(len(truth))
    for seen, unseen in GroupKFold(10).split(values, truth, groups):
        ahead[unseen] = _fitted(values[seen], truth[seen]).decision_function(values[unseen])
    return ahead


def _report(truth: Numbers, ahead: Numbers) -> None:
    loss = np.logaddexp(0, np.where(truth, -ahead, ahead)).mean()
    print(f"of {len(truth)} couples {((ahead > 0) == truth).mean():.3f} right, loss {loss:.4f}")
    print(f"  titles in two lines: {(ahead[truth] > 0).mean():.3f} of {truth.sum()}")
    print(f"  two things: {(ahead[~truth] <= 0).mean():.3f} of {(~truth).sum()}")


if __name__ == "__main__":
    main()
