import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenmen.articles.clean import clean, trace_line

STREWN = st.text(
    alphabet="社工 　◆■★○二０ａＡ12ab,，。”“\u200b\ufeff\u202e\x07\ud800\n\t-—", max_size=80
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("◆社工◆★上门■，送去◆服务◆。", "社工上门，送去服务。"),
        ("3月 20日至 22日", "3月20日至22日"),
        ("自 2021 年起，做无创 DNA 检查", "自2021年起，做无创DNA检查"),
        ("２０２４年的ＡＥＤ，占１５％", "2024年的AED，占15%"),
        ("零\u200b宽\ufeff和\u202e方向\u202c", "零宽和方向"),
        ("Open Mind 的 Deep Blue", "Open Mind的Deep Blue"),
        ("表示, 近年来", "表示,近年来"),
        ("守护江河 共建家园", "守护江河 共建家园"),
        ("编 辑 部 启事", "编辑部 启事"),
        ("二○二四年○", "二○二四年"),
        ("第一段。\n\n　　第二段。\n★★★\n", "第一段。\n第二段。"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_layout_goes_and_what_is_said_stays(given_text, expected):
    assert clean(given_text) == expected


@given(STREWN | st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_the_result_always_encodes(text):
    once = clean(text)
    once.encode("utf-8")
    assert clean(once) == once


@given(STREWN)
def test_every_kept_character_is_traced_to_its_place(text):
    line = text.replace("\ud800", "").replace("\n", "")
    traced = trace_line(line, 100)
    assert list(traced.at) == sorted(set(traced.at))
    assert len(traced.at) == len(traced.text)
    for character, offset in zip(traced.text, traced.at, strict=True):
        source = line[offset - 100]
        assert character in (source, unicodedata.normalize("NFKC", source), " ")


@pytest.mark.parametrize("piece", ["◆", " ", "一 ", "a　", "○", "\u200b工", "-"])
def test_cleaning_takes_linear_time(piece):
    started = time.process_time()
    clean(piece * 60_000)
    assert time.process_time() - started < 30  # usually a tenth of one
