"""Names of columns and of collections of news, which head a corner of a page and no article."""

import re
import statistics
from collections.abc import Sequence

from fenmen.articles.lines import Line
from fenmen.articles.names import HAN

_WIDEST = 6.5
_NARROWER = 3.0  # than most lines of the page
NAME = re.compile(
    rf"(?![^，]*[了有让把被将]){HAN}{{1,4}}(?:日记|课堂|讲堂|学堂|发布厅|会客厅|夜话|茶座|沙龙|信箱|驿站|之声|之窗|广角|视点|视角|视线|观察|聚焦"
    "|关注|论坛|时评|锐评|短评|快评|观点|话题|热点|瞭望|透视|追踪|连线|在线|播报|速递|速览|园地|天地|橱窗|走廊|随笔|漫谈"
    "|杂谈|絮语|心语|札记|书屋|心屋|档案|风采|印象|百科|实验室|急诊室|加油站|放大镜|直通车|服务台|公告栏|曝光台|光荣榜|速读|周刊|现场|人物)|(?:简明|一周|图片|综合|本地)新闻"
)
_BRIEFS = re.compile(
    "(?:[^，。；：！？“]{0,4}(?:简|短|快|要|微) ?(?:讯|闻|波)|[^，。；：！？“]{2,4}短波)"
)

# A name set in brackets; news in brief have theirs behind them.
_BRACKETED = re.compile(rf"[【〖『]{HAN}{{2,6}}[】〗』]")
_GENRE = re.compile(
    "[书影剧乐]评|对话|访谈|专访|时评|短评|社评|锐评|杂谈|漫谈|随笔|手记|札记|来信|来论|微评|评弹|特写|速写|纪实|专栏"
)


def is_column_name(lines: Sequence[Line], number: int) -> bool:
    """Whether a line names a column or briefs, and headlines of their own stand below it."""
    line = lines[number]
    if line.width > _WIDEST or number + 2 >= len(lines):
        return False
    if _BRIEFS.fullmatch(line.words):
        return lines[number + 2].indent > lines[number + 1].indent
    named = any(name.fullmatch(line.words) for name in (NAME, _GENRE, _BRACKETED))
    return bool(named) and _reads_like_headline(lines, number + 1)


def _reads_like_headline(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is neither the end of a sentence nor one of a column of text."""
    line, below = lines[number], lines[number + 1]
    usual = statistics.median(other.width for other in lines)
    in_column = abs(line.width - below.width) < 1.6 and line.width > usual - _NARROWER
    return not (in_column or line.indent or "。" in line.words)
