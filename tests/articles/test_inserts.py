"""Headlines, quotes and captions in the middle of a sentence."""

import pytest

from fenmen.articles.pages import split_page

ABOVE = (
    "　　清河镇东头的木桥去年秋天被大水冲断了，\n"
    "孩子们上学要绕五里路。今年三月，镇里请来\n桥工老郭，用旧钢梁"
)
BELOW = (
    "搭了一座便桥，\n两边装了铁栏杆，桥面铺了防滑的木板。老郭\n说，便桥能用十年，等新桥的图纸批下来，钢\n"
    "梁还可以再用一次。（郭一凡）\n"
)
OTHER = (
    "　　渡口码头的二十盏路灯昨天全部换成了节能\n"
    "灯。码头管理所说，一年能省下四千度电，夜里\n靠岸的船也看得更清。（林小满）\n"
)
WHOLE = (ABOVE + BELOW).replace("\n", "").replace("　", "").removesuffix("（郭一凡）")


def wrapped(insert):
    """The article with lines between two of a column's in the middle of a sentence."""
    text = (ABOVE + BELOW).replace("\n", "").removeprefix("　　")
    lines = ["　　" + text[:18]] + [text[n : n + 20] for n in range(18, len(text), 20)]
    return "\n".join([*lines[:3], insert, *lines[3:]])


@pytest.mark.parametrize(
    "insert",
    [
        "渡口路灯换了新装",
        "渡口码头二十盏路灯全部换新 夜里靠岸的船看得更清楚",
        "渡口路灯\n昨天换了新装",
        "省电四千度，渡口换路灯",
        "渡口的“夜眼睛”亮了\n码头换灯",
    ],
)
def test_a_headline_in_the_middle_of_a_sentence_goes_to_its_own_article(insert):
    bridge, lamps = split_page(f"断桥又能走人了\n{wrapped(insert)}\n{OTHER}").articles
    assert bridge.title == "断桥又能走人了"
    assert bridge.body == WHOLE
    assert "渡口" in lamps.title


def test_a_caption_above_its_photographer_interrupts_no_sentence():
    caption = "便桥通行首日，桥工老郭守在桥头，一个一个数来往的行人\n　　本报记者 林小满 摄"
    page = split_page(f"断桥又能走人了\n{wrapped(caption)}\n")
    assert page.articles[0].body == WHOLE
    assert {piece.reason for piece in page.leftovers} == {"caption", "byline"}


def test_lines_of_a_column_that_narrows_are_no_insert():
    text = WHOLE + WHOLE
    lines = ["　　" + text[:18], text[18:38], text[38:58]]
    lines += [text[n : n + 13] for n in range(58, len(text), 13)]
    (article,) = split_page("断桥又能走人了\n" + "\n".join(lines) + "\n").articles
    assert article.body == text
