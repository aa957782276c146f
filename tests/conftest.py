"""Fixtures that several test folders share."""

from pathlib import Path

import pytest

from fenmen.taxonomy import Taxonomy, Topic

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
