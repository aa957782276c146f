from collections import Counter

import numpy as np

from fenmen.evaluation.curves import calibration, confusions, histogram, precision_recall
from fenmen.evaluation.metrics import average_precision

HAS = np.array([1, 1, 0, 1, 0, 0], dtype=bool)
PROBABILITY = np.array([0.9, 0.8, 0.8, 0.4, 0.2, 0.0])


def test_the_curve_has_a_point_for_each_threshold_that_differs():
    curve = precision_recall(HAS, PROBABILITY)
    assert curve.threshold.tolist() == [0.9, 0.8, 0.4]
    assert np.allclose(curve.recall, [1 / 3, 2 / 3, 1])
    assert np.allclose(curve.precision, [1, 2 / 3, 3 / 4])


def test_a_long_curve_is_thinned_and_keeps_its_area():
    random = np.random.default_rng(0)
    has = random.random(5000) < 0.2
    probability = np.clip(0.3 * has + 0.7 * random.random(5000), 0, 1)
    curve = precision_recall(has, probability)
    assert len(curve.recall) <= 202
    steps = np.diff(curve.recall, prepend=0) * curve.precision
    assert abs(steps.sum() - average_precision(has, probability)) < 0.01


def test_a_topic_that_no_text_has_has_no_curve():
    assert len(precision_recall(np.zeros(3, bool), np.ones(3)).recall) == 0


def test_each_bin_tells_its_mean_probability_and_how_much_is_true():
    bins = calibration(HAS, PROBABILITY)
    assert [(b.rows, b.true_share) for b in bins] == [(1, 0), (1, 0), (1, 1), (2, 0.5), (1, 1)]
    assert bins[-1].probability == 0.9


def test_the_histogram_counts_both_sides():
    without, with_ = histogram(HAS, PROBABILITY, bins=5)
    assert without.tolist() == [1, 1, 0, 0, 1]
    assert with_.tolist() == [0, 0, 1, 0, 2]


def test_a_missed_topic_is_paired_with_the_one_given_instead():
    truth = np.array([[1, 0], [1, 0], [1, 1], [0, 0], [0, 0]], dtype=bool)
    decided = np.array([[0, 1], [0, 0], [1, 1], [0, 1], [0, 0]], dtype=bool)
    assert confusions(truth, decided) == Counter(
        {(0, 1): 1, (0, -1): 1, (0, 0): 1, (1, 1): 1, (-1, 1): 1, (-1, -1): 1}
    )
