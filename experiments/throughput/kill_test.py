"""Kills batch runs at random moments and asks for the same bytes in the end.

python -m experiments.throughput.kill_test --runs 50 --rows 20000 --model models/default

Half of the kills come at a random moment; the others come inside a commit, where the run is held
at one of its steps until SIGKILL arrives. Each run is started again until it ends; its output and
its list of errors must then be those of a run that nobody disturbed.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fenmen.tagging import batch, inputs, journal
from fenmen.tagging.batch import Job, run
from fenmen.tagging.journal import State
from fenmen.tagging.settings import Settings
from fenmen.tagging.tagger import Tagger, load_tagger
from fenmen.tagging.work import Done

TEXTS = (
    "驻校社工每周三走访留守儿童，为困境儿童建立个案档案，并链接助学资源。",
    "环保执法人员在暗管口取样，化学需氧量超标四倍，企业被责令停产整改。",
    "援助热线把失眠、情绪低落的来电者转介到抑郁症门诊，第二天再回访。",
    "替补前锋在禁区右侧接队友横传推射远角得手，主队以二比一逆转。",
)
STEPS = (
    "before output",
    "half of output",
    "unsynced",
    "output synced",
    "errors synced",
    "half of journal",
    "journal synced",
    "before rename",
    "renamed",
)
MOST_KILLS = 6  # of one run
ENDINGS = ("jsonl", "csv", "jsonl.gz", "parquet")


class Quiet:
    """A watcher that looks away."""

    def found(self, inputs) -> None:
        """See Watcher."""

    def begin(self, total: int, state: State) -> None:
        """See Watcher."""

    def advance(self, done: Done) -> None:
        """See Watcher."""


def write_rows(path: Path, count: int) -> None:
    """Short rows, every fortieth of them bad."""
    with path.open("w", encoding="utf-8") as out:
        for i in range(count):
            text = "" if i % 40 == 39 else f"{TEXTS[i % 4]}编号{i}。"
            out.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")


def job(source: Path, output: Path, jobs: int) -> Job:
    """One batch."""
    settings = Settings(evidence=False, segments=False)
    errors = output.with_name(f"{output.name}.errors")
    return Job((str(source),), output, settings, errors=errors, jobs=jobs)


class Holder:
    """Holds this process for ever when it comes to a step of a commit for the nth time."""

    def __init__(self, step: str, number: int) -> None:
        self.step, self.number, self.seen = step, number, 0
        self.sync, self.replace = os.fsync, Path.replace
        self.write, self.append = journal.Journal._write, journal.Journal._append

    def install(self) -> None:
        """Put itself around the steps."""
        journal.os.fsync = lambda descriptor: self.held_sync(descriptor)
        journal.Journal._write = lambda own, file, parts: self.held_write(own, file, parts)
        journal.Journal._append = lambda own, line: self.held_append(own, line)
        Path.replace = lambda own, target: self.held_replace(own, target)

    def reach(self, step: str) -> None:
        """Stop here if this is the place."""
        if self.is_now(step):
            os.write(1, b".")
            time.sleep(3600)

    def is_now(self, step: str) -> bool:
        """Whether this is the place."""
        self.seen += step == self.step
        return step == self.step and self.seen == self.number

    def held_write(self, own, file, parts) -> None:
        """Write the output or the errors."""
        kind = Path(file.name).name
        if kind == "output":
            self.reach("before output")
            if self.is_now("half of output"):
                self.half(file, b"".join(parts))
        self.write(own, file, parts)
        self.reach(f"{kind} synced")

    def held_append(self, own, line) -> None:
        """Write a line of the journal."""
        if self.is_now("half of journal"):
            self.half(own._lines, json.dumps(line).encode())
        self.append(own, line)
        self.reach("journal synced")

    def held_sync(self, descriptor: int) -> None:
        """Sync any file."""
        self.reach("unsynced")
        self.sync(descriptor)

    def held_replace(self, own, target) -> Path:
        """Put a finished file in its place."""
        self.reach("before rename")
        found = self.replace(own, target)
        self.reach("renamed")
        return found

    def half(self, file, data: bytes) -> None:
        """Write half of the data and stop."""
        file.write(data[: len(data) // 2])
        file.flush()
        os.write(1, b".")
        time.sleep(3600)


def start(tagger: Tagger, wanted: Job, held: tuple[str, int] | None) -> tuple[int, int]:
    """Begin a batch in a process of its own; returns its id and a pipe that tells it is held."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.dup2(writing, 1)
    code = 1
    try:
        if held is not None:
            Holder(*held).install()
        run(wanted, tagger, Quiet())
        code = 0
    except BaseException as error:
        print(repr(error), file=sys.stderr)
    finally:
        os._exit(code)


def finish(child: int, pipe: int, wait: float | None) -> bool:
    """Wait for a child, or kill it when it is held or the time is up; whether it ended well."""
    deadline = None if wait is None else time.monotonic() + wait
    os.set_blocking(pipe, False)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            os.close(pipe)
            if status:
                raise SystemExit(f"a run failed with status {status}")
            return True
        try:
            held = os.read(pipe, 1) == b"."
        except BlockingIOError:
            held = False
        if held or (deadline is not None and time.monotonic() > deadline):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(pipe)
            return False
        time.sleep(0.002)


def one_run(
    tagger: Tagger, source: Path, output: Path, seconds: float, chance: random.Random
) -> Counter[str]:
    """Kill and start again until the batch is done; where the kills came."""
    kills = Counter[str]()
    while True:
        wanted = job(source, output, chance.choice((1, 1, 2)))
        held, wait = None, None
        if kills.total() < MOST_KILLS:
            if chance.random() < 0.5:
                step = chance.choice(STEPS)
                held = (step, chance.randint(1, 2 if "rename" in step else 6))
            else:
                wait = chance.uniform(0, seconds)
        if finish(*start(tagger, wanted, held), wait):
            return kills
        kills[held[0] if held else "any moment"] += 1


def digests(output: Path) -> tuple[str, str]:
    """Of an output and its list of errors."""
    files = (output, output.with_name(f"{output.name}.errors"))
    one, two = (hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return one, two


def main() -> None:
    """Do the runs and print what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--model", default="models/default")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    inputs.ROWS, batch.COMMIT = 1000, 0.0  # twenty pieces, a commit after each
    tagger, chance = load_tagger(given.model), random.Random(given.seed)  # noqa: S311
    kills, wrong, began = Counter[str](), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        write_rows(source, given.rows)
        expected, seconds = {}, 0.0
        for ending in ENDINGS:
            whole, before = Path(folder) / f"whole.{ending}", time.monotonic()
            run(job(source, whole, 1), tagger, Quiet())
            seconds = time.monotonic() - before
            expected[ending] = digests(whole)
        tagger.compile()  # what is killed runs by compiled loops, and has to give the same
        for number in range(given.runs):
            ending = ENDINGS[number % len(ENDINGS)]
            output = Path(folder) / f"run{number}.{ending}"
            kills += one_run(tagger, source, output, seconds, chance)
            wrong += digests(output) != expected[ending]
            output.unlink()
    for place, count in sorted(kills.items()):
        print(f"{count:5} kills: {place}")
    print(
        f"{given.runs} runs of {given.rows:,} rows, {kills.total()} kills, {wrong} outputs differ"
    )
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
