"""Reprints: one story under other headlines, cuts, additions and credits."""

import random
import sqlite3
from dataclasses import dataclass, replace

import pytest
from opencc import OpenCC

from experiments.duplicates import measure
from fenmen.articles.article import Article
from fenmen.articles.duplicates import Reprints, find
from fenmen.articles.fingerprints import arabic, fingerprint
from fenmen.articles.pages import content_id
from fenmen.articles.reprint_groups import group_reprints
from fenmen.errors import FenmenError

FERRY = (
    "9月12日清晨六点，乌江边的龙塘渡口又响起了马达声。船工杨再兴今年五十八岁，在这条江上摆渡已有三百一十二个月，"
    "送过上学的娃娃，也送过临盆的产妇。",
    "上游建起大坝以后，江面宽了一倍，旧木船经不起浪。去年冬天，县交通局拨款19000元给渡口换了铁皮船，配齐四十件救生衣，"
    "杨再兴把每一件都试穿了一遍。",
    "对岸的桃子坪小学只剩23个学生，其中十七个要坐船。家长们轮流护送，谁家忙不开，杨再兴就把孩子一直送到校门口，"
    "再回来接下一船。",
    "“桥什么时候修好，我什么时候上岸。”他说。据了解，跨江大桥已列入明年的建设计划，桥长三百五十米，建成以后两岸往来只要三分钟。",
)
MARKET = (
    "城南旧货市场搬迁的消息传开以后，修表匠老邹的摊子前排起了队。四十年里他修好的座钟有两千多只，最老的一只是光绪年间的德国货。",
    "新市场在绕城路外，摊位费便宜三成，可是老主顾多半不会开车。老邹打算每周回来两个半天，在街口的报亭旁边支一张小桌。",
)
DISCLAIMER = (
    "本栏目刊登的各类信息由用户自行上传，市民日报社不对由此产生的任何交易纠纷承担连带责任，"
    "请读者谨慎甄别、理性消费，发现虚假内容可以向市场监督管理部门举报并索取书面答复。"
)


def article(*paragraphs, title="", source="day.txt", credit="", date=""):
    body = "\n".join(paragraphs)
    return Article(content_id(title, body), source, 1, title, "", body, "", credit, date)


def clusters(*articles):
    with Reprints() as index:
        for one in articles:
            index.add(one)
        return [index.cluster(one.id).id for one in articles]


FIRST = article(*FERRY, title="乌江渡口的摆渡人", source="a.txt")


@pytest.mark.parametrize(
    "paragraphs",
    [
        FERRY[:2],
        FERRY[1:],
        (FERRY[0], FERRY[2]),
        ("".join(FERRY),),
        ("本报讯（记者 冉小雨 通讯员 时光明）" + FERRY[0], *FERRY[1:]),
        ("编者按：小渡口，大民生。本报今天转载此文。", *FERRY),
        (*FERRY, *MARKET[:1]),
        tuple(p.replace("，", ",").replace("。", ".").replace("“", "「") for p in FERRY),
        tuple(p.replace("19000元", "1.9万元").replace("三百一十二", "３１２") for p in FERRY),
        tuple(p.replace("学生", "孩子").replace("据了解", "记者获悉") for p in FERRY),
        tuple(p.replace("人", "入").replace("日", "曰") for p in FERRY),
        (f"你坐过渡船吗？{FERRY[0][40:]}", *FERRY[1:3]),
    ],
)
def test_a_reprint_is_found_whatever_was_done_to_it(paragraphs):
    other = article(*paragraphs, title="他在江上送了一辈子人", credit="北方晨报")
    assert clusters(FIRST, article(*MARKET), other) == [FIRST.id, article(*MARKET).id, FIRST.id]


def test_the_longer_print_may_come_after_its_cut():
    short = article(*FERRY[:2])
    assert clusters(short, FIRST) == [short.id, short.id]


def test_stories_with_the_same_disclaimer_stay_apart():
    stories = [article(*written(seed, 3), DISCLAIMER) for seed in range(8)]
    assert len(set(clusters(*stories))) == len(stories)


