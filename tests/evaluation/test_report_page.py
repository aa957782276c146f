"""The report: what stands in it, and that it needs nothing but itself."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from fenmen.errors import FenmenError
from fenmen.evaluation.comparison import compare
from fenmen.evaluation.evaluate import evaluate
from fenmen.evaluation.html import marked
from fenmen.evaluation.mistakes import evidence_words, worst_mistakes
from fenmen.evaluation.report_page import report_page
from fenmen.evaluation.useful_words import useful_words
from tests.evaluation.samples import evaluation

VOID = {"meta", "br"}


@pytest.fixture(scope="module")
def now(bundle_folder):
    return evaluation(bundle_folder)


@pytest.fixture(scope="module")
def page(now):
    return report_page(now, compare(now, now.bundle), "", "written")


class Tags(HTMLParser):
    """Checks that every tag is closed in turn, and gathers what they refer to."""

    def __init__(self):
        super().__init__()
        self.open, self.used, self.links = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.used.add(tag)
        self.links += [v for k, v in attrs if k in ("src", "href", "xlink:href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.used.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_report_is_one_well_formed_file_without_script_or_network(page):
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert "svg" in tags.used
    assert not tags.used & {"script", "link", "img", "iframe", "object"}
    assert all(link.startswith("#") for link in tags.links)
    assert all(f'id="{link[1:]}"' in page for link in tags.links)
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page


def test_a_text_of_the_corpus_cannot_bring_a_script_into_the_report(page):
    assert "<script" not in page
    assert "&lt;script&gt;" in re.sub("</?mark[^>]*>", "", page)


def test_the_same_evaluation_gives_the_same_bytes(now, page, bundle_folder):
    again = evaluation(bundle_folder)
    assert report_page(again, compare(again, again.bundle), "", "written") == page


def test_every_topic_has_its_pictures_and_its_name(page, now):
    for topic in now.bundle.taxonomy.topics:
        for picture in ("precision and recall", "calibration", "probabilities"):
            assert f'aria-label="{topic.name}: {picture}"' in page


def test_no_figure_in_a_picture_is_broken(page):
    assert not re.search(r'="[^"]*\b(nan|inf)\b', page)


def test_the_worst_mistakes_come_first_with_the_words_behind_them(now):
    found = worst_mistakes(now.bundle.scorer, now.examples, now.outcome, 10)
    assert found
    assert [m.distance for m in found] == sorted((m.distance for m in found), reverse=True)
    for mistake in found:
        assert mistake.worst in (*mistake.missed, *mistake.wrong)


def test_the_words_of_a_text_add_up_to_its_score(now):
    text, topic = now.examples[0].document, 3
    words = evidence_words(now.bundle.scorer, text, topic)
    explained = now.bundle.scorer.explain(text)
    score = now.bundle.scorer.score([text])[0, topic]
    total = sum(weight for _, _, weight in words) + explained.intercept[topic]
    assert total == pytest.approx(float(score), abs=1e-4)


def test_marking_words_changes_no_letter_of_the_text():
    text = "甲<b>社工&来了"
    page = marked(text, [(0, 1, -0.2), (4, 6, 1.0), (6, 7, 0.01)])
    assert re.sub("<[^>]+>", "", page) == "甲&lt;b&gt;社工&amp;来了"
    assert page.count("<mark") == 2


def test_the_useful_words_of_a_topic_are_its_own(now):
    texts = [example.document for example in now.examples]
    words = useful_words(now.bundle.model, texts, now.outcome.truth, 8)
    shown = ["".join(word.text for word in topic) for topic in words]
    assert "社工" in shown[3]
    assert "污" in shown[2]
    assert all(w.push > 0 for topic in words for w in topic)


def test_a_model_compared_with_itself_has_changed_nothing(now):
    same = compare(now, now.bundle)
    assert (same.better, same.worse, same.caution) == ((), (), "")
    assert all(c.before == c.after and c.low == c.high == 0 for c in same.overall + same.topics)


def test_what_got_better_and_worse_is_told_by_text(now, monkeypatch):
    right = (now.outcome.truth == now.outcome.decided).all(axis=1)
    turned = now.outcome.decided.copy()
    first_right = int(np.flatnonzero(right)[0])
    turned[first_right] ^= True
    monkeypatch.setattr(
        "fenmen.evaluation.comparison.decide",
        lambda bundle, examples: type(now.outcome)(
            now.outcome.truth,
            now.outcome.probability,
            turned,
            now.outcome.review,
            now.outcome.groups,
        ),
    )
    comparison = compare(now, now.bundle)
    assert comparison.better == (first_right,)
    assert comparison.both_wrong == int((~right).sum())
    page = report_page(now, comparison, "", "written")
    assert "1 texts got better" in page
    assert "What got better" in page


def test_a_model_of_other_topics_is_not_compared(now, monkeypatch, two_topics):
    other = type(now.bundle)(
        type(now.bundle.model)(
            **{
                name: getattr(now.bundle.model, name)
                for name in now.bundle.model.__dataclass_fields__
                if name != "taxonomy"
            },
            taxonomy=two_topics,
        ),
        now.bundle.scorer,
        "0" * 64,
        {},
    )
    with pytest.raises(FenmenError, match="E_COMPARE.*fishing.*same taxonomy"):
        compare(now, other)


def test_without_a_previous_model_the_report_says_so(now):
    assert "first model evaluated here" in report_page(now, None, "first model evaluated here", "w")


def test_the_figures_hold_what_an_evaluation_is_asked_for(now):
    found = evaluate(now.bundle, now.examples)
    assert found == now.found
    for topic in found["topics"].values():
        assert {
            "precision",
            "recall",
            "f1",
            "average_precision",
            "calibration_error",
            "brier",
        } < set(topic)
        assert 0 <= topic["review_share"] <= 1
    assert 0 < found["overall"]["average_precision"] <= 1
