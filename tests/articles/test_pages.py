import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenmen.articles.pages import split_page
from fenmen.errors import FenmenError

from .composer import Style, Written, compose, written_articles
from .scoring import lost, report, score, squash

SCHOOL = (
    "近日，河口县第一所乡村图书馆在渡口村小学开馆，一万两千册图书全部由读者捐赠。\n"
    "馆长纪明舟说，图书馆白天归学生，傍晚归村民，借书不要押金，写下名字就能带走。\n"
    "开馆第一天，村里的老船工借走了一本《河流的故事》，他说要念给孙子听。"
)
HERONS = (
    "4月9日，湖湾湿地的白鹭比往年早到了半个月，护鸟员在芦苇荡里数出三百一十七个鸟巢。\n"
    "护鸟员祁望山介绍，去年秋天退出的鱼塘重新蓄了浅水，小鱼小虾多了，白鹭自然肯来。\n"
    "湿地管理站提醒游客，繁殖期内请走木栈道，不要用无人机惊扰白鹭。"
)
KITCHEN = (
    "中午十一点半，桐荫社区的老年食堂飘出饭香，八十岁的郑奶奶端着餐盘找到了老位子。\n"
    "食堂由社区和一家餐饮企业合办，两荤两素收十二元，八十岁以上的老人再减三元。\n"
    "社区书记说，送餐员每天还要敲开二十六户独居老人的门，饭送到，人也看到。"
)

LIBRARIES = (
    "日前，青川县乡村图书馆联盟成立大会在县文化馆举行，"
    "全县三十一座乡村图书馆的馆员参加，会议通过了联盟章程，"
    "明确图书馆之间的图书可以通借通还，读者在任何一座图书馆都能借到其他图书馆的书。\n"
    "联盟首任理事长纪明舟介绍，乡村图书馆规模小、新书少，"
    "读者借不到想看的书，联盟成立以后，图书馆之间每月交换一次图书，"
    "全县读者可以借阅的图书一下子多了八倍。\n"
    "县图书馆馆长表示，县图书馆将为联盟的乡村图书馆培训馆员，帮助图书馆整理图书，并为读者举办讲座。",
    "近日，白水乡图书馆推出面向老人的夜读课，"
    "每周三晚上由图书馆的馆员带着老人读书读报，图书馆还为老人准备了大字图书和老花镜，"
    "首堂夜读课就来了四十七位老人。\n"
    "馆员祁小雨说，白水乡的图书馆白天多是学生读者，"
    "老人想来读书却不认得多少字，夜读课就是为老人办的，"
    "老人读书，馆员来念，图书馆的灯要亮到晚上九点。\n"
    "七十六岁的读者石大娘说，她在图书馆听完了一本书，回家讲给老伴听，下一堂夜读课还要来。",
)


def column(text, width):
    """A paragraph in lines of one width, the first one two characters narrower."""
    first, rest = text[: width - 2], text[width - 2 :]
    return [first, *(rest[i : i + width] for i in range(0, len(rest), width))]


def laid(body, width):
    return "\n\n".join(line for paragraph in body.split("\n") for line in column(paragraph, width))


def bodies(page):
    return [article.body for article in page.articles]


def test_wrapped_lines_become_paragraphs_again():
    page = split_page(f"乡村图书馆开馆\n\n{laid(SCHOOL, 13)}\n")
    assert bodies(page) == [SCHOOL]
    assert page.articles[0].title == "乡村图书馆开馆"


def test_articles_end_at_their_bylines():
    text = f"{laid(SCHOOL + '（冯远）', 13)}\n\n{laid(HERONS + '（据湖湾晚报）', 16)}\n\n"
    page = split_page(text + laid(KITCHEN + "（记者 祁小雨）", 11))
    assert bodies(page) == [SCHOOL, HERONS, KITCHEN]
    assert [a.byline for a in page.articles] == ["冯远", "", "祁小雨"]
    assert [a.credit for a in page.articles] == ["", "湖湾晚报", ""]


def test_headlines_at_the_foot_of_the_page_return_to_their_articles():
    text = f"{laid(SCHOOL + '（冯远）', 13)}\n\n{laid(HERONS + '（冯远）', 16)}\n\n"
    text += "湖湾湿地迎来三百窝白鹭\n退出的鱼塘成了浅滩\n\n渡口村小学里开了图书馆\n"
    page = split_page(text)
    assert [a.title for a in page.articles] == ["渡口村小学里开了图书馆", "湖湾湿地迎来三百窝白鹭"]
    assert page.articles[1].subtitle == "退出的鱼塘成了浅滩"


