"""Reprints in tagging: who printed a story, tagged once, the same to the byte after a kill."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fenmen.articles import reprint_file
from fenmen.cli import main
from fenmen.errors import FenmenError
from fenmen.tagging import batch, inputs
from fenmen.tagging.batch import InterruptedBatchError, run
from fenmen.tagging.stories import Asked
from tests.tagging.archive import Silent, job, read_jsonl, tag, write_jsonl

STATION = (
    "清河县柳林镇的社会工作站七月三日上午正式挂牌。四名驻站社工将走访全镇312户困难家庭，"
    "为留守老人建立档案，并每周两次到村小学陪伴留守儿童。站长说，过去三个月，社工已经上门走访了"
    "一百二十七户，其中四十一户需要长期探访。年内还将在另外五个乡镇建站，经费由县财政和福彩公益金"
    "共同承担。村民赵桂花今年七十八岁，儿女都在外地打工，社工每次来都帮她量血压，陪她说一会儿话。"
)
SHORTENED = (
    STATION.replace("一百二十七户", "127户").replace("正式挂牌。", "正式挂牌了。")[:150]
    + "年内还将再建五个站。"
)
HOTLINE = (
    "盐城市夜间心理援助热线昨天正式开通。接线员说，上半年共接听来电一千二百个，其中三成来自学生。"
    "失眠、情绪低落的来电者会被转介到抑郁症门诊，第二天再回访一次。热线每天晚上八点到次日清晨六点"
    "开通，由二十六名受过危机干预培训的志愿者轮流值守。"
)
OUTFALL = (
    "河道里的死鱼引来环保执法人员，他们在暗管口取样，化学需氧量超标四倍，企业被责令停产整改。"
    "执法人员随后沿河排查了十四个排口，封堵三处，并要求企业在三十天内公开整改方案。"
)
ROWS = [
    {"标题": "社工站挂牌", "text": STATION, "来源": "清河日报", "日期": "2024年7月4日"},
    {"标题": "夜里也有人接听", "text": HOTLINE, "来源": "盐城晚报", "日期": "2024-05-01"},
    {"标题": "柳林镇有了社工站", "text": SHORTENED, "来源": "江海公益报", "日期": "2024/7/3"},
    {"标题": "坏行", "text": 5, "来源": "无", "日期": ""},
    {"标题": "暗管被封", "text": OUTFALL, "来源": "江海公益报", "日期": "20240611"},
    {"标题": "社工站挂牌", "text": STATION, "来源": "乡村周刊", "日期": ""},
]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(inputs, "ROWS", 2)
    monkeypatch.setattr(batch, "COMMIT", 0.0)


@pytest.fixture
def source(tmp_path):
    return write_jsonl(tmp_path / "in.jsonl", ROWS)


@pytest.fixture
def call(bundle_folder, tmp_path, monkeypatch):
    """Run `fenmen tag` in a folder of three pages, two of which print one story."""
    monkeypatch.chdir(tmp_path)
    pages = {
        "a/1.txt": f"社工站在村里挂牌\n　　{STATION}（冯远）\n",
        "b/1.txt": f"夜里也有人接听\n　　{HOTLINE}（卢青）\n",
        "b/2.txt": f"柳林镇有了社工站\n　　{SHORTENED}（据清河日报）\n",
    }
    for name, text in pages.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")

    def run(*arguments):
        options = [*map(str, arguments), "--model", str(bundle_folder)]
        return CliRunner().invoke(main, ["tag", *options])

    return run


def statuses(lines):
    return [line["status"] for line in lines]


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_every_row_tells_its_cluster_its_first_source_and_its_outlets(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "out.jsonl", stories=Asked())
    lines = read_jsonl(tmp_path / "out.jsonl")
    story = lines[0]["cluster"]
    assert [line["cluster"] == story for line in lines] == [True, False, True, False, False, True]
    assert lines[5]["outlets"] == ["清河日报", "江海公益报", "乡村周刊"]
    assert {lines[n]["first_source"] for n in (0, 2, 5)} == {"江海公益报"}  # the day before
    assert (lines[3]["cluster"], lines[3]["outlets"], lines[3]["error"]) == ("", [], "E_TYPE")
    assert statuses(lines).count("reprint") == 0


def test_once_leaves_the_tags_to_the_first_print(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "plain.jsonl")
    tag(tagger, source, tmp_path / "out.jsonl", stories=Asked(once=True))
    plain, lines = read_jsonl(tmp_path / "plain.jsonl"), read_jsonl(tmp_path / "out.jsonl")
    assert [n for n, line in enumerate(lines) if line["status"] == "reprint"] == [2, 5]
    for n in (2, 5):
        assert (lines[n]["tags"], lines[n]["reason"]) == ([], lines[0]["cluster"])
    for n in (0, 1, 3, 4):
        told = {key: lines[n][key] for key in plain[n]}
        assert told == plain[n]


def test_an_index_knows_the_stories_of_earlier_runs(tagger, tmp_path, source):
    asked = Asked(tmp_path / "index", once=True)
    tag(tagger, source, tmp_path / "out.jsonl", stories=asked)
    later = write_jsonl(tmp_path / "later.jsonl", [{"text": SHORTENED, "来源": "后来报"}, ROWS[1]])
    tag(tagger, later, tmp_path / "later-out.jsonl", stories=asked)
    lines = read_jsonl(tmp_path / "later-out.jsonl")
    assert statuses(lines) == ["reprint", "reprint"]
    assert lines[0]["outlets"] == ["清河日报", "江海公益报", "乡村周刊", "后来报"]
    assert lines[0]["cluster"] == read_jsonl(tmp_path / "out.jsonl")[0]["cluster"]


def test_the_same_input_against_its_own_index_gives_the_same_bytes(tagger, tmp_path, source):
    asked = Asked(tmp_path / "index", once=True)
    outputs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for output in outputs:
        tag(tagger, source, output, stories=asked)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_rows_that_number_themselves_alike_are_not_taken_for_each_other(tagger, tmp_path):
    one = write_jsonl(tmp_path / "one.jsonl", [{"id": 1, "text": STATION}])
    two = write_jsonl(tmp_path / "two.jsonl", [{"id": 1, "text": HOTLINE}])
    tag(tagger, [one, two], tmp_path / "out.jsonl", stories=Asked(once=True))
    lines = read_jsonl(tmp_path / "out.jsonl")
    assert lines[0]["cluster"] != lines[1]["cluster"]
    assert "reprint" not in statuses(lines)


def test_the_same_file_named_twice_is_tagged_once(tagger, tmp_path, source):
    tag(tagger, [source, source], tmp_path / "out.jsonl", stories=Asked(once=True))
    found = statuses(read_jsonl(tmp_path / "out.jsonl"))
    assert found[6:] == ["reprint", "reprint", "reprint", "error", "reprint", "reprint"]


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet", ".tsv.gz"])
@pytest.mark.parametrize("index", [None, "index"])
def test_a_stopped_run_goes_on_to_the_same_bytes(tagger, tmp_path, source, ending, index):
    def asked(name):
        return Asked(tmp_path / f"{name}-{index}" if index else None, once=True)

    whole, parts = tmp_path / f"whole{ending}", tmp_path / f"parts{ending}"
    tag(tagger, source, whole, stories=asked("whole"), jobs=2)
    other = write_jsonl(tmp_path / "other.jsonl", [{"text": STATION, "来源": "别的报"}])
    for after in (1, 1):
        with pytest.raises(InterruptedBatchError):
            run(job(source, parts, stories=asked("parts")), tagger, Silent(stop_after=after))
        if index:  # what others add meanwhile is not told by half of the rows
            tag(tagger, other, tmp_path / "other-out.jsonl", stories=asked("parts"))
    # The path of the index is an option: only its name differs here.
    tag(tagger, source, parts, stories=asked("parts"))
    assert parts.read_bytes() == whole.read_bytes()


def test_a_first_reading_that_fails_leaves_the_index_as_it_was(
    tagger, tmp_path, source, monkeypatch
):
    asked = Asked(tmp_path / "index", once=True)
    add, calls = reprint_file.ReprintFile.add, []

    def fails(*given):
        calls.append(given)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return add(*given)

    monkeypatch.setattr(reprint_file.ReprintFile, "add", fails)
    with pytest.raises(InterruptedBatchError):
        run(job(source, tmp_path / "out.jsonl", stories=asked), tagger, Silent())
    monkeypatch.undo()
    monkeypatch.setattr(inputs, "ROWS", 2)
    tag(tagger, source, tmp_path / "out.jsonl", stories=asked)
    tag(tagger, source, tmp_path / "whole.jsonl", stories=Asked(once=True))
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


KILLED = """
import os, signal, sys
from fenmen.articles import duplicates
from fenmen.tagging import stories

