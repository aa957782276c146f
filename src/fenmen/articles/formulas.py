"""How Chinese news articles begin and go on: datelines, opening words, words that refer back."""

import re

from fenmen.articles.datelines import has_dateline
from fenmen.articles.names import HAN

_DATE = re.compile(
    r"[\d一二三四五六七八九十〇○]{0,4}年?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"(?:[至到—\-~](?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上|晚|凌晨|清晨|傍晚)?[,，]"
)
_OPENING = re.compile(
    r"(?:近日|日前|近期|最近|前不久|不久前|连日来|今天|昨天|昨晚|昨日|今日|即日起)[,，]"
    r"|(?:近日|日前)?(?:记者|本报记者)?(?:从.{2,16}(?:获悉|了解到))"
    r"|为(?:进一步|深入|贯彻|切实|全面|更好|推动|推进|加强|帮助|破解|打好|减轻|让)"
)
_GOES_ON = re.compile(
    r"(?:据悉|据了解|据介绍|据统计|此外|另外|同时|其中|与此同时|对此|因此|然而|但|而且|不过|目前|截至|未来"
    r"|下一步|接下来|随后|活动中|会上|会议|当天|现场|他|她|它|该|这|那|此次|本次|一是|二是|三是|首先|其次|最后"
    r"|第[一二三四五六七八九十]|[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d+[、.．])"
)

_WHEN = re.compile(
    r"近日|日前|近期|最近|前不久|连日来|昨[天日晚]|今[天日晚]|今年以来|\d{1,2}月\d{1,2}日|上周|本周|这几天"
)
_SPEAKER = re.compile(
    r"[^，。！？“]{2,20}(?:说|表示|介绍|认为|指出|告诉|坦言|强调|回忆|解释|透露|建议|提醒|呼吁|感慨)"
)
_DIALOGUE = re.compile(r"(?:问|答|记者|主持人|嘉宾|笔者|编辑|《[^《》]{2,10}》(?:记者)?)[:：]")
_LABEL = re.compile(rf"({HAN}{{2,4}})[:：]")
_REFERS = re.compile(r"[^，。]{0,12}(?:他们?|她们?|它们?|其|该|此|这|那|上述|两人|双方|大家)")
_CLOSING = re.compile(
    r"(?:据悉|据了解|目前|截至|下一步|接下来|今后|未来|此外|活动最后|最后|当天|如今|现在)"
)


def opens_article(text: str) -> bool:
    """Whether the text begins as the first paragraph of an article often does: 近日，…"""
    return bool(has_dateline(text) or _OPENING.match(text))


def opens_with_date(text: str) -> bool:
    """Whether the text begins with a day: so do first paragraphs, but later ones too."""
    return bool(_DATE.match(text))


def goes_on(text: str) -> bool:
    """Whether the text begins as a paragraph does that follows another: 据悉, 此外, 他."""
    return bool(_GOES_ON.match(text)) and not (opens_article(text) or opens_with_date(text))


def begins_with_quote(text: str) -> bool:
    """Whether the text begins with what somebody says: features begin so, and many paragraphs."""
    return text[:1] in "“‘「"


def tells_when(text: str) -> bool:
    """Whether the day of the news stands among the first words, but not as the very first."""
    return bool(_WHEN.search(text[1:30])) and not opens_with_date(text)


def names_speaker(text: str) -> bool:
    """Whether the text begins with who says it, or refers back to somebody: 馆长说, 这个村."""
    return bool(_SPEAKER.match(text) or _REFERS.match(text) or speaks(text))


def speaks(text: str) -> bool:
    """Whether the text is a question or an answer of an interview."""
    return bool(_DIALOGUE.match(text))


def label(text: str) -> str:
    """The name before a colon with which the text begins, as those of an interview do, or ""."""
    match = _LABEL.match(text)
    return match[1] if match else ""


def closes_article(text: str) -> bool:
    """Whether the text begins as last paragraphs often do: 据悉, 下一步."""
    return bool(_CLOSING.match(text))
