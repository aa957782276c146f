"""Evidence on against off in turns: 1,500 rows without, the same with, and so on, in one process.

python -m experiments.throughput.turns [--rows 1500] [--turns 24]

On a machine that others use, two runs a few seconds apart meet different conditions; turns of half
a second hardly do. Prints the median of the ratios, of computing, and the middle half of them.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from experiments.throughput.composing import compose
from experiments.throughput.contenders import CONTENDERS, timed


def main() -> None:
    """Compose, warm up, measure in turns, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_500)
    parser.add_argument("--turns", type=int, default=24)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = folder / "rows.jsonl"
        compose(rows, given.rows)
        both = [CONTENDERS[name](folder) for name in ("all views", "all views, evidence")]
        for tag in both:
            tag(rows)
        ratios = []
        for _ in range(given.turns):
            off, on = (timed(lambda tag=tag: tag(rows)).cpu for tag in both)
            ratios.append(on / off)
    quarters = statistics.quantiles(ratios, n=4)
    print(f"evidence on against off: {quarters[1]:.2f} ({quarters[0]:.2f}-{quarters[2]:.2f})")


if __name__ == "__main__":
    main()