place, name = {"commit": (duplicates.Reprints, "commit"), "rename": (stories.Path, "replace")}[
    os.environ["DIE_AT"]
]
if os.environ["DIE_AT"] == "commit":
    place, name = duplicates.Reprints, "__exit__"

def die(*given):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, name, die)
from fenmen.cli import main
main()
"""


@pytest.mark.parametrize("step", ["commit", "rename"])
def test_a_run_killed_at_the_end_of_its_first_reading_ends_alike(call, bundle_folder, step):
    options = ["--once", "--reprints", "index", "-o", "out.jsonl", "--model", str(bundle_folder)]
    command = [sys.executable, "-c", KILLED, "tag", "a", "b", *options]
    assert subprocess.run(command, env=os.environ | {"DIE_AT": step}).returncode == -9
    assert call("a", "b", "--once", "--reprints", "index", "-o", "out.jsonl").exit_code == 0
    assert call("a", "b", "--once", "-o", "whole.jsonl").exit_code == 0
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


def test_another_index_under_the_same_output_is_refused(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "out.jsonl", stories=Asked(tmp_path / "one"))
    for other, named in ((Asked(tmp_path / "two"), "reprints"), (None, "once, another reprints")):
        with pytest.raises(FenmenError, match=f"E_RESUME .*another {named}"):
            tag(tagger, source, tmp_path / "out.jsonl", stories=other)


def test_a_file_that_is_no_index_is_told_and_kept(call):
    Path("notes.txt").write_text("我的笔记", "utf-8")
    done = call("a", "--reprints", "notes.txt", "-o", "out.jsonl")
    assert done.exit_code == 2
    assert "E_INDEX notes.txt" in done.stderr
    assert Path("notes.txt").read_text("utf-8") == "我的笔记"
    assert call("a", "--reprints", "index", "-o", "out.jsonl").exit_code == 0


def test_pages_say_on_the_screen_who_printed_them(call):
    done = call("a", "b", "--once")
    assert done.exit_code == 0
    assert "reprint" in done.stdout
    assert "清河日报" in done.stdout
    assert "printed by" in done.stdout
    assert "printed by" not in call("a", "b").stdout


def test_screen_and_file_tell_the_same(call):
    printed = json_lines(call("a", "b", "--once", "--json").stdout)
    call("a", "b", "--once", "-o", "out.jsonl")
    assert printed == read_jsonl(Path("out.jsonl"))
    assert statuses(printed)[2] == "reprint"
    assert printed[2]["reason"] == printed[0]["id"] == printed[0]["cluster"]


def test_tables_tell_the_same_on_the_screen_and_in_a_file(call, source):
    printed = json_lines(call(source, "--once", "--text-column", "text").stdout)
    call(source, "--once", "-o", "out.jsonl")
    assert printed == read_jsonl(Path("out.jsonl"))
    assert statuses(printed).count("reprint") == 2


def test_a_spreadsheet_has_three_more_columns(call):
    call("a", "b", "--once", "-o", "out.csv")
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"), newline="")))
    assert [row["outlets"] for row in rows] == ["a/1.txt；清河日报", "b/1.txt", "a/1.txt；清河日报"]
    assert rows[2]["first_source"] == "a/1.txt"
    assert rows[2]["reason"] == rows[0]["cluster"]


def test_own_columns_of_these_names_are_kept(tagger, tmp_path):
    mine = [{"text": STATION, "cluster": "甲", "outlets": 3}]
    source = write_jsonl(tmp_path / "in.jsonl", mine)
    tag(tagger, source, tmp_path / "out.jsonl", stories=Asked())
    (line,) = read_jsonl(tmp_path / "out.jsonl")
    assert (line["input_cluster"], line["input_outlets"]) == ("甲", 3)
    tag(tagger, source, tmp_path / "plain.jsonl")
    assert read_jsonl(tmp_path / "plain.jsonl")[0]["cluster"] == "甲"


def test_outlet_and_day_may_stand_in_other_columns(call):
    write_jsonl(Path("in.jsonl"), [{"text": STATION, "报": "甲报", "印": "2024-01-02"}])
    done = call("in.jsonl", "--once", "--source-column", "报", "--date-column", "印")
    assert json_lines(done.stdout)[0]["first_source"] == "甲报"
    done = call("in.jsonl", "--once", "--source-column", "抱")
    assert "E_COLUMN" in done.stderr


def test_the_summary_counts_reprints(call):
    done = call("a", "b", "--once", "-o", "out.csv", "--summary", "s.json")
    assert "reprints of a story told before: 1" in done.stderr
    assert json.loads(Path("s.json").read_text("utf-8"))["statuses"]["reprint"] == 1


def test_help_teaches_both_options(call):
    told = " ".join(CliRunner().invoke(main, ["tag", "--help"]).stdout.split())
    for words in ("--reprints FILE", "earlier runs", "--once", "printed first", "read twice"):
        assert words in told


def test_plain_tagging_loads_nothing_of_it(root):
    code = "import sys; from fenmen.cli import printing, batch; print('rensa' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
