"""What to expect of unseen text: the test split, registers and subtopics left out.

python -m experiments.corpus.measure   writes experiments/corpus/results.md
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rich.progress import track

from experiments.held_out import (
    Project,
    project,
    rule_outcome,
    table,
    with_interval,
    without,
    write,
)
from fenmen.corpus.checks import read_coverage
from fenmen.corpus.prepared import prepare, read_parts
from fenmen.corpus.schema import Example
from fenmen.evaluation import metrics
from fenmen.evaluation.figures import Outcome, by_slice

RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Measure and write all tables."""
    given = project()
    corpus = given.settings["corpus"]
    folder = prepare(corpus, given.taxonomy, given.settings["seed"])
    held_out = read_parts(folder, ["test"])
    outcome = without(given, read_parts(folder, corpus["fit_on"]), held_out)
    obvious = read_coverage(corpus["folder"])["obvious_words"]
    write(
        RESULTS,
        [
            "## Test split\n",
            test_table(given, outcome, held_out),
            "## Test split by register\n",
            register_table(by_slice(outcome, [e.register for e in held_out])),
            "## Test split, where the obvious word misleads\n",
            table(
                ["topic", "recall without the word", "n", "false alarms with the word", "n"],
                obvious_rows(given, outcome, held_out, obvious),
            ),
            *hard_lines(outcome, held_out),
            "## Leave one register out\n",
            table(
                ["register", "segments", "macro-F1 (95 %)", "micro-F1", "keyword rule macro-F1"],
                register_rows(given),
            ),
            "## Leave one subtopic out\n",
            subtopic_section(given),
        ],
    )


def test_table(given: Project, outcome: Outcome, held_out: Sequence[Example]) -> str:
    """Per topic and overall F1 of the model and of the keyword rule."""
    rule = rule_outcome(given, held_out)
    rows = [
        [
            topic.id,
            int(outcome.truth[:, k].sum()),
            with_interval(metrics.macro_f1, column(outcome, k)),
            with_interval(metrics.macro_f1, column(rule, k)),
        ]
        for k, topic in enumerate(given.taxonomy.topics)
    ]
    for name, figure in (("macro", metrics.macro_f1), ("micro", metrics.micro_f1)):
        rows.append(
            [name, len(held_out), with_interval(figure, outcome), with_interval(figure, rule)]
        )
    return table(["topic", "n", "F1 (95 %)", "keyword rule F1 (95 %)"], rows)


def column(outcome: Outcome, k: int) -> Outcome:
    """The outcome of one topic alone."""
    one = [k]
    return Outcome(
        outcome.truth[:, one],
        outcome.probability[:, one],
        outcome.decided[:, one],
        outcome.review[:, one],
        outcome.groups,
    )


def register_table(slices: Mapping[str, Mapping[str, float]]) -> str:
    """F1 of each register of the test split; few rows each, so read them together."""
    rows = [[name, s["rows"], s["macro_f1"], s["micro_f1"]] for name, s in slices.items()]
    return table(["register", "n", "macro-F1", "micro-F1"], rows)


def obvious_rows(
    given: Project,
    outcome: Outcome,
    held_out: Sequence[Example],
    obvious: Mapping[str, Sequence[str]],
) -> Iterator[list[Any]]:
    """Positives that lack a topic's obvious word, and negatives that hold it."""
    for k, topic in enumerate(given.taxonomy.ids):
        holds = [any(word in e.document for word in obvious[topic]) for e in held_out]
        found = [
            bool(d)
            for d, t, h in zip(outcome.decided[:, k], outcome.truth[:, k], holds, strict=True)
            if t and not h
        ]
        alarms = [
            bool(d)
            for d, t, h in zip(outcome.decided[:, k], outcome.truth[:, k], holds, strict=True)
            if h and not t
        ]
        yield [topic, share(found), len(found), share(alarms), len(alarms)]


def share(flags: Sequence[bool]) -> str:
    """The share of true flags."""
    return f"{sum(flags) / len(flags):.3f}" if flags else "–"


def hard_lines(outcome: Outcome, held_out: Sequence[Example]) -> Iterator[str]:
    """How many texts without a topic stay without one."""
    for name, chosen in (
        ("hard negatives", [bool(e.confusion) for e in held_out]),
        ("other texts without a topic", [not e.topics and not e.confusion for e in held_out]),
    ):
        clean = [not row.any() for row, own in zip(outcome.decided, chosen, strict=True) if own]
        yield f"Of {len(clean)} {name}, {share(clean)} get no topic.\n"


def register_rows(given: Project) -> Iterator[list[Any]]:
    """Train on all registers but one, decide that one."""
    registers = sorted({example.register for example in given.examples})
    for register in track(registers, "registers"):
        train = [e for e in given.examples if e.register != register]
        test = [e for e in given.examples if e.register == register]
        outcome, rule = without(given, train, test), rule_outcome(given, test)
        yield [
            register,
            len(test),
            with_interval(metrics.macro_f1, outcome),
            f"{metrics.micro_f1(outcome.truth, outcome.decided):.3f}",
            f"{metrics.macro_f1(rule.truth, rule.decided):.3f}",
        ]


def subtopic_section(given: Project) -> str:
    """Leave a subtopic of each topic out at a time: is it found by what the others teach?"""
    by_topic = [
        sorted({s for e in given.examples for s in e.subtopics if s.startswith(f"{topic}.")})
        for topic in given.taxonomy.ids
    ]
    found: list[tuple[str, int, float]] = []
    for together in track(list(zip_longest(*by_topic)), "subtopics"):
        left_out = {subtopic for subtopic in together if subtopic}
        train = [e for e in given.examples if not left_out & set(e.subtopics)]
        test = [e for e in given.examples if left_out & set(e.subtopics)]
        outcome = without(given, train, test)
        found += [recall_of(given, subtopic, test, outcome) for subtopic in sorted(left_out)]
    found.sort(key=lambda item: item[2])
    lines = []
    for topic in given.taxonomy.ids:
        own = [item for item in found if item[0].startswith(f"{topic}.")]
        total = sum(count for _, count, _ in own)
        mean = sum(count * recall for _, count, recall in own) / total
        lines.append([topic, len(own), total, f"{mean:.3f}"])
    worst = [[name, count, f"{recall:.3f}"] for name, count, recall in found[:20]]
    return (
        table(["topic", "subtopics", "segments", "recall of what was left out"], lines)
        + "\nThe twenty worst:\n\n"
        + table(["subtopic", "segments", "recall"], worst)
    )


def recall_of(
    given: Project, subtopic: str, test: Sequence[Example], outcome: Outcome
) -> tuple[str, int, float]:
    """The share of a subtopic's segments that still get its topic."""
    k = given.taxonomy.ids.index(subtopic.split(".")[0])
    hits = [bool(outcome.decided[i, k]) for i, e in enumerate(test) if subtopic in e.subtopics]
    return subtopic, len(hits), sum(hits) / len(hits)


if __name__ == "__main__":
    main()
