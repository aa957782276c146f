"""One table from one run on one machine: how fast tagging is, beside its rivals and the limit.

python -m experiments.throughput.bench [--rows 16000] [--rounds 5] [--text FILE.jsonl]

Every round measures every contender once, one after the other, so that a ratio compares what ran
side by side; the table shows the median of the rounds' ratios and their spread.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from experiments.throughput import contenders
from experiments.throughput.composing import compose

SLOW = ("plain", "plain, two jobs", "fastText")  # these get a tenth of the rows
IMPORTS = "import numpy, scipy.sparse, rjieba"
PAGE = "社工站的驻校社工每周三走访留守儿童家庭，为三十二名困境儿童建立了个案档案，并链接助学资源。"
Figures = dict[str, dict[str, float]]


def measure(name: str, folder: Path, path: Path) -> dict[str, float]:
    """Run one contender in its own process."""
    command = [sys.executable, "-m", "experiments.throughput.contenders", name, folder, path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def seconds_of(command: list[str]) -> tuple[float, float]:
    """How long a command takes, by the wall and of computing."""
    # As on most machines, where Python keeps what it has compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, command, capture_output=True, check=True, env=kept)
    took = contenders.timed(run)
    return tuple(took)


def start_up(folder: Path) -> Figures:
    """From nothing to the first tag of a short file, and the imports that it cannot do without."""
    (folder / "page.txt").write_text(PAGE, "utf-8")
    tag = [sys.executable, "-m", "fenmen", "tag", str(folder / "page.txt"), "--json"]
    commands = {
        "start": [*tag, "--model", contenders.ALL],
        "imports": [sys.executable, "-c", IMPORTS],
    }
    for command in commands.values():
        seconds_of(command)  # the first time Python compiles what it imports
    return {
        name: dict(zip(("seconds", "cpu"), seconds_of(command), strict=True))
        for name, command in commands.items()
    }


def one_round(folder: Path, whole: Path, tenth: Path, share: float, names: list[str]) -> Figures:
    """Every contender once; seconds for all rows."""
    found = {}
    for name in names:
        slow = name in SLOW
        found[name] = measure(name, folder, tenth if slow else whole)
        for unit in ("seconds", "cpu"):
            found[name][unit] *= share if slow else 1.0
    return found | start_up(folder)


# label, target, and the two contenders whose times are compared
TARGETS = [
    ("words view against the plain way", ">= 16", "plain", "words"),
    ("words view against the limit", "<= 1.5", "words", "limit"),
    ("all views against the limit", "<= 3", "all views", "limit"),
    ("two processes of the limit against one", "–", "limit", "limit, two processes"),
    ("two halves side by side", "–", "all views, evidence", "all views, evidence, two halves"),
    ("two jobs against one", ">= 1.8", "all views, evidence", "all views, evidence, two jobs"),
    ("evidence on against off", "<= 1.3", "all views, evidence", "all views"),
    ("start to first tag against the imports", "<= 2.5", "start", "imports"),
]


def table(rounds: list[Figures], names: list[str], rows: int, characters: int) -> str:
    """Speeds and memory of all contenders, then the ratios beside their targets."""
    lines = ["| contender | rows/s | characters/s | peak memory |", "|---|---|---|---|"]
    for name in names:
        seconds = statistics.median(found[name]["seconds"] for found in rounds)
        memory = max(found[name]["megabytes"] for found in rounds)
        lines.append(
            f"| {name} | {rows / seconds:,.0f} | {characters / seconds:,.0f} | {memory:.0f} MB |"
        )
    lines += [
        "",
        "| figure | target | median | spread | in seconds of computing |",
        "|---|---|---|---|---|",
    ]
    for label, target, one, other in TARGETS:
        values = sorted(found[one]["seconds"] / found[other]["seconds"] for found in rounds)
        computing = [found[one]["cpu"] / found[other]["cpu"] for found in rounds]
        lines.append(
            f"| {label} | {target} | {statistics.median(values):.2f} "
            f"| {values[0]:.2f}-{values[-1]:.2f} | {_middle(computing, one, other)} |"
        )
    starts = [found["start"]["seconds"] for found in rounds]
    lines.append(f"\nstart to first tag: {statistics.median(starts):.2f} s")
    return "\n".join(lines)


def _middle(values: list[float], *names: str) -> str:
    """Of several jobs only the clock on the wall says something."""
    return "–" if any("two " in name for name in names) else f"{statistics.median(values):.2f}"


def main() -> None:
    """Compose, train, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=16_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--text", type=Path, help="articles of your own, as JSON lines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, tenth = folder / "whole.jsonl", folder / "tenth.jsonl"
        if given.text:
            whole.write_bytes(given.text.read_bytes())
        else:
            compose(whole, given.rows)
        rows = whole.read_text("utf-8").splitlines(keepends=True)
        few = rows[: max(1, len(rows) // 10)]
        tenth.write_text("".join(few), "utf-8")
        sizes = [len(json.loads(row)["text"]) for row in rows]
        names = _trained(folder)
        share = sum(sizes) / sum(sizes[: len(few)])  # by characters: lengths differ
        rounds = [one_round(folder, whole, tenth, share, names) for _ in range(given.rounds)]
        middle = statistics.median(sizes)
        print(f"{len(rows):,} articles, median {middle:.0f}, longest {max(sizes):,} characters\n")
        print(table(rounds, names, len(rows), sum(sizes)))


def _trained(folder: Path) -> list[str]:
    """Train what has to be trained; the names of those that can be measured here."""
    contenders.train_words(folder)
    contenders.train_plain(folder)
    names = list(contenders.CONTENDERS)
    if importlib.util.find_spec("fasttext") is None:
        print(
            "fastText is not installed: left out (pip install fasttext-community)", file=sys.stderr
        )
        names.remove("fastText")
    else:
        contenders.train_fasttext(folder)
    return names


if __name__ == "__main__":
    main()