def test_headlines_at_the_head_of_the_page_return_to_their_articles():
    text = "桐荫社区老年食堂飘出饭香\n\n渡口村小学里开了图书馆\n\n"
    page = split_page(text + f"{laid(SCHOOL + '（冯远）', 13)}\n\n{laid(KITCHEN + '（冯远）', 16)}")
    assert [a.title for a in page.articles] == [
        "渡口村小学里开了图书馆",
        "桐荫社区老年食堂飘出饭香",
    ]


def test_title_and_subtitle_on_one_line_are_told_apart():
    head = "守护浅滩，接回老邻居 湖湾湿地迎来三百窝白鹭"
    (article,) = split_page(f"{head}\n\n{laid(HERONS + '（冯远）', 11)}").articles
    assert (article.title, article.subtitle) == ("湖湾湿地迎来三百窝白鹭", "守护浅滩，接回老邻居")


def test_a_paragraph_cut_by_a_column_break_is_one_paragraph():
    first, second, third = SCHOOL.split("\n")
    page = split_page(f"乡村图书馆开馆\n\n{first}\n\n{second[:25]}\n\n\n{second[25:]}\n\n{third}\n")
    assert bodies(page) == [SCHOOL]


def test_a_plain_article_file_and_a_plain_string_just_work():
    assert bodies(split_page(f"乡村图书馆开馆\n{SCHOOL}\n")) == [SCHOOL]
    (article,) = split_page("社工上门陪老人说话。").articles
    assert (article.title, article.body) == ("", "社工上门陪老人说话。")


def test_a_web_copy_gives_date_source_author_and_leaves_the_rest():
    text = f"""首页
新闻中心
湖湾湿地迎来三百窝白鹭
湖湾湿地迎来三百窝白鹭
发布时间：2024-04-10 09:30  来源：湖湾晚报  作者：冯远
　　{HERONS.replace(chr(10), chr(10) + "　　")}
责任编辑：卢青
相关新闻
2024-04-09
湿地公园新添观鸟屋
了解更多
版权所有 湖湾晚报社
"""
    page = split_page(text)
    (article,) = page.articles
    assert (article.title, article.body) == ("湖湾湿地迎来三百窝白鹭", HERONS)
    assert (article.date, article.credit, article.byline) == ("2024-04-10", "湖湾晚报", "冯远")
    reasons = {piece.reason for piece in page.leftovers}
    assert reasons >= {
        "navigation",
        "duplicate_headline",
        "date",
        "editor",
        "related",
        "disclaimer",
    }


def test_paragraphs_of_one_long_line_each_stay_apart_when_all_are_set_in():
    page = split_page("\n".join(f"　　{paragraph}" for paragraph in SCHOOL.split("\n")))
    assert bodies(page) == [SCHOOL]


def test_a_line_of_text_that_begins_with_a_day_of_the_week_is_no_folio():
    text = (
        "志愿者每逢周二、周五到驿站和工地\n周二、周五到驿站和工地\n给快递员和工人送去热水和药箱。"
    )
    assert not split_page(text).leftovers


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("阅读 1024 点赞 在看", "navigation"),
        ("微信扫一扫关注该公众号", "navigation"),
        ("新晨报 2024年3月26日 星期二 05版 新闻", "folio"),
        ("星期五 第3版", "folio"),
        ("（上接A01版）", "jump"),
        ("主编：冯远 美编：卢青", "editor"),
    ],
)
def test_a_line_of_furniture_is_left_over_with_its_reason(line, reason):
    page = split_page(f"{line}\n渡口村小学里开了图书馆\n\n{laid(SCHOOL, 15)}")
    assert bodies(page) == [SCHOOL]
    assert [(piece.text, piece.reason) for piece in page.leftovers] == [(line, reason)]


def test_a_caption_of_several_lines_interrupts_no_sentence():
    lines = laid(HERONS, 14).split("\n\n")
    lines[2:2] = [
        "图为白鹭掠过水面，落在新铺的",
        "木栈道旁。 湖湾晚报记者 冯远 摄",
        "▼浅滩上的鸟巢。",
        "祁小雨 摄",
    ]
    page = split_page("\n\n".join(lines))
    assert bodies(page) == [HERONS]
    assert {piece.reason for piece in page.leftovers} == {"caption", "decoration"}


