import pytest

from fenmen.articles.credits import inline_byline, own_line, sign_off
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
        ("（据新晨网）", ("", "新晨网")),
        ("记者从市民政局了解到，项目已经启动", None),
        ("社工上门服务老人", None),
    ],
)
def test_a_line_of_its_own_is_told_from_text(line, found):
    assert own_line(line) == found


def test_the_name_in_an_opening_is_read_and_stays_in_the_body():
    assert inline_byline("本报讯（记者 冯远 通讯员祁小雨）昨天上午，") == "冯远 祁小雨"
    assert inline_byline("近日，社工站（县级）启用。") == ""
