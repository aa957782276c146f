"""Which lines of a headline are its title, and which its subtitle."""

import pytest

from fenmen.articles.pages import split_page

STORY = (
    "　　清河镇的卫生院每周三晚上开一堂课，讲怎\n"
    "样睡得着觉。头一堂只来了七个人，如今坐满\n了一屋子。\n"
    "　　医生叶文秀说，来的多半是老人，白天闲下\n来，夜里就睡不踏实，先从少喝浓茶讲起。\n"
)


@pytest.mark.parametrize(
    ("lines", "title", "subtitle"),
    [
        (
            "卫生院的“瞌睡课”\n———清河镇把失眠门诊搬到晚上",
            "卫生院的“瞌睡课”",
            "清河镇把失眠门诊搬到晚上",
        ),
        ("睡不着的人\n都来上一堂课", "睡不着的人都来上一堂课", ""),
        (
            "睡不着的人\n都来上一堂课\n——清河镇卫生院的晚间门诊",
            "睡不着的人都来上一堂课",
            "清河镇卫生院的晚间门诊",
        ),
        (
            "对话清河镇卫生院医生叶文秀\n“先从少喝浓茶讲起”",
            "“先从少喝浓茶讲起”",
            "对话清河镇卫生院医生叶文秀",
        ),
    ],
)
def test_a_headline_of_several_lines_is_parted_as_it_was_meant(lines, title, subtitle):
    (article,) = split_page(f"{lines}\n{STORY}").articles
    assert (article.title, article.subtitle) == (title, subtitle)
