import pytest

from fenmen.articles.pages import split_page

STORY = (
    "清晨五点半，卫生室的灯亮了。叶文秀把昨晚的病历重新摊开，一本一本补写随访记录。\n"
    "三十一年里，她写满了三百零七本。村里谁有高血压，谁对青霉素过敏，都在里面。\n"
    "去年，县里给每个村卫生室配了随访平板。她学得慢，却坚持每天录入十个人。"
)
HEADLINE = "一个乡村医生和她的三百本病历"


def web_page(above="", below=""):
    return split_page(f"{above}\n{HEADLINE}\n{below or '2025-03-01 08:15'}\n{STORY}\n")


def left(page):
    return {line: piece.reason for piece in page.leftovers for line in piece.text.split("\n")}


@pytest.mark.parametrize(
    ("line", "date", "credit", "byline"),
    [
        (
            "来源：东川晚报　作者：宋知微　时间：2025-01-30 08:12　字号：大 中 小",
            30,
            "东川晚报",
            "宋知微",
        ),
        ("2025-01-30 10:22 来源：东川晚报", 30, "东川晚报", ""),
        ("2025年01月30日 08:15 | 来源：东川晚报", 30, "东川晚报", ""),
        ("发布时间：2025-01-30 10:22  来源：市民政局  浏览次数：120", 30, "市民政局", ""),
        ("日期：2025年1月30日 浏览次数：120 字号：大 中 小 作者：", 30, "", ""),
        (
            "发布日期：2025-01-30 信息来源：市民政局 浏览次数：21 字号：[ 大 中 小 ]",
            30,
            "市民政局",
            "",
        ),
        ("2025-01-30 16:40:18 来源： 东川网 作者： 记者 丁一鸣", 30, "东川网", "丁一鸣"),
        ("东川网 2025-01-30 08:15", 30, "东川网", ""),
        ("原创 南湖公益 南湖公益 2025-01-30 18:30 浙江", 30, "", ""),
        ("原创 丁一鸣 南湖公益 2025-01-30 18:30 浙江", 30, "南湖公益", "丁一鸣"),
        ("2025/01/30 阅读 1,204", 30, "", ""),
        ("2025-01-30 09:17:33 来源：东川网 作者：丁一鸣 我要评论(6)", 30, "东川网", "丁一鸣"),
        ("文字｜顾晓棠", 0, "", "顾晓棠"),
        ("作者：周若谷  来源：清河县融媒体中心", 0, "清河县融媒体中心", "周若谷"),
    ],
)
def test_a_line_of_fields_gives_day_source_and_author(line, date, credit, byline):
    page = web_page(below=line)
    (article,) = page.articles
    assert (article.title, article.subtitle, article.body) == (HEADLINE, "", STORY)
    assert article.date == (f"2025-01-{date}" if date else "")
    assert (article.credit, article.byline) == (credit, byline)


def test_the_menu_above_the_trail_of_a_site_is_navigation():
    page = web_page(above="政务公开\n互动交流\n走进清河\n当前位置：首页 > 政务公开 > 公告")
    assert page.articles[0].title == HEADLINE
    assert {left(page)[line] for line in ("政务公开", "走进清河")} == {"navigation"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("【打印本页】 【关闭窗口】", "navigation"),
        ("T大 T小", "navigation"),
        ("听全文", "navigation"),
        ("- END -", "navigation"),
        ("关注该公众号", "navigation"),
        ("（文中人名均为化名）", "navigation"),
        ("热门标签：乡村医生 随访", "navigation"),
        ("图源：南湖公益", "caption"),
        ("（图：卫生室的药柜）", "caption"),
        ("扫一扫在手机打开当前页", "navigation"),
        ("阅读剩余全文（）", "navigation"),
        ("上一篇：全市社会救助业务培训班开班", "navigation"),
        ("关键词：留守儿童 社会工作", "navigation"),
        ("[ 责编： 孙亮 ]", "editor"),
        ("编辑｜小满", "editor"),
        ("主办：清河县民政局　承办：清河县信息中心", "disclaimer"),
        ("网站标识码：3700000000　鲁ICP备00000000号-1", "disclaimer"),
        ("关于我们 | 联系我们 | 广告服务 | 网站声明", "disclaimer"),
    ],
)
def test_what_a_site_sets_below_its_text_is_left_over_with_its_reason(line, reason):
    page = split_page(f"{HEADLINE}\n2025-03-01 08:15\n{STORY}\n{line}\n")
    assert page.articles[0].body == STORY
    assert {
        piece.reason for piece in page.leftovers if piece.start > page.text.index("十个人")
    } == {reason}


def test_a_list_of_other_articles_is_left_over_though_a_disclaimer_stands_below():
    text = (
        "相关阅读：\n·市图书馆春节不打烊\n·公交时刻表\n免责声明：本文与本网无关。如有侵权请联系。"
    )
    page = split_page(f"{HEADLINE}\n2025-03-01 08:15\n{STORY}\n{text}")
    assert [article.body for article in page.articles] == [STORY]
    assert left(page)["·市图书馆春节不打烊"] == "related"


def test_a_title_with_a_space_stays_whole_on_a_page_of_a_site():
    title = "社会工作者走进校园 为留守儿童上“情绪课”"
    page = split_page(f"{title}\n来源：清河网　2025-03-01 08:15\n{STORY}")
    assert (page.articles[0].title, page.articles[0].subtitle) == (title, "")


def test_attachments_below_a_notice_do_not_become_its_title():
    text = f"{HEADLINE}\n发布日期：2025-03-01 来源：民政局\n{STORY}\n附件：\n1. 病历表.docx"
    page = split_page(text)
    assert page.articles[0].title == HEADLINE


def test_a_reporter_who_asks_is_no_field_of_a_line():
    page = split_page(f"{HEADLINE}\n记者：多少钱？\n叶文秀：不要钱，从来没有收过一分钱。\n{STORY}")
    assert "记者：多少钱？" in page.articles[0].body


@pytest.mark.parametrize(
    "line",
    [
        "GREEN WEEKLY",
        "2024年11月18日 · 第46期",
        "社会工作观察 2024年第5期",
        "资讯 · 一线",
        "发行热线：（0451）0000000",
        "2024.5.14 星期二 责编：方晓棠 美编：冯煜",
    ],
)
def test_a_line_of_the_masthead_is_no_headline(line):
    page = split_page(f"{line}\n\n{HEADLINE}\n\n{STORY}（叶青）\n")
    assert (page.articles[0].title, page.articles[0].subtitle) == (HEADLINE, "")
    assert left(page)[line] == "folio"


def test_a_line_that_begins_with_a_month_is_text():
    lines = (
        "2023年11月，全县卫星火点由",
        "2019年同期的318个降至7个，平均",
        "浓度下降三成，云看得见了。",
    )
    wrapped, story = "\n".join(lines), "".join(lines)
    page = split_page(f"秸秆不烧了\n\n{STORY}\n{wrapped}（卢长青）")
    assert page.articles[0].body == f"{STORY}\n{story}"


@pytest.mark.parametrize("line", ["A- A+ 打印 收藏 举报", "原标题：清河镇表彰乡村医生"])
def test_buttons_and_the_title_that_a_copy_had_before_are_no_headline(line):
    page = web_page(below=f"2025-03-01 08:15 来源：东川晚报\n{line}")
    (article,) = page.articles
    assert (article.title, article.subtitle) == (HEADLINE, "")
    assert left(page)[line] == "navigation"
