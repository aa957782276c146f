import pytest

from fenmen.articles.boundary_cues import boundary_cues
from fenmen.articles.page_habits import habits_of

from .test_page_habits import BRIDGE, paragraph


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("河口县的渡口码头换了新灯。", True),
        ("在青岛市的渡口，路灯全换了。", True),
        ("截至2月底，新登记市场主体同比增长18%。", False),
        ("今年来，全体村民都换了新灯。", False),
    ],
)
def test_a_place_is_what_has_a_name(text, named):
    page = [paragraph(BRIDGE[0]), paragraph(text)]
    cues = boundary_cues(page, 1, 0, [], habits_of(page, []))
    assert cues["new place"] == named
