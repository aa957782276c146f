import json

import numpy as np
import pytest

from fenmen.evaluation.figures import Outcome, by_slice, figures, table_rows
from fenmen.evaluation.keyword_rule import keyword_rule

TRUTH = np.array([[1, 0], [1, 1], [0, 0], [0, 1], [0, 0]], dtype=bool)
PROBABILITY = np.array([[0.9, 0.1], [0.4, 0.8], [0.1, 0.1], [0.6, 0.9], [0.2, 0.3]])


@pytest.fixture
def outcome():
    return Outcome(
        TRUTH,
        PROBABILITY,
        decided=PROBABILITY >= 0.5,
        review=np.abs(PROBABILITY - 0.5) < 0.15,
        groups=list("abcde"),
    )


def test_the_figures_are_plain_data_with_an_interval_around_each_f1(outcome, two_topics):
    found = figures(outcome, two_topics, [0.5, 0.5])
    assert json.loads(json.dumps(found)) == found
    fishing = found["topics"]["fishing"]
    assert (fishing["precision"], fishing["recall"], fishing["support"]) == (0.5, 0.5, 2)
    low, high = found["overall"]["macro_f1_interval"]
    assert low <= found["overall"]["macro_f1"] == 0.75 <= high


def test_review_says_how_much_to_look_at_and_what_stays_wrong_outside(outcome, two_topics):
    found = figures(outcome, two_topics, [0.5, 0.5])["review"]
    assert found == {"share": 0.4, "error_rate_outside": 0.0, "error_rate_inside": 1.0}


def test_a_slice_is_scored_on_its_own_rows(outcome):
    found = by_slice(outcome, ["news", "law", "news", "law", "news"])
    assert found["news"] == {
        "rows": 3,
        "micro_f1": 1.0,
        "macro_f1": 1.0,
        "subset_accuracy": 1.0,
    }
    assert found["law"]["rows"] == 2


def test_the_table_has_a_row_a_topic_then_micro_macro_subset(outcome, two_topics):
    rows = table_rows(figures(outcome, two_topics, [0.5, 0.5]), two_topics)
    assert [row[0] for row in rows] == ["渔业 fishing", "航运 shipping", "micro", "macro", "subset"]
    assert {len(row) for row in rows} == {6}


def test_the_keyword_rule_needs_two_hits(two_topics):
    texts = ["渔船回港，捕捞结束。", "一艘渔船。", "货轮与货轮并排。"]
    assert keyword_rule(texts, two_topics).tolist() == [
        [True, False],
        [False, False],
        [False, True],
    ]
