"""A million rows to the end: memory and the cost of a row, beside a run of ten thousand.

python -m experiments.throughput.million [--rows 1000000] [--few 10000] [--jobs 2] [--folder /tmp]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from experiments.throughput.composing import compose


def memory_of(process: int) -> float:
    """The most memory that a process has had so far, in megabytes."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM")), 0.0)


def children_of(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text("utf-8").split()
        ]
    except OSError:
        return []


def tag(source: Path, jobs: int, model: str) -> dict[str, Any]:
    """Tag a file with the command line; its summary with seconds and memory of the processes."""
    output, summary = source.with_suffix(".out.jsonl"), source.with_suffix(".summary")
    command = [sys.executable, "-m", "fenmen", "tag", source, "-o", output, "--restart", "--quiet"]
    options = ["--jobs", str(jobs), "--summary", summary, "--model", model]
    before = cpu_of_children()
    process = subprocess.Popen([*map(str, command), *map(str, options)])
    peak = 0.0
    while process.poll() is None:
        family = [process.pid, *children_of(process.pid)]
        peak = max([peak, *map(memory_of, family)])
        time.sleep(0.2)
    found: dict[str, Any] = json.loads(summary.read_text("utf-8"))
    output.unlink()
    cpu = round(cpu_of_children() - before, 1)
    return found | {"megabytes_a_process": round(peak), "cpu_seconds": cpu}


def cpu_of_children() -> float:
    """The seconds that finished children and theirs have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Both runs, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", default="models/default")
    parser.add_argument("--folder", type=Path, help="with 10 GB of room")
    given = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        for rows in (given.few, given.rows):
            source = Path(name) / f"{rows}.jsonl"
            characters = compose(source, rows)
            runs.append(tag(source, given.jobs, given.model) | {"characters": characters})
            source.unlink()
    print(table(runs))
    print(f"\nSummary of the last run:\n\n```json\n{json.dumps(runs[-1], ensure_ascii=False)}\n```")


def table(runs: list[dict[str, Any]]) -> str:
    """The runs beside each other in Markdown, and their ratios beside the targets."""
    lines = [
        "| rows | characters | seconds | of computing | rows/s | characters/s | largest process |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        rows, characters, seconds = run["rows"], run["characters"], run["seconds"]
        lines.append(
            f"| {rows:,} | {characters:,} | {seconds:.1f} | {run['cpu_seconds']:.1f} "
            f"| {rows / seconds:,.0f} "
            f"| {characters / seconds:,.0f} | {run['megabytes_a_process']} MB |"
        )
    few, many = runs
    cost, computing = (
        many[unit] / many["characters"] / (few[unit] / few["characters"])
        for unit in ("seconds", "cpu_seconds")
    )
    memory = many["megabytes_a_process"] / few["megabytes_a_process"]
    return "\n".join(
        [
            *lines,
            "",
            f"| figure, {many['rows']:,} rows against {few['rows']:,} | target | measured |",
            "|---|---|---|",
            f"| cost of a character | <= 1.05 | {cost:.3f} |",
            f"| the same in seconds of computing | <= 1.05 | {computing:.3f} |",
            f"| peak memory of the largest process | <= 1.1 and < 400 MB | {memory:.3f}, "
            f"{many['megabytes_a_process']} MB |",
        ]
    )


if __name__ == "__main__":
    main()
