"""Titles set in two lines, and names of columns above headlines."""

import pytest

from fenmen.articles.break_weights import BREAK_WEIGHTS
from fenmen.articles.breaks import break_cues, break_score
from fenmen.articles.pages import split_page

FERRY = (
    "　　近日，青溪县水上派出所的巡逻艇给摆渡人换\n"
    "上了新救生衣，七个渡口四十六件，旧的当场收\n回剪断。\n"
    "　　所长欧阳澜说，有的救生衣比孩子的岁数还\n大，浮力早已不够，今后每年汛期前查一次。\n"
    "（伏小满）\n"
)
WELL = (
    "　　8月6日，石门村的老井重新封上了井盖。村\n"
    "里的志愿者量过，井口离小学操场只有四十步，\n去年有两个孩子趴在井沿上捞球。\n"
    "　　村委会主任闻人锦说，井盖上留了取水的小\n门，钥匙挂在值班室。\n（薄荷生）\n"
)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("青溪七个渡口的摆渡人", "换上新救生衣"), ("青溪水上派出所给渡口", "送去四十六件救生衣")],
)
def test_a_title_in_two_lines_is_one(upper, lower):
    (article,) = split_page(f"{upper}\n{lower}\n{FERRY}").articles
    assert (article.title, article.subtitle) == (upper + lower, "")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("石门村老井封上新井盖", "井口离操场只有四十步"),
        ("青溪县七个渡口更换救生衣", "石门村老井封上新井盖"),
    ],
)
def test_two_things_stay_two_lines(upper, lower):
    bodies = [FERRY.replace("\n", ""), WELL.replace("\n", "")]
    assert break_score(upper, lower, bodies) < 0


def test_a_title_in_two_lines_at_the_foot_goes_to_its_article_as_a_whole():
    page = split_page(
        f"{FERRY}{WELL}\n青溪七个渡口的摆渡人\n换上新救生衣\n\n石门村老井封上新井盖\n"
    )
    assert [a.title for a in page.articles] == [
        "青溪七个渡口的摆渡人换上新救生衣",
        "石门村老井封上新井盖",
    ]


def test_every_cue_of_a_break_has_its_weight():
    assert set(break_cues("石门村老井", "封上新井盖", [WELL])) == set(BREAK_WEIGHTS)


@pytest.mark.parametrize("name", ["渡口", "身 边", "乡村速览"])
def test_the_name_of_a_column_is_no_headline(name):
    page = split_page(f"{name}\n石门村老井封上新井盖\n{WELL}")
    (article,) = page.articles
    assert (article.title, article.subtitle) == ("石门村老井封上新井盖", "")
    assert ("column", name) in [(piece.reason, piece.text) for piece in page.leftovers]


def test_a_notice_and_a_short_title_are_no_columns():
    (notice,) = split_page(f"封井公告\n村委会提醒家长看好孩子\n{WELL}").articles
    (story,) = split_page(f"老井新盖\n石门村小学旁的一件小事\n{WELL}").articles
    assert "封井公告" in (notice.title, notice.subtitle)
    assert "老井新盖" in (story.title, story.subtitle)


def test_a_jump_below_a_headline_cuts_no_text():
    page = split_page(f"石门村老井封上新井盖\n（下转第4版）\n{WELL}")
    (article,) = page.articles
    assert article.title == "石门村老井封上新井盖"
    assert article.body.startswith("8月6日，")


def test_a_space_beside_letters_may_part_title_and_subtitle():
    line = "石门村老井封上新井盖，钥匙挂在值班室 志愿者用上了测距仪APP 量井口"
    (article,) = split_page(
        f"村口的老井有了GPS 石门村老井封上新井盖，离操场四十步\n{WELL}"
    ).articles
    assert "村口的老井有了GPS" in (article.title, article.subtitle)
    (whole,) = split_page(f"{line.replace('APP 量', ' APP 量')}\n{WELL}").articles
    assert "APP量井口" in whole.title + whole.subtitle


def test_numbers_between_rules_and_bars_belong_to_no_item_of_a_digest():
    body = "石门村的老井重新封上了井盖，钥匙挂在村委会值班室，取水的小门每天开两次。" * 2
    other = "青溪县水上派出所给七个渡口的摆渡人换上了四十六件新救生衣，旧的当场剪断。" * 2
    page = split_page(
        "乡村周报 > 一周\n2024-08-09 10:00 来源：青溪乡村网\n\n"
        f"━━━━ 01 ━━━━\n石门村老井封上新井盖\n\n{body}\n（来源：青溪晚报）\n\n"
        f"━━━━ 02 ━━━━\n青溪七个渡口换上新救生衣\n\n{other}\n（来源：青溪晚报）\n"
    )
    assert [a.title for a in page.articles] == ["石门村老井封上新井盖", "青溪七个渡口换上新救生衣"]
    assert not [a for a in page.articles if "━" in a.title + a.subtitle + a.body]


def test_the_place_behind_a_reporters_name_is_part_of_the_byline():
    (article,) = split_page(
        f"石门村老井封上新井盖\n本报记者 闻人锦 发自浙江青溪\n{WELL[: -len('（薄荷生）') - 1]}"
    ).articles
    assert (article.byline, article.subtitle) == ("闻人锦", "")
