"""DVC as a user runs it, over a small corpus."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_stages import project as small_project

pytest.importorskip("dvc")
project = small_project


@pytest.fixture(scope="module")
def repository(project, tmp_path_factory):
    """The small project as a Git and DVC repository of its own."""
    folder = tmp_path_factory.mktemp("repository") / "fenmen"
    ignored = shutil.ignore_patterns("models", "multirun", "outputs", "prepared", "__pycache__")
    shutil.copytree(project, folder, ignore=ignored)
    root = Path(__file__).parent.parent
    shutil.copy(root / ".gitignore", folder / ".gitignore")
    git(folder, "init", "-q")
    dvc(folder, "init", "-q")
    shutil.copy(root / ".dvc/config", folder / ".dvc/config")
    shutil.copytree(root / ".dvc/plots", folder / ".dvc/plots")
    shutil.copy(root / ".dvcignore", folder / ".dvcignore")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "begin")
    return folder


def environment():
    own = Path(sys.executable).parent
    identity = {
        f"GIT_{who}_{what}": "t" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return (
        os.environ
        | identity
        | {"PATH": f"{own}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1"}
    )


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment())


def dvc(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_pipeline_runs_once_and_a_second_run_does_nothing(repository):
    first = dvc(repository, "repro")
    assert all(f"Running stage '{name}'" in first for name in ("prepare", "train", "evaluate"))
    assert (repository / "metrics.json").exists()
    assert "Running stage" not in dvc(repository, "repro")
    compiled = repository / "src/fenmen/model/__pycache__"
    compiled.mkdir(exist_ok=True)
    (compiled / "scorer.cpython-399.pyc").write_bytes(b"compiled anew")
    assert "Running stage" not in dvc(repository, "repro")


def test_an_experiment_trains_what_it_records(repository):
    dvc(repository, "repro")
    before = json.loads((repository / "metrics.json").read_text("utf-8"))
    dvc(repository, "exp", "run", "-n", "words", "-S", "model=logistic", "-S", "features=[words]")
    card = (repository / "models/default/MODEL_CARD.md").read_text("utf-8")
    assert "Views: words." in card
    assert "logistic 1.00" in card
    assert "LogisticRegression" in (repository / "params.yaml").read_text("utf-8")
    assert json.loads((repository / "metrics.json").read_text("utf-8")) != before


def test_a_queued_experiment_trains_apart_and_is_shown_and_applied(repository):
    dvc(repository, "repro")
    card = repository / "models/default/MODEL_CARD.md"
    before = card.read_text("utf-8")
    dvc(repository, "exp", "run", "--queue", "-n", "svm-alone", "-S", "model=[svm]")
    dvc(repository, "queue", "start")
    wait_until(lambda: succeeds(dvc(repository, "queue", "status")), seconds=120)
    assert card.read_text("utf-8") == before
    rows = csv.DictReader(io.StringIO(dvc(repository, "exp", "show", "--csv")))
    row = {row["Experiment"]: row for row in rows}["svm-alone"]
    assert "LinearSVC" in row["model.svm._target_"]
    dvc(repository, "exp", "apply", "svm-alone")
    assert "svm 1.00" in card.read_text("utf-8")
    assert float(row["overall.macro_f1"]) == pytest.approx(macro_f1(repository), abs=1e-4)
    change = json.loads(dvc(repository, "metrics", "diff", "--json", "words", "svm-alone"))
    assert change["metrics.json"]["overall.macro_f1"]["new"] == macro_f1(repository)
    dvc(repository, "plots", "show", "--out", "pictures")
    assert "precision" in (repository / "pictures/index.html").read_text("utf-8")


def macro_f1(repository):
    return json.loads((repository / "metrics.json").read_text("utf-8"))["overall"]["macro_f1"]


def succeeds(status):
    assert "Failed" not in status, status
    return "Success" in status


def wait_until(done, seconds):
    for _ in range(seconds):
        if done():
            return
        time.sleep(1)
    pytest.fail(f"not done in {seconds} seconds")
