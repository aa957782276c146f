"""The figures behind the pictures as files, for `dvc plots show` and for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fenmen.evaluation.curves import calibration, confusions, histogram, precision_recall
from fenmen.evaluation.figures import DIGITS, Outcome
from fenmen.taxonomy import Taxonomy

NONE = "none"
Row = Sequence[str | float]


def write_plots(folder: Path, outcome: Outcome, taxonomy: Taxonomy) -> None:
    """Write precision_recall.csv, calibration.csv, scores.csv and confusion.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in (
        ("precision_recall", ("topic", "recall", "precision", "threshold"), _curves),
        ("calibration", ("topic", "probability", "true_share", "texts"), _bins),
        ("scores", ("topic", "probability", "has_topic", "texts"), _bars),
        ("confusion", ("actual", "given"), _pairs),
    ):
        _write(folder / f"{name}.csv", columns, rows(outcome, [t.name for t in taxonomy.topics]))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([c if isinstance(c, str) else round(c, DIGITS) for c in row])


def _curves(outcome: Outcome, names: Sequence[str]) -> Iterator[Row]:
    for k, name in enumerate(names):
        curve = precision_recall(outcome.truth[:, k], outcome.probability[:, k])
        for point in zip(curve.recall, curve.precision, curve.threshold, strict=True):
            yield name, *map(float, point)


def _bins(outcome: Outcome, names: Sequence[str]) -> Iterator[Row]:
    for k, name in enumerate(names):
        for tenth in calibration(outcome.truth[:, k], outcome.probability[:, k]):
            yield name, tenth.probability, tenth.true_share, tenth.rows


def _bars(outcome: Outcome, names: Sequence[str]) -> Iterator[Row]:
    for k, name in enumerate(names):
        sides = histogram(outcome.truth[:, k], outcome.probability[:, k])
        for side, counts in zip(("no", "yes"), sides.tolist(), strict=True):
            for place, count in enumerate(counts):
                yield name, (place + 0.5) / len(counts), side, count


def _pairs(outcome: Outcome, names: Sequence[str]) -> Iterator[Row]:
    """One row a pair, as DVC's template of confusion counts them."""
    found = confusions(outcome.truth, outcome.decided)
    called = [*names, NONE]  # -1 is the last
    for (actual, given), count in sorted(found.items()):
        yield from [(called[actual], called[given])] * count