def test_an_article_that_goes_on_elsewhere_ends_there_and_its_rest_begins_one():
    cut = laid(SCHOOL, 13).split("\n\n")[:6]
    rest = laid(KITCHEN, 13)
    text = "\n".join(["渡口村小学里开了图书馆", *cut, "（下转第4版）", "湖湾湿地迎来三百窝白鹭"])
    page = split_page(f"{text}\n{laid(HERONS, 13)}\n（上接第1版）\n{rest}")
    assert bodies(page)[1:] == [HERONS, KITCHEN]
    assert squash(bodies(page)[0]) == squash("".join(cut))


def test_a_sentence_of_the_article_set_large_is_left_over():
    one, two, three = SCHOOL.split("\n")
    lines = [*column(one, 13), *column(two, 13), "借书不要押金", "写下名字就能带走"]
    page = split_page("渡口村小学里开了图书馆\n" + "\n".join([*lines, *column(three, 13)]))
    assert bodies(page) == [SCHOOL]
    assert {piece.reason for piece in page.leftovers} == {"pull_quote"}


def test_bylines_between_headline_and_text_open_their_articles():
    head = "渡口村小学里开了图书馆\n本报记者 冯远 通讯员 卢青\n"
    other = "湖湾湿地迎来三百窝白鹭\n■ 祁小雨\n"
    page = split_page(f"{head}{laid(SCHOOL, 13)}\n{other}{laid(HERONS, 13)}")
    assert bodies(page) == [SCHOOL, HERONS]
    assert [article.byline for article in page.articles] == ["冯远 卢青", "祁小雨"]


def test_bylines_above_the_text_open_it_where_all_headlines_stand_at_the_foot():
    text = f"本报记者 冯远\n{laid(SCHOOL, 13)}\n本报记者 卢青 文/图\n{laid(HERONS, 13)}\n"
    page = split_page(text + "湖湾湿地迎来三百窝白鹭\n渡口村小学里开了图书馆")
    assert [article.byline for article in page.articles] == ["冯远", "卢青"]
    assert [article.title for article in page.articles] == [
        "渡口村小学里开了图书馆",
        "湖湾湿地迎来三百窝白鹭",
    ]


def test_a_credit_below_an_article_is_its_own_where_bylines_stand_above():
    head = "渡口村小学里开了图书馆\n本报记者 冯远\n"
    other = "湖湾湿地迎来三百窝白鹭\n"
    last = f"桐荫社区老年食堂飘出饭香\n■ 扈云舒\n{laid(KITCHEN, 13)}"
    text = f"{head}{laid(SCHOOL, 13)}\n{other}{laid(HERONS, 13)}\n（据湖湾晚报）\n{last}"
    page = split_page(text)
    assert [article.byline for article in page.articles] == ["冯远", "", "扈云舒"]
    assert [article.credit for article in page.articles] == ["", "湖湾晚报", ""]


def test_of_kicker_title_and_subtitle_the_title_stands_in_the_middle():
    head = "一万两千册图书由读者捐赠\n渡口村小学里开了图书馆\n馆长纪明舟：借书不要押金"
    (article,) = split_page(f"{head}\n{laid(SCHOOL, 14)}（冯远）").articles
    assert article.title == "渡口村小学里开了图书馆"
    assert article.subtitle == "一万两千册图书由读者捐赠 馆长纪明舟：借书不要押金"


def test_text_below_a_box_headed_as_a_link_is_no_list_of_titles():
    box = "相关链接\n" + "\n".join(column("乡村图书馆由县里统一采购，放在村小学或者祠堂里。", 13))
    text = f"渡口村小学里开了图书馆\n{laid(SCHOOL, 13)}\n（冯远）\n{box}\n湖湾湿地迎来三百窝白鹭\n"
    page = split_page(f"{text}{laid(HERONS, 13)}（祁小雨）")
    assert page.articles[-1].body.endswith(HERONS)
    assert [piece.text for piece in page.leftovers if piece.reason == "related"] == ["相关链接"]


def test_questions_and_answers_are_no_headlines():
    talk = (
        "记者：您为什么要办这所夜校？\n"
        "方竹青：厂里的年轻人下了班没处去，我就想把车间的会议室借出来。\n"
        "记者：来的人多吗？\n"
        "方竹青：第一天只来了三个，有一个还是走错门的，现在每晚坐四十多人。"
    )
    (article,) = split_page(f"夜校里的四十把凳子\n本报记者 冯远\n{laid(talk, 15)}").articles
    assert (article.title, article.body) == ("夜校里的四十把凳子", talk)


def test_decoration_strewn_in_a_sentence_is_left_over_character_by_character():
    page = split_page("社工◆■上门★，陪老人◆说话。")
    assert bodies(page) == ["社工上门，陪老人说话。"]
    assert [(piece.text, piece.reason) for piece in page.leftovers] == [
        ("◆■", "decoration"), ("★", "decoration"), ("◆", "decoration"),
    ]  # fmt: skip
    assert all(page.text[p.start : p.end] == p.text for p in page.leftovers)


