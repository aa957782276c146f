"""The distributions of the corpus, for its data card.

python -m experiments.corpus.describe   prints the tables and draws data/corpus.png
"""

from collections import Counter
from collections.abc import Sequence

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import numpy as np

from experiments.held_out import project, table
from fenmen.corpus.schema import Example
from src.params import PARAMS

PICTURE = PARAMS.parent / "data" / "corpus.png"
BANDS = ((80, 120), (121, 180), (181, 240), (241, 300), (301, 400))
PERIODS = ((1995, 2004), (2005, 2012), (2013, 2019), (2020, 2026))


def main() -> None:
    """Print the tables, draw the picture."""
    given = project()
    topics, examples = given.taxonomy.ids, given.examples
    registers = sorted({example.register for example in examples})
    counts = np.array([register_row(examples, register, topics) for register in registers])
    rows = [[name, *row] for name, row in zip(registers, counts.tolist(), strict=True)]
    rows.append(["all", *counts.sum(axis=0).tolist()])
    head = ["register", "segments", *topics, "several", "none", "hard negative"]
    print(table(head, rows))
    lengths = [len(example.text) for example in examples]
    print(
        table(["characters", "segments"], [[f"{a}–{b}", within(lengths, a, b)] for a, b in BANDS])
    )
    years = [example.year for example in examples]
    print(table(["years", "segments"], [[f"{a}–{b}", within(years, a, b)] for a, b in PERIODS]))
    print(table(["confusion", "segments"], confusions(examples)))
    draw(registers, counts[:, 1:-1], [*topics, "several", "none"])


def register_row(examples: Sequence[Example], register: str, topics: Sequence[str]) -> list[int]:
    """Segments of a register: all, of each topic, with several topics, with none, hard ones."""
    own = [example for example in examples if example.register == register]
    return [
        len(own),
        *(sum(topic in e.topics for e in own) for topic in topics),
        sum(len(e.topics) > 1 for e in own),
        sum(not e.topics for e in own),
        sum(bool(e.confusion) for e in own),
    ]


def within(values: Sequence[int], low: int, high: int) -> int:
    """How many values lie in a band, both ends included."""
    return sum(low <= value <= high for value in values)


def confusions(examples: Sequence[Example]) -> list[tuple[str, int]]:
    """How many hard negatives guard against each confusion."""
    return Counter(e.confusion for e in examples if e.confusion).most_common()


def draw(registers: Sequence[str], counts: np.ndarray, columns: Sequence[str]) -> None:
    """Segments by register and topic."""
    figure, axes = plt.subplots(figsize=(7, 0.32 * len(registers) + 1.2))
    axes.imshow(counts, aspect="auto", cmap="Blues")
    axes.set_xticks(range(len(columns)), columns, rotation=30, ha="right")
    axes.set_yticks(range(len(registers)), registers)
    for (y, x), count in np.ndenumerate(counts):
        axes.text(x, y, str(count), ha="center", va="center", fontsize=8)
    figure.savefig(PICTURE, dpi=110, bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    main()
