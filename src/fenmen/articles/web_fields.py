"""Lines of a web page that tell the day, the source, the author, the counter in one row."""

import re
from dataclasses import dataclass

from fenmen.articles.credits import name_and_source, person_or_outlet
from fenmen.articles.names import HAN, names_of

_WIDEST = 90  # characters of a line of fields
_WHEN = "发布时间|发布日期|发表时间|发表日期|更新时间|更新日期|发稿时间|创建时间|成文日期|时间|日期"
_FROM = (
    "信息来源|文章来源|稿件来源|新闻来源|来源|稿源|出处|供稿单位|供稿|发布机"
    "构|发布单位|发布者|发布人|发布"
)
_BY = "文章作者|作者|撰稿人?|撰文|采写|记者|通讯员|文字|文图|图文|文"
_DESK = (
    "责任编辑|责编|编辑|校对|审核|审稿|[终初复一二三]审|监制|排版|制图|视频|素材"
    "|统筹|策划|图片|摄[影像]|图|美编"
)
_COUNT = "(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?|人气|评论数?|次数"
_BUTTONS = "字号|字体大小|字体|视力保护色|保护视力色|分享至|分享到|分享|收藏|打印|朗读"
_FIELD = re.compile(
    rf"(?:^|(?<=[\d |丨/】\])）;；]))[【\[（(]? ?"
    rf"(?:(?P<when>{_WHEN})|(?P<source>{_FROM})|(?P<by>{_BY})|(?P<desk>{_DESK})"
    rf"|(?P<count>{_COUNT})|(?P<button>{_BUTTONS})) ?[:：|丨]"
)
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[-年/.] ?(?P<month>\d{1,2}) ?[-月/.] ?(?P<day>\d{1,2})(?!\d)"
    r" ?日?(?: ?(?:星期|周)[一二三四五六日天])?(?P<clock>[ T]?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
# An interview, a notice or a caption may have a line with one of these alone.
_SPOKEN = (
    "记者",
    "通讯员",
    "文",
    "图",
    "视频",
    "素材",
    "发布",
    "发布者",
    "发布人",
    "发布单位",
    "发布机构",
    "出处",
)
_ORIGINAL = re.compile(rf"原创[:： |]{{1,2}}(?P<by>{HAN}{{2,4}}) (?P<account>[^ ，。；]{{2,16}})")
_BUTTON = re.compile(r" (?:我要评论|评论|分享|收藏|打印|浏览|点击|阅读).{0,12}$")
_COUNTER = re.compile(r"(?:阅读|浏览|点击|访问)(?:次数|量|数)? ?[\d,.万]+\+?次?")
_TRIM = " |丨/[]【】()（）;；,，·-"
_COUNTED = re.compile(r"[\d.万亿+千次人 \[\]【】()（）-]*")
_OUTLET = re.compile(rf"{HAN}{{1,10}}(?:网|报|社|台|客户端|发布|在线|频道|中心|杂志|周刊)")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a line of fields says; `kind` is a reason for a leftover."""

    kind: str
    byline: str = ""
    credit: str = ""
    date: str = ""


def read_fields(words: str) -> Fields | None:
    """What a line of nothing but fields says, as 2025-03-01 来源：江声网 浏览次数：12; or None."""
    words = words.replace("｜", "|").replace("／", "/")
    if len(words) > _WIDEST or "。" in words:
        return None
    if post := _own_post(words):
        return post
    marks = list(_FIELD.finditer(words))
    before = words[: marks[0].start()] if marks else words
    if not marks or not _fits_before(before) or _is_text(marks, words):
        return _lone_day(words)
    ends = [*(mark.start() for mark in marks[1:]), len(words)]
    said: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        kind, value = str(mark.lastgroup), _BUTTON.sub("", words[mark.end() : end]).strip(_TRIM)
        if not _fits(kind, value, len(marks)):
            return None
        said.setdefault(kind, value)
    return _fields(said, before)


def _is_text(marks: list[re.Match[str]], words: str) -> bool:
    """Whether a single field may be the line of an article: 记者：几个人, 发布单位：市民政局."""
    if len(marks) > 1 or _DAY.search(words):
        return False
    label = marks[0][str(marks[0].lastgroup)]
    return label in _SPOKEN


def _fits_before(before: str) -> bool:
    """Whether what stands before the first field is a day, an outlet or nothing."""
    rest = _DAY.sub("", before).strip(_TRIM)
    return not rest or bool(_OUTLET.fullmatch(rest)) or rest in ("原创", "转载", "转发")


def _fits(kind: str, value: str, fields: int) -> bool:
    """Whether a field can have such a value; what reporters say in an interview is none."""
    if kind == "when":
        return bool(_DAY.search(value)) or (not value and fields > 1)
    if kind == "count":
        return bool(_COUNTED.fullmatch(value)) or not value
    if kind == "button":
        return len(value) <= 24
    alone = 16 if kind in ("by", "desk") else 30
    return len(value) <= alone and not re.search("[，？！?!“]", value) and bool(value or fields > 1)


def _fields(said: dict[str, str], before: str) -> Fields | None:
    date = _day(said.get("when", "")) or _day(before) or _day(" ".join(said.values()))
    source = _DAY.sub("", said.get("source", "")).strip(_TRIM).strip("《》")
    rest = _DAY.sub("", before).strip(_TRIM)
    source = source or (rest if _OUTLET.fullmatch(rest) else "")
    byline = names_of(_DAY.sub("", said.get("by", "")).strip(_TRIM))
    if " " in source and not byline:
        byline, source = name_and_source(source)
    if byline and not source:
        byline, source = person_or_outlet(byline)
    if date:
        return Fields("date", byline, source, date)
    if byline:
        return Fields("byline", byline, source)
    if source:
        return Fields("credit", "", source)
    return Fields("editor" if "desk" in said else "navigation")


def _lone_day(words: str) -> Fields | None:
    """A day with its hour or a counter, and perhaps the outlet: 江声网 2025-03-01 08:15."""
    match = _DAY.search(words)
    if match is None or re.search("[，；？！“]", words):
        return None
    before, after = words[: match.start()].strip(_TRIM), words[match.end() :].strip(_TRIM)
    outlet = bool(_OUTLET.fullmatch(before)) and not after
    counted = not before and bool(_COUNTER.fullmatch(after))
    if len(before) > 24 or len(after) > 12 or not (match["clock"] or outlet or counted):
        return None
    return Fields("date", "", before if outlet else "", _day(words))


def _own_post(words: str) -> Fields | None:
    """Author and account of a post: 原创 冯远 江声公益 2025-03-01 08:15 浙江."""
    match = _DAY.search(words)
    said = _ORIGINAL.fullmatch(words[: match.start()].strip() if match else words)
    if said is None or said["account"].startswith(said["by"]):
        return None
    return Fields("date" if match else "byline", said["by"], said["account"], _day(words))


def _day(text: str) -> str:
    match = _DAY.search(text)
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" if match else ""
