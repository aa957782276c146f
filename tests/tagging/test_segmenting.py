"""The compiled search for segments finds what the plain one finds."""

import random

import pytest

from fenmen.articles import segments, sentences
from fenmen.tagging.segmenting import spans_compiled, spans_one_by_one

pytest.importorskip("numba")
from fenmen.model.loops import segmenting as segment_loop

SIGNS = "社工站开门热线响了" * 3 + "。！？!?；;…”’」）】，,、：:\n\n \t\u3000\x85\u200b\ud83d😀a"


@pytest.mark.parametrize("seed", range(3))
def test_compiled_segments_are_those_of_the_plain_way(seed):
    chance = random.Random(seed)
    texts = ["".join(chance.choices(SIGNS, k=chance.choice([5, 400, 900]))) for _ in range(500)]
    texts += ["社" * chance.randrange(1200) + "，工" * chance.randrange(300) for _ in range(100)]
    assert spans_compiled(texts) == spans_one_by_one(texts)


def test_empty_texts_have_no_segments():
    assert spans_compiled(["", " \n", "社工站开门。"]) == [[], [], [(0, 6)]]
    assert spans_compiled([]) == []


def test_the_loop_knows_the_same_limits():
    for name in ("PARAGRAPH", "SENTENCE", "CLAUSE", "ANYWHERE"):
        assert getattr(segment_loop, name) == getattr(sentences, name)
    assert sentences._LONG_SENTENCE == segment_loop.LONG_SENTENCE
    assert sentences._HARD == segment_loop.HARD
    assert sentences.SHORTEST_PIECE == segment_loop.SHORT
    assert segments.LONGEST == segment_loop.LONGEST
    assert segments._UNDIVIDED == segment_loop.UNDIVIDED
