"""Every choice in conf/ is built here, so that a configuration cannot rot."""

import re
from pathlib import Path

import pytest
import yaml
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from fenmen.corpus.prepared import CORPUS_FORMATS
from fenmen.corpus.tables import TableFormat
from fenmen.model.calibration import DecisionSettings
from fenmen.model.folding import fit_member
from fenmen.model.views import view_from
from src.params import all_params
from src.stage import CONF, SHAPES_NO_MODEL
from src.train import member, tokenizer


def choices(group):
    return sorted(path.stem for path in (CONF / group).glob("*.yaml"))


def config(*overrides):
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return OmegaConf.to_container(compose("config", list(overrides)), resolve=True)


@pytest.mark.parametrize("choice", choices("features"))
def test_every_view_is_built(choice):
    views = config(f"features={choice}")["features"]
    assert [view_from({"name": name} | data, choice).name for name, data in views.items()]


@pytest.mark.parametrize("choice", choices("model"))
def test_every_member_is_fitted_and_linear(choice):
    import numpy as np
    from scipy import sparse

    random = np.random.default_rng(0)
    columns = sparse.csr_array(random.random((40, 6)))
    labels = random.random((40, 2)) < 0.5
    (data,) = config(f"model={choice}")["model"].values()
    fitted = fit_member(member(data).estimator, columns, labels, False)
    assert fitted.coef.shape == (6, 2)


@pytest.mark.parametrize("choice", choices("tokens"))
def test_every_tokeniser_cuts(choice, monkeypatch, root):
    monkeypatch.chdir(root)
    assert "社工" in tokenizer(config(f"tokens={choice}")["tokens"]).words("社工来了")


@pytest.mark.parametrize("choice", choices("decision"))
def test_every_decision_is_sound(choice):
    assert DecisionSettings(**config(f"decision={choice}")["decision"])


@pytest.mark.parametrize("choice", choices("corpus"))
def test_every_corpus_says_how_it_is_read(choice):
    corpus = config(f"corpus={choice}")["corpus"]
    assert corpus["format"] in CORPUS_FORMATS
    if corpus["format"] == "table":
        assert TableFormat(**corpus["table"])
        assert corpus["available"]


@pytest.mark.parametrize("choice", choices("experiment"))
def test_every_experiment_composes(choice):
    assert config(f"experiment={choice}")["features"]


def test_any_subset_of_views_and_members_can_be_chosen():
    chosen = config("features=[words,chars]", "model=[logistic]")
    assert list(chosen["features"]) == ["words", "chars"]
    assert list(chosen["model"]) == ["logistic"]


@pytest.mark.parametrize("path", all_params(), ids=lambda path: str(path.relative_to(CONF.parent)))
def test_params_is_conf_composed(path):
    assert all_params()[path] == path.read_text("utf-8"), "run make params"


def test_nothing_that_only_hydra_knows_reaches_params():
    for path in all_params():
        text = path.read_text("utf-8")
        assert not re.search(r"\$\{|\?\?\?", text)
        assert str(Path.home()) not in text


def test_names_on_hydras_command_line_are_ascii():
    for path in CONF.rglob("*.yaml"):
        assert str(path.relative_to(CONF)).isascii()
    for taxonomy in (CONF / "taxonomy").glob("*.yaml"):
        assert all(t["id"].isascii() for t in yaml.safe_load(taxonomy.read_text("utf-8"))["topics"])


def test_an_experiment_overrides_the_configuration_and_not_the_other_way_round():
    defaults = yaml.safe_load((CONF / "config.yaml").read_text("utf-8"))["defaults"]
    assert defaults.index("_self_") < [
        isinstance(d, dict) and "experiment" in d for d in defaults
    ].index(True)


def test_stages_depend_on_sources_that_exist_and_not_on_the_command_line(root):
    for path in (root / "dvc.yaml", *root.glob("experiments/*/dvc.yaml")):
        pipeline = yaml.safe_load(path.read_text("utf-8"))
        for name, stage in pipeline["stages"].items():
            sources = [dep for dep in stage["deps"] if not dep.startswith(("$", "data/"))]
            assert {f"src/{name}.py", f"experiments/{name}.py"} & set(sources)
            assert all((root / dep).exists() for dep in sources)
            assert not {"src/fenmen", "src/fenmen/cli", "src/fenmen/cli.py"} & set(sources)


def test_every_setting_that_shapes_a_model_trains_anew(root):
    for path in (root / "dvc.yaml", *root.glob("experiments/*/dvc.yaml")):
        settings = yaml.safe_load((path.parent / "params.yaml").read_text("utf-8"))
        listed = yaml.safe_load(path.read_text("utf-8"))["stages"]["train"]["params"]
        names = listed if path.parent == root else next(iter(listed[0].values()))
        assert set(names) == set(settings) - set(SHAPES_NO_MODEL)


def test_no_stage_lets_another_tool_rewrite_the_pipeline(root):
    for path in (root / "src").rglob("*.py"):
        assert "dvclive" not in path.read_text("utf-8")
