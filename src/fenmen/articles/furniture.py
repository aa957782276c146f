"""Lines of a page that belong to no article's text, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fenmen.articles.credits import own_line
from fenmen.articles.lines import Line

_NAVIGATION = re.compile(
    r"(?:首页|主页|网站首页|返回(?:首页|顶部|列表)?|新闻中心|新闻动态|新闻资讯|资讯中心|通知公告|工作动态|关于我们|联系我们|网站地图|登录|注册"
    r"|搜索|繁体版?|简体版?|无障碍(?:浏览)?|English|EN|CN|中文版?|英文版?|设为首页|加入收藏|字号[:：]?.{0,8}|字体[:：]?.{0,8}"
    r"|[【\[]?(?:打印|关闭|收藏|分享)(?:本页|窗口)?[】\]]?|分享到?[:：]?.{0,12}|上一[篇页条][:：]?.{0,60}|下一[篇页条][:：]?.{0,60}|了解更多|查看更多|更多[>》]*"
    r"|[\u4e00-\u9fff]{0,4}(?:动态|要闻|资讯|公告|快讯|速递|之窗|专栏|头条|导读)|阅读全文|展开全文|点击查看.{0,8}|扫一扫.{0,20}|扫码.{0,20}|长按.{0,20}|微信|微博|朋友圈|QQ空间|评论|点赞|在看|转发"
    r"|(?:您|你)?(?:当前|现在)(?:的)?位置[:：].{0,60}|(?:首页|主页) ?[>＞»/|·-].{0,60}|(?:点击|浏览|阅读)(?:量|次数|数)?[:：]? ?\d*次?)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:相关(?:新闻|阅读|链接|文章|推荐|报道|资讯)|延伸阅读|推荐阅读|热门(?:推荐|文章|新闻)|猜你喜欢|更多新闻|最新(?:文章|新闻|动态)|往期(?:回顾|推荐))[:：]?"
)
_EDITOR = re.compile(
    r"[（(【\[]?(?:本版|本期|值班|版面)?(?:责任编辑|责编|编辑|校对|美编|审核|审校|排版|监制|制图|版式|终审|初审|复审|编审)"
    r"(?:[:：/丨| ].{1,40}|[\u4e00-\u9fff]{2,3})"
)
_DISCLAIMER = re.compile(
    r"[（(【\[*]?(?:免责声明|版权声明|特别声明|声明[:：]|版权所有|本文(?:仅代表|来源于?网络|为.{0,12}原创|系.{0,10}转载)|转载(?:请|须)|未经.{0,8}(?:许可|授权)"
    r"|凡本(?:网|站)注明|如有侵权|Copyright|©|.{0,8}ICP备|.{0,4}公网安备|投稿邮箱|新闻热线|联系电话[:：]|地址[:：].{4,40}邮编)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:[上下左右]?图[①②③④⑤1-9一二三四]?[为是:：]|图片(?:说明|来源)?[:：]|资料图|[上下左右]图[，,:：]|图说[:：]|[（(]?图/)"
)
_CAPTION_END = re.compile(
    r"(?:[\u4e00-\u9fff ]{2,12}[摄]|供图|资料图片|制图|摄影|[（(][\u4e00-\u9fff/ ]{2,14}[摄图][）)])$"
)
_JUMP = re.compile(
    r"[（(]?(?:[下转]{1,2}转?第? ?[A-Z\d一二三四五六七八九十]{1,3} ?版|上接第? ?[A-Z\d一二三四五六七八九十]{1,3} ?版).{0,12}[）)]?"
)
_FOLIO = re.compile(
    r"[-—－·]{0,2} ?(?:第? ?\d{1,3} ?[页版]|[A-D]?\d{1,3}版?|P\d{1,3}) ?[-—－·]{0,2}"
    r"|(?:[A-D]?\d{1,3} ?版? ?)?(?:要闻|综合新闻|综合|新闻|公益|慈善|社会|时政|专题|副刊|国际|国内|民生|本地|地方|教育|健康|环境|生态|视点|焦点) ?(?:[A-D]?\d{1,3} ?版?|版)?"
    r"|(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日 ?(?:星期|周)[一二三四五六日天].{0,30}"
    r"|(?:星期|周)[一二三四五六日天].{0,20}|.{0,20}(?:邮发代号|国内统一(?:连续出版物|刊)号|CN ?\d\d-\d{4}).{0,30}"
)
_DATE = re.compile(
    r"(?:(?:发布|发表|更新|创建|发稿|刊发|日期)(?:时间|日期)?|时间|日期)? ?[:：]? ?"
    r"(?P<year>(?:19|20)\d\d) ?[-年/.] ?(?P<month>\d{1,2}) ?[-月/.] ?(?P<day>\d{1,2})(?!\d) ?日?(?: ?\d{1,2}:\d\d(?::\d\d)?)?(?P<more>.{0,60})"
)
_IN_LINE_SOURCE = re.compile(
    r"(?:来源|稿源|文章来源|信息来源|转自)[:：] ?(?P<source>[^ |丨:：]{2,30})"
)
_IN_LINE_AUTHOR = re.compile(
    r"(?:作者|记者|撰稿|文)[:：/] ?(?P<author>[\u4e00-\u9fff·]{2,12}(?:[、 ][\u4e00-\u9fff]{2,4})*)(?= |$|[|丨])"
)
_DATED_ITEM = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|.{4,60}[ \[（(](?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[\]）)]?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says something about an article, or nothing: `reason` tells which."""

    line: Line
    reason: str
    byline: str = ""
    credit: str = ""
    date: str = ""


