"""Which lines of a headline are its title, and which its subtitle."""

import pytest

from fenmen.articles.pages import split_page
from fenmen.articles.title_cues import title_cues
from fenmen.articles.title_weights import TITLE_WEIGHTS, WORDING_WEIGHTS
from fenmen.articles.title_wording import wording_score

STORY = (
    "　　清河镇的卫生院每周三晚上开一堂课，讲怎\n"
    "样睡得着觉。头一堂只来了七个人，如今坐满\n了一屋子。\n"
    "　　医生叶文秀说，来的多半是老人，白天闲下\n来，夜里就睡不踏实，先从少喝浓茶讲起。\n"
)


@pytest.mark.parametrize(
    ("lines", "title", "subtitle"),
    [
        (
            "卫生院的“瞌睡课”\n———清河镇把失眠门诊搬到晚上",
            "卫生院的“瞌睡课”",
            "清河镇把失眠门诊搬到晚上",
        ),
        ("睡不着的人\n都来上一堂课", "睡不着的人都来上一堂课", ""),
        (
            "睡不着的人\n都来上一堂课\n——清河镇卫生院的晚间门诊",
            "睡不着的人都来上一堂课",
            "清河镇卫生院的晚间门诊",
        ),
        (
            "对话清河镇卫生院医生叶文秀\n“先从少喝浓茶讲起”",
            "“先从少喝浓茶讲起”",
            "对话清河镇卫生院医生叶文秀",
        ),
        (
            "浙江一卫生院请社工教人睡觉\n夜里亮着的一盏灯",
            "夜里亮着的一盏灯",
            "浙江一卫生院请社工教人睡觉",
        ),
        (
            "“睡得着”健康讲座在清河镇举行\n普及睡眠知识 守护身心健康",
            "“睡得着”健康讲座在清河镇举行",
            "普及睡眠知识 守护身心健康",
        ),
        (
            "普及睡眠知识 守护身心健康 清河镇卫生院每周三晚上开办失眠夜间门诊",
            "清河镇卫生院每周三晚上开办失眠夜间门诊",
            "普及睡眠知识 守护身心健康",
        ),
    ],
)
def test_a_headline_of_several_lines_is_parted_as_it_was_meant(lines, title, subtitle):
    (article,) = split_page(f"{lines}\n{STORY}").articles
    assert (article.title, article.subtitle) == (title, subtitle)


def test_who_acts_and_what_was_done_are_one_title_in_two_lines():
    page = split_page(
        "清河县乡村医生协会\n三批药箱送进山里\n"
        "　　近日，清河县连降大雨，六个村断了路。清河县\n乡村医生协会连夜装好药箱，"
        "由骡马分三批送进\n山里。（林小满）\n"
    )
    (article,) = page.articles
    assert (article.title, article.subtitle) == ("清河县乡村医生协会三批药箱送进山里", "")


def test_what_an_article_names_as_its_aim_is_not_its_news():
    body = "为普及睡眠知识，守护身心健康，近日，清河镇卫生院办起夜间讲座。"
    plain = "近日，清河镇卫生院办起夜间讲座。"
    aim = "普及睡眠知识 守护身心健康"
    assert title_cues(aim, 0.0, body)["lead"] == title_cues(aim, 0.0, plain)["lead"] == 0


def test_the_weights_name_the_cues_and_are_small():
    assert set(TITLE_WEIGHTS) == set(title_cues("清河镇的瞌睡课", 0.0, STORY))
    assert all(0 < abs(weight) < 1 for weight in WORDING_WEIGHTS)


def test_spaces_within_a_line_do_not_change_its_wording():
    assert wording_score("清河镇 12 名村医") == wording_score("清河镇12名村医")


def test_a_headline_above_flush_text_is_not_its_first_line():
    flush = [
        "清河镇的卫生院每周三晚上开一堂课，讲怎样\n睡得着觉。头一堂只来了七个人，如今坐满了\n一屋子。",
        "医生叶文秀说，来的多半是老人，白天闲下来\n夜里就睡不踏实，她先从少喝浓茶讲起，再讲\n别赖床。",
        "课上不开药，只发一张纸，记下几点躺下几点\n醒来。一个月后，纸上的黑夜短了，白天长了\n许多。",
        "镇里的老人把这张纸贴在床头，见面先问昨夜\n睡得怎样。叶文秀说，问的人多了，怕的人就\n少了。（林小满）",
    ]
    lamp = (
        "渡口码头的二十盏路灯昨天全部换成了节能灯\n"
        "码头管理所说，一年能省四千度电，夜里靠岸\n的船也看得更清。"
    )
    page = split_page("\n".join(["卫生院里的瞌睡课", *flush, "渡口的路灯，夜里都亮了", lamp]))
    assert [article.title for article in page.articles] == [
        "卫生院里的瞌睡课",
        "渡口的路灯，夜里都亮了",
    ]


def test_items_of_a_list_with_signs_before_them_are_text():
    page = split_page(
        "一周短波\n▲清河镇近日为237名村\n医发放首笔补贴，每人每\n月150元。\n▲渡口码头关闭最后一家\n"
        "采砂场，腾出的河滩将种\n上柳树。\n▲镇图书室添了三百册新\n书，周末开到晚上九点。\n"
    )
    (article,) = page.articles
    assert article.title == "一周短波"
    assert article.body.startswith("清河镇近日为237名村医发放")


def test_short_headings_between_unsigned_parts_stay_in_their_article():
    page = split_page(
        "卫生院里的瞌睡课\n□ 本报记者 郭一凡\n" + STORY + "第一堂课\n"
        "　　叶文秀的课在卫生院三楼，夜里只亮一盏灯\n"
        "，睡不着的老人坐在灯下，先说昨夜几点睡着，\n再说几点醒来。\n"
        "一张白纸\n"
        "　　叶文秀发给老人一张白纸，记下几点躺下、\n"
        "几点醒来。卫生院的老人把白纸贴在床头，夜里\n睡不着就看一眼。\n"
    )
    (article,) = page.articles
    assert [line for line in article.body.split("\n") if len(line) < 6] == ["第一堂课", "一张白纸"]
