"""What a newspaper page or a site prints around its articles."""

import pytest

from fenmen.articles.pages import split_page

BRIDGE = (
    "　　清河镇东头的木桥去年秋天被水冲断，\n孩子们上学要绕五里路。今年三月，镇里\n"
    "请来桥工老郭，用旧钢梁搭了一座便桥，\n两边装了铁栏杆。\n"
    "　　老郭说，便桥能用十年，等新桥的图纸\n批下来，钢梁还可以再用一次。"
)
HEADLINE = "断了半年的木桥又能走人了"


def reasons(page):
    return {line: piece.reason for piece in page.leftovers for line in piece.text.split("\n")}


def newspaper(head="", foot=""):
    return split_page(f"{head}\n{HEADLINE}\n{BRIDGE}\n{foot}\n")


@pytest.mark.parametrize(
    "head",
    [
        "清河晚报\nB03\n身边\n2024年4月2日 星期二\n编辑 林一 校对 高远",
        "小石子\n2024.4.2\n第 36期\n低年级版\n7",
        "07\n本周留意\n2024年4月2日 星期二 第 512号 责编 许一凡",
        "5 城乡\n2024年4月2日 星期二\n编辑 林一 校对 高远\n城乡新闻部 0310-00000000",
        "清河周报\nQINGHE WEEKLY\n第 36期\n2024年 4月 2日\n星期二\nC2 街坊",
        "清河周刊  WEEKLY",
        "新闻 NEWS\n2024.4.2 星期二 责编：林一 美编：高远 05",
        "B4 身边 LIFE\n2024-04-02",
        "清河晚报\nB3 人物\n二〇二四年四月二日\n编辑 林一 版式 高远",
        "3版/乡邻之间\n值班编委：林一 编辑：高远 电话：（010）0000000",
    ],
)
def test_the_head_of_a_newspaper_page_is_no_headline_and_dates_no_article(head):
    (article,) = newspaper(head).articles
    assert (article.title, article.subtitle, article.date) == (HEADLINE, "", "")
    assert article.body.startswith("清河镇东头")


@pytest.mark.parametrize(
    "foot",
    [
        "读者热线：0310-00000000  发行：0310-00000001",
        "街坊有新闻线索，请打本报热线，采用即付稿酬。",
        "广告经营许可证：冀工商广字00号 每份零售1.50元",
        "本报地址：清河市人民路00号 邮编：054800",
        "广告热线：0310-00000000 http://www.qinghe.example",
        "清河乡刊 2024.04 下",
    ],
)
def test_where_to_call_or_write_is_no_text_of_the_last_article(foot):
    page = newspaper(foot=foot)
    (article,) = page.articles
    assert (article.title, article.subtitle) == (HEADLINE, "")
    assert article.body.endswith("再用一次。")
    assert set(reasons(page).values()) == {"folio"}


def test_the_name_of_a_column_above_a_headline_is_not_its_kicker():
    page = split_page(f"街坊夜话\n\n{HEADLINE}\n\n{BRIDGE}\n")
    (article,) = page.articles
    assert (article.title, article.subtitle) == (HEADLINE, "")
    assert reasons(page) == {"街坊夜话": "column"}


def test_briefs_with_headlines_of_their_own_are_articles_below_a_name():
    page = split_page(
        f"{HEADLINE}\n{BRIDGE}（郭一凡）\n\n简 讯\n\n"
        "镇文化站周末放电影\n　　6月1日起，镇文化站每周六晚\n"
        "七点在晒谷场放一场电影，自带\n板凳。\n渡口码头改装新路灯\n　　6月3日，渡口码头的二十盏路\n"
        "灯全部换成了节能灯。\n"
    )
    assert [article.title for article in page.articles] == [
        HEADLINE,
        "镇文化站周末放电影",
        "渡口码头改装新路灯",
    ]
    assert reasons(page)["简 讯"] == "column"


def test_the_menu_of_a_site_in_two_languages_is_no_article():
    story = BRIDGE.replace("\n　　", "@").replace("\n", "").replace("@", "\n\n").strip("　")
    page = split_page(
        "Skip to content\n清河公益\n首页 Home\n关于我们 About\n项目 Projects\n新闻 News\n\n"
        f"{HEADLINE}\n\n2024/04/02 阅读 1,204\n\n"
        f"{story}\n\n下一篇：没有了\n\n捐赠账户\n户名：清河公益\n"
    )
    (article,) = page.articles
    assert (article.title, article.date) == (HEADLINE, "2024-04-02")
    assert reasons(page)["项目 Projects"] == "navigation"


