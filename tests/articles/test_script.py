"""A page in traditional characters is split like its twin and stays as it was printed."""

import pytest

from fenmen.articles.pages import split_page
from fenmen.simplified import simplify

PAGE = """　　渡口村的衛生室裡新添了一間談話室，窗臺上擺著兩盆綠蘿。每週四下午，縣醫院的
醫生都會來這裡坐診。
　　「以前有了心事，只能悶在心裡。」村民關桂蘭說，如今村裡人不再把看心理醫生
當成丟人的事。（記者 陳曉、劉靜）
談話室開進衛生室
　　3月6日，濕地管理站的護鳥員在蘆葦蕩裡數出二百一十個鳥巢，比往年早了十天。
　　站長說，退出的魚塘重新蓄了淺水，白鷺自然肯來。（據縣融媒體中心）
白鷺提早回到蘆葦蕩
"""


@pytest.fixture(scope="module")
def pages():
    return split_page(PAGE), split_page(simplify(PAGE))


def test_the_articles_are_those_of_the_twin(pages):
    printed, twin = pages
    assert len(printed.articles) == 2
    for own, other in zip(printed.articles, twin.articles, strict=True):
        assert [simplify(own.title), simplify(own.body)] == [other.title, other.body]
        assert [simplify(own.byline), simplify(own.credit)] == [other.byline, other.credit]


def test_titles_bodies_and_signatures_keep_their_characters(pages):
    first, second = pages[0].articles
    assert first.title == "談話室開進衛生室"
    assert first.byline == "陳曉 劉靜"
    assert "「以前有了心事，只能悶在心裡。」村民關桂蘭說" in first.body
    assert second.title == "白鷺提早回到蘆葦蕩"
    assert "縣融媒體中心" in second.credit


def test_no_character_is_lost(pages):
    printed, _ = pages
    kept = "".join(
        [a.title + a.subtitle + a.body for a in printed.articles]
        + [leftover.text for leftover in printed.leftovers]
    )
    assert sorted("".join(kept.split())) == sorted("".join(PAGE.split()))
