import numpy as np
import pytest

from fenmen.model.spreading import Occurring, character_weights


def occurring(spans, weights):
    starts, ends = np.array(spans, np.int32).T
    return Occurring(np.zeros(len(spans), np.int32), starts, ends, np.array(weights))


def test_overlapping_terms_lose_nothing_of_their_weight():
    found = occurring([[0, 4], [0, 2], [5, 9], [2, 5]], [0.8, 0.5, 2.0, -0.3])
    by_character = character_weights(found, np.array([0, 15]))
    assert by_character.sum() == pytest.approx(3.0)
    assert by_character[0] == pytest.approx(0.8 / 4 + 0.5 / 2)


def test_texts_in_a_row_do_not_mix():
    found = Occurring(
        *(np.array(a, np.int32) for a in ([1, 0], [0, 1], [2, 3])), np.array([4.0, 6.0])
    )
    assert character_weights(found, np.array([0, 3, 5])).tolist() == [0, 3, 3, 2, 2]