@pytest.mark.parametrize(
    ("opening", "byline", "credit"),
    [
        ("本报讯（记者 郭一凡 通讯员 林小满）", "郭一凡 林小满", ""),
        ("本报讯　", "", ""),
        ("本报清河4月2日讯（记者 郭一凡）", "郭一凡", ""),
        ("新华社石家庄4月2日电（记者 郭一凡）", "郭一凡", "新华社"),
        ("清河网4月2日电 ", "", "清河网"),
    ],
)
def test_a_dateline_tells_who_wrote_and_is_no_text(opening, byline, credit):
    text = "去年秋天冲断的木桥又能走人了。镇里请来桥工，用旧钢梁搭了一座便桥，两边装了栏杆。"
    page = split_page(f"{HEADLINE}\n　　{opening}{text}\n　　孩子们上学不用再绕五里路。\n")
    (article,) = page.articles
    assert article.body == f"{text}\n孩子们上学不用再绕五里路。"
    assert (article.byline, article.credit) == (byline, credit)


@pytest.mark.parametrize(
    "text",
    [
        "新华社记者发来电报说，木桥已经修好，孩子们不用再绕五里路了。",
        "清河报社电话打不通，他只好自己骑车去了编辑部，把照片交给门卫。",
    ],
)
def test_a_sentence_that_names_a_paper_is_no_dateline(text):
    (article,) = split_page(f"{HEADLINE}\n　　{text}\n　　第二天，照片登了出来。\n").articles
    assert article.body.startswith(text)


def test_a_notice_ends_with_its_office_and_day_and_the_next_begins():
    page = split_page(
        "迁移公告\n　　清河镇图书室自五月一日起迁至镇\n文化站二楼，借书证继续有效。特此\n公告。\n"
        "清河镇文化服务中心\n2024年4月2日\n遗失声明\n　　清河镇便民商店遗失食品经营许\n"
        "可证正本，声明作废。\n"
    )
    moved, lost = page.articles
    assert (moved.title, moved.date) == ("迁移公告", "")
    assert moved.body.endswith("特此公告。")
    assert (lost.title, lost.date) == ("遗失声明", "")
    assert reasons(page)["清河镇文化服务中心"] == "signature"


def test_a_dateline_with_a_reporter_begins_an_article_wherever_its_headline_is():
    page = split_page(
        "　　本报讯（记者 郭一凡）去年秋天冲断\n的木桥又能走人了。镇里请来桥工，用\n"
        "旧钢梁搭了一座便桥。\n"
        "　　本报讯（记者 林小满）镇里的便桥通\n"
        "行首日，桥工老郭在桥头守了一天，数\n出七百多人走过。\n\n"
        "木桥修好了\n\n桥工守桥头数过客\n"
    )
    assert [a.byline for a in page.articles] == ["郭一凡", "林小满"]


def test_the_byline_under_a_headline_at_the_foot_goes_with_it_to_its_article():
    page = split_page(
        f"{BRIDGE}\n\n{HEADLINE}\n\n□ 林小满\n",
    )
    (article,) = page.articles
    assert (article.title, article.byline) == (HEADLINE, "林小满")


def test_names_that_speak_again_and_again_head_no_article():
    page = split_page(
        f"{HEADLINE}\n　　近日，本报就便桥采访了桥工郭师\n傅，下面是他的话。\n"
        "　　《清河周报》：桥是怎么\n修的？\n"
        "　　老郭：旧钢梁，搭了三天\n三夜，没有停过工。\n　　《清河周报》：还能用\n多少年？\n"
        "　　老郭：十年，钢梁还能\n再用一次。\n"
    )
    (article,) = page.articles
    assert article.title == HEADLINE
    assert article.body.count("\n") == 4


def test_a_section_between_articles_is_known_by_the_day_below_it():
    page = split_page(f"{HEADLINE}\n{BRIDGE}（郭一凡）\n\nT7 乡土清河\n2024年4月2日 · 星期二\n")
    assert reasons(page)["T7 乡土清河"] == "folio"


def test_a_byline_without_brackets_below_a_credit_opens_the_next_article():
    first, second = split_page(
        f"{HEADLINE}\n{BRIDGE}\n（来源：清河日报）\n\n"
        "本报记者 林小满\n　　渡口码头的二十盏路灯昨天全部换成\n"
        "了节能灯，夜里靠岸的船也看得更清。\n"
    ).articles
    assert (first.byline, first.credit) == ("", "清河日报")
    assert second.byline == "林小满"


def test_a_byline_below_a_signed_article_opens_the_next_and_so_do_others():
    lamps = "　　渡口码头的二十盏路灯，昨天全部换\n成了节能灯，夜里靠岸的船也看得更清。\n"
    library = "　　镇图书室把三百本连环画搬上了渡船，\n过河的孩子一上船就能借来看。\n"
    page = split_page(f"{BRIDGE}（郭一凡）\n□ 本报记者 林小满\n{lamps}□ 本报记者 高远\n{library}")
    assert [article.byline for article in page.articles] == ["郭一凡", "林小满", "高远"]


def test_text_below_a_box_of_links_is_no_list_of_titles():
    page = split_page(
        f"{HEADLINE}\n{BRIDGE}\n【延伸阅读】\n　　清河上现有木桥七座，最老的一座建于清代，\n"
        "由两岸的村民轮流看守，每年秋后换一次桥面的\n木板，木料由上游的林场出。\n"
    )
    assert "由两岸的村民轮流看守" in "".join(article.body for article in page.articles)


