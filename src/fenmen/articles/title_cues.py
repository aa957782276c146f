"""What makes a headline line sound like a title, or like its kicker or subtitle."""

import re

from fenmen.articles.formulas import (
    begins_with_quote,
    opens_article,
    opens_with_date,
    tells_when,
)
from fenmen.articles.lines import em
from fenmen.articles.title_weights import TITLE_WEIGHTS
from fenmen.articles.title_wording import wording_score

_HALF, _UNEVEN = 9.0, 3.0  # the widths of the two lines of a broken title
_DASH = re.compile(r"[—―─－\-]{2}")
_EVENT = re.compile(
    "举行|举办|召开|启动|开幕|闭幕|成立|揭牌|签约|发布|落地|上线|开工|启用|出台|公布|印发|亮相|开讲|走进|共议"
    "|再携手|迎来|建成|开馆|告别|入选|获|换届|开班|施行|开展|通报|设立|突破|推行|捐|追回|提前"
    "|新建|实现|投放|放归|驰援|开设|建起|推出|推广|试行|开通|上岗|建立|进驻|入驻|征集|改造|完工|修订|取消|提高|下调|上调"
    "|延伸|延长|免费|交付|落户|试点|引入|配备|拨付|发放|培训|选派|增设|扩建|移交|办起|开办|恢复|减免|签订|编制|摸清"
)
_TOLD = re.compile(r"了|谁|怎么|吗|？|！|他们|我们|“")
_ASIDE = re.compile(
    r"(?:覆盖|融合|持续|夯实|聚焦|守护|围绕|推动|促进|加强|完善|助力|打造|累计|涉及|惠及|计划|力争|拟|首批|共|已"
    r"|构建|深化|传承|凝聚|压实|弘扬|践行|点亮|发挥|坚持|明确|要求|提供|每年|选出|用|让|为"
    r"|.{2,7}一(?:家|支|座|所|个|名|位|社区|企业|医院|学校|小区|产业园|康复站|村|县|镇|街道|群))"
)
_ABOUT = re.compile(
    r"^(?:记|来自|对话|专访|访|走近)"
    r"|(?:[年天]|记|侧记|纪实|见闻|综述|纪事|追记|观察|调查|回访|账|之路|坚守)$"
)
_SOMEBODY = re.compile(
    "[^，。“”]{0,7}一(?:家|名|位|群|所|高校|医院|社区|监狱|学校|中学|小学|企业|街道|村)"
)
_COUNTED = "[名个人份台间株座家所户把吨元]"
_FIGURES = re.compile(rf"(?:\d+|[一二三四五六七八九十百千]+)[余多]?[万亿]?{_COUNTED}")
_PLACES = re.compile(
    "(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    "|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|石家庄|太原|沈阳|大连|长春"
    "|哈尔滨|南京|苏州|无锡|常州|杭州|宁波|温州|合肥|福州|厦门|泉州|南昌|济南|青岛|烟台|郑州|洛阳|武汉|长沙"
    "|广州|深圳|东莞|佛山|珠海|南宁|桂林|海口|三亚|成都|贵阳|昆明|拉萨|西安|兰州|西宁|银川|乌鲁木齐|呼和浩特"
    "|[\u4e00-\u9fff]{2,3}[省市县区州])"
)

_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十百千万亿]{2,}|[二三四五六七八九十][^字方]")
_ORGAN = re.compile(
    "项目|行动|计划|工程|服务队|协会|中心|机构|医院|社区|街道|小学|学校|基金会|法院|检察院|志愿|试点|推行|队|部门"
)
_ASKS = re.compile("[？！?!]$|怎么|为何|谁来|什么|如何|怎样|哪")
_PERSON = re.compile("[他她我你]|孩子|妈妈|爸|爷爷|奶奶|老人")
_DONE = re.compile("[了着过把被到给让出成]")
# 家 of 一家企业 and 国家 is no image of home.
_IMAGE = re.compile(
    "一[张盏碗双把封本座条棵场道]|[路灯桥门饭船树山水梦心手春冬夜]|回家|家门|家乡|想家|的家|家味"
)
_PRAISE = re.compile(
    "见成效|显成效|结硕果|双赢|抓手|解难题|解民忧|有新招|[出有]实招|有妙招|暖民心|促和谐|添活力|添动力|新路径|新模式|新格局|新动能"
    "|新突破|再升级|提质增效|高质量|好去处|新风尚|赋能|开新局|创新|探索"
)
_LOCAL = re.compile(
    "[\u4e00-\u9fff]{2,5}(?:镇|乡|村|街道|社区|法院|检察院|民政局|中心|小学|医院|学校|妇联|工会|团委|[省市县区州旗])"
)
_SLOGAN = re.compile(
    "促进|推动|关爱|助力|共建|构建|提升|守护|传承|弘扬|夯实|凝聚|聚力|携手|共筑|共享|共赢|护航|赋能|温暖|点亮|营造|践行"
    "|服务群众|筑牢|压实|深化|聚焦|谱写|绽放|传递|汇聚|爱心|幸福生活|美丽|和谐|文明|责任|情系|浓情|情暖|公益"
)
_EVENT_ENDS = re.compile(
    "(?:举行|召开|启动|开幕|闭幕|揭牌|成立|开班|发布|公布|出炉|揭晓|启用|上线|落幕|收官|签约|换届|施行|印发|通过"
    "|落成|竣工|开诊|开讲|启程|闭营|开赛|结业|开展|上岗|亮相|举办)$"
)
_NAMES_THING = re.compile("的[^，。的”]{1,5}$")  # 门上的小窗
_NO_SIGN = re.compile("[^\u4e00-\u9fffA-Za-z0-9]")
_LEAD = re.compile(".{12,90}?[。！？]")
# 为…，近日，…: the aim is often what the subtitle says.
_AIM = re.compile(
    r"^为[^。]{4,90}?[，,](?=近日|日前|最近|近期|前不久|连日来|昨|今|由|本周|\d{1,2}月)"
)
_SAYS_MUCH = 8  # so many characters said by the first sentence count as one


