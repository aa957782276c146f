"""Traditional characters are read as simplified ones, each in its place."""

import pytest

from fenmen.simplified import simplify


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("社工進入醫院，陪伴憂鬱的孩子", "社工进入医院，陪伴忧郁的孩子"),
        ("後院的樹乾枯了，於是鄰里發起種樹", "后院的树干枯了，于是邻里发起种树"),
        ("乾隆年間的乾坤二字", "乾隆年间的乾坤二字"),
        ("護理員說：「別怕。」", "护理员说：「别怕。」"),
    ],
)
def test_traditional_text_becomes_simplified(given, expected):
    assert simplify(given) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "著名的乾坤湾，河水覆盖了滩涂。",
        "护士刘喆和陈堃在镕水社区",
        "PM2.5 fell to 12%, she said.",
        "后勤、里程、于是、干净、征集",
    ],
)
def test_simplified_text_stays_as_it_is(text):
    assert simplify(text) == text


@pytest.mark.parametrize("odd", ["\0", "\ud800", "😀", "𠮷", "\u3000\n", "ﬀ"])
def test_every_character_keeps_its_place(odd):
    text = f"兒童{odd}福利{odd}機構"
    simple = simplify(text)
    assert len(simple) == len(text)
    assert simple.startswith("儿童")
    assert simple.endswith("机构")


def test_simplified_twice_is_simplified_once():
    once = simplify("主角溫昇豪與昇哥")
    assert simplify(once) == once == "主角温升豪与升哥"
