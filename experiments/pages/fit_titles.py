"""Fits what tells a title from its kicker or subtitle (logistic regression on pairs).

`python -m experiments.pages.fit_titles` writes src/fenmen/articles/title_weights.py. The pairs of
headlines.tsv and set_titles.tsv beside this file (title, other line, first words of the article,
whether the other line stands above or below, kind) were written for it; of data/articles it takes
the half that fit_lines takes. It prints how many pairs are right when left out of the fit, by
tenths.
"""

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from fenmen.articles.likeness import Likeness, grams
from fenmen.articles.title_cues import title_cues
from fenmen.articles.title_wording import signs_of
from tests.articles.composer import written_articles

ROOT = Path(__file__).parents[2]
HEADER = '''"""What speaks for a line being the title (above 0) and against it.

Fitted on pairs of titles and other lines by experiments/pages/fit_titles.py.
"""

TITLE_WEIGHTS: dict[str, float] = {{
{cues}
}}

# The signs of title_wording.py by what each adds.
WORDING_WEIGHTS: dict[float, str] = {{
{wording}
}}
'''
STRENGTH = 0.7  # inverse of the penalty on weights
SIGN_SIZE = 0.25  # a sign weighs so much beside a cue: there are many and each is seen seldom
BREAK = "｜"  # where the second line of a title begins
SEEN = 3  # in so many lines a sign must occur
STEP = 0.05  # to which the weights of signs are rounded
OTHERS = 4  # articles that share the page of a pair
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """A title and the line beside it; `place` and `kind` are those of the other line."""

    title: str
    other: str
    body: str
    place: str = "below"
    kind: str = "article"


@dataclass(frozen=True)
class Table:
    """What titles have more than the other lines: (n_pairs, 1 + n_cues + n_signs)."""

    cues: list[str]
    signs: list[str]
    values: sparse.csr_matrix


def main() -> None:
    """Say how many pairs are right by cross-validation, fit on all, and write the weights."""
    pairs = written_pairs()
    table = tabled(pairs)
    _report(pairs, cross_validated(table.values))
    weights = _fitted(table.values).coef_[0]
    _write(table, weights)


def written_pairs() -> list[Pair]:
    """The pairs of both files and of every second of the project's articles."""
    parted = [replace(pair, title=whole_title(pair)) for pair in read_pairs("set_titles.tsv")]
    articles = [Pair(a.title, a.subtitle, a.body) for a in written_articles(ROOT)[::2]]
    return read_pairs("headlines.tsv") + parted + [pair for pair in articles if pair.other]


def read_pairs(name: str) -> list[Pair]:
    """The pairs of a file beside this one."""
    rows = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [Pair(*row.split("\t")) for row in rows]


def whole_title(pair: Pair) -> str:
    """The title without the sign where its second line begins."""
    return pair.title.replace(BREAK, "")


def tabled(pairs: Sequence[Pair]) -> Table:
    """Cues and signs of each pair, title less other line; each stands on a page with others."""
    rng = random.Random(3)  # noqa: S311 (which articles share a page is no secret)
    rows = []
    for pair in pairs:
        bodies = [pair.body, *(other.body for other in rng.sample(pairs, OTHERS))]
        likeness = Likeness(bodies, [grams(body) for body in bodies])
        rows.append(
            [title_cues(t, likeness.opening(t, 0), pair.body) for t in (pair.title, pair.other)]
        )
    names = list(rows[0][0])
    cues = np.array([[float(a[name]) - float(b[name]) for name in names] for a, b in rows])
    first = np.array([[1.0 if pair.place == "below" else -1.0] for pair in pairs])
    signs, counted = _signs(pairs)
    return Table(names, signs, sparse.hstack([first, cues, SIGN_SIZE * counted]).tocsr())


def _signs(pairs: Sequence[Pair]) -> tuple[list[str], sparse.csr_matrix]:
    seen = Counter(sign for p in pairs for line in (p.title, p.other) for sign in signs_of(line))
    signs = sorted(sign for sign, times in seen.items() if times >= SEEN)
    places = {sign: place for place, sign in enumerate(signs)}
    counted = sparse.lil_matrix((len(pairs), len(signs)))
    for row, pair in enumerate(pairs):
        for line, way in ((pair.title, 1), (pair.other, -1)):
            for sign in signs_of(line):
                if sign in places:
                    counted[row, places[sign]] += way
    return signs, counted.tocsr()


def _fitted(values: sparse.csr_matrix) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=500)
    both, truth = sparse.vstack([values, -values]), np.repeat([True, False], values.shape[0])
    return model.fit(both, truth)


def cross_validated(values: sparse.csr_matrix) -> Numbers:
    """How far each title is ahead of its other line when its tenth is left out (n_pairs,)."""
    ahead = np.zeros(values.shape[0])
    for seen, unseen in KFold(10, shuffle=True, random_state=5).split(ahead):
        ahead[unseen] = _fitted(values[seen]).decision_function(values[unseen])
    return ahead


def _report(pairs: Sequence[Pair], ahead: Numbers) -> None:
    right = ahead > 0
    print(
        f"of {len(pairs)} pairs {right.mean():.3f} right, loss {np.logaddexp(0, -ahead).mean():.4f}"
    )
    for group in ([pair.place for pair in pairs], [pair.kind for pair in pairs]):
        for name, number in sorted(Counter(group).items()):
            share = right[[kind == name for kind in group]].mean()
            print(f"  {name}: {share:.3f} of {number}")


def _write(table: Table, weights: Numbers) -> None:
    first, cues, signs = np.split(weights, [1, 1 + len(table.cues)])
    print(f"standing first counts {first[0]:.2f}")
    cue_lines = (f'    "{n}": {w:.2f},' for n, w in zip(table.cues, cues, strict=True))
    text = HEADER.format(
        cues="\n".join(cue_lines),
        wording="\n".join(_levels(table.signs, SIGN_SIZE * signs)),
    )
    (ROOT / "src/fenmen/articles/title_weights.py").write_text(text, "utf-8")


def _levels(signs: Sequence[str], weights: Numbers) -> Iterator[str]:
    """The signs of each rounded weight, in lines of code."""
    steps = np.rint(weights / STEP).astype(int)
    for step in sorted(set(steps.tolist()) - {0}):
        held = [sign for sign, own in zip(signs, steps, strict=True) if own == step]
        lines = list(_filled(held))
        if len(lines) == 1:
            yield f'    {step * STEP:.2f}: "{lines[0].rstrip()}",'
            continue
        yield f"    {step * STEP:.2f}: ("
        yield from (f'        "{line}"' for line in lines)
        yield "    ),"


def _filled(words: Iterable[str], width: int = 84) -> Iterator[str]:
    line = ""
    for word in words:
        if line and _wide(line + word) > width:
            yield line
            line = ""
        line += word + " "
    yield line


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


if __name__ == "__main__":
    main()
