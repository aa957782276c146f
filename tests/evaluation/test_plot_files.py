"""The data that DVC draws."""

import csv
import json
import shutil
import subprocess
import sys

import pytest
import yaml

from fenmen.evaluation.plot_files import write_plots
from tests.evaluation.samples import evaluation


@pytest.fixture(scope="module")
def folder(bundle_folder, tmp_path_factory):
    now = evaluation(bundle_folder)
    folder = tmp_path_factory.mktemp("plots")
    write_plots(folder / "reports", now.outcome, now.bundle.taxonomy)
    return folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_names_the_topics_in_chinese(folder):
    for name in ("precision_recall", "calibration", "scores"):
        found = {row["topic"] for row in rows(folder / f"reports/{name}.csv")}
        assert {"心理健康", "儿童福利"} <= found
    pairs = {(row["actual"], row["given"]) for row in rows(folder / "reports/confusion.csv")}
    assert ("none", "none") in pairs


def test_every_text_is_counted_once_for_each_topic(folder):
    counts = [int(row["texts"]) for row in rows(folder / "reports/scores.csv")]
    assert sum(counts) == 6 * 4


def test_dvc_draws_what_the_pipeline_declares(folder, root):
    pytest.importorskip("dvc")
    declared = yaml.safe_load((root / "dvc.yaml").read_text("utf-8"))["plots"]
    (folder / "params.yaml").write_text("report: reports\n", "utf-8")
    (folder / "dvc.yaml").write_text(
        yaml.safe_dump({"vars": ["params.yaml"], "plots": declared}), "utf-8"
    )
    dvc(folder, "init", "--no-scm", "-q")
    shutil.copytree(root / ".dvc/plots", folder / ".dvc/plots", dirs_exist_ok=True)
    drawn = json.loads(dvc(folder, "plots", "show", "--json"))
    assert not drawn.get("errors")
    assert set(drawn["data"]) == {name for plot in declared for name in plot}
    for plots in drawn["data"].values():
        content = json.dumps(plots, ensure_ascii=False)
        assert "<DVC_METRIC_" not in content
        assert "心理健康" in content


def dvc(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
