"""The search: what it may choose, what it remembers, and what it leaves behind."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from fenmen.errors import FenmenError
from src.search.overlay import overlay, refuse_foreign
from src.search.space import space_from
from src.search.study import Search
from src.stage import CONF
from tests.test_stages import project as small_project
from tests.test_stages import run

pytest.importorskip("optuna")
project = small_project

SPACE = {
    "groups": {"features": {"any_of": ["words", "chars"]}, "model": {"one_of": [["svm"], ["nb"]]}},
    "keys": {
        "features.chars.min_df": {"from": 1, "to": 3},
        "model.svm.C": {"from": 0.1, "to": 10.0, "log": True},
    },
}


def composed(overrides, name="config"):
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return OmegaConf.to_container(compose(name, list(overrides)), resolve=True)


def search(folder, score, trials, seed=0, question="one"):
    """Run a search with a score of its own and return the overrides that it tried."""
    found = Search(folder / "tune.db", "small", question, seed)
    space = space_from(SPACE)

    def suggest(trial):
        return space.suggest(
            trial, lambda groups: {"features": {"chars": {}}, "model": {"svm": {}}}
        )

    found.run(trials, {"features:words": True, "features:chars": True}, suggest, score, print)
    return found


def of_length(overrides):
    """A score that any override changes."""
    return sum(map(ord, "".join(overrides))) % 101 / 100


@pytest.mark.parametrize("name", sorted(path.stem for path in (CONF / "tune").glob("*.yaml")))
def test_every_space_fits_the_configuration(name):
    tune = composed([f"tune={name}"], "tune")["tune"]
    space_from(tune).check(composed)
    assert tune["storage"] == f".cache/tune/{tune['name']}.db"


def test_every_fault_of_a_space_is_named_at_once():
    with pytest.raises(FenmenError, match="model: needs.*a.b: from 3 is not.*c.d: a logarithm"):
        space_from(
            {
                "groups": {"model": ["svm"]},
                "keys": {"a.b": {"from": 3, "to": 1}, "c.d": {"from": 0, "to": 1, "log": True}},
            }
        )


def test_the_corpus_is_no_choice():
    with pytest.raises(FenmenError, match="corpus cannot be searched"):
        space_from({"groups": {"corpus": {"one_of": ["written"]}}})


def test_a_key_that_no_choice_has_is_refused():
    space = space_from(SPACE | {"keys": {"features.letters.min_df": {"from": 1, "to": 2}}})
    with pytest.raises(FenmenError, match="E_TUNE.*features.letters.min_df.*belongs to none"):
        space.check(composed)


def test_the_configuration_as_it_stands_is_found_in_the_space():
    settings = composed(["features=[chars]", "model=[svm]"])
    lists = {"features": ["chars"], "model": ["svm"]}
    assert space_from(SPACE).standing(lists, settings) == {
        "features:words": False,
        "features:chars": True,
        "model": "[svm]",
        "features.chars.min_df": 2,
        "model.svm.C": 1.0,
    }
    assert "model" not in space_from(SPACE).standing({"model": ["ridge"]}, settings)


def test_a_search_cut_short_in_any_trial_ends_as_if_it_had_not_been(tmp_path):
    whole = search(tmp_path, of_length, 12).finished()
    for cut in (1, 12):
        folder = tmp_path / str(cut)
        scored = []

        def killed(overrides, cut=cut, scored=scored):
            scored.append(overrides)
            if len(scored) == cut:
                raise KeyboardInterrupt
            return of_length(overrides)

        with pytest.raises(KeyboardInterrupt):
            search(folder, killed, 12)
        assert search(folder, of_length, 12).finished() == whole


def test_more_trials_go_on_from_those_that_are_finished(tmp_path):
    search(tmp_path, of_length, 3)
    scored = []
    whole = search(tmp_path, lambda o: scored.append(o) or of_length(o), 5)
    assert len(scored) <= 2
    assert len(whole.finished()) == 5


def test_another_seed_asks_otherwise(tmp_path):
    tried = [search(tmp_path / str(seed), of_length, 4, seed).finished() for seed in (0, 1)]
    assert tried[0] != tried[1]


def test_settings_that_cannot_be_trained_are_refused_and_never_win(tmp_path):
    def score(overrides):
        if "model=[nb]" in overrides:
            raise FenmenError("E_MEMBER", where="nb", what="is refused", fix="none")
        return of_length(overrides)

    found = search(tmp_path, score, 8)
    assert any("E_MEMBER" in trial.refused for trial in found.finished())
    assert "model=[svm]" in found.best().overrides


def test_a_memory_of_another_question_is_not_mixed(tmp_path):
    search(tmp_path, of_length, 1)
    with pytest.raises(FenmenError, match="E_TUNE.*another space, corpus or configuration"):
        search(tmp_path, of_length, 2, question="two")


def test_the_overlay_has_the_effect_of_the_overrides(tmp_path):
    overrides = ["features=[words,chars]", "model=[svm,nb]", "++model.svm.C=1e-05", "folds=3"]
    text = overlay(overrides, {"features", "model"}, "of a test")
    assert text.startswith("# @package _global_\n# Found by python -m src.tune: of a test\n")
    (tmp_path / "experiment").mkdir()
    (tmp_path / "experiment/found.yaml").write_text(text, "utf-8")
    path = f"hydra.searchpath=[file://{tmp_path}]"
    assert composed(["experiment=found", path]) == composed(overrides)


def test_the_overlay_of_a_search_within_an_experiment_stands_on_it(tmp_path):
    (tmp_path / "experiment").mkdir()
    ground = "# @package _global_\ndefaults: [override /model: [nb]]\nfolds: 4\nprune: 0.1\n"
    (tmp_path / "experiment/ground.yaml").write_text(ground, "utf-8")
    overrides = ["experiment=ground", "model=[svm]", "++folds=3"]
    text = overlay(overrides, {"features", "model"}, "of a test")
    (tmp_path / "experiment/found.yaml").write_text(text, "utf-8")
    path = f"hydra.searchpath=[file://{tmp_path}]"
    found = composed(["experiment=found", path])
    assert found == composed([*overrides, path])
    assert (list(found["model"]), found["folds"], found["prune"]) == (["svm"], 3, 0.1)


def test_an_experiment_written_by_hand_is_not_overwritten(tmp_path):
    path = tmp_path / "mine.yaml"
    refuse_foreign(path)
    path.write_text("# @package _global_\nfolds: 3\n", "utf-8")
    with pytest.raises(FenmenError, match="E_TUNE.*mine.yaml: was not written by a search"):
        refuse_foreign(path)


def test_the_help_teaches(project):
    told = run(project, "src.tune", "--help").stdout
    for word in ("tune.trials=100", "any_of", "kill -9", "experiment=main", "tune: main"):
        assert word in told


# Its second trial never ends: however fast the machine, it can be killed in the middle of it.
HELD = """
import time
from src.search.trials import Trials

score, begun = Trials.score, []

def held(self, *given):
    begun.append(given)
    while len(begun) > 1:
        time.sleep(60)
    return score(self, *given)

Trials.score = held
from src.tune import main
main()
"""


def running(memory: Path) -> bool:
    """Whether a second trial is running."""
    try:
        with sqlite3.connect(f"file:{memory}?mode=ro", uri=True) as file:
            states = [state for (state,) in file.execute("select state from trials")]
    except sqlite3.OperationalError:
        return False
    return states[-1:] == ["RUNNING"] and len(states) > 1


def test_a_killed_search_goes_on_and_its_winner_trains(project):
    command = ["src.tune", "folds=2", "tune.trials=2", "tune.name=little"]
    memory = project / ".cache/tune/little.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HELD, *command[1:]], cwd=project, stdout=subprocess.DEVNULL
    )
    while not running(memory) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    told = run(project, *command).stdout
    assert "\ntrial 1 " not in f"\n{told}"
    assert "trial 2 " in told
    found = yaml.safe_load((project / "conf/experiment/little.yaml").read_text("utf-8"))
    assert found["folds"] == 2
    trained = run(project, "src.train", "experiment=little", "bundle=models/little").stdout
    assert "digest" in trained
