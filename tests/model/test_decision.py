import numpy as np
import pytest

from fenmen.errors import FenmenError
from fenmen.model.calibration import DecisionSettings, best_f1, fit_decision
from fenmen.model.decision import Decision
from fenmen.model.folds import assign_folds
from fenmen.model.mixing import mix
from fenmen.taxonomy import Taxonomy, Topic

RANDOM = np.random.default_rng(11)
N = 3000
TRUTH = RANDOM.random((N, 2)) < [0.3, 0.05]
SCORES = np.where(TRUTH, 1.0, -1.0) + RANDOM.normal(size=(N, 2))
FOLDS = np.arange(N) % 5
IDS = ("often", "seldom")


def topics(*ids, **flags):
    return Taxonomy("any", tuple(Topic(name, name) for name in ids), **flags)


def fitted(**settings):
    decision = fit_decision(SCORES, TRUTH, FOLDS, DecisionSettings(**settings), topics(*IDS))
    return decision, decision.probabilities(SCORES)


def test_probabilities_are_calibrated():
    _, probabilities = fitted()
    for low in np.arange(0, 1, 0.2):
        inside = (probabilities >= low) & (probabilities < low + 0.2)
        assert TRUTH[inside].mean() == pytest.approx(probabilities[inside].mean(), abs=0.08)


def test_thresholds_come_close_to_the_best_f1():
    decision, probabilities = fitted()
    decided = decision.decide(probabilities)
    for k in range(2):
        hits = (decided[:, k] & TRUTH[:, k]).sum()
        f1 = 2 * hits / (decided[:, k].sum() + TRUTH[:, k].sum())
        assert f1 > best_f1(probabilities[:, k], TRUTH[:, k])[0] - 0.03


def test_the_precision_asked_for_is_kept_topic_by_topic():
    decision, probabilities = fitted(objective="precision", precision=0.6, targets={"often": 0.95})
    decided = decision.decide(probabilities)
    precision = (decided & TRUTH).sum(axis=0) / decided.sum(axis=0)
    assert precision[0] == pytest.approx(0.95, abs=0.02)
    assert precision[1] == pytest.approx(0.6, abs=0.05)


def test_a_precision_that_no_threshold_gives_leaves_the_topic_out():
    scores = RANDOM.normal(size=(400, 1))
    truth = np.zeros((400, 1), bool)
    truth[np.argsort(scores[:, 0])[:20]] = True  # the scores point the wrong way
    settings = DecisionSettings(objective="precision", precision=0.95)
    decision = fit_decision(scores, truth, FOLDS[:400], settings, topics("odd"))
    assert decision.decide(decision.probabilities(scores)).mean() < 0.02


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25])
def test_the_share_asked_for_goes_to_review(share):
    decision, probabilities = fitted(review_share=share)
    found = decision.in_review(probabilities).any(axis=1)
    assert found.mean() == pytest.approx(share, abs=0.002)


def test_texts_outside_review_are_decided_better():
    decision, probabilities = fitted(review_share=0.2)
    wrong = (decision.decide(probabilities) != TRUTH).any(axis=1)
    review = decision.in_review(probabilities).any(axis=1)
    assert wrong[~review].mean() < 0.7 * wrong[review].mean()


def test_exclusive_topics_get_the_highest_probability():
    truth = np.eye(3, dtype=bool)[RANDOM.integers(0, 3, 600)]
    scores = truth + RANDOM.normal(scale=0.5, size=(600, 3))
    taxonomy = topics("a", "b", "c", exclusive=True)
    decision = fit_decision(scores, truth, FOLDS[:600], DecisionSettings(), taxonomy)
    probabilities = decision.probabilities(scores)
    decided = decision.decide(probabilities)
    assert (decided.sum(axis=1) == 1).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)
    right = (decided == truth).all(axis=1)
    confidence = probabilities.max(axis=1)
    assert right.mean() == pytest.approx(confidence.mean(), abs=0.05)
    review = decision.in_review(probabilities).any(axis=1)
    assert review.mean() == pytest.approx(0.1, abs=0.01)
    assert right[~review].mean() > right[review].mean()


def test_where_every_text_has_a_topic_none_is_left_without():
    scores = SCORES[TRUTH.any(axis=1)]
    truth, folds = TRUTH[TRUTH.any(axis=1)], FOLDS[TRUTH.any(axis=1)]
    open_, complete = (
        fit_decision(scores, truth, folds, DecisionSettings(), topics(*IDS, complete=flag))
        for flag in (False, True)
    )
    before = open_.decide(open_.probabilities(scores))
    after = complete.decide(complete.probabilities(scores))
    assert not before.any(axis=1).all()
    assert after.any(axis=1).all()
    had_one = before.any(axis=1)
    assert (after[had_one] == before[had_one]).all()


