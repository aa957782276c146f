import pytest
import yaml

from fenmen.errors import FenmenError
from fenmen.taxonomy import parse_taxonomy


def test_the_projects_taxonomies_are_sound(root):
    for path in sorted((root / "conf/taxonomy").glob("*.yaml")):
        taxonomy = parse_taxonomy(yaml.safe_load(path.read_text("utf-8")), str(path))
        assert taxonomy.topics


def test_the_four_topics_have_names_definitions_and_seed_words(root):
    data = yaml.safe_load((root / "conf/taxonomy/social.yaml").read_text("utf-8"))
    taxonomy = parse_taxonomy(data, "social")
    assert taxonomy.ids == ("mental_health", "child_welfare", "environment", "social_work")
    assert all(t.name and t.name_en and t.definition and t.seed_words for t in taxonomy.topics)


def test_a_taxonomy_survives_the_way_through_plain_data(two_topics):
    assert parse_taxonomy(two_topics.as_dict(), "again") == two_topics


def test_every_fault_of_a_taxonomy_is_named_at_once():
    data = {
        "name": "坏",
        "topics": [
            {"id": "环境", "name": "环境"},
            {"id": "a", "name": ""},
            {"id": "a", "name": "甲", "seed_words": "词"},
        ],
    }
    with pytest.raises(FenmenError, match="topic 1: id '环境'.*topic 2: has no.*topic 3: .*twice"):
        parse_taxonomy(data, "conf/taxonomy/bad.yaml")


def test_a_file_that_is_no_taxonomy_says_what_is_needed():
    with pytest.raises(FenmenError, match='E_TAXONOMY x.yaml: needs a "name"'):
        parse_taxonomy({"topics": "no"}, "x.yaml")
