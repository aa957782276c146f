"""The stage as a user runs it: figures, plots' data and report, beside an earlier model."""

import subprocess
import sys

from tests.test_stages import project as small_project
from tests.test_stages import run

project = small_project
FEW = ("folds=2", "features=words", "bundle=models/turn")
EVALUATE = ("src.evaluate", "bundle=models/turn", "report=reports/turn")


def test_the_report_compares_with_the_model_before_and_repeats_itself(project):
    run(project, "src.train", *FEW)
    run(project, *EVALUATE)
    page = project / "reports/turn/report.html"
    assert "This is the first model evaluated here" in page.read_text("utf-8")
    assert {path.name for path in page.parent.iterdir()} == {
        "report.html",
        "precision_recall.csv",
        "calibration.csv",
        "scores.csv",
        "confusion.csv",
    }
    run(project, "src.train", *FEW, "model.svm.C=0.01")
    run(project, *EVALUATE)
    second = page.read_bytes()
    assert "wrong in both" in second.decode("utf-8")
    run(project, *EVALUATE)
    assert page.read_bytes() == second
    run(project, *EVALUATE, "compare=models/turn")
    assert "0 texts got better" in page.read_text("utf-8")


def test_a_model_to_compare_with_must_exist(project):
    run(project, "src.train", *FEW)
    done = run(project, *EVALUATE, "compare=models/nowhere", expect=2)
    assert done.stderr.startswith("E_BUNDLE")


def test_evaluating_needs_neither_matplotlib_nor_optuna():
    code = (
        "import sys, src.evaluate; print([m for m in ('matplotlib', 'optuna') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
