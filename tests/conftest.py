"""Fixtures that several test folders share."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.svm import LinearSVC

import fenmen
from fenmen.corpus.schema import read_corpus
from fenmen.model.bundle import save
from fenmen.model.calibration import DecisionSettings
from fenmen.model.tokens import Tokenizer, read_user_dictionary
from fenmen.model.training import train
from fenmen.model.views import View
from fenmen.taxonomy import Taxonomy, Topic, read_taxonomy

ROOT = Path(__file__).parent.parent


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def two_topics() -> Taxonomy:
    """A taxonomy that is not the project's own, so that nothing leans on the four topics."""
    return Taxonomy(
        "harbour",
        (
            Topic("fishing", "渔业", seed_words=("渔船", "捕捞")),
            Topic("shipping", "航运", seed_words=("集装箱", "货轮")),
        ),
    )


@pytest.fixture(scope="session")
def bundle_folder(tmp_path_factory) -> Path:
    """A bundle of the four topics, trained in seconds on every third segment of the corpus."""
    taxonomy = read_taxonomy(ROOT / "conf/taxonomy/social.yaml")
    examples = read_corpus(ROOT / "data/corpus", taxonomy)[::3]
    trained = train(
        [example.document for example in examples],
        np.array([[topic in e.topics for topic in taxonomy.ids] for e in examples]),
        [example.group for example in examples],
        taxonomy,
        Tokenizer("rjieba", read_user_dictionary(ROOT / "data/lexicon/userdict.txt")),
        [View("words", "words", min_df=2), View("lexicon", "lexicon")],
        {"svm": LinearSVC()},
        DecisionSettings(),
        folds=3,
    )
    folder = tmp_path_factory.mktemp("bundle") / "small"
    save(folder, trained.model)
    return folder


@pytest.fixture(scope="session")
def tagger(bundle_folder) -> fenmen.Tagger:
    """The small bundle, ready to tag."""
    return fenmen.load(bundle_folder)
