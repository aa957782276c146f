"""Lines at the head and the foot of a newspaper page: its name in English, issue, telephone."""

import re

_PART = r"[^\W\da-zA-Z_]{2,4}"
_MASTHEAD = re.compile(
    r"[A-Z][A-Z &.'·|/-]{2,40}|[A-Z][A-Za-z]{2,14}(?: [A-Z][A-Za-z]{2,14}){0,2}"
    r"|[^，。；：]{0,16}\d{4} ?年? ?[^，。；：]{0,10}(?:总?第) ?\d{1,5} ?期[^，。；]{0,16}"
    r"|[^，。；：]{0,16}(?:总第) ?\d{1,5} ?期[^，。；]{0,16}"
    rf"|{_PART} ?[·•|丨｜/] ?{_PART}(?: ?[·•|丨｜/] ?{_PART})?"
    "|(?:发行|广告|订阅|订报|爆料|投稿|新闻|编辑部|本版|采编|办公室|值班|传真|零售|报社)"
    r"(?:热线|电话|邮箱|信箱|部|专线|价)?(?:电话|热线)?[:：][^，。]{2,40}"
    r"|本版(?:编辑|撰文|撰稿|图片|摄影|供稿|稿件|责编|美编|文字|文图)[^，。；]{0,30}"
    r"|(?:E-?mail|邮箱|电子邮箱|电子信箱|QQ群?|微信(?:公众)?号)[:：] ?[\w@.+-]{4,40}"
    r"|(?:今日|本期|本报今日) ?\d{1,3} ?版[^，。；]{0,12}|农历[^，。；]{3,14}"
)
_CREDITED_DESK = re.compile(
    r"[^，。；“”]{0,16}(?:责编|责任编辑|美编|版式|校对)[ :：/丨|][^，。；]{2,40}"
)


def is_masthead(words: str) -> bool:
    """Whether a line is of the page and no article: GREEN WEEKLY, 2024年第5期, 资讯 · 一线."""
    return bool(_MASTHEAD.fullmatch(words) or _CREDITED_DESK.fullmatch(words))
