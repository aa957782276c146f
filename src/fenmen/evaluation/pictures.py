"""The pictures of the report: three for each topic, the workload of review for all."""

from collections.abc import Sequence

import numpy as np

from fenmen.evaluation.curves import calibration, histogram, precision_recall
from fenmen.evaluation.metrics import Bools, Floats
from fenmen.evaluation.svg import Frame, axes, bar, chart, dot, line

SHARES = [(0.0, "0"), (0.25, ".25"), (0.5, ".5"), (0.75, ".75"), (1.0, "1")]


def precision_recall_picture(truth: Bools, probability: Floats, decided: Bools, name: str) -> str:
    """The curve of one topic, (n,) each, and where its threshold stands on it."""
    curve = precision_recall(truth, probability)
    # A good curve hugs the top: only the part that it reaches is drawn.
    low = float(curve.precision.min(initial=1.0))
    low = next(floor for floor in (0.8, 0.5, 0.0) if low >= floor)
    ticks = [(low + step * (1 - low) / 4, f"{low + step * (1 - low) / 4:.3g}") for step in range(5)]
    frame = Frame(y=(low, 1.0))
    parts = [axes(frame, "recall 召回率", "precision 精确率", SHARES, ticks)]
    parts.append(line(frame, zip(curve.recall, curve.precision, strict=True), "curve"))
    if decided.any() and truth.any() and float((truth & decided).sum()) >= low * decided.sum():
        hits = float((truth & decided).sum())
        recall, precision = hits / float(truth.sum()), hits / float(decided.sum())
        told = f"as decided: precision {precision:.3f}, recall {recall:.3f}"
        parts.append(dot(frame, recall, precision, "chosen", told))
    return chart(frame, parts, f"{name}: precision and recall")


def calibration_picture(truth: Bools, probability: Floats, name: str) -> str:
    """How often a topic is right at each probability, (n,) each; the area of a dot is its texts."""
    frame, bins = Frame(), calibration(truth, probability)
    most = max(one.rows for one in bins)
    parts = [axes(frame, "probability 概率", "true share 实际比例", SHARES, SHARES)]
    parts.append(line(frame, [(0, 0), (1, 1)], "ideal"))
    parts.append(line(frame, [(one.probability, one.true_share) for one in bins], "thin"))
    for one in bins:
        told = f"{one.rows} texts: probability {one.probability:.2f}, true {one.true_share:.2f}"
        radius = 2.5 + 6 * (one.rows / most) ** 0.5
        parts.append(dot(frame, one.probability, one.true_share, "bin", told, radius))
    return chart(frame, parts, f"{name}: calibration")


def histogram_picture(truth: Bools, probability: Floats, threshold: float | None, name: str) -> str:
    """Probabilities of texts with the topic (up) and without (down), counts by their logarithm."""
    sides = histogram(truth, probability)
    high = float(np.log10(1 + max(int(sides.max()), 9)))
    frame = Frame(y=(-high, high))
    powers = [10**p for p in range(1, 1 + int(np.log10(max(int(sides.max()), 10))))]
    ticks = [(sign * float(np.log10(1 + n)), f"{n:,}") for n in powers for sign in (1, -1)]
    parts = [axes(frame, "probability 概率", "texts 篇数", SHARES, [(0.0, "0"), *ticks])]
    bins = sides.shape[1]
    for (without, with_), place in zip(sides.T.tolist(), range(bins), strict=True):
        span = (place / bins, (place + 1) / bins)
        for count, sign, kind, said in ((with_, 1, "yes", "with"), (without, -1, "no", "without")):
            if count:
                told = f"{count} texts {said} the topic, probability {span[0]:.2f} to {span[1]:.2f}"
                parts.append(bar(frame, span, (0, sign * float(np.log10(1 + count))), kind, told))
    if threshold is not None:
        parts.append(line(frame, [(threshold, -high), (threshold, high)], "threshold"))
    return chart(frame, parts, f"{name}: probabilities")


def review_picture(doubt: Floats, wrong: Bools, share: float) -> str:
    """Errors that remain if the most doubtful texts are looked at by a person.

    Args:
        doubt: how far each text is from another decision, (n,).
        wrong: whether its topics are wrong, (n,).
        share: of the texts that go to review now.
    """
    order = np.argsort(doubt, kind="stable")
    remaining = 1 - np.append(0, np.cumsum(wrong[order])) / max(int(wrong.sum()), 1)
    shares = np.linspace(0, 1, len(remaining))
    kept = np.unique(np.linspace(0, len(remaining) - 1, 101).astype(int))
    frame = Frame(width=380, height=240)
    parts = [axes(frame, "looked at 人工复核", "errors left 剩余错误", SHARES, SHARES)]
    parts.append(line(frame, [(0, 1), (1, 0)], "ideal"))
    parts.append(line(frame, _pairs(shares[kept], remaining[kept]), "curve"))
    here = float(np.interp(share, shares, remaining))
    told = f"now: {share:.1%} looked at, {here:.1%} of the errors left"
    parts.append(dot(frame, share, here, "chosen", told))
    return chart(frame, parts, "workload of review and errors left")


def _pairs(x: Floats, y: Floats) -> Sequence[tuple[float, float]]:
    return list(zip(x.tolist(), y.tolist(), strict=True))
