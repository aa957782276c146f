"""Which headline is whose, and what it says of where articles begin."""

import pytest

from fenmen.articles import settling
from fenmen.articles.boundaries import Evidence
from fenmen.articles.headlines import Run, assign
from fenmen.articles.likeness import Likeness, grams
from fenmen.articles.lines import read_lines

from .test_page_habits import BRIDGE, LAMPS, paragraph


def test_a_short_heading_among_several_stays_in_its_article():
    texts = ["".join(BRIDGE), "".join(LAMPS)]
    likeness = Likeness(texts, [grams(text) for text in texts])
    (heading,) = read_lines("灯省下电\n")
    alone, in_company = (Run((heading,), None, 0, sections=more) for more in (False, True))
    assert list(assign([alone], likeness)[0]) == [1]
    assert list(assign([in_company], likeness)[0]) == []


@pytest.mark.parametrize(
    ("foot", "begins"),
    [
        ("桥工在木桥上铺了新木板\n渡口码头换了节能灯\n", [4, 3]),
        ("桥工在木桥上铺了新木板\n茶园丰收\n渡口码头换了节能灯\n", [3, 1, 3]),
    ],
)
def test_a_doubtful_beginning_counts_only_where_a_headline_is_its(monkeypatch, foot, begins):
    page = [paragraph(text) for text in (*BRIDGE, "茶园今年丰收，增产一成。", *LAMPS)]
    evidence = Evidence({0: "first", 4: "signed"}, {}, {1: -9, 2: -9, 3: -0.01, 5: -9, 6: -9})
    monkeypatch.setattr(settling, "weigh", lambda *_: evidence)
    settled = settling.settle(page, read_lines(foot))
    assert [len(draft.paragraphs) for draft in settled.drafts] == begins
