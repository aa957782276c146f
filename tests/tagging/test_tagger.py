import json
from dataclasses import replace

import numpy as np
import pytest

import fenmen
from fenmen.articles.article import Article
from fenmen.tagging.tagged import Evidence, Tag, tag_dict, tag_json
from fenmen.tagging.tagger import combine

HOTLINE = (
    "晚上十一点，盐城12356心理援助热线的座席灯还亮着。接线员是精神科护士出身的心理咨询师，"
    "她先听了二十分钟，再问对方有没有伤害自己的念头。来电的高三女生说已经连续两个月失眠、情绪低落，"
    "不敢告诉父母。咨询师按危机干预流程留下联系方式，第二天一早转介给市第四人民医院的抑郁症门诊。"
)
RIVER = (
    "河长巡到新洋港下游，发现一处暗管正往河里排放带泡沫的污水。生态环境执法人员当场取样，"
    "化学需氧量超标四倍，企业被责令停产整改。同一河段去年刚完成湿地修复，岸边的水鸟回来了三十多种。"
)
FOOTBALL = (
    "补时第三分钟，替补登场的前锋在禁区右侧接队友横传推射远角得手，主队以二比一逆转。"
    "全场八千多名球迷高唱队歌，主教练赛后说，最难的客场已经过去，下一轮要把红黄牌控制住。"
)


def article(body, title=""):
    return Article("x", "page.txt", 1, title, "", body, "", "", "")


def test_an_article_gets_its_topics_with_words_of_its_body(tagger):
    tagged = tagger.tag(article(HOTLINE))
    assert [tag.topic for tag in tagged.tags] == ["mental_health"]
    (tag,) = tagged.tags
    assert tag.name == "心理健康"
    assert tag.evidence
    for piece in tag.evidence:
        assert HOTLINE[piece.start : piece.end] == piece.text
        assert piece.weight > 0
    weights = [piece.weight for piece in tag.evidence]
    assert weights == sorted(weights, reverse=True)


def test_a_text_outside_all_topics_gets_none(tagger):
    tagged = tagger.tag(FOOTBALL)
    assert tagged.tags == ()
    assert tagged.status in ("no_topic", "review")


def test_two_topics_in_different_paragraphs_are_both_found_and_told_apart_by_segment(tagger):
    tagged = tagger.tag(article(f"{HOTLINE}{HOTLINE}\n{RIVER}{RIVER}{RIVER}"))
    assert {tag.topic for tag in tagged.tags} >= {"mental_health", "environment"}
    first, second = tagged.segments[0], tagged.segments[1]
    assert first.probabilities["mental_health"] > second.probabilities["mental_health"]
    assert second.probabilities["environment"] > first.probabilities["environment"]


def test_evidence_is_found_in_the_paragraph_that_speaks_for_the_topic(tagger):
    body = f"{FOOTBALL}\n{FOOTBALL[::-1]}\n{RIVER}"
    tagged = tagger.tag(article(body))
    tag = next(tag for tag in tagged.tags if tag.topic == "environment")
    assert all(piece.start >= body.index(RIVER) for piece in tag.evidence)


def test_many_articles_stream_in_order_and_equal_one_by_one(tagger):
    given = [article(text) for text in (HOTLINE, RIVER, FOOTBALL)] * 30
    stream = tagger.tag_many(iter(given))
    first = next(stream)
    assert first.article == given[0]
    together = [first, *stream]
    assert [t.as_dict() for t in together] == [tagger.tag(a).as_dict() for a in given]


def test_a_tagged_article_is_one_json_line(tagger):
    data = json.loads(json.dumps(tagger.tag(article(HOTLINE, "深夜的座席")).as_dict()))
    assert list(data) == [
        *("id", "source", "page", "title", "subtitle", "body", "byline", "credit", "date"),
        *("tags", "status", "reason", "segments", "model"),
    ]
    assert set(data["tags"][0]) == {"topic", "name", "probability", "evidence"}
    assert set(data["tags"][0]["evidence"][0]) == {"start", "end", "text", "weight"}
    assert set(data["segments"][0]) == {"start", "end", "probabilities"}


def test_a_probability_near_its_threshold_goes_to_review_with_the_reason(tagger):
    status, reason = tagger._status(article(HOTLINE), [0.5] * len(tagger.topics), [0], ())
    assert status == "review"
    assert reason.startswith("接近界线：心理健康")


def test_too_little_text_goes_to_review(tagger):
    tagged = tagger.tag(article("社工来了。"))
    assert (tagged.status, tagged.reason) == ("review", "文字太少，难以判断")


def test_an_article_of_one_segment_scores_as_that_segment():
    scores = np.array([[0.3, -1.2]])
    assert combine(scores, np.array([120]), [0])[0] == pytest.approx(scores[0])


def test_an_article_scores_between_its_strongest_and_its_mean():
    scores = np.array([[2.0, -1.0], [-1.0, -1.0]])
    assert combine(scores, np.array([100, 300]), [0])[0] == pytest.approx([(2.0 - 0.25) / 2, -1.0])


def test_an_empty_text_is_refused(tagger):
    with pytest.raises(fenmen.FenmenError, match="E_EMPTY"):
        tagger.tag(" ◆■ ")


def test_a_missing_bundle_says_how_to_train_one(tmp_path):
    with pytest.raises(fenmen.FenmenError, match="E_BUNDLE_.*python -m src.train"):
        fenmen.load(tmp_path / "none")


def test_the_title_counts(tagger):
    neutral = article(FOOTBALL)
    titled = replace(neutral, title="球队心理咨询师谈运动员抑郁症的危机干预")
    before, after = tagger.tag(neutral), tagger.tag(titled)
    assert after.probabilities["mental_health"] > before.probabilities["mental_health"]


def test_a_tag_as_json_is_its_plain_data_as_json():
    evidence = (Evidence(0, 2, '热"线\n', 0.00004), Evidence(3, 5, "开\\门\x01", 1.23456))
    for tag in (Tag("health", "卫生", 0.98765, evidence), Tag("aid", "救助", 1.0)):
        assert tag_json(tag) == json.dumps(tag_dict(tag), ensure_ascii=False)
