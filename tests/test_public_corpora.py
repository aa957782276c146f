"""The experiments on public corpora: what they say without a corpus, and the tables they write."""

import subprocess
import sys

import pytest
import yaml

from experiments.at_hand import files
from experiments.rival_table import BEGIN, END, PUBLISHED, write_table
from fenmen.errors import FenmenError

NAMES = ("tnews", "events", "thucnews-titles")
COSTS = {
    "train_seconds": 61.5,
    "train_processor_seconds": 99.0,
    "load_seconds": 0.5,
    "rows_per_second": 12000,
    "train_megabytes": 900,
    "serve_megabytes": 400,
    "model_megabytes": 58.1,
    "load_average_before": 0.1,
    "rows": 10000,
    "rows_unseen": 8901,
}


def settings(root, name):
    return yaml.safe_load((root / "experiments" / name / "params.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_corpus_is_named_with_where_to_get_it(root, name):
    corpus = settings(root, name)["corpus"]
    with pytest.raises(FenmenError, match="E_MISSING nowhere/.*get it from .*github.com"):
        files(corpus | {"folder": "nowhere"})


def test_the_first_stage_says_so_in_one_line(root, tmp_path):
    (tmp_path / "params.yaml").write_text(
        yaml.safe_dump(settings(root, "tnews"), sort_keys=False), "utf-8"
    )
    command = [sys.executable, "-m", "experiments.at_hand", str(tmp_path)]
    environment = {"PYTHONPATH": f"{root}:{root / 'src'}"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert done.returncode == 2
    assert done.stderr.startswith("E_MISSING data/public/tnews/train.tsv, data/public/tnews/dev")
    assert len(done.stderr.splitlines()) == 1


def test_a_table_holds_what_is_published_and_what_was_measured(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    own = {"accuracy": 0.586, "accuracy_unseen": 0.5578} | COSTS
    found = {"machine": {"cores": 2, "processor": "x86_64"}, "contenders": {"fenmen": own}}
    write_table(readme, found, "tnews")
    text = readme.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}\n|")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| RoBERTa-wwm-large-ext, published (CLUE README) | 58.32 | – |" in text
    assert "| **fenmen** | 58.60 | 55.78 | 61.5 |" in text


def test_a_readme_without_its_marks_is_refused(tmp_path):
    with pytest.raises(FenmenError, match="E_README.*lacks"):
        write_table(tmp_path / "README.md", {}, "tnews")


@pytest.mark.parametrize("name", NAMES)
def test_every_readme_has_its_marks_and_its_published_figures(root, name):
    text = (root / "experiments" / name / "README.md").read_text("utf-8")
    assert text.index(BEGIN) < text.index(END)
    published = yaml.safe_load(PUBLISHED.read_text("utf-8"))
    rows = published[settings(root, name)["corpus"]["name"]]
    assert all(row["name"] and row["source"] for row in rows)
    assert all(0 < value < 1 for row in rows for value in row.values() if isinstance(value, float))
