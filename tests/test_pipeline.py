"""DVC as a user runs it, over a small corpus."""

import json
import os
import shutil
import subprocess
import sys
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


def test_an_experiment_trains_what_it_records(repository):
    dvc(repository, "repro")
    before = json.loads((repository / "metrics.json").read_text("utf-8"))
    dvc(repository, "exp", "run", "-S", "model=logistic", "-S", "features=[words]")
    card = (repository / "models/default/MODEL_CARD.md").read_text("utf-8")
    assert "Views: words." in card
    assert "logistic 1.00" in card
    assert "LogisticRegression" in (repository / "params.yaml").read_text("utf-8")
    assert json.loads((repository / "metrics.json").read_text("utf-8")) != before
