import numpy as np
import pytest

from fenmen.tagging.evidence import character_weights, strongest

BODY = "前文。社工走访了留守儿童，天气很好。"
SEGMENT = 3  # the segment begins behind 前文。
WORDS = [(0, 2), (2, 4), (4, 5), (5, 9), (9, 10), (10, 12), (12, 13), (13, 14)]


def test_overlapping_terms_lose_nothing_of_their_weight():
    spans = np.array([[0, 4], [0, 2], [5, 9], [2, 5]])
    weights = np.array([0.8, 0.5, 2.0, -0.3], dtype=np.float32)
    by_character = character_weights(15, spans, weights)
    assert by_character.sum() == pytest.approx(weights.sum())
    assert by_character[0] == pytest.approx(0.8 / 4 + 0.5 / 2)


def test_evidence_names_words_of_the_body_strongest_first():
    by_character = np.zeros(15)
    by_character[0:2], by_character[5:9], by_character[10:12] = 0.4, 0.5, -1.0
    first, second = strongest(BODY, SEGMENT, by_character, WORDS)
    assert (first.text, second.text) == ("留守儿童", "社工")
    assert BODY[first.start : first.end] == "留守儿童"
    assert first.weight == pytest.approx(2.0)


def test_neighbouring_words_that_both_speak_become_one_span():
    by_character = np.zeros(15)
    by_character[0:4] = 0.5
    (only,) = strongest(BODY, SEGMENT, by_character, WORDS)
    assert only.text == "社工走访"


def test_words_that_speak_against_a_topic_are_no_evidence():
    assert strongest(BODY, SEGMENT, np.full(15, -0.1), WORDS) == []
