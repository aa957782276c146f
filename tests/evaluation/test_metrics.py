import numpy as np
import pytest

from fenmen.evaluation import metrics

TRUTH = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], dtype=bool)
DECIDED = np.array([[1, 0], [0, 1], [0, 0], [1, 1]], dtype=bool)


def test_the_figures_of_a_small_table_are_what_a_hand_counts():
    first, second = metrics.per_topic(TRUTH, DECIDED)
    assert (first.precision, first.recall, first.f1, first.support) == (0.5, 0.5, 0.5, 2)
    assert second.f1 == 1
    assert metrics.macro_f1(TRUTH, DECIDED) == 0.75
    assert metrics.micro_f1(TRUTH, DECIDED) == pytest.approx(2 * 3 / (4 + 4))
    assert metrics.subset_accuracy(TRUTH, DECIDED) == 0.5


def test_nothing_to_find_and_nothing_found_is_right():
    nothing = np.zeros((3, 1), dtype=bool)
    assert metrics.per_topic(nothing, nothing)[0].f1 == 1
    assert np.isnan(metrics.average_precision(nothing[:, 0], np.ones(3)))


def test_a_probability_that_means_what_it_says_has_no_calibration_error():
    truth = np.array([1, 0, 0, 0, 1, 1, 1, 0], dtype=bool)
    assert metrics.calibration_error(truth, np.array([0.25] * 4 + [0.75] * 4)) == 0
    assert metrics.calibration_error(truth, np.full(8, 0.95)) == pytest.approx(0.45)


def test_an_interval_holds_the_figure_and_draws_whole_groups():
    truth, decided = np.tile(TRUTH, (20, 1)), np.tile(DECIDED, (20, 1))
    groups = [str(i) for i in range(80)]
    low, high = metrics.interval(metrics.macro_f1, truth, decided, groups, draws=200)
    assert low < 0.75 < high
    whole = metrics.interval(metrics.macro_f1, truth, decided, ["one"] * 80, draws=10)
    assert whole == (0.75, 0.75)