def title_score(text: str, opening: float, body: str) -> float:
    """How much a line sounds like the title of an article with this body.

    `opening`: how much of the line the opening of the article says, from 0 to 1.
    """
    cues = title_cues(text, opening, body)
    return sum(TITLE_WEIGHTS[cue] * value for cue, value in cues.items()) + wording_score(text)


def are_halves(line: str, following: str) -> bool:
    """Whether two lines are so short that only together they make a title as wide as others."""
    widths = em(line), em(following)
    return max(widths) <= _HALF and abs(widths[0] - widths[1]) <= _UNEVEN


def is_dashed(text: str) -> bool:
    """Whether a line begins with a dash, as subtitles do."""
    return bool(_DASH.match(text))


def is_aside(text: str) -> bool:
    """Whether a line is worded like a kicker or subtitle."""
    return bool(_ASIDE.match(text) or _ABOUT.search(text))


def title_cues(text: str, opening: float, body: str) -> dict[str, float]:
    """The cues, each from 0 to about 1; a feature names its matter in the subtitle, news do not,
    nor do news that begin with a voice.
    """
    event, place, organ = _EVENT.search(text), _PLACES.match(text), _ORGAN.search(text)
    told, numerals = min(2, len(_TOLD.findall(text))) / 2, min(3, len(_NUMERAL.findall(text))) / 2
    feature, thing = is_feature(body), bool(_NAMES_THING.search(text))
    voice, lead = begins_with_quote(body), said_first(text, body)
    return {
        "opening": opening,
        "lead": lead,
        "event": bool(event),
        "event ends": bool(_EVENT_ENDS.search(text)),
        "thing": thing,
        "told": told,
        **_wording(text),
        "somebody": bool(_SOMEBODY.match(text)),
        "aside": bool(_ASIDE.match(text)),
        "about": bool(_ABOUT.search(text)),
        "dash": bool(_DASH.match(text)),
        "figures": bool(_FIGURES.search(text)),
        "numerals": numerals,
        "width": min(1.5, em(text) / 20),
        "place": bool(place),
        "organ": bool(organ),
        "place: event": bool(place) and bool(event),
        "voice: lead": voice * lead,
        "voice: place": voice and bool(place),
        "voice: event": voice and bool(event),
        "feature: opening": feature * opening,
        "feature: thing": feature and thing,
        "feature: event": feature and bool(event),
        "feature: place": feature and bool(place),
        "feature: organ": feature and bool(organ),
        "feature: numerals": feature * numerals,
        "feature: width": feature * min(1.5, em(text) / 20),
    }


def _wording(text: str) -> dict[str, float]:
    """Lively or official: the first sounds like a title, the second like what stands beside it."""
    slogans = len(_SLOGAN.findall(text))
    return {
        "asks": bool(_ASKS.search(text)),
        "comma": ("，" in text or "," in text) and not slogans,
        "person": bool(_PERSON.search(text)),
        "done": bool(_DONE.search(text)),
        "image": bool(_IMAGE.search(text)),
        "praise": bool(_PRAISE.search(text)),
        "local": bool(_LOCAL.match(text)),
        "slogan": min(2, slogans) / 2,
        "quote": "“" in text,
    }


def said_first(text: str, body: str) -> float:
    """How much of a line the first sentence of the article says, its aim apart."""
    start = _AIM.sub("", body[:160].replace("\n", ""))
    sentence = _LEAD.match(start)
    lead = sentence[0] if sentence else start[:70]
    signs = _NO_SIGN.sub("", text)
    held = {n + k for n in range(len(signs) - 1) if signs[n : n + 2] in lead for k in (0, 1)}
    return min(3, len(held) / _SAYS_MUCH)


def is_feature(body: str) -> bool:
    """Whether an article begins like a feature: with a scene or a voice, not with the news."""
    if begins_with_quote(body):
        return True
    return not (opens_article(body) or opens_with_date(body) or tells_when(body))
