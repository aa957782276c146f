"""Lines at the head and the foot of a newspaper page: its name in English, issue, telephone."""

import re

from fenmen.articles.names import HAN

_ENGLISH = (
    "(?:[A-Z]{4,14}(?: [A-Z]{2,14}){0,3}"
    "|News|Weekly|Daily|Life|Society|Culture|Charity|Focus|Feature|Special|Report|Public)"
)
_PART = rf"{HAN}{{2,4}}"
_MASTHEAD = re.compile(
    r"[A-Z][A-Z &.'·|/-]{2,40}|[A-Z][A-Za-z]{2,14}(?: [A-Z][A-Za-z]{2,14}){0,2}"
    # A name beside its English, which has four letters or more: AED and GDP stand in headlines.
    rf"|(?:[A-Z]?\d{{1,3}} ?版? ?)?{HAN}{{2,8}} ?{_ENGLISH}"
    r"|[^，。；：]{0,16}\d{4} ?年? ?[^，。；：]{0,10}(?:总?第) ?\d{1,5} ?期[^，。；]{0,16}"
    r"|[^，。；：]{0,16}(?:总第) ?\d{1,5} ?期[^，。；]{0,16}|(?:总?第|NO\.?|No\.?) ?\d{1,5} ?期?"
    r"|[^，。；：“]{2,12}[ ·]?\d{4}\.\d{1,2}(?: ?[上中下]半?月?刊?)?"
    rf"|(?:[A-D]?\d{{1,2}} ?版? ?){_PART}[·•|丨｜/]{_PART}"
    rf"|{_PART} ?[·•|丨｜/] ?{_PART}(?: ?[·•|丨｜/] ?{_PART})?"
    "|(?:发行|广告|订阅|订报|爆料|投稿|新闻|编辑部|本版|采编|办公室|值班|传真|零售|报社)"
    r"(?:热线|电话|邮箱|信箱|部|专线|价)?(?:电话|热线)?[:：][^，。]{2,40}"
    r"|本版(?:编辑|撰文|撰稿|图片|摄影|供稿|稿件|责编|美编|文字|文图)[^，。；]{0,30}"
    r"|(?:E-?mail|邮箱|电子邮箱|电子信箱|QQ群?|微信(?:公众)?号)[:：] ?[\w@.+-]{4,40}"
    r"|(?:今日|本期|本报今日) ?\d{1,3} ?版[^，。；]{0,12}|农历[^，。；]{3,14}"
)
# A call to the reader, the owner's licence, the printer: whole sentences, but of no article.
_CALL = re.compile(
    "[^。！？]{0,20}(?:新闻线索|来稿|投稿|赐稿|爆料)[^。]{0,24}(?:本报|本刊|热线|酬|电话|邮箱)[^。]{0,24}。?"
    "|(?:(?:本报|本刊|报社|编辑部)(?:地址|社址)|社址)[:：][^。]{4,60}"
    "|(?:广告)?(?:经营)?许可证(?:[号:：]|[ 字第]{0,3}\\d)[^。]{0,60}"
    "|[^。]{0,30}(?:印刷[:：]|零售价?[:：\\d每]|每份零售)[^。]{2,30}"
    "|(?:答案|谜底)见[下本上]期.{0,6}"
)
_LABEL = rf"{HAN}{{0,10}}(?:/{HAN}{{1,6}})?"
_REACHED = (
    r"(?:[（(]?0\d{2,3}[）)]?[—-]? ?\d{6,8}(?:[-转/、]\d{1,8}){0,2}|1[3-9]\d{9}"
    r"|[48]00-?\d{3}-?\d{4}"
    r"|[A-Za-z0-9_.+-]{2,40}@[A-Za-z0-9.-]{3,40}|(?:https?://|www\.)[A-Za-z0-9./?=&_-]{4,60})"
)
_CONTACT = re.compile(rf"(?:{_LABEL}[:： ]{{0,2}}{_REACHED}[ ,，;；|丨/、]{{0,3}}){{1,5}}")
_CREDITED_DESK = re.compile(
    r"[^，。；“”]{0,16}(?:责编|责任编辑|美编|版式|校对)[ :：/丨|][^，。；]{2,40}"
)


def is_masthead(words: str) -> bool:
    """Whether a line is of the page and no article: GREEN WEEKLY, 2024年第5期, 资讯 · 一线."""
    patterns = (_MASTHEAD, _CREDITED_DESK, _CALL)
    return any(pattern.fullmatch(words) for pattern in patterns)


def is_contact(words: str) -> bool:
    """Whether a line holds nothing but where to call or write: 新闻热线 0379-60000000."""
    return bool(_CONTACT.fullmatch(words))