def set_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Mark]]:
    """Part the lines of text from bylines, dates and furniture on lines of their own."""
    texts: list[Line] = []
    marks: list[Mark] = []
    related = barrier = False
    for line in lines:
        mark = _related_item(line) if related else read_mark(line)
        if mark is None:
            texts.append(replace(line, barrier_before=True) if barrier else line)
            related = barrier = False
            continue
        marks.append(mark)
        related = mark.reason == "related"
        barrier = barrier or mark.reason not in ("folio", "jump", "caption", "decoration")
    return texts, marks


def _related_item(line: Line) -> Mark | None:
    """An entry of a list of other articles: it goes on until a line reads like a text."""
    if line.ends_sentence and line.width > 60:
        return read_mark(line)
    if _NAVIGATION.fullmatch(line.words) or _DISCLAIMER.match(line.words):
        return read_mark(line)
    return Mark(line, "related")


def read_mark(line: Line) -> Mark | None:
    """What a line says that is no text of an article, or None."""
    words = line.words
    if is_caption(words):
        return Mark(line, "caption")
    for reason, pattern in (
        ("related", _RELATED),
        ("navigation", _NAVIGATION),
        ("folio", _FOLIO),
        ("jump", _JUMP),
    ):
        if pattern.fullmatch(words):
            return Mark(line, reason)
    if line.width < 200 and _DISCLAIMER.match(words):
        return Mark(line, "disclaimer")
    if line.width < 60 and _EDITOR.match(words):
        return Mark(line, "editor")
    return _dated(line) or _signed(line)


def _dated(line: Line) -> Mark | None:
    match = _DATE.fullmatch(line.words)
    if (
        match is None
        or "。" in match["more"]
        or (match["more"] and match["more"][0] in ",，、至到-")
    ):
        return None
    more = match["more"].strip()
    source, author = _IN_LINE_SOURCE.search(line.words), _IN_LINE_AUTHOR.search(line.words)
    if more and not (source or author or len(more) <= 4 or _NAVIGATION.search(more)):
        return None
    date = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return Mark(
        line,
        "date",
        byline=author["author"] if author else "",
        credit=source["source"] if source else "",
        date=date,
    )


def _signed(line: Line) -> Mark | None:
    signature = own_line(line.words)
    if signature is None:
        return None
    byline, credit = signature
    author = "" if byline else _IN_LINE_AUTHOR.search(line.words)
    if author:
        byline = author["author"]
    return Mark(line, "credit" if credit else "byline", byline=byline, credit=credit)


def is_caption(text: str) -> bool:
    """Whether a paragraph is the line under a photograph."""
    return len(text) < 160 and bool(_CAPTION.match(text) or _CAPTION_END.search(text))
