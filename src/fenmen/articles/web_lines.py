"""Lines of a web page that belong to the site: menus, buttons, key words, footers."""

import re

_PRESS = (
    "(?:打印|关闭|收藏|分享|返回|转发|推荐|评论|纠错|复制|下载|大字|小字|朗读|点赞|举报|投稿|留言|订阅|听新闻"
    "|顶部|我要纠错|语音播报|加入收藏|全文朗读)"
    "(?:本页|窗口|此页|该页|本文|链接|文章|页面|顶部|首页|列表|上一?页|全文|正文|到手机)?"
)
_BUTTONS = re.compile(
    rf"(?:[【\[(（]? ?{_PRESS} ?[】\])）]?[ |丨/、]{{0,2}}){{1,8}}"
    r"|(?:[【\[(（]?[TA]?[大中小]号?[+-]?[】\])）]?[ |丨/]{0,2}){2,4}"
    "|[大中小]字号|(?:A[+-]?[ |]?){2,3}"
    "|(?:字号|字体)[:：]? ?.{0,16}|分享让更多人看到"
    "|(?:点击|上方|长按).{0,12}(?:关注|识别|二维码).{0,8}"
    "|(?:阅读|展开|收起|查看|点击|显示)(?:剩余|更多|全部)?(?:全文|部分|剩余部分|内容|原文)?"
    r"(?:[（(]\d{0,3}%?[）)])?[>》↓]{0,3}"
    "|(?:点击|滑动|戳|轻触).{0,10}(?:查看|阅读|收听|播放|进入).{0,12}|(?:END|The End|完|全文完)"
    r"|(?:本文)?(?:已被)?(?:浏览|阅读|点击)[ :：]{0,2}\d{1,9} ?次?"
    "|网友评论|我要评论|发表评论|最新评论|登录后才能评论"
    "|(?:微信|微博|QQ|二维码)(?:扫码|分享|公众号)?[:：]?|打开微信.{0,30}"
    "|(?:用|使用|打开)?(?:微信|手机).{0,6}扫.{0,24}|手机(?:版|看|阅读|端)?|电脑版|客户端下载|版权信息"
    "|信息公开目录|下载(?:APP|客户端).{0,10}",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    "[^，。；：:>＞»›]{1,14}(?: ?(?:>{1,2}|＞{1,2}|»|›) ?[^，。；>＞»›]{1,24}){1,6}(?:>{1,2}|＞|»)?"
    "|(?:您|你)?(?:当前|现在)?的?(?:所在)?位置(?:是)?[:：].{0,80}"
)
_TAGS = re.compile(
    "(?:关键词|关键字|标签|TAGS?|所属(?:栏目|分类|类别)|分类|专题|索引号|文号|主题词)[:：].{0,60}",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    "[^。]{0,60}(?:ICP[备证]|公网安备|网安备|版权所有|All Rights Reserved|网站标识码|备案号"
    "|许可证[:：号])"
    "[^。]{0,80}|(?:友情链接|违法和不良信息|技术支持|网站(?:声明|维护|地图))[:：]?[^。，]{0,60}"
    "|主办(?:单位)?[:：][^。，]{2,30}(?:承办|协办|技术支持)(?:单位)?[:：][^。，]{2,30}"
    "|(?:[^，。； |丨]{2,6} ?[|丨] ?){2,9}[^，。； |丨]{2,8}",
    re.IGNORECASE,
)


def is_button(words: str) -> bool:
    """Whether a line is a row of buttons or counters."""
    return bool(_BUTTONS.fullmatch(words))


def is_trail(words: str) -> bool:
    """Whether a line tells where in the site the page is: 首页 > 新闻 > 正文."""
    return bool(_TRAIL.fullmatch(words))


def is_footer(words: str) -> bool:
    """Whether a line stands at the foot of a site: licences, owners, links."""
    return bool(_FOOTER.fullmatch(words))


def is_tags(words: str) -> bool:
    """Whether a line lists key words or the like."""
    return bool(_TAGS.fullmatch(words))