def test_a_notice_of_a_site_ends_above_what_is_enclosed_and_signed():
    page = split_page(
        "首页 > 公示 > 正文\n索 引 号：QH0001-2024\n发布机构：清河镇政府\n有 效 性：有效\n\n"
        "关于便桥通行的公示\n来源：清河镇政府 发布时间：2024-04-02 17:05 打印\n"
        "　　为方便群众出行，东头便桥自四月三日起通行，"
        "限行三吨以上车辆，具体要求现予公示，公示期七天。\n"
        "附件：便桥位置图.pdf\n　　　清河镇交通管理站\n"
        "　　　2024年4月2日\n相关文档\n· 木桥修缮方案\n"
    )
    (article,) = page.articles
    assert (article.title, article.date) == ("关于便桥通行的公示", "2024-04-02")
    assert article.body.endswith("公示期七天。")


def test_a_digest_has_titles_without_their_numbers_and_names_beside_sources():
    page = split_page(
        "【01】渡口换了节能灯\n渡口码头的二十盏路灯昨天全部换成了节能灯，夜里靠岸的船也看得更清。\n"
        "（来源：清河发布 林小满）\n【02】连环画上了渡船\n"
        "镇图书室把三百本连环画搬上了渡船，过河的孩子都能借。\n"
        "（来源：清河日报）\n"
    )
    assert [article.title for article in page.articles] == ["渡口换了节能灯", "连环画上了渡船"]
    assert (page.articles[0].byline, page.articles[0].credit) == ("林小满", "清河发布")


def test_a_digest_may_number_its_titles_and_hold_an_advertisement():
    page = split_page(
        "清河早报\n2024-04-02 07:10 来源：清河发布\n\n01 渡口换了节能灯\n\n"
        "渡口码头的二十盏路灯昨天全部换成了节能灯，夜里靠岸的船也看得更清。（来源：清河发布）\n\n"
        "· 广告 ·\n春季菜苗预订，扫描下方二维码下单\n\n02 连环画上了渡船\n\n"
        "镇图书室把三百本连环画搬上了渡船，过河的孩子都能借。（来源：清河日报）\n"
    )
    titles = [(article.title, article.subtitle) for article in page.articles]
    assert titles == [("渡口换了节能灯", ""), ("连环画上了渡船", "")]
    assert [article.date for article in page.articles] == ["2024-04-02"] * 2
    assert reasons(page)["春季菜苗预订，扫描下方二维码下单"] == "navigation"


def test_the_name_of_a_column_in_brackets_is_no_subtitle():
    page = split_page(f"【桥头】\n{HEADLINE}\n□ 郭一凡\n{BRIDGE}\n")
    (article,) = page.articles
    assert (article.title, article.subtitle, article.byline) == (HEADLINE, "", "郭一凡")
    assert reasons(page)["【桥头】"] == "column"


def test_an_interview_goes_on_below_its_headings():
    page = split_page(
        "“桥是给孩子搭的”\n——访清河镇桥工老郭\n□ 林小满\n\n"
        "　　每年开春，桥工老郭都要把清河上的七座木\n桥走一遍，敲一敲桥板。近日，记者同他走了一\n"
        "趟。\n　　记者：第一座桥是哪年搭的？\n"
        "　　老郭：1981年，我十九岁，跟着师傅搭的，\n用的是上游放下来的杉木。\n\n"
        "钢梁还可以再用一次\n\n"
        "　　记者：今年为什么换成钢梁？\n"
        "　　老郭：木头贵了，钢梁是旧厂房拆下来的，\n两边再装上铁栏杆，孩子走着放心。\n"
    )
    (article,) = page.articles
    assert article.title == "“桥是给孩子搭的”"
    assert article.body.endswith("孩子走着放心。")


def test_a_caption_may_name_who_gave_the_picture():
    page = split_page(f"{HEADLINE}\n{BRIDGE}\n\n桥头的孩子们。 图片由学校提供\n")
    assert reasons(page)["桥头的孩子们。 图片由学校提供"] == "caption"


def test_a_box_with_a_headline_of_its_own_is_an_article():
    page = split_page(
        f"{HEADLINE}\n{BRIDGE}\n【延伸阅读】\n"
        "木桥怎样看护\n　　清河上现有木桥七座，最老的一座建于清代，\n"
        "由两岸的村民轮流看守，每年秋后换一次桥面的\n木板，木料由上游的林场出。\n"
    )
    assert [article.title for article in page.articles] == [HEADLINE, "木桥怎样看护"]


def test_a_headline_above_the_end_of_a_page_is_not_cut_off():
    page = split_page(
        f"{HEADLINE}\n{BRIDGE}（郭一凡）\n渡口换了节能灯\n"
        "（下转第4版）\n　　渡口码头的二十盏路灯，昨天全部换\n"
        "成了节能灯，夜里靠岸的船也看得更清。\n"
    )
    assert page.articles[-1].title == "渡口换了节能灯"
