"""A million rows to the end: memory and the cost of a row, beside a run of ten thousand.

python -m experiments.throughput.million [--rows 1000000] [--jobs 2] [--folder /tmp]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from experiments.throughput.composing import compose

FEW = 10_000


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
    process = subprocess.Popen([*map(str, command), *map(str, options)])
    peak = 0.0
    while process.poll() is None:
        family = [process.pid, *children_of(process.pid)]
        peak = max([peak, *map(memory_of, family)])
        time.sleep(0.2)
    found: dict[str, Any] = json.loads(summary.read_text("utf-8"))
    output.unlink()
    return found | {"megabytes_a_process": round(peak)}


def main() -> None:
    """Both runs, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", default="models/default")
    parser.add_argument("--folder", type=Path, help="with 10 GB of room")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        costs, memory = [], []
        for rows in (FEW, given.rows):
            source = Path(name) / f"{rows}.jsonl"
            characters = compose(source, rows)
            found = tag(source, given.jobs, given.model)
            source.unlink()
            print(json.dumps(found, ensure_ascii=False, indent=1))
            costs.append(found["seconds"] / characters)
            memory.append(found["megabytes_a_process"])
    print(f"cost of a character against {FEW:,} rows: {costs[1] / costs[0]:.3f} (target <= 1.05)")
    print(f"peak memory against {FEW:,} rows: {memory[1] / memory[0]:.3f} (target <= 1.1)")


if __name__ == "__main__":
    main()
