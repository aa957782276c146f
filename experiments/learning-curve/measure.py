"""What would more text bring? Macro-F1 on the test split from shares of the training groups.

python experiments/learning-curve/measure.py   writes results.md and curve.png beside this file
"""

import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))  # the folder's name is no module name

import matplotlib as mpl  # noqa: E402

mpl.use("agg")
import matplotlib.pyplot as plt  # noqa: E402
from rich.progress import track  # noqa: E402

from experiments.held_out import project, table, without, write  # noqa: E402
from fenmen.corpus.prepared import prepare, read_parts  # noqa: E402
from fenmen.evaluation import metrics  # noqa: E402

SHARES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


def main() -> None:
    """Measure, print the table, draw the picture."""
    given = project()
    corpus = given.settings["corpus"]
    folder = prepare(corpus, given.taxonomy, given.settings["seed"])
    train, test = read_parts(folder, corpus["fit_on"]), read_parts(folder, ["test"])
    groups = sorted({e.group for e in train}, key=lambda g: hashlib.sha256(g.encode()).digest())
    rows, points = [], []
    for share in track(SHARES, "shares"):
        chosen = set(groups[: round(share * len(groups))])
        part = [example for example in train if example.group in chosen]
        outcome = without(given, part, test)
        value = metrics.macro_f1(outcome.truth, outcome.decided)
        low, high = metrics.interval(
            metrics.macro_f1, outcome.truth, outcome.decided, outcome.groups
        )
        of_topics = [score.f1 for score in metrics.per_topic(outcome.truth, outcome.decided)]
        points.append((len(part), value, low, high))
        rows.append(
            [f"{share:.0%}", len(part), f"{value:.3f}", f"{low:.3f}–{high:.3f}"]
            + [f"{f1:.3f}" for f1 in of_topics]
        )
    head = ["share", "segments", "macro-F1", "95 %", *given.taxonomy.ids]
    write(HERE / "results.md", [table(head, rows)])
    draw(points)


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
