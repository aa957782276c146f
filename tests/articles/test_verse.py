import pytest

from fenmen.articles.pages import split_page

NEWS = "近日，榆树街道社区读书会迎来第一百期活动，四十多位读者分享各自读过的一本书。（冯远）"
HEAD = "河道保洁员换上新装备"
OTHER = "本报讯（记者 祁望）昨天，区河道管理所为八十名保洁员配发了救生衣和打捞艇。"
BARE = (
    "我在山的那一边\n点一盏灯\n风来的时候\n它就晃一晃\n像母亲在门口\n等晚归的人\n\n"
    "后来灯多了\n山就浅了\n一条路从书里\n走到每一扇窗前"
)
MARKED = (
    "你把窗帘拉开，\n阳光就进来了，\n像一个不敲门的孩子。\n\n"
    "我们数着点滴，\n数着日子，\n数着邻床的笑声。"
)


@pytest.mark.parametrize("poem", [BARE, MARKED])
def test_a_poem_among_articles_keeps_its_lines_its_title_and_its_poet(poem):
    page = split_page(
        f"读书会办到一百期\n{NEWS}\n\n给山里的灯\n叶小满\n\n{poem}\n\n{HEAD}\n{OTHER}\n"
    )
    news, verse, other = page.articles
    assert (verse.title, verse.byline) == ("给山里的灯", "叶小满")
    assert verse.body == poem.replace("\n\n", "\n")
    assert (other.title, other.body) == (HEAD, OTHER.removeprefix("本报讯（记者 祁望）"))
    assert news.byline == "冯远"


def test_a_list_of_headlines_at_the_foot_is_no_poem():
    foot = "读书会办到一百期\n街道书香满屋\n保洁员换新装\n河水清了三里\n今后天天巡河\n两次打捞有船"
    page = split_page(f"{NEWS}\n\n{OTHER}\n\n{foot}\n")
    assert len(page.articles) == 2
    assert page.articles[0].title.startswith("读书会办到一百期")
