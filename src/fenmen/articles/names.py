"""What names of people, and the words that tell their work, look like in print."""

import re

# A letter that is not ASCII: in newspapers a Chinese character. A range of 20,000 characters would
# take two milliseconds to compile wherever it stands in a pattern, and it stands in dozens.
HAN = r"[^\W\da-zA-Z_]"
# A name of two characters is often spaced out to the width of one with three: 王 伟.
NAME = rf"(?:{HAN}{{2,4}}|{HAN} {HAN}(?!{HAN})|{HAN}{{1,8}}·(?:{HAN}|·){{1,12}})"
NAMES = rf"{NAME}(?:[ 、,，/]{{1,2}}{NAME}){{0,5}}"
PAPER = (
    rf"(?:本[报刊网社台]|见习|实习|首席|特约|特派|全媒体|融媒体|驻{HAN}{{1,6}}"
    rf"|《{HAN}{{2,12}}》|{HAN}{{2,10}}(?:社|网|报|台|中心|客户端|周刊))"
)
JOB = (
    "(?:小?记者|通讯员|特派员|评论员|撰稿人?|作者|实习生|撰文|采写"
    "|文字?[/、 ]?[图摄]影?|图[/、 ]?文|整理|编译)"
)
# 文 alone is a role only where it cannot be part of a name.
ROLE = (
    rf"(?:{PAPER}{{0,3}}(?:全媒体|融媒体|客户端)?{JOB}[:：/丨| ]{{0,2}}"
    rf"|(?<!{HAN})文[:：/丨| ]{{1,2}})"
)
WORK = (
    r"(?:[ /]?(?:文[/、]?[图摄]|图[/、]?文|摄影报道|综合报道|报道|整理|采写|摄)| 文"
    rf"| {HAN}{{2,4}}报道| ?(?:发自|采写自){HAN}{{2,12}}(?:报道)?)"
)
PICTURES = (
    rf"(?:[ ,，、；;]{{0,2}}(?:图[:：/丨]|摄影[:：/丨 ]) ?{NAMES}"
    rf"|[ ,，、]{{1,2}}{HAN}{{2,4}}(?<!文)/[图摄])"
)
# Where pupils and readers who write live and learn: （江苏 五年级 倪子墨）.
_AT_HOME = re.compile(
    rf"{HAN}{{0,10}}(?:年级|班|小学|中学|学校|大学|学院|幼儿园|[省市县区镇乡村])|[高初][一二三]"
    "|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    "|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)
_ROLES = re.compile(ROLE)
_WORKED = re.compile(rf"(?:{WORK}|/文)?{PICTURES}?$")
_SPACED_NAME = re.compile(rf"(?<!{HAN})({HAN}) ({HAN})(?!{HAN})")


def names_of(people: str) -> str:
    """The names alone: 本报记者 张三 通讯员 李四 gives 张三 李四."""
    parts = (part.strip(" 、,，；;:：/") for part in _ROLES.split(_WORKED.sub("", people)))
    names = " ".join(part for part in parts if part)
    names = re.sub(r"[ 、,，/；;]+", " ", _SPACED_NAME.sub(r"\1\2", names))
    return " ".join(n for n in names.split(" ") if not _AT_HOME.fullmatch(n)) or names
