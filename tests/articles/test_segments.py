import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenmen.articles.readers import plain_article
from fenmen.articles.segments import LONGEST, SHORTEST, segment_spans, segments

SENTENCE = "社工每周三上门，陪老人量血压、理药盒、说说话。"
TEXTS = st.lists(
    st.sampled_from(
        [
            SENTENCE,
            "“谢谢！”她说。",
            "好。",
            "一" * 170 + "。",
            "先，" * 90 + "后。",
            "项目有三步；",
            "\n",
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


@given(TEXTS)
def test_segments_keep_to_the_limits_and_cover_the_whole_body(text):
    spans = segment_spans(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(end - start <= LONGEST for start, end in spans)
    if len(text.replace("\n", "")) >= 2 * LONGEST:
        assert all(end - start >= SHORTEST for start, end in spans)


def test_offsets_point_into_the_body():
    article = plain_article("\n".join([SENTENCE * 9, SENTENCE * 3, SENTENCE * 14]))
    cut = segments(article)
    assert len(cut) == 2
    for number, segment in enumerate(cut):
        assert segment.text == article.body[segment.start : segment.end]
        assert (segment.index, segment.article_id) == (number, article.id)


def test_a_short_body_is_one_segment():
    article = plain_article("社工上门了。")
    assert [segment.text for segment in segments(article)] == ["社工上门了。"]


def test_paragraphs_and_quotes_stay_whole():
    quote = "“" + "我每天都来站里坐一坐，" * 12 + "心里踏实。”"
    text = "\n".join([SENTENCE * 6, quote * 2, SENTENCE * 6])
    assert [text[a:b] for a, b in segment_spans(text)] == text.split("\n")


@pytest.mark.parametrize("piece", ["的", "好。", "好\n", "，", "社工\n\n"])
def test_cutting_takes_linear_time(piece):
    started = time.process_time()
    segment_spans(piece * 200_000)
    assert time.process_time() - started < 60  # usually a third of one; quadratic, an hour
