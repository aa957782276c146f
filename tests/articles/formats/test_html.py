"""Saved web pages: the article, its date and source, and everything else as leftovers."""

import pytest

from fenmen.articles.formats.html import read_html
from fenmen.articles.formats.markup import web_lines

PARAGRAPHS = (
    "为了让更多老人按时吃上热饭，街道在社区里开了一家食堂。开张那天来了两百多位老人。",
    "食堂每天供应六样菜，八十岁以上的老人半价。志愿者把饭送到不能下楼的老人家里。",
    "“以前一个人懒得做饭，现在天天来。”七十六岁的居民宋桂兰说，吃完还能和老街坊坐一坐。",
    "街道办事处的负责人介绍，食堂由一家餐饮企业承办，房租由街道承担，每月公布一次账目。",
)
OTHERS = ("药房连成一张网", "学生把雨水花园搬进校园", "夜班公交开到工业园", "老街的路灯换了新光源")


def portal(paragraphs=PARAGRAPHS):
    """A news site: menu, breadcrumb, article, list of other news, footer."""
    body = "".join(f"<p>　　{text}</p>" for text in paragraphs)
    links = "".join(f'<li><a href="/{n}.html">{text}</a></li>' for n, text in enumerate(OTHERS))
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}">
<title>社区食堂开张_江海新闻网</title><script>var tip = "<p>不是正文</p>";</script>
<style>p {{{{color: red}}}}</style></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a> <a href="/video">视频</a></div>
<div class="path"><a href="/">首页</a> &gt; <a href="/local">本地</a></div>
<h1>社区食堂开张</h1>
<div class="info"><span>2024-05-17 10:20</span> <span>来源：江海晚报</span></div>
<div class="content">{body}
<p class="pic"><img src="1.jpg"><br>图为老人在食堂用餐。赵一鸣 摄</p>
<p>（冯远）</p><p>责任编辑：沈一帆</p></div>
<div class="more"><h3>相关新闻</h3><ul>{links}</ul></div>
<div class="foot">版权所有 江海新闻网 未经许可不得转载</div></body></html>"""


def blog():
    """A public account: sections, line breaks, no paragraphs."""
    body = "".join(
        f"<section><span>{text}</span></section><section><br></section>" for text in PARAGRAPHS
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={{charset}}">
<title>社区食堂开张</title></head><body><div id="js_article"><h1 class="rich_media_title">
社区食堂开张</h1><div id="meta"><span>江海街道</span> <em>2024-05-17</em></div>
<div id="js_content">{body}</div></div><div class="tool">阅读 1024 点赞 在看</div></body></html>"""


def government():
    """An old site of nested tables, its body in one cell, parted by line breaks."""
    body = "<br><br>".join("　　" + text for text in PARAGRAPHS)
    menu = "".join(f"<td><a href=x>{text}</a></td>" for text in ("首页", "政务公开", "办事服务"))
    return f"""<html><head><meta charset={{charset}}><title>社区食堂开张</title></head><body>
<table><tr>{menu}</tr></table><table><tr><td align=center><b>社区食堂开张</b></td></tr>
<tr><td>发布时间：2024-05-17 来源：江海街道</td></tr><tr><td>{body}</td></tr></table>
<table><tr><td>主办：江海街道办事处</td></tr></table></body></html>"""


PAGES = {"portal": portal, "blog": blog, "government": government}


def read(text, charset="utf-8", declared=None):
    data = text.replace("{charset}", declared or charset).encode(charset)
    (page,) = read_html(data, source="page.html")
    return page


def whole(page):
    """Whether every character is in an article or in the leftovers."""
    kept = "".join(a.title + a.subtitle + a.body for a in page.articles)
    left = "".join(piece.text for piece in page.leftovers)
    return sorted("".join((kept + left).split())) == sorted("".join(page.text.split()))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("kind", PAGES)
def test_the_article_of_a_web_page_comes_without_what_is_around_it(kind, charset):
    page = read(PAGES[kind](), charset, "gb2312" if charset == "gb18030" else None)
    (article,) = page.articles
    assert article.title == "社区食堂开张"
    assert article.body == "\n".join(PARAGRAPHS)
    assert article.date == "2024-05-17"
    assert whole(page)


def test_source_and_author_of_a_web_page_are_read():
    (article,) = read(portal()).articles
    assert (article.credit, article.byline) == ("江海晚报", "冯远")


def test_what_is_around_the_article_is_left_over_with_its_reason():
    left = {piece.text: piece.reason for piece in read(portal()).leftovers}
    assert left["首页 新闻 视频\n首页 > 本地"] == "navigation"
    assert any("图为老人" in text and reason == "caption" for text, reason in left.items())
    assert any("药房连成一张网" in text and reason == "navigation" for text, reason in left.items())


def test_the_real_encoding_wins_over_the_declared_one():
    page = read(portal(), "utf-8", "gb2312")
    assert page.articles[0].body == "\n".join(PARAGRAPHS)
    assert page.encoding == "html utf-8 (gb2312 is declared, but wrong)"


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>前<!-- 注释 --->后", ["前后"]),
        ("<p>前<!-- 没有结尾 <p>后", ["前 没有结尾", "后"]),
        ("<p title='a>b'>前<br>后</p>", ["前", "后"]),
        ("a < b 且 c > d", ["a < b 且 c > d"]),
        ("<script>x = '<p>'</SCRIPT >后", ["后"]),
        ("<script>没有结尾<p>后", ["没有结尾", "后"]),
        ("<td>一</td><td>二</td><tr>三", ["一 二", "三"]),
        ("&lt;p&gt;&#20013;&nbsp;&amp;", ["<p>中 &"]),
        ('<p title="没有结尾>前<p>后', ["前", "后"]),
    ],
)
def test_visible_text_is_kept_however_broken_the_page(page, wanted):
    assert [line.text for line in web_lines(page)] == wanted


def test_a_page_too_deep_for_a_tree_keeps_its_text():
    deep = "<div>" * 30_000 + PARAGRAPHS[0] + "</div>" * 30_000
    page = read(portal().replace("<h1>", deep + "<h1>"))
    kept = "".join(article.body for article in page.articles)
    assert PARAGRAPHS[0] in kept + "".join(piece.text for piece in page.leftovers)
    assert whole(page)