def test_bulletins_that_differ_in_their_figures_stay_apart():
    text = (
        "市生态环境局发布上周空气质量周报：市区优良天数为{0}天，细颗粒物平均浓度为每立方米{1}微克，"
        "可吸入颗粒物平均浓度为每立方米{2}微克，二氧化氮{3}微克，臭氧{4}微克，首要污染物为细颗粒物，"
        "各县区排名与上周相同。"
    )
    weeks = [article(text.format(*f)) for f in ((5, 47, 88, 31, 102), (3, 29, 61, 26, 155))]
    assert len(set(clusters(*weeks))) == 2


def test_an_article_half_of_each_story_does_not_chain_them_together():
    one, two = written(1, 6), written(2, 6)
    both = article(*one[:4], *two[:4])
    found = clusters(article(*one), both, article(*two))
    assert found[0] != found[2]


def test_a_print_that_shows_two_clusters_to_be_one_joins_them():
    text = written(3, 9)
    early, late = article(*text[:5]), article(*text[3:])
    whole = article(*text)
    assert clusters(early, late)[0] != clusters(early, late)[1]
    assert clusters(early, late, whole) == [early.id] * 3


def test_short_texts_join_only_when_next_to_nothing_differs():
    notice = article("本周六上午停水三小时，请各户储水。")
    same = article("本周六上午停水3小时,请各户储水!", source="b.txt")
    other = article("本周日上午停电三小时，请各户备灯。")
    assert clusters(notice, same, other) == [notice.id, notice.id, other.id]
    assert len(set(clusters(article("短讯"), article("简讯"), article("")))) == 3


def test_a_cluster_names_its_first_source_and_its_outlets():
    prints = [
        replace(FIRST, source="day3.txt", date="2024-09-15", credit="人民网"),
        article(*FERRY, title="渡", source="day1.txt", date="2024-09-13"),
        article(*FERRY[:3], source="day2.txt", date="2024-09-14", credit="人民网"),
    ]
    with Reprints() as index:
        assert [index.add(one) for one in prints] == [True, False, False]
        found = index.cluster(prints[2].id)
    assert found.as_dict() == {
        "cluster": FIRST.id,
        "first_source": "day1.txt",
        "outlets": ["人民网", "day1.txt"],
    }
    assert found.articles == tuple(one.id for one in prints)


def test_find_streams_and_says_which_article_is_the_first_of_its_story():
    stream = find(iter([FIRST, article(*MARKET), article(*FERRY[:3])]))
    assert next(stream).first
    assert [sighting.first for sighting in stream] == [True, False]


def test_a_later_run_finds_the_stories_of_an_earlier_one(tmp_path):
    path = tmp_path / "reprints.index"
    with Reprints(path) as index:
        index.add(FIRST)
    with Reprints(path) as index:
        assert not index.add(article(*FERRY[:3], source="next.txt"))
        assert index.cluster(FIRST.id).outlets == ("a.txt", "next.txt")


def test_a_run_in_two_parts_finds_what_one_run_finds(tmp_path):
    stories = [written(seed, 5) for seed in range(8)]
    prints = [article(*text[cut:], DISCLAIMER) for cut in (0, 1, 2) for text in stories]
    with Reprints(tmp_path / "reprints.index") as index:
        for one in prints[:13]:
            index.add(one)
    with Reprints(tmp_path / "reprints.index") as index:
        for one in prints[13:]:
            index.add(one)
        parts = [index.cluster(one.id).id for one in prints]
    assert parts == clusters(*prints)


def test_adding_an_article_again_changes_nothing(tmp_path):
    with Reprints(tmp_path / "reprints.index") as index:
        assert index.add(FIRST)
        assert index.add(FIRST)
        assert index.cluster(FIRST.id).outlets == ("a.txt",)