def test_an_archive_record_is_read_by_its_fields():
    text = f"""【 日  期 】19970509
【 版  号 】3
【 标  题 】渡口村小学里开了图书馆
            一万两千册书来自读者
【 作  者 】冯远/祁小雨
【 正  文 】
{chr(10).join("    " + line for line in SCHOOL.split(chr(10)))}
"""
    (article,) = split_page(text).articles
    assert (article.title, article.subtitle) == ("渡口村小学里开了图书馆", "一万两千册书来自读者")
    assert (article.byline, article.date, article.body) == ("冯远 祁小雨", "1997-05-09", SCHOOL)


def test_headings_inside_an_article_stay_where_they_are():
    one, two, three = SCHOOL.split("\n")
    body = f"{one}\n书从哪里来\n{two}\n谁来借书\n{three}"
    page = split_page(f"渡口村小学里开了图书馆\n\n{laid(body, 17)}（冯远）")
    assert bodies(page) == [body]


def test_the_same_text_has_the_same_id_wherever_it_stands():
    one = split_page(f"乡村图书馆开馆\n{SCHOOL}", source="a.txt").articles[0]
    other = split_page(f"乡村图书馆开馆\n\n{laid(SCHOOL, 12)}", source="b.txt", page=3).articles[0]
    assert one.id == other.id
    assert len(one.id) == 16
    assert (other.source, other.page) == ("b.txt", 3)


def test_nothing_is_refused():
    with pytest.raises(FenmenError, match="E_EMPTY day.txt: holds no character"):
        split_page(" \n\u3000\n", source="day.txt")


@pytest.mark.parametrize(
    "text", ["◆■★\n-----\n", "首页\n新闻中心\n上一篇：无\n", "03版\n图为会场。"]
)
def test_a_page_of_decoration_or_navigation_alone_is_refused(text):
    with pytest.raises(FenmenError, match="E_NO_TEXT .*; give the page with its articles"):
        split_page(text)


PIECES = st.sampled_from(
    [*SCHOOL[:40], *"◆★（）“”\n\n\n 。，3月", "（冯远）", "（据新晨网）\n", "首页\n",
     "图为会场。\n", "来源：新晨网\n", "【 标 题 】", "相关新闻\n", "2024-05-06\n", "\u200b",
     "\ud83d", "Ａ", "\f", "——"]
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, min_size=1, max_size=120).map("".join))
def test_no_character_is_ever_lost(text):
    try:
        page = split_page(text)
    except FenmenError as error:
        assert error.code in ("E_EMPTY", "E_NO_TEXT")  # noqa: PT017 (either way is right)
        return
    spans = [(piece.start, piece.end) for piece in page.leftovers]
    assert spans == sorted(spans)
    assert all(
        page.text[a:b] == piece.text for (a, b), piece in zip(spans, page.leftovers, strict=True)
    )
    assert lost(page) == 0
    rest = list(page.text)
    for start, end in reversed(spans):
        del rest[start:end]
    kept = "\n".join(part for a in page.articles for part in (a.title, a.subtitle, a.body))
    assert sorted(squash("".join(rest))) == sorted(squash(kept))


def test_no_character_of_the_real_pages_is_lost(real_pages):
    for file in real_pages:
        assert lost(split_page(file.read_text("utf-8"))) == 0


def test_composed_pages_give_their_articles_back(root):
    """Measured on 500 pages: see experiments/pages/README.md."""
    tallies = report(written_articles(root), 48, seed=7)
    floors = {"plain": 0.9, "displaced": 0.85, "unsigned": 0.85, "mixed": 0.8, "manners": 0.85}
    for level, tally in tallies.items():
        assert tally.lost == 0, level
        assert tally.exact >= floors[level] * tally.articles, (level, tally)
        assert tally.titles >= 0.7 * tally.exact, (level, tally)
        assert tally.bylines >= 0.9 * tally.exact, (level, tally)


@pytest.mark.parametrize("heads", ["before", "head", "foot"])
@pytest.mark.parametrize("lines", ["between", "none", "paragraphs", "whole"])
def test_a_simple_page_comes_back_whole_in_every_layout(heads, lines):
    articles = [
        Written("渡口村小学里开了图书馆", SCHOOL, "一万两千册书来自读者", "冯远"),
        Written("湖湾湿地迎来三百窝白鹭", HERONS, "退出的鱼塘成了浅滩", "祁小雨"),
        Written("桐荫社区老年食堂飘出饭香", KITCHEN, "", "卢青"),
    ]
    composed = compose(articles, Style(lines=lines, heads=heads, sections=2), random.Random(3))
    tally, wrong = score(split_page(composed.text), composed)
    assert (tally.exact, tally.titles, tally.bylines) == (3, 3, 3), wrong


