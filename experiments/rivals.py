"""Measure fenmen, the plain way and fastText on one corpus: same split, same machine, one run.

    python -m experiments.rivals experiments/tnews

reads params.yaml of the folder, writes rivals.json there and the table into its README. Each
contender learns in a process of its own and answers in another, one after the other, so that
memory and loading are its own.
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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from experiments.contenders import Contender, FastText, Fenmen, Flags, Plain
from experiments.rival_table import NAMES, write_table
from fenmen.corpus.prepared import prepare, read_parts
from fenmen.corpus.schema import Example
from fenmen.evaluation import metrics
from fenmen.taxonomy import parse_taxonomy
from src.train import label_matrix

MEGABYTE = 2**20
Figures = dict[str, Any]


def main() -> None:
    """Measure all contenders, or one step of one of them for the process that measures all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="of the experiment")
    parser.add_argument("--only", choices=NAMES, help="one step of one contender")
    parser.add_argument("--step", choices=("learn", "answer"), help="which step of --only")
    parser.add_argument("--model", type=Path, help="folder of the model of --only")
    parser.add_argument("--tuning", type=int, default=120, help="seconds for fastText to tune")
    chosen = parser.parse_args()
    settings = yaml.safe_load((chosen.folder / "params.yaml").read_text("utf-8"))
    if chosen.only:
        contender = _contender(chosen.only, settings, chosen.tuning, chosen.model.parent)
        step = learn if chosen.step == "learn" else answer
        print(json.dumps(step(contender, settings, chosen.model)))
        return
    found = measure_all(chosen.folder)
    target = chosen.folder / "rivals.json"
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(write_table(chosen.folder / "README.md", found, settings["corpus"]["name"]))


def measure_all(folder: Path) -> Figures:
    """The figures of every contender; fastText tunes for as long as fenmen trains."""
    fenmen = _apart(folder, "fenmen")
    seconds = str(round(fenmen["train_seconds"]))
    return {
        "machine": {"cores": os.cpu_count(), "processor": platform.machine()},
        "contenders": {
            "plain": _apart(folder, "plain"),
            "fasttext": _apart(folder, "fasttext", "--tuning", seconds),
            "fenmen": fenmen,
        },
    }


def _apart(folder: Path, name: str, *more: str) -> Figures:
    """Both steps of a contender, each in a process of its own."""
    found: Figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        own = [str(folder), "--only", name, "--model", f"{scratch}/model", *more]
        for step in ("learn", "answer"):
            command = [sys.executable, "-m", "experiments.rivals", *own, "--step", step]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found |= json.loads(done.stdout.splitlines()[-1])
    return found


def learn(contender: Contender, settings: Mapping[str, Any], model: Path) -> Figures:
    """Train a contender and write its model."""
    train = _read(settings, "train")
    if isinstance(contender, FastText):
        contender.tune(train)
    load, cpu = os.getloadavg()[0], time.process_time()
    _, seconds = _timed(lambda: contender.learn(train))
    cpu = time.process_time() - cpu
    model.mkdir()
    contender.keep(model)
    return {
        "train_seconds": round(seconds, 1),
        "train_processor_seconds": round(cpu, 1),
        "train_megabytes": _peak(),
        "model_megabytes": round(sum(p.stat().st_size for p in model.iterdir()) / MEGABYTE, 1),
        "load_average_before": round(load, 1),
        "notes": dict(contender.notes),
    }


def answer(contender: Contender, settings: Mapping[str, Any], model: Path) -> Figures:
    """Load a contender's model in a fresh process and decide the test part."""
    taxonomy = parse_taxonomy(settings["taxonomy"], "params")
    before, test = _read(settings, "train"), _read(settings, "test")
    known = {example.document for example in before}
    unseen = np.array([example.document not in known for example in test])
    texts = [example.document for example in test]
    truth = label_matrix(test, taxonomy)
    del before, known
    _, load = _timed(lambda: contender.load(model))
    decided, seconds = _timed(lambda: contender.decide(texts))
    return quality(truth, decided, unseen, taxonomy.exclusive) | {
        "load_seconds": round(load, 2),
        "rows_per_second": round(len(texts) / seconds),
        "serve_megabytes": _peak(),
    }


def _read(settings: Mapping[str, Any], part: str) -> list[Example]:
    taxonomy = parse_taxonomy(settings["taxonomy"], "params")
    return list(read_parts(prepare(settings["corpus"], taxonomy, settings["seed"]), [part]))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // MEGABYTE


def _contender(name: str, settings: Mapping[str, Any], tuning: int, scratch: Path) -> Contender:
    if name == "fasttext":
        return FastText(settings, tuning, scratch)
    return Fenmen(settings) if name == "fenmen" else Plain(settings)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def quality(truth: Flags, decided: Flags, unseen: Flags, exclusive: bool) -> Figures:
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


if __name__ == "__main__":
    main()
