"""Datelines, with which news begin: 本报讯（记者 张三）, 新华社北京5月3日电."""

import re

from fenmen.articles.names import HAN, NAMES, ROLE
from fenmen.articles.traced import Traced

_LONGEST = 90  # characters
_DAY = r"\d{1,2}月\d{1,2}日"
_BY = rf"[（(](?:(?:{ROLE}{NAMES}|{NAMES})[ 、,，；;]{{0,2}}){{1,4}}(?:报道)?[）)]"
_OPENS = re.compile(
    rf"[【\[]?据?(?:(?P<own>本[报刊网社台])(?:{HAN}{{0,8}}?讯|{HAN}{{0,8}}?{_DAY}(?:讯|电|消息))"
    rf"|(?P<paper>{HAN}{{1,5}}?(?:社|网|报|在线))"
    rf"(?:{HAN}{{0,8}}?{_DAY}(?:讯|电|消息)|{HAN}{{0,6}}?(?:讯|电|消息)(?=[】\] （(:：])))"
    rf"(?!视)[】\]]? ?(?:{_BY})?[ :：]?"
)


def has_dateline(text: str) -> bool:
    """Whether the text begins as only an article does: 本报讯, 新华社北京5月10日电."""
    return bool(_OPENS.match(text[:_LONGEST]))


def below_dateline(text: Traced) -> Traced:
    """The text without the dateline before it; a text of nothing else stays."""
    match = _OPENS.match(text.text[:_LONGEST])
    below = text.part(match.end() if match else 0).strip()
    return below if len(below) else text


def agency(text: str) -> str:
    """The news agency or site that a dateline names, or ""; a newspaper names itself."""
    match = _OPENS.match(text[:_LONGEST])
    paper = (match["paper"] or "") if match else ""
    return paper if paper.endswith(("社", "网", "在线")) else ""
