"""Bylines and credits: who wrote an article and where it was taken from."""

import re
from dataclasses import dataclass

from fenmen.articles.names import HAN, JOB, NAME, NAMES, PAPER, PICTURES, ROLE, WORK, names_of
from fenmen.articles.traced import Traced
from fenmen.articles.words import has_no_word, is_word

# The names differ per newspaper, the brackets do not: （皮磊）, (李庆), （记者 张三 通讯员 李四）.
_SIGNED = rf"(?P<people>(?:(?:{ROLE}{NAMES}[ 、,，；;]{{0,2}}){{1,4}}{WORK}?|{NAME}/文){PICTURES}?)"
_BRACKETED = rf"[（(] ?(?:{_SIGNED}|(?P<name>{NAMES}{WORK}?)) ?[）)]"
_SOURCE = r"(?:据|综合|来源[:：]?|转自|摘自|摘编自|原载)"
_CREDITED = (
    rf"[（(] ?{_SOURCE} ?(?P<from>[^（）()。]{{2,40}}?)(?:报道|消息|讯|电|整理|客户端消息)? ?[）)]"
)
_END_MARK = (
    r"(?:[（(] ?(?:完|本文完|全文完|续完|未完待续|本报综合(?:消息|报道|整理)?"
    r"|下转 ?第? ?[A-D\d一二三四五六七八九十]{1,3} ?版?[^（）()]{0,8}) ?[）)])"
)
_TRAILING_CREDIT = re.compile(rf"{_CREDITED}$")
_TRAILING_BYLINE = re.compile(rf"{_BRACKETED}$")
_TRAILING_END = re.compile(rf"{_END_MARK}$")
_TRAILING_PEOPLE = re.compile(
    rf"(?<=[。！？!?…”』）)]) ?[—\-]{{0,2}} ?(?={PAPER}{{0,3}}{JOB}[:：/丨| ]){_SIGNED}$"
)
_OWN_BYLINE = re.compile(rf"(?:[—\-□■◎● ]{{0,3}}){_SIGNED}")
_OWN_CREDIT = re.compile(
    r"[（(]?(?:来源|稿源|文章来源|信息来源|稿件来源|转自|摘自|摘编自|原载)[:：] ?"
    r"(?P<from>[^（）() ]{2,30})[）)]?"
)
_INLINE = re.compile(
    rf"^[^（(。]{{2,24}}[（(](?P<people>(?:{ROLE}{NAMES}[ 、,，；;]{{0,2}}){{1,4}})[）)]"
)
# Without its paper a reporter is only one whose name stands between spaces.
_LEADING = re.compile(
    rf"(?P<people>(?:{PAPER}{{1,3}}{JOB}[:：/丨| ]{{0,2}}"
    rf"|(?:(?:[小校]|学生|校园|特约|特派|实习)?记者|编译|撰稿|撰文|采写|通讯员) ){NAMES}"
    rf"(?: ?通讯员[:： ]{{0,2}}{NAMES})?{WORK}?)(?: (?=\S)|(?=[“\d]))"
)
_DATELINE = re.compile(rf"(?<=[社网报台]){HAN}{{2,6}}\d{{1,2}}月\d{{1,2}}日$")
_OUTLET = re.compile(
    rf"{HAN}{{1,12}}(?:社|网|报|日报|晚报|卫视|电视台|电台|之声|新闻|客户端|在线|周刊|杂志|融媒体中心)"
)
# Where the author works: 作者系某大学教授. It ends an article and is part of it.
_ABOUT_AUTHOR = re.compile(
    rf"[（(]作者(?:[:：]?{HAN}{{2,4}}[,，]?)?(?:系|为|单位|是)[^（）()]{{3,60}}[）)]$"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "祁纪卫柏阮庄祝湛庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂丛焦齐梅柳骆管左耿岳詹欧阳上官司马诸葛"
)
# No name has one of these, a question to or about a reporter often has: 记者问阿英.
_IN_NO_NAME = re.compile("[的了是在不我你您他她它这那么吗呢吧们什被把问答说]")
_BARE_NAMES = re.compile(rf"{NAME}(?:[ 、]{NAME}){{0,3}}")
_NOT_A_NAME = re.compile(
    "[上下左右中]{0,2}图?|略|完|续|待续|节选|摘要|全文|笑|掌声|鼓掌|略有删节|化名|注|含|详见|见|以下|简称"
    "|暂定|试行|草案|修订|记者|单位|均为化名|文中.{0,4}化名|下同|同上|同前|大笑|苦笑|沉默|哽咽|流泪|众笑|摇头|点头"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A byline or credit found at the end of a text: `text` is what remains without it."""

    text: Traced
    byline: str = ""
    credit: str = ""
    ends: bool = False


def sign_off(text: Traced) -> Signature:
    """Take bylines, credits and end marks from the end of a paragraph."""
    byline = credit = ""
    ends = False
    for _ in range(4):
        found = _last_mark(text.text)
        if not found:
            break
        start, name, source = found
        text, ends = text.part(0, start).strip(), True
        byline, credit = name or byline, source or credit
    return Signature(text, byline, credit, ends or bool(_ABOUT_AUTHOR.search(text.text[-80:])))


def _last_mark(text: str) -> tuple[int, str, str] | None:
    """Start, name and source of the mark that ends the text."""
    tail_start = max(0, len(text) - 90)
    tail = text[tail_start:]
    if match := _TRAILING_END.search(tail):
        return tail_start + match.start(), "", ""
    if match := _TRAILING_CREDIT.search(tail):
        return tail_start + match.start(), *name_and_source(match["from"])
    if (match := _TRAILING_BYLINE.search(tail)) and (name := _names(match)):
        before = text[: tail_start + match.start()].rstrip()
        if _may_be_signed(before, bool(match["people"])):
            return tail_start + match.start(), *person_or_outlet(name)
    if (match := _TRAILING_PEOPLE.search(tail)) and (name := _likely_names(match["people"])):
        return tail_start + match.start(), name, ""
    return None


def person_or_outlet(name: str) -> tuple[str, str]:
    """（皮磊） names a writer, （新晨网） where the article was taken from."""
    return ("", name) if _OUTLET.fullmatch(name) else (name, "")


def _may_be_signed(before: str, with_role: bool) -> bool:
    """After a sentence, or with a role after anything but the dateline 本报讯（记者 张三）."""
    if not before or before[-1] in "。！？!?….”’》）)":
        return True
    return with_role and not (len(before) < 24 and before.endswith(("讯", "电", "消息", "日")))


def name_and_source(inside: str) -> tuple[str, str]:
    """Both of （据人民网 皮磊）; usually there is no name."""
    inside = _DATELINE.sub("", inside.strip())
    source, _, name = inside.rpartition(" ")
    if source and re.fullmatch(NAME, name) and name[-1] not in "网社报台刊":
        return name, re.sub("[《》]", "", source)
    return "", re.sub("[《》]", "", inside).strip()


def _names(match: re.Match[str]) -> str:
    if people := match["people"]:
        return _likely_names(people)
    name = names_of(match["name"])
    return "" if _NOT_A_NAME.fullmatch(name) else name


def _likely_names(people: str) -> str:
    """The names, or "" where they are the words of a sentence: 记者采访了解."""
    names = names_of(people)
    return "" if _IN_NO_NAME.search(names) else names


def own_line(text: str) -> tuple[str, str] | None:
    """Byline and credit of a line that is nothing else, as （据人民网） or 本报记者 张三."""
    text = text.replace("／", "/").replace("｜", "|")
    signature = sign_off(Traced(text, range(len(text))))
    if signature.ends and not signature.text.text:
        return signature.byline, signature.credit
    if len(text) > 60:
        return None
    if (match := _OWN_BYLINE.fullmatch(text)) and (name := _likely_names(match["people"])):
        return name, ""
    if match := _OWN_CREDIT.match(text):
        return "", match["from"].strip("《》")
    return None


def bare_names(text: str) -> str:
    """The names in a line of nothing else, as 冯远 祁小雨; words such as 高考 are none."""
    if not _BARE_NAMES.fullmatch(text):
        return ""
    names = names_of(text)
    return names if all(map(_may_be_name, names.split())) else ""


def _may_be_name(name: str) -> bool:
    return has_no_word(name) or (name[0] in _SURNAMES and not is_word(name))


def leading_byline(text: str) -> tuple[str, int]:
    """Names that stand before the text in its own first line, and where the text begins.

    本报记者 张三 “开工了！” gives 张三; 本报讯（记者 张三） is part of the text.
    """
    match = _LEADING.match(text[:60])
    name = _likely_names(match["people"]) if match else ""
    return (name, match.end()) if match and name else ("", 0)


def inline_byline(text: str) -> str:
    """The names in an opening such as 本报讯（记者 张三）, which stays in the body."""
    match = _INLINE.match(text)
    return names_of(match["people"]) if match else ""
