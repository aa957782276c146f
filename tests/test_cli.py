"""What a user types and sees."""

import csv
import io
import json
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from fenmen.cli import main
from tests.tagging.archive import TEXTS, read_jsonl, rows, write_jsonl

PAGE = (
    f"盐城开通夜间心理援助热线\n{TEXTS[2]}"
    "接线员说，上半年共接听来电一千二百个，其中三成来自学生。（王晓）\n"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def call(bundle_folder, tmp_path, monkeypatch):
    """Run a command in an empty folder; `tag` and `show` get the small model."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, given=None):
        arguments = [str(argument) for argument in arguments]
        if arguments[0] in ("tag", "show") and "--model" not in arguments:
            arguments += ["--model", str(bundle_folder)]
        return CliRunner().invoke(main, arguments, input=given)

    return run


def test_split_shows_the_articles_of_a_page(call, page):
    done = call("split", page)
    assert done.exit_code == 0
    assert "盐城开通夜间心理援助热线" in done.stdout
    assert "utf-8" in done.stdout


def test_split_prints_json_lines_and_leftovers(call, page):
    done = call("split", page, "--json", "--leftovers")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["title"] == "盐城开通夜间心理援助热线"
    assert all("reason" in line for line in lines[1:])


def test_split_goes_on_after_a_bad_page_and_exits_with_2(call, page):
    done = call("split", "none.txt", page)
    assert done.exit_code == 2
    assert "E_MISSING none.txt: does not exist" in done.stderr
    assert "盐城开通夜间心理援助热线" in done.stdout


def test_tag_shows_topics_and_the_words_that_decided_them(call, page):
    done = call("tag", page)
    assert done.exit_code == 0
    assert "心理健康" in done.stdout
    assert done.stderr == ""


def test_tag_prints_one_json_line_an_article(call, page):
    (line,) = call("tag", page, "--json").stdout.splitlines()
    tagged = json.loads(line)
    assert tagged["tags"][0]["topic"] == "mental_health"
    assert tagged["body"][slice(*[tagged["tags"][0]["evidence"][0][k] for k in ("start", "end")])]


def test_tag_reads_a_page_from_standard_input(call):
    tagged = json.loads(call("tag", "-", "--json", given=PAGE).stdout)
    assert tagged["source"] == "standard input"


def test_tag_writes_a_spreadsheet_of_a_folder_of_pages(call, page, tmp_path):
    (tmp_path / "pages").mkdir()
    page.rename(tmp_path / "pages/a.txt")
    done = call("tag", "pages", "-o", "out.csv")
    assert done.exit_code == 0
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["topic_ids"], row["source"]) == ("mental_health", "pages/a.txt")


def test_tag_prints_tables_as_json_lines(call, tmp_path):
    write_jsonl(tmp_path / "in.jsonl", [*rows(2), {"text": 1}])
    done = call("tag", "in.jsonl", "--no-segments")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["status"] == "error" for line in lines] == [False, False, True]
    assert (done.exit_code, "segments" in lines[0]) == (2, False)
    assert "1 bad rows: E_TYPE 1" in done.stderr


def test_tag_reads_a_table_from_standard_input(call, tmp_path):
    text = write_jsonl(tmp_path / "in.jsonl", rows(3)).read_text("utf-8")
    done = call("tag", "-", "--input-format", "jsonl", given=text)
    assert len(done.stdout.splitlines()) == 3
    done = call("tag", "-", "--input-format", "jsonl", "-o", "out.jsonl", given=text)
    assert done.exit_code == 0
    assert len(read_jsonl(tmp_path / "out.jsonl")) == 3


def test_tag_closes_with_a_summary_and_writes_it_for_machines(call, tmp_path):
    write_jsonl(tmp_path / "in.jsonl", [*rows(8), {"text": ""}])
    done = call(
        *("tag", "in.jsonl", "-o", "out.jsonl", "--errors", "e.jsonl", "--summary", "s.json")
    )
    assert done.exit_code == 2
    assert "E_EMPTY in.jsonl:9: holds no text; give the row a text" in done.stderr
    assert "9 rows in" in done.stderr
    assert "errors: E_EMPTY 1" in done.stderr
    summary = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert (summary["rows"], summary["errors"], summary["statuses"]["error"]) == (
        9,
        {"E_EMPTY": 1},
        1,
    )
    assert summary["rows_per_second"] > 0
    assert read_jsonl(tmp_path / "e.jsonl")[0]["line"] == 9


def test_quiet_says_nothing(call, tmp_path):
    write_jsonl(tmp_path / "in.jsonl", [*rows(2), {"text": ""}])
    done = call("tag", "in.jsonl", "-o", "out.jsonl", "--quiet")
    assert (done.exit_code, done.output) == (2, "")


def test_a_fault_is_one_line_and_a_bad_model_exits_with_3(call, page):
    done = call("tag", page, "--model", "none")
    assert done.exit_code == 3
    assert done.stderr.startswith("E_BUNDLE_")
    assert len(done.stderr.splitlines()) == 1


def test_debug_shows_the_traceback(call, page):
    done = call("--debug", "tag", page, "--model", "none")
    assert done.exception is not None
    assert "E_BUNDLE_" in str(done.exception)


def test_an_unknown_topic_names_the_nearest(call, page):
    done = call("tag", page, "--topics", "mental_helth")
    assert done.exit_code == 2
    assert "did you mean mental_health" in done.stderr


def test_check_reports_a_faulty_corpus(call, root, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.jsonl").write_text("{}\n", "utf-8")
    done = call("check", "corpus", "--taxonomy", root / "conf/taxonomy/social.yaml")
    assert done.exit_code == 2
    assert "a.jsonl:1" in done.stderr


def test_show_tells_topics_thresholds_and_words(call):
    done = call("show", "--words", "5")
    assert done.exit_code == 0
    assert "environment  环境  threshold" in done.stdout
    lines = done.stdout.splitlines()
    words = lines[lines.index(next(line for line in lines if line.startswith("environment"))) + 1]
    assert len(words.split("、")) == 5


def test_every_command_and_option_has_help(call):
    for name in ("split", "tag", "check", "show"):
        done = (
            call(name, "--help")
            if name in ("split", "check")
            else CliRunner().invoke(main, [name, "-h"])
        )
        assert done.exit_code == 0
        assert "Usage" in done.stdout


# Its second piece is under way until a file appears: however fast the machine, it can be stopped.
HELD = """
import os, time
from fenmen.cli import main
from fenmen.tagging import batch, workers

work = workers.work

def held(tagger, piece, *rest):
    while piece.rows[0][0] > 1 and not os.path.exists("go"):
        time.sleep(0.05)
    return work(tagger, piece, *rest)

batch.COMMIT, workers.work = 0.0, held
main()
"""


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(bundle_folder, tmp_path):
    write_jsonl(tmp_path / "in.jsonl", rows(1100))
    command = [
        *(sys.executable, "-c", HELD, "tag", "in.jsonl", "-o", "out.jsonl"),
        *("--jobs", "2", "--no-evidence", "--model", str(bundle_folder)),
    ]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        # Started in the background, the tests themselves may have been told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    journal = tmp_path / ".out.jsonl.fenmen/journal"
    while process.poll() is None and not _has_rows(journal):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    (tmp_path / "go").touch()
    _, error = process.communicate()
    assert process.returncode == 130
    assert b"512 rows are kept. To go on, run the same command again" in error
    assert b"Traceback" not in error


def _has_rows(journal):
    return journal.exists() and len(journal.read_bytes().splitlines()) > 1


def test_export_writes_a_pipeline_and_warns_of_what_loading_it_means(bundle_folder, tmp_path):
    import joblib

    path = tmp_path / "model.joblib"
    done = CliRunner().invoke(
        main, ["export", "--joblib", str(path), "--model", str(bundle_folder)]
    )
    assert done.exit_code == 0
    assert "runs code" in done.output
    assert joblib.load(path).predict([TEXTS[2]]).shape == (1, 4)


def test_columns_are_guessed_by_their_names_and_shown(call, tmp_path):
    rows = [{"标题": "热线开通", "内容": TEXTS[2], "来源": "江海晚报"}]
    write_jsonl(tmp_path / "in.jsonl", rows)
    done = call("tag", "in.jsonl", "-o", "out.jsonl")
    assert "in.jsonl: text: 内容, title: 标题, source: 来源" in done.stderr
    assert read_jsonl(tmp_path / "out.jsonl")[0]["tags"][0]["topic"] == "mental_health"
    assert "text: 内容" in call("tag", "in.jsonl").stderr
    assert "text: 内容" not in call("tag", "in.jsonl", "--quiet").stderr
