"""Are reprints found? Pairwise precision and recall, thresholds from one half, report on the other.

python -m experiments.duplicates.measure   writes experiments/duplicates/results.md
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any
from unittest import mock

from experiments.duplicates.editor import EDITS, Print, prints
from experiments.duplicates.originals import stories
from experiments.held_out import table, write
from fenmen.articles import sameness
from fenmen.articles.duplicates import Reprints

TUNING, REPORT = (20, 21, 22, 23), (30, 31, 32, 33, 34)
GRID = {
    "CONTAINED": (0.4, 0.5, 0.55, 0.6, 0.7),
    "UNRELATED": (0.1, 0.35, 0.5),
    "FIGURES": (0.0, 0.5),
}
HEAD = ("precision", "recall", "wrong", "missed")
Pair = frozenset[int]
Found = tuple[Sequence[Print], set[Pair]]


def main() -> None:
    """Choose, measure, write the tables."""
    chosen, grid = choose([split(seed)[0] for seed in TUNING])
    halves = [(half := split(seed)[1], pairs_found(half)) for seed in REPORT]
    rows = [
        [seed, len({p.story for p in half}), len(half), len(true_pairs(half)), *figures([found])]
        for seed, found in zip(REPORT, halves, strict=True)
        for half in found[:1]
    ]
    rows.append(["all", *(sum(row[at] for row in rows) for at in (1, 2, 3)), *figures(halves)])
    write(
        Path(__file__).with_name("results.md"),
        [
            table(["seed", "stories", "articles", "pairs", *HEAD], rows),
            table(["edit", "pairs", "found"], by_edit(halves)),
            table(["look-alikes", "pairs", "wrong"], by_kind(halves)),
            table([*GRID, *HEAD], grid) + f"\nChosen on the tuning halves: {chosen}.\n",
        ],
    )


def split(seed: int) -> list[list[Print]]:
    """Even stories for the choice of thresholds, odd ones for the report: no text in both."""
    rng = random.Random(seed)  # noqa: S311
    made = prints(stories(rng), rng)
    return [[p for p in made if p.story % 2 == side] for side in (0, 1)]


def pairs_found(half: Sequence[Print]) -> set[Pair]:
    """Positions of articles that stand in one cluster after one pass."""
    with Reprints() as index:
        for printed in half:
            index.add(printed.article)
        cluster_of = [index.cluster(printed.article.id).id for printed in half]
    return pairs(cluster_of)


def true_pairs(half: Sequence[Print]) -> set[Pair]:
    """Positions of articles that tell one story."""
    return pairs([printed.story for printed in half])


def pairs(names: Sequence[object]) -> set[Pair]:
    """Positions with the same name, two by two."""
    places = defaultdict(list)
    for place, name in enumerate(names):
        places[name].append(place)
    return {frozenset(two) for held in places.values() for two in combinations(held, 2)}


def figures(halves: Sequence[Found]) -> list[Any]:
    """Precision, recall, wrong and missed pairs."""
    right = wrong = missed = 0
    for half, found in halves:
        true = true_pairs(half)
        right += len(true & found)
        wrong += len(found - true)
        missed += len(true - found)
    precision, recall = right / (right + wrong or 1), right / (right + missed)
    return [f"{precision:.4f}", f"{recall:.4f}", wrong, missed]


def choose(halves: Sequence[Sequence[Print]]) -> tuple[str, list[list[Any]]]:
    """The setting with the fewest errors on these halves (the stricter of equals), and all."""
    rows: list[list[Any]] = []
    for values in product(*GRID.values()):
        setting = dict(zip(GRID, values, strict=True))
        with mock.patch.multiple(sameness, **setting):
            rows.append([*values, *figures([(half, pairs_found(half)) for half in halves])])
    best = min(rows, key=lambda row: (row[-1] + row[-2], -row[0]))
    return ", ".join(f"{name} {best[at]}" for at, name in enumerate(GRID)), rows


def by_edit(halves: Sequence[Found]) -> list[list[Any]]:
    """Of the pairs of a first print and a reprint with this edit, how many stand together."""
    held: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for half, found in halves:
        for pair in true_pairs(half):
            first, other = sorted((half[place] for place in pair), key=lambda p: not p.first)
            for edit in (other.edits or ("none",)) if first.first else ():
                total[edit] += 1
                held[edit] += pair in found
    order = ["none", *EDITS, "headline", "credit"]
    return [[edit, total[edit], f"{held[edit] / (total[edit] or 1):.3f}"] for edit in order]


def by_kind(halves: Sequence[Found]) -> Iterator[list[Any]]:
    """Of the pairs of different stories, how many were put together."""
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for half, found in halves:
        for one, other in combinations(range(len(half)), 2):
            if half[one].story != half[other].story:
                kind = " and ".join(sorted({half[one].kind, half[other].kind}))
                total[kind] += 1
                wrong[kind] += frozenset((one, other)) in found
    for kind in sorted(total, key=lambda name: (-wrong[name], name)):
        yield [kind, total[kind], wrong[kind]]


if __name__ == "__main__":
    main()