@pytest.mark.parametrize(
    "text",
    [
        "社工来到社区，为老人服务。" * 80_000,
        "社区开展义诊\n" * 15_000,
        "近日，社区开展义诊。\n\n" * 15_000,
        "（" * 200_000,
        "（冯远）" * 50_000,
        "记者" * 100_000,
        "3月20日\n" * 15_000,
    ],
    ids=["one line", "short lines", "short sentences", "brackets", "bylines", "roles", "days"],
)
def test_splitting_takes_linear_time(text):
    started = time.process_time()
    split_page(text)
    assert time.process_time() - started < 90  # usually two or three


def test_a_byline_before_the_text_in_its_own_line_is_taken_from_it():
    page = split_page(
        f"白鹭回来了\n◎本报记者 祁望 {HERONS}\n水乡食堂\n□本报记者 冯远 “{KITCHEN[:12]}”{KITCHEN}"
    )
    assert [article.byline for article in page.articles] == ["祁望", "冯远"]
    assert bodies(page)[0] == HERONS


def test_a_headline_as_wide_as_its_column_is_no_article_by_itself():
    body = SCHOOL.replace("\n", "")
    text = (
        f"{laid(HERONS + '（冯远）', 12)}\n\n旧教室里办起图书馆了\n\n{laid(body, 12)}\n\n（祁小雨）"
    )
    page = split_page(text)
    assert len(page.articles) == 2
    assert page.articles[1].title == "旧教室里办起图书馆了"


def test_a_subtitle_at_the_foot_brings_its_title_along():
    foot = "旧船新生\n渡口村小学图书馆侧记\n\n白鹭比往年早到半个月"
    page = split_page(
        f"{laid(SCHOOL + '（冯远）', 13)}\n\n{laid(HERONS + '（冯远）', 16)}\n\n{foot}"
    )
    assert [a.title for a in page.articles] == ["旧船新生", "白鹭比往年早到半个月"]
    assert page.articles[0].subtitle == "渡口村小学图书馆侧记"


def test_unsigned_articles_about_one_thing_part_where_the_headlines_at_the_foot_say():
    one, other = LIBRARIES
    foot = "乡村图书馆联盟在青川县成立\n白水乡图书馆向老人开放夜读课"
    page = split_page(f"{one}\n{other}\n{foot}\n")
    assert bodies(page) == [one, other]
    assert [article.title for article in page.articles] == foot.split("\n")


def test_kicker_and_title_on_one_wide_line_head_an_unsigned_article():
    one, other = SCHOOL.replace("\n", ""), HERONS.split("\n")
    head = "退塘还湿、浅水蓄塘,湖湾多了小鱼小虾 白鹭为何比往年早到半个月"
    cut_short = f"{other[0][:30]}\n\n{other[0][30:]}\n\n{other[1]}\n\n{other[2]}"
    page = split_page(f"乡村图书馆开馆\n\n{one}\n\n{head}\n\n{cut_short}\n")
    assert bodies(page) == [one, HERONS]
    assert page.articles[1].title in head


def test_a_dateline_begins_a_paragraph_even_where_lines_have_no_indent():
    page = split_page(
        "河堤修好了\n清河镇的河堤昨天修好了，镇里请\n"
        "来桥工老郭看过，说能挡五十年一\n遇的洪水，下游的人可以放心睡。\n"
        "渡口二十盏路灯都换新\n本报讯（记者 林小满）渡口码头的\n"
        "二十盏路灯昨天全部换成了节能灯，\n夜里靠岸的船也看得更清。\n"
    )
    assert [article.title for article in page.articles] == ["河堤修好了", "渡口二十盏路灯都换新"]


def test_a_quotation_over_two_lines_is_not_parted_into_headline_and_text():
    page = split_page(
        "渡口换灯记\n■ 本报记者 林小满\n"
        "“去年那场大水以后，我们最怕\n天黑。”渡口的船工老郭说。码\n"
        "头上的二十盏路灯昨天全换成了\n节能灯，夜里靠岸的船也看得清。\n"
    )
    assert page.articles[0].title == "渡口换灯记"
    assert page.articles[0].body.startswith("“去年那场大水以后，我们最怕天黑。”")
