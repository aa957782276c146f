"""What a whole page shows of its boundaries."""

import pytest

from fenmen.articles.boundaries import Paragraph
from fenmen.articles.credits import Signature
from fenmen.articles.likeness import grams, topic_of
from fenmen.articles.page_habits import habits_of
from fenmen.articles.traced import Traced

BRIDGE = (
    "桥工老郭在木桥上铺了新木板。",
    "木板是林场送来的，老郭挑了三天。",
    "木桥通行，桥工守在桥头。",
)
LAMPS = ("渡口码头换了二十盏节能灯。", "节能灯一年省下四千度电。", "码头夜里靠岸的船看得清路灯。")


def paragraph(text, *, ends=False, opened=False):
    said = grams(text)
    signature = Signature(Traced(text, range(len(text))), ends=ends)
    return Paragraph(signature, 18.0, grams=said, opened=opened, topic=topic_of([said]))


@pytest.fixture
def page():
    return [paragraph(text, ends=text == LAMPS[-1]) for text in (*BRIDGE, *LAMPS)]


def test_a_topic_changes_most_where_another_story_begins(page):
    habits = habits_of(page, [])
    changes = [habits.cues(number, 0)["topic changes"] for number in range(1, len(page))]
    assert changes.index(max(changes)) + 1 == len(BRIDGE)


def test_what_is_left_before_the_next_sure_beginning_may_be_too_little_for_an_article(page):
    few = habits_of(page, [2]).cues(1, 0)["little text ahead"]
    more = habits_of(page, []).cues(1, 0)["little text ahead"]
    assert 0 < more < few < 1


def test_bylines_above_and_below_are_counted_apart():
    page = [paragraph(BRIDGE[0], opened=True), paragraph(LAMPS[0], ends=True)]
    cues = habits_of(page, [1]).cues(1, 0)
    assert cues["signed above"] == cues["signed below"] == pytest.approx(1 / 3)
