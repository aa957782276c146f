"""Columns of news in brief, and tables, on a page."""

import pytest

from fenmen.articles.pages import split_page

STORY = (
    "桥工守桥头数过客\n"
    "　　镇里的便桥通行首日，桥工老郭在桥头守\n了一天，数出七百多人走过。他说，明年\n"
    "还要在桥边修一座凉亭，给过路的人歇脚。（林小满）\n"
)
SIGNED = {
    "★": (
        "★清河镇图书室周末延长开放\n两小时，借书证照旧。\n",
        "★柳林村的老水车又转了起来，\n磨坊免费开放。\n",
    ),
    "【": (
        "【清河镇】图书室周末延长开\n放两小时，借书证照旧。\n",
        "【柳林村】老水车又转了起来，\n磨坊免费开放。\n",
    ),
}


@pytest.mark.parametrize("sign", SIGNED)
@pytest.mark.parametrize("name", ["资讯", "要闻速览", "一周短波"])
def test_a_column_of_briefs_is_one_article_under_its_name(name, sign):
    page = split_page(f"{STORY}\n{name}\n" + "".join(SIGNED[sign]))
    story, briefs = page.articles
    assert (story.title, briefs.title) == ("桥工守桥头数过客", name)
    assert briefs.body.count("\n") == 1
    assert briefs.body.endswith("磨坊免费开放。")


def test_an_article_begins_below_a_column_of_briefs():
    page = split_page("资讯\n" + "".join(SIGNED["★"]) + STORY)
    assert [article.title for article in page.articles] == ["资讯", "桥工守桥头数过客"]


def test_items_with_headlines_of_their_own_are_no_column_of_briefs():
    page = split_page(
        "简讯\n◆图书室延时\n　　近日，清河镇图书室周末延长开放两小\n"
        "时，借书证照旧有效。（郭一凡）\n"
        "◆水车转起来\n　　近日，柳林村的老水车又转了起来，磨\n坊免费向孩子们开放。（林小满）\n"
    )
    assert [article.title for article in page.articles] == ["图书室延时", "水车转起来"]


def test_rows_of_a_table_are_text_of_their_article_and_no_headlines():
    page = split_page(
        "镇上蔬菜降价\n　　清河镇农贸站公布本周菜价，十种蔬菜\n比上周便宜，站里说雨水少是主因。\n"
        "品名 本周 上周\n黄瓜 2.35 2.68\n豇豆 4.10 4.77\n青菜 2.20 2.05\n"
        "　　站里预计，下周本地辣椒上市以后，菜\n价还会再降一些。（林小满）\n"
    )
    (article,) = page.articles
    assert article.title == "镇上蔬菜降价"
    assert "豇豆4.10 4.77\n青菜2.20 2.05\n站里预计" in article.body


def test_a_table_below_an_article_does_not_head_the_next():
    page = split_page(
        "镇上蔬菜降价\n　　清河镇农贸站公布本周菜价，十种蔬菜\n比上周便宜，站里说雨水少是主因。\n"
        "（林小满）\n附：本周菜价一览\n"
        "品名 本周 上周\n黄瓜 2.35 2.68\n豇豆 4.10 4.77\n青菜 2.20 2.05\n\n"
        "渡口换了节能灯\n　　渡口码头的二十盏路灯昨天全部换成了\n节能灯，夜里靠岸的船也看得更清。\n"
        "（郭一凡）\n"
    )
    titles = [(article.title, article.subtitle) for article in page.articles]
    assert titles == [("镇上蔬菜降价", ""), ("渡口换了节能灯", "")]
