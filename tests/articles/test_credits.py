import pytest

from fenmen.articles.credits import bare_names, inline_byline, own_line, sign_off
from fenmen.articles.traced import Traced


def signed(text):
    found = sign_off(Traced(text, range(len(text))))
    return found.text.text, found.byline, found.credit


@pytest.mark.parametrize(
    ("text", "byline", "credit"),
    [
        ("项目启动。（冯远）", "冯远", ""),
        ("项目启动。 (冯远)", "冯远", ""),
        ("项目启动。（记者 冯远）", "冯远", ""),
        ("项目启动。（本报记者 冯远 通讯员 祁小雨）", "冯远 祁小雨", ""),
        ("项目启动。（阿依古丽·买买提）", "阿依古丽·买买提", ""),
        ("项目启动。（据新晨网）", "", "新晨网"),
        ("项目启动。(据《新晨报》报道)", "", "新晨报"),
        ("项目启动。（来源：市妇联）", "", "市妇联"),
        ("项目启动。（据新晨网 冯远）", "冯远", "新晨网"),
        ("项目启动。（据新晨网）（冯远）", "冯远", "新晨网"),
        ("项目启动。（冯远）（完）", "冯远", ""),
        ("“项目启动了。”（冯远）", "冯远", ""),
        ("项目启动。（郝明、本社记者 徐安）", "郝明 徐安", ""),
        ("项目启动。（记者 上官文静 通讯员 司马文）", "上官文静 司马文", ""),
        ("项目启动。（记者 王 伟 通讯员 卢青）", "王伟 卢青", ""),
        ("项目启动。（冯远、祁小雨）", "冯远 祁小雨", ""),
        ("项目启动。（冯远 文/图）", "冯远", ""),
        ("项目启动。（文/冯远 图/卢青）", "冯远", ""),
        ("项目启动。（冯远/文 卢青/图）", "冯远", ""),
        ("项目启动。（新华社）", "", "新华社"),
        ("项目启动。（湖湾新闻）", "", "湖湾新闻"),
        ("项目启动。（据新华社北京5月3日电）", "", "新华社"),
        ("项目启动。（综合新华社、《新晨报》）", "", "新华社、新晨报"),
        ("项目启动。（本报综合）", "", ""),
    ],
)
def test_names_and_sources_are_taken_from_the_end(text, byline, credit):
    body = text[: text.index("（" if "（" in text else "(")].strip()
    assert signed(text) == (body, byline, credit)


@pytest.mark.parametrize(
    "text",
    [
        "成立“社工站”（以下简称站）",
        "他说。（笑）",
        "名单见右。（右图）",
        "来自昆明（云南）",
        "本报讯（记者 冯远）",
    ],
)
def test_other_brackets_stay_in_the_text(text):
    assert signed(text) == (text, "", "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("（冯远）", ("冯远", "")),
        ("本报记者 冯远", ("冯远", "")),
        ("文/冯远", ("冯远", "")),
        ("记者 冯远 通讯员 祁小雨", ("冯远 祁小雨", "")),
        ("来源：新晨网", ("", "新晨网")),
        ("本报记者 上官文静", ("上官文静", "")),
        ("文/冯远 图/祁小雨", ("冯远", "")),
        ("冯远/文 祁小雨/图", ("冯远", "")),
        ("□ 本报记者 冯远 摄影报道", ("冯远", "")),
        ("本报记者 冯远 祁小雨 北京报道", ("冯远 祁小雨", "")),
        ("记者 冯远 摄影 祁小雨", ("冯远", "")),
        ("文化站的故事", None),
        ("（据新晨网）", ("", "新晨网")),
        ("记者从市民政局了解到，项目已经启动", None),
        ("社工上门服务老人", None),
    ],
)
def test_a_line_of_its_own_is_told_from_text(line, found):
    assert own_line(line) == found


def test_a_byline_without_brackets_after_the_last_sentence_is_taken():
    assert signed("项目启动。 本报记者 冯远 文/图") == ("项目启动。", "冯远", "")
    assert signed("项目由记者 冯远") == ("项目由记者 冯远", "", "")


def test_where_the_author_works_ends_an_article_and_stays_in_it():
    text = "治水先治人。（作者系湖湾大学教授）"
    found = sign_off(Traced(text, range(len(text))))
    assert (found.text.text, found.ends) == (text, True)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("冯远 祁小雨", "冯远 祁小雨"),
        ("扈云舒", "扈云舒"),
        ("高考", ""),
        ("慈善榜", ""),
        ("黄河", ""),
        ("新馆启用了", ""),
    ],
)
def test_a_line_of_names_is_told_from_words(line, names):
    assert bare_names(line) == names


def test_the_name_in_an_opening_is_read_and_stays_in_the_body():
    assert inline_byline("本报讯（记者 冯远 通讯员祁小雨）昨天上午，") == "冯远 祁小雨"
    assert inline_byline("近日，社工站（县级）启用。") == ""
