"""What would more text bring? Macro-F1 on the test split from shares of the training groups.

Each share is drawn in several orders: one draw of a few hundred segments says little.

python experiments/learning-curve/measure.py   writes results.md and curve.png beside this file
"""

import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from statistics import mean

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))  # the folder's name is no module name

import matplotlib as mpl  # noqa: E402

mpl.use("agg")
import matplotlib.pyplot as plt  # noqa: E402
from rich.progress import track  # noqa: E402

from experiments.held_out import project, table, without, write  # noqa: E402
from fenmen.corpus.prepared import prepare, read_parts  # noqa: E402
from fenmen.corpus.schema import Example  # noqa: E402
from fenmen.evaluation import metrics  # noqa: E402

SHARES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
ORDERS = 5


def main() -> None:
    """Measure, write the table, draw the picture."""
    given = project()
    corpus = given.settings["corpus"]
    folder = prepare(corpus, given.taxonomy, given.settings["seed"])
    train, test = read_parts(folder, corpus["fit_on"]), read_parts(folder, ["test"])
    rows, points = [], []
    for share in track(SHARES, "shares"):
        # The whole is the same in every order.
        orders = range(ORDERS if share < 1 else 1)
        outcomes = [without(given, drawn(train, share, order), test) for order in orders]
        value = mean(metrics.macro_f1(o.truth, o.decided) for o in outcomes)
        bounds = [
            metrics.interval(metrics.macro_f1, o.truth, o.decided, o.groups) for o in outcomes
        ]
        low, high = mean(low for low, _ in bounds), mean(high for _, high in bounds)
        scores = [metrics.per_topic(o.truth, o.decided) for o in outcomes]
        of_topics = [mean(s[k].f1 for s in scores) for k in range(len(given.taxonomy.topics))]
        size = len(drawn(train, share, 0))
        points.append((size, value, low, high))
        rows.append(
            [f"{share:.0%}", size, f"{value:.3f}", f"{low:.3f}–{high:.3f}"]
            + [f"{f1:.3f}" for f1 in of_topics]
        )
    head = ["share", "segments", "macro-F1", "95 %", *given.taxonomy.ids]
    write(HERE / "results.md", [table(head, rows)])
    draw(points)


def drawn(train: Sequence[Example], share: float, order: int) -> list[Example]:
    """The first part of the groups in one of several fixed orders."""
    groups = sorted(
        {e.group for e in train}, key=lambda g: sha256(f"{order}/{g}".encode()).digest()
    )
    chosen = set(groups[: round(share * len(groups))])
    return [example for example in train if example.group in chosen]


def draw(points: list[tuple[int, float, float, float]]) -> None:
    """The curve with its band, as curve.png."""
    sizes, values, lows, highs = zip(*points, strict=True)
    figure, axes = plt.subplots(figsize=(6, 4))
    axes.fill_between(sizes, lows, highs, alpha=0.2)
    axes.plot(sizes, values, marker="o")
    axes.set_xlabel("training segments")
    axes.set_ylabel("macro-F1 on the test split (band: 95 %)")
    axes.grid(alpha=0.3)
    figure.savefig(HERE / "curve.png", dpi=120, bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    main()