def test_one_threshold_for_all_topics_serves_the_f1_over_all_of_them():
    decision, probabilities = fitted(objective="micro_f1")
    assert len(set(decision.thresholds.tolist())) == 1

    def micro_f1(threshold):
        decided = probabilities >= threshold
        return 2 * (decided & TRUTH).sum() / (decided.sum() + TRUTH.sum())

    best = max(map(micro_f1, np.arange(0.05, 1, 0.01)))
    assert micro_f1(decision.thresholds[0]) == pytest.approx(best, abs=0.002)


def test_a_topic_of_few_texts_is_calibrated_as_the_others_are():
    scores, truth = SCORES[:600].copy(), TRUTH[:600].copy()
    truth[:, 1] = False
    order = np.argsort(scores[:, 1])
    truth[order[[0, -1, -5]], 1] = True  # three texts, and a wrong label among them
    decision = fit_decision(
        scores, truth, FOLDS[:600], DecisionSettings(objective="micro_f1"), topics(*IDS)
    )
    assert decision.slopes[1] == pytest.approx(decision.slopes[0], rel=0.8)
    assert decision.slopes[1] > 0.1


def test_extreme_scores_stay_finite():
    for exclusive in (True, False):
        decision = Decision(np.ones(2), np.zeros(2), np.full(2, 0.5), 0.1, exclusive)
        probabilities = decision.probabilities(np.array([[1e30, -1e30], [-1e30, -1e30], [0, 0]]))
        assert np.isfinite(probabilities).all()
        assert np.isfinite(decision.distances(probabilities)).all()


@pytest.mark.parametrize(
    "settings",
    [{"objective": "recall"}, {"precision": 1.0}, {"review_share": 1.0}, {"targets": {"a": 0.0}}],
)
def test_a_setting_out_of_range_is_refused(settings):
    with pytest.raises(FenmenError, match="E_DECISION"):
        DecisionSettings(**settings)


# --- mixing and folds ---


def test_a_useless_member_gets_little_weight():
    noise = RANDOM.normal(size=SCORES.shape)
    weights = mix([SCORES, noise], TRUTH, exclusive=False).weights
    assert weights[0] > 0.75
    assert weights.sum() == pytest.approx(1)


def test_two_members_with_errors_of_their_own_are_both_used():
    other = np.where(TRUTH, 1.0, -1.0) + RANDOM.normal(size=(N, 2))
    weights = mix([SCORES, other], TRUTH, exclusive=False).weights
    assert weights.min() > 0.25


def test_members_of_exclusive_topics_are_weighed_for_accuracy():
    truth = np.eye(4, dtype=bool)[RANDOM.integers(0, 4, 2000)]
    good, other = (truth + RANDOM.normal(scale=0.7, size=truth.shape) for _ in range(2))
    noise = RANDOM.normal(size=truth.shape)
    skewed = good - [0.5, 0, 0, 0]
    found = mix([skewed, other, noise], truth, exclusive=True)
    assert found.weights[2] < 0.1 < 0.35 < found.weights[:2].min()
    assert found.bias[0] > found.bias[1:].max()
    accuracy = (found.combine([skewed, other, noise]).argmax(axis=1) == truth.argmax(axis=1)).mean()
    assert accuracy > (good.argmax(axis=1) == truth.argmax(axis=1)).mean() + 0.05


def test_folds_keep_groups_whole_and_topics_even():
    groups = [f"g{i // 3}" for i in range(N)]
    folds = assign_folds(TRUTH, groups, 5, seed=0)
    by_group = {}
    for group, fold in zip(groups, folds, strict=True):
        assert by_group.setdefault(group, fold) == fold
    assert np.ptp(np.bincount(folds)) <= 6
    for k in range(2):
        assert np.ptp(np.bincount(folds[TRUTH[:, k]], minlength=5)) <= 4


def test_folds_depend_on_nothing_but_the_seed():
    groups = [str(i) for i in range(N)]
    first, again, other = (assign_folds(TRUTH, groups, 4, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_more_folds_than_groups_are_refused():
    with pytest.raises(FenmenError, match="E_FOLDS.*3 folds of 2 groups"):
        assign_folds(TRUTH[:4], ["a", "a", "b", "b"], 3, seed=0)
