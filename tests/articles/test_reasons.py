import json

import pytest
from click.testing import CliRunner

from fenmen.articles.boundary_weights import BOUNDARY_WEIGHTS
from fenmen.articles.cue_names import BECAUSE, CUE_NAMES
from fenmen.articles.pages import split_page
from fenmen.cli import main

MARKET = (
    "10月8日，柳堤镇的早市搬进了新棚，三百二十个摊位第一次有了编号。\n"
    "管理员葛春生说，雨天不用再撑伞卖菜，老人也不会在泥地里滑倒。"
)
CHOIR = (
    "近日，矿工医院的合唱队在门诊大厅排练，十九名队员全是康复病人。\n"
    "指挥柏青原来开吊车，她说唱到第三首，大家的手就不抖了。"
)
PAGE = f"柳堤早市搬进新棚\n{MARKET}\n门诊大厅里的合唱队\n{CHOIR}\n"


def reasons(kind):
    return [reason for reason in split_page(PAGE).reasons if reason.kind == kind]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return str(path)


def test_a_boundary_tells_what_spoke_for_and_against_it():
    first, second = (reason for reason in reasons("boundary") if reason.decided == "begins")
    assert (first.because, first.signals, first.article) == ("the page begins", (), 1)
    assert (second.article, second.text) == (2, CHOIR[:20])
    assert PAGE[second.at :].startswith(CHOIR)
    counted = {signal.name: signal.value * signal.weight for signal in second.signals}
    assert counted["headline"] > 0
    assert counted["opens"] > 0
    assert second.score == pytest.approx(sum(counted.values()))


def test_a_headline_tells_its_article_and_the_runner_up():
    first, second = reasons("headline")
    assert (first.text, first.decided, first.article) == ("柳堤早市搬进新棚", "title", 1)
    assert (second.text, second.article, second.runner_up) == ("门诊大厅里的合唱队", 2, 1)
    assert second.score > second.runner_up_score
    assert second.because == "it stands right above"


def test_a_record_with_fields_has_nothing_to_explain():
    assert split_page(f"【 标  题 】柳堤早市搬进新棚\n【 正  文 】\n    {MARKET}\n").reasons == ()


def test_every_cue_has_a_name_in_english_and_chinese():
    assert set(CUE_NAMES) == set(BOUNDARY_WEIGHTS)
    assert all(len(set(names)) == 2 for names in CUE_NAMES.values())
    assert all(BECAUSE.values())


def test_split_explains_boundaries_and_headlines(file):
    done = CliRunner().invoke(main, ["split", file, "--explain"])
    assert done.exit_code == 0
    assert "「近日，矿工医院的合唱队在门诊大厅排练，十…」 begins 起 #2" in done.stdout
    assert "opening words 导语用语 (1.00 × +" in done.stdout
    assert "「门诊大厅里的合唱队」 → title 标题 #2 (likeness 相似" in done.stdout
    assert "runner-up 次选 #1" in done.stdout


def test_split_explains_in_json_too(file):
    done = CliRunner().invoke(main, ["split", file, "--explain", "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["kind"] for row in rows[2:]] == ["boundary"] * (len(rows) - 4) + ["headline"] * 2
    assert {"name", "value", "weight"} == set(rows[3]["signals"][0])


def test_the_help_of_split_says_what_explain_shows():
    assert "signals at each boundary" in CliRunner().invoke(main, ["split", "--help"]).stdout
