"""Fits the weights of the line parser on composed pages (averaged structured perceptron).

`python -m experiments.pages.fit_lines` writes src/fenmen/articles/line_weights.py. Half of the
articles are used; the other half stay unseen for the report of experiments.pages.score.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from fenmen.articles import reading
from fenmen.articles.cues import Cues
from fenmen.articles.furniture import set_apart
from fenmen.articles.lines import Line, first_lines, lay_out, read_lines
from fenmen.articles.reading import STEPS, Part
from tests.articles.composer import FITTED_ON, Composed, written_articles, written_passages
from tests.articles.scoring import composed_pages

ROOT = Path(__file__).parents[2]
PAGES, EPOCHS, SEED, MARGIN = 700, 5, 11, 3.0
PART = {"H": Part.HEADLINE, "B": Part.BEGINS, "G": Part.GOES_ON}
HEADER = '''"""What each cue speaks for, fitted on composed pages by experiments/pages/fit_lines.py.

Columns: a headline line after one, a paragraph below a headline, a headline after a paragraph,
a new paragraph after one, a paragraph that goes on.
"""

# fmt: off
LINE_WEIGHTS: dict[str, tuple[float, ...]] = {
'''


def labelled(composed: Composed) -> tuple[list[Line], list[Part]]:
    """The text lines of a composed page with what they are."""
    texts, _ = set_apart(read_lines(composed.text))
    starts, offset = {}, 0
    for raw, part in zip(composed.text.split("\n"), composed.parts, strict=True):
        starts |= dict.fromkeys(range(offset, offset + len(raw) + 1), part)
        offset += len(raw) + 1
    kept = [(line, starts[line.text.at[0]]) for line in texts]
    kept = [(line, part) for line, part in kept if part in PART]
    return [line for line, _ in kept], [PART[part] for _, part in kept]


def steps_of(cues: Cues, parts: list[Part]) -> dict[tuple[str, int], int]:
    """How often each cue meets each column in a parse."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    before = [Part.GOES_ON, *parts]
    for number, step in enumerate(zip(before, [*parts, Part.BEGINS], strict=True)):
        for cue in (*cues.before(number, first=step[0] is Part.BEGINS), *cues.at(number)):
            if step in STEPS:
                counts[cue, STEPS[step]] += 1
    return counts


def likeliest_mistake(cues: Cues, lines: list[Line], parts: list[Part]) -> list[Part]:
    """The best parse if every wrong line were worth MARGIN more: what is right must win clearly."""

    def costly(number: int) -> dict[tuple[Part, Part], float]:
        right = parts[number] if number < len(lines) else Part.BEGINS
        steps = reading.step_scores(cues, lines, number)
        return {step: score + MARGIN * (step[1] is not right) for step, score in steps.items()}

    return reading.likeliest(costly, len(lines))


@dataclass
class Perceptron:
    """Weights per cue and column, with what averaging them over time needs."""

    weights: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    totals: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    time: int = 0

    def learn(self, lines: list[Line], parts: list[Part]) -> int:
        """Parse a page, move towards the right parse, return how many lines were wrong."""
        self.time += 1
        reading.LINE_WEIGHTS = {
            cue: tuple(self.weights[cue, column] for column in range(5))
            for cue in {cue for cue, _ in self.weights}
        }
        layouts = lay_out(lines)
        cues = Cues(lines, layouts, first_lines(lines, layouts))
        found = likeliest_mistake(cues, lines, parts)
        wrong = sum(a is not b for a, b in zip(found, parts, strict=True))
        if wrong:
            self._move(steps_of(cues, parts), 1)
            self._move(steps_of(cues, found), -1)
        return wrong

    def _move(self, counts: dict[tuple[str, int], int], sign: int) -> None:
        for key, count in counts.items():
            self.weights[key] += sign * count
            self.totals[key] += sign * count * self.time

    def averaged(self) -> dict[tuple[str, int], float]:
        """The weights averaged over all pages seen."""
        return {key: value - self.totals[key] / self.time for key, value in self.weights.items()}


def main() -> None:
    """Fit and write the weights."""
    rng = random.Random(SEED)  # noqa: S311 (pages, not secrets)
    pages = [
        labelled(composed)
        for pool in (written_articles(ROOT)[::2], written_passages(ROOT, 0))
        for _, composed in composed_pages(pool, PAGES, SEED, FITTED_ON)
    ]
    perceptron = Perceptron()
    for epoch in range(EPOCHS):
        rng.shuffle(pages)
        wrong = sum(perceptron.learn(lines, parts) for lines, parts in pages)
        print(f"epoch {epoch}: {wrong} lines wrong of {sum(len(parts) for _, parts in pages)}")
    _write(perceptron.averaged())


def _write(weights: dict[tuple[str, int], float]) -> None:
    scale = 4.0 / max(abs(value) for value in weights.values()) if weights else 1.0
    rows = []
    for cue in sorted({cue for cue, _ in weights}):
        row = [round(weights.get((cue, column), 0.0) * scale, 2) for column in range(5)]
        rows.append(
            f"    {cue!r}: ({', '.join(f'{value:.2f}' for value in row)}),".replace("'", '"')
        )
    text = HEADER + "\n".join(rows) + "\n}\n"
    (ROOT / "src/fenmen/articles/line_weights.py").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