def test_a_run_that_fails_leaves_the_index_as_it_was(tmp_path):
    path = tmp_path / "reprints.index"
    prints = iter([FIRST, None])
    with pytest.raises(AttributeError, match="id"), Reprints(path) as index:
        list(find(prints, index=index))
    with Reprints(path) as index:
        assert list(index.clusters()) == []


def test_an_index_holds_no_text(tmp_path):
    path = tmp_path / "reprints.index"
    with Reprints(path) as index:
        index.add(FIRST)
    assert "渡口".encode() not in path.read_bytes()


def test_a_file_that_is_no_index_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("第一行\n" * 400, "utf-8")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE letters (text TEXT)")
    other.close()
    for path in (tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "none" / "index"):
        with pytest.raises(FenmenError, match="E_INDEX.*(?:name another file)"):
            Reprints(path)


def test_a_damaged_index_is_refused_or_read_but_never_crashes(tmp_path):
    path = tmp_path / "reprints.index"
    with Reprints(path) as index:
        for seed in range(6):
            index.add(article(*written(seed, 4)))
    whole = path.read_bytes()
    rng = random.Random(1)
    for _ in range(60):
        hurt = bytearray(whole[: rng.choice((len(whole), rng.randrange(len(whole))))])
        for _ in range(min(len(hurt), 20)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        path.write_bytes(bytes(hurt))
        try:
            with Reprints(path) as index:
                index.add(FIRST)
                list(index.clusters())
        except FenmenError as error:
            assert error.code == "E_INDEX"  # noqa: PT017


def test_an_index_in_use_says_so(tmp_path):
    path = tmp_path / "reprints.index"
    with Reprints(path), pytest.raises(FenmenError, match="E_INDEX.*locked"):
        Reprints(path)


def test_reprints_of_the_evaluation_set_are_found_as_its_report_says():
    half = measure.split(30)[1]
    precision, recall, *_ = measure.figures([(half, measure.pairs_found(half))])
    assert float(precision) >= 0.99  # measured: 0.9945
    assert float(recall) >= 0.98  # measured: 0.9847


def test_an_article_never_added_has_no_cluster():
    with Reprints() as index, pytest.raises(FenmenError, match="E_ARTICLE.*add the article first"):
        index.cluster("0000")


@dataclass(frozen=True)
class Example:
    id: str
    text: str
    group: str


def test_groups_between_which_a_text_was_reprinted_become_one():
    examples = [
        Example("1", "".join(FERRY), "a"),
        Example("2", "".join(MARKET), "b"),
        Example("3", "".join(written(4, 3)), "c"),
        Example("4", "".join(FERRY[:3]), "b"),
    ]
    assert group_reprints(examples) == {"a": "a", "b": "a", "c": "c"}


def test_a_print_in_traditional_characters_is_the_same_story():
    simple = "".join(MARKET)
    traditional = OpenCC("s2t").convert(simple)
    assert traditional != simple
    found = fingerprint(simple).grams, fingerprint(traditional).grams
    assert len(set(found[0]) & set(found[1])) > 0.98 * len(found[0])


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("三百一十二名", "312名"),
        ("1.9万只", "19000只"),
        ("百分之五十", "50"),
        ("二〇二四年十月", "2024年10月"),
        ("1,234,567元", "1234567元"),
        ("一亿两千万", "120000000"),
        ("两点半到场3万5千人", "2点半到场35000人"),
        ("千万别忘了", "10000000别忘了"),
    ],
)
def test_a_number_reads_the_same_in_digits_and_in_characters(text, written_out):
    assert arabic(text) == written_out


def test_a_fingerprint_does_not_depend_on_punctuation_or_width():
    one, other = (
        fingerprint("他说：“２０２４年，ＡＢ 两地”。"),
        fingerprint('他说:"2024年, ab两地"'),
    )
    assert one.grams.tolist() == other.grams.tolist()


def written(seed, paragraphs):
    """Paragraphs that share next to nothing with those of another seed."""
    rng = random.Random(seed)
    return tuple(
        "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(60)) + "。"
        for _ in range(paragraphs)
    )
