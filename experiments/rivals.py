"""Measure fenmen, the plain way and fastText on one corpus: same split, same machine, one run.

    python -m experiments.rivals experiments/tnews

reads params.yaml of the folder, writes rivals.json there and prints the table. Each contender runs
in a process of its own, one after the other, so that its peak of memory is its own.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from experiments.contenders import Contender, FastText, Fenmen, Flags, Plain
from fenmen.corpus.prepared import prepare, read_parts
from fenmen.corpus.schema import Example
from fenmen.evaluation import metrics
from fenmen.taxonomy import parse_taxonomy
from src.train import label_matrix

NAMES = {"plain": "jieba + TfidfVectorizer + LinearSVC", "fasttext": "fastText", "fenmen": "fenmen"}
MEGABYTE = 2**20


def main() -> None:
    """Measure all contenders, or one of them for the process that measures all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="of the experiment")
    parser.add_argument("--only", choices=NAMES, help="measure one and print its figures")
    parser.add_argument("--tuning", type=int, default=120, help="seconds for fastText to tune")
    chosen = parser.parse_args()
    settings = yaml.safe_load((chosen.folder / "params.yaml").read_text("utf-8"))
    if chosen.only:
        print(json.dumps(measure(chosen.only, settings, chosen.tuning)))
        return
    found = measure_all(chosen.folder)
    target = chosen.folder / "rivals.json"
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(table(found["contenders"]))


def measure_all(folder: Path) -> dict[str, Any]:
    """The figures of every contender; fastText tunes for as long as fenmen trains."""
    fenmen = _apart(folder, "fenmen")
    minutes = ["--tuning", str(round(fenmen["train_seconds"]))]
    return {
        "machine": {"cores": os.cpu_count(), "processor": platform.machine()},
        "contenders": {
            "plain": _apart(folder, "plain"),
            "fasttext": _apart(folder, "fasttext", *minutes),
            "fenmen": fenmen,
        },
    }


def _apart(folder: Path, name: str, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "experiments.rivals", str(folder), "--only", name, *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(name: str, settings: Mapping[str, Any], tuning: int) -> dict[str, Any]:
    """Train one contender, write and load its model, decide the test part."""
    taxonomy = parse_taxonomy(settings["taxonomy"], "params")
    folder = prepare(settings["corpus"], taxonomy, settings["seed"])
    train, test = (read_parts(folder, [part]) for part in ("train", "test"))
    texts = [example.document for example in test]
    with tempfile.TemporaryDirectory() as scratch:
        contender = _contender(name, settings, tuning, Path(scratch))
        if isinstance(contender, FastText):
            contender.tune(train)
        load, cpu = os.getloadavg()[0], time.process_time()
        _, train_seconds = _timed(lambda: contender.learn(train))
        cpu = time.process_time() - cpu
        model = Path(scratch) / "model"
        model.mkdir()
        contender.keep(model)
        _, load_seconds = _timed(lambda: contender.load(model))
        decided, seconds = _timed(lambda: contender.decide(texts))
        size = sum(path.stat().st_size for path in model.iterdir())
    return quality(
        label_matrix(test, taxonomy), decided, _unseen(train, test), taxonomy.exclusive
    ) | {
        "train_seconds": round(train_seconds, 1),
        "train_processor_seconds": round(cpu, 1),
        "load_seconds": round(load_seconds, 2),
        "rows_per_second": round(len(texts) / seconds),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // MEGABYTE,
        "model_megabytes": round(size / MEGABYTE, 1),
        "load_average_before": round(load, 1),
        "notes": dict(contender.notes),
    }


def _contender(name: str, settings: Mapping[str, Any], tuning: int, scratch: Path) -> Contender:
    if name == "fasttext":
        return FastText(settings, tuning, scratch)
    return Fenmen(settings) if name == "fenmen" else Plain(settings)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _unseen(train: Sequence[Example], test: Sequence[Example]) -> np.ndarray:
    """Which test texts do not stand in the training part as well, (n_test,)."""
    known = {example.document for example in train}
    return np.array([example.document not in known for example in test])


def quality(truth: Flags, decided: Flags, unseen: np.ndarray, exclusive: bool) -> dict[str, float]:
    """Accuracy where topics exclude each other, F1 where not; also on the unseen texts."""
    figures = (
        {"accuracy": metrics.subset_accuracy}
        if exclusive
        else {
            "micro_f1": metrics.micro_f1,
            "macro_f1": metrics.macro_f1,
            "subset_accuracy": metrics.subset_accuracy,
        }
    )
    found = {name: round(figure(truth, decided), 4) for name, figure in figures.items()}
    for name, figure in figures.items():
        found[f"{name}_unseen"] = round(figure(truth[unseen], decided[unseen]), 4)
    return found | {"rows": len(truth), "rows_unseen": int(unseen.sum())}


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures as a table in Markdown."""
    first = next(iter(found.values()))
    columns = [name for name in first if name not in ("notes", "rows", "rows_unseen")]
    lines = [["", *(name.replace("_", " ") for name in columns)], ["---"] * (len(columns) + 1)]
    lines += [[NAMES[name], *(str(own[c]) for c in columns)] for name, own in found.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
