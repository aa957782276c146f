"""One table from one run on one machine: how fast tagging is, beside its rivals and the limit.

python -m experiments.throughput.bench [--rows 16000] [--rounds 5] [--text FILE.jsonl]

In every round the contenders take turns: each tags an eighth of the rows, then each the next
eighth, so that what else the machine does meets all of them alike. Those with two processes, which
pay for their start once, tag all rows at a time, right after one process has done the same. The
table shows the median of the rounds' ratios and their spread.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from experiments.throughput import contenders
from experiments.throughput.composing import compose

SLOW = ("plain", "plain, two jobs", "fastText")  # these get a tenth of the rows
ONE, ONE_AT_ONCE = "all views, evidence", "all views, evidence, at once"
TWO_JOBS, TWO_HALVES = f"{ONE}, two jobs", f"{ONE}, two halves"
LIMIT_AT_ONCE, TWO_LIMITS = "limit, at once", "limit, two processes"
# Those with two processes, and what they are compared with, tag all rows at a time.
AT_ONCE = (TWO_JOBS, TWO_HALVES, TWO_LIMITS, "plain, two jobs")
ALSO_AT_ONCE = {ONE: ONE_AT_ONCE, "limit": LIMIT_AT_ONCE}
TURNS = 8
IMPORTS = "import numpy, scipy.sparse, rjieba"
PAGE = "社工站的驻校社工每周三走访留守儿童家庭，为三十二名困境儿童建立了个案档案，并链接助学资源。"
Figures = dict[str, dict[str, float]]


class Part(NamedTuple):
    """Some rows in a file; a tenth of them in another for those that are slow, and how many times
    as many characters the first one has.
    """

    rows: Path
    few: Path
    share: float

    @classmethod
    def write(cls, folder: Path, name: str, rows: list[str]) -> "Part":
        """Write both files."""
        few = rows[: max(1, len(rows) // 10)]
        for path, some in ((folder / name, rows), (folder / f"few-{name}", few)):
            path.write_text("".join(some), "utf-8")
        sizes = [len(json.loads(row)["text"]) for row in rows]
        return cls(folder / name, folder / f"few-{name}", sum(sizes) / sum(sizes[: len(few)]))


class Contender:
    """One contender in its own process, loaded and warm."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        command = [sys.executable, "-m", "experiments.throughput.contenders", name, str(folder)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def measure(self, part: Part) -> dict[str, float]:
        """Seconds for the rows of a part, and megabytes until now."""
        is_slow = self.name in SLOW
        found = self._ask(part.few if is_slow else part.rows)
        share = part.share if is_slow else 1.0
        return found | {unit: found[unit] * share for unit in ("seconds", "cpu")}

    def _ask(self, path: Path) -> dict[str, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(path, file=self._process.stdin, flush=True)
        while not (line := self._process.stdout.readline()).startswith('{"seconds"'):
            if not line:
                raise RuntimeError(f"{self.name} ended before it had tagged {path}")
        found: dict[str, float] = json.loads(line)
        return found

    def end(self) -> None:
        """No more files."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


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


def one_round(running: list[Contender], parts: list[Part], whole: Part) -> Figures:
    """Every contender over all rows, most of them in turns; seconds for all rows."""
    turns: dict[str, list[dict[str, float]]] = {one.name: [] for one in running}
    for part in parts:
        for one in running:
            if one.name not in AT_ONCE:
                turns[one.name].append(one.measure(part))
    for one in running:
        if one.name in AT_ONCE:
            turns[one.name].append(one.measure(whole))
        elif one.name in ALSO_AT_ONCE:
            turns[ALSO_AT_ONCE[one.name]] = [one.measure(whole)]
    return {name: _added(found) for name, found in turns.items()}


def _added(found: list[dict[str, float]]) -> dict[str, float]:
    """Seconds of several turns together, and the most memory."""
    units = {unit: sum(one[unit] for one in found) for unit in ("seconds", "cpu")}
    return units | {"megabytes": max(one["megabytes"] for one in found)}


# label, target, and the two contenders whose times are compared
TARGETS = [
    ("words view against the plain way", ">= 16", "plain", "words"),
    ("words view against the limit", "<= 1.5", "words", "limit"),
    ("all views against the limit", "<= 3", "all views", "limit"),
    ("two processes of the limit against one", "–", LIMIT_AT_ONCE, TWO_LIMITS),
    ("two halves side by side", "–", ONE_AT_ONCE, TWO_HALVES),
    ("two jobs against one", ">= 1.8", ONE_AT_ONCE, TWO_JOBS),
    ("evidence on against off", "<= 1.3", ONE, "all views"),
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
    return "–" if any(name in AT_ONCE for name in names) else f"{statistics.median(values):.2f}"


def main() -> None:
    """Compose, train, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=16_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--text", type=Path, help="articles of your own, as JSON lines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        composed = given.text or folder / "composed.jsonl"
        if not given.text:
            compose(composed, given.rows)
        rows = composed.read_text("utf-8").splitlines(keepends=True)
        whole = Part.write(folder, "whole.jsonl", rows)
        cuts = [len(rows) * k // TURNS for k in range(TURNS + 1)]
        parts = [
            Part.write(folder, f"part-{first}.jsonl", rows[first:behind])
            for first, behind in pairwise(cuts)
        ]
        names = _trained(folder)
        with ExitStack() as ending:
            running = [Contender(name, folder) for name in names]
            for one in running:
                ending.callback(one.end)
            one_round(running, parts[:1], parts[0])  # warm
            rounds = [
                one_round(running, parts, whole) | start_up(folder) for _ in range(given.rounds)
            ]
        sizes = [len(json.loads(row)["text"]) for row in rows]
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
