"""One folder with a file of every kind, good and hostile: a row or an error for each of them."""

import csv
import io
import json
import random
from collections import defaultdict
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from fenmen.cli import main
from tests.articles.composer import Written
from tests.articles.formats.hostile import FILES, SENTENCE
from tests.articles.formats.offices import docx, xlsx
from tests.articles.formats.printing import Look, pdf_of, print_page
from tests.articles.formats.test_html import portal
from tests.tagging.archive import read_jsonl

TITLE = "社区食堂开张"
BODY = (
    SENTENCE + "开张那天来了两百多位老人，志愿者把饭送到不能下楼的老人家里。",
    "食堂每天供应六样菜，八十岁以上的老人半价，菜谱贴在门口，每周换一次。",
)
TEXT = f"{TITLE}\n　　{BODY[0]}\n　　{BODY[1]}\n"
OLD_SCRIPT = (
    "社區食堂開張\n　　為了讓更多老人按時吃上熱飯，街道在社區裡開了一家食堂，菜譜貼在門口。\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "gbk")
# Those that take seconds to read have tests of their own.
SLOW = ("bomb.pdf", "overprinted.pdf", "huge.html", "deep.html", "comments.html", "quotes.html")
HOSTILE = {name: (make, codes) for name, make, codes in FILES if name not in SLOW}


def parquet():
    import pyarrow
    from pyarrow import parquet

    file = io.BytesIO()
    table = pyarrow.table({"标题": [TITLE, "空"], "正文": ["\n".join(BODY), None]})
    parquet.write_table(table, file)
    return file.getvalue()


def mail():
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "冯远 <feng@example.cn>"
    message.set_content("\n".join(BODY))
    return message.as_bytes()


def page_of_a_newspaper():
    rng = random.Random(5)
    article = Written(title=TITLE, body="\n".join(BODY), subtitle="", byline="", credit="")
    return pdf_of([print_page([article], Look(columns=2, furniture=False), rng)], rng)


def good():
    """Files that can be read, by their names."""
    row = {"标题": TITLE, "正文": "\n".join(BODY), "来源": "江海晚报"}
    cells = f'"{TITLE}","{BODY[0]}\n{BODY[1]}"\n'
    return {
        "page.pdf": page_of_a_newspaper(),
        "saved.html": portal().replace("{charset}", "gbk").encode("gbk"),
        "word.docx": docx([("", line) for line in (TITLE, *BODY)]),
        "rows.xlsx": xlsx([["标题", "正文"], [TITLE, "\n".join(BODY)]]),
        "rows.csv": f"标题,正文\n{cells}".encode("gb18030"),
        "rows.tsv": f"标题\t正文\n{cells}".replace('","', '"\t"').encode("utf-8-sig"),
        "rows.jsonl": json.dumps(row, ensure_ascii=False).encode() + b"\n",
        "rows.parquet": parquet(),
        "letter.eml": mail(),
        "disguised.txt": page_of_a_newspaper(),
        "没有扩展名": TEXT.encode(),
        "big5.txt": OLD_SCRIPT.encode("big5"),
        **{f"{encoding}.txt": marked(encoding) for encoding in ENCODINGS},
    }


def marked(encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    return mark + TEXT.encode(encoding)


def desk(folder, hostile):
    """A folder with all good files and these hostile ones."""
    (folder / "hostile").mkdir(parents=True)
    for name, data in good().items():
        (folder / name).write_bytes(data)
    for name in hostile:
        (folder / "hostile" / name).write_bytes(HOSTILE[name][0]())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return desk(tmp_path_factory.mktemp("desk") / "来稿", ["scanned.pdf", "bomb.docx"])


@pytest.fixture
def call(bundle_folder, folder, monkeypatch):
    monkeypatch.chdir(folder.parent)

    def run(*arguments):
        options = ["--model", str(bundle_folder), "--no-evidence"]
        return CliRunner().invoke(main, ["tag", "来稿", *map(str, arguments), *options])

    return run


def by_file(rows):
    """The rows of each file; pages and sheets of a file belong to it."""
    files = defaultdict(list)
    for row in rows:
        files[row["source"].removeprefix("来稿/").split("#")[0].split(":")[0]].append(row)
    return files


def test_every_file_gives_its_rows_or_its_error(call, tmp_path, monkeypatch):
    folder = desk(tmp_path / "来稿", HOSTILE)
    monkeypatch.chdir(tmp_path)
    done = call("-o", tmp_path / "out.jsonl", "--errors", tmp_path / "e.jsonl", "--jobs", "1")
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    files = by_file(read_jsonl(tmp_path / "out.jsonl"))
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert set(files) == written
    for name in good():
        assert files[name][0]["status"] != "error", (name, files[name])
        wanted = "為了讓更多老人" if name == "big5.txt" else "为了让更多老人"
        assert any(wanted in row["body"] for row in files[name] if "body" in row), name
    for name, (_, codes) in HOSTILE.items():
        errors = {row["error"] for row in files[f"hostile/{name}"] if row["status"] == "error"}
        assert errors <= set(codes.split("|")) - {""}, name
        assert errors or "" in codes.split("|"), name
    assert files["empty.txt"][0]["error"] == "E_EMPTY"
    assert files["scan.jpg"][0]["error"] == "E_BINARY"
    listed = read_jsonl(tmp_path / "e.jsonl")
    told = [row for rows in files.values() for row in rows if row["status"] == "error"]
    assert sorted(e["code"] for e in listed) == sorted(row["error"] for row in told)
    assert all(error["fix"] for error in listed)


def test_processes_and_formats_make_no_difference_to_it(call, tmp_path):
    call("-o", tmp_path / "one.csv", "--jobs", "1", "--quiet")
    call("-o", tmp_path / "two.csv", "--jobs", "2", "--quiet")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    rows = csv.DictReader(io.StringIO((tmp_path / "one.csv").read_text("utf-8-sig"), newline=""))
    assert set(by_file(rows)) >= {*good(), "scan.jpg", "hostile/bomb.docx"}


def test_the_story_in_all_these_files_is_one(call, tmp_path):
    call("-o", tmp_path / "out.jsonl", "--once", "--reprints", tmp_path / "index")
    files = by_file(read_jsonl(tmp_path / "out.jsonl"))
    same = [files[f"{encoding}.txt"][0] for encoding in ENCODINGS] + [files["rows.tsv"][0]]
    assert len({row["cluster"] for row in same}) == 1
    assert {row["status"] for row in same} == {"reprint"}
    assert "江海晚报" in same[0]["outlets"]


def test_on_the_screen_the_errors_stand_apart(call):
    done = call("--json")
    assert done.exit_code == 2
    assert all(json.loads(line)["status"] != "error" for line in done.stdout.splitlines())
    assert "E_PDF_NO_TEXT 来稿/hostile/scanned.pdf" in done.stderr
    assert "of the inputs could not be read" in done.stderr


def test_an_output_inside_the_folder_is_no_input_of_the_next_run(bundle_folder, tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "a.txt").write_text(TEXT, "utf-8")
    given = ["tag", str(desk), "--once", "--reprints", str(desk / "index"), "--model"]
    given += [str(bundle_folder), "--errors", str(desk / "e.jsonl"), "-o", str(desk / "o.csv")]
    for _ in range(2):
        assert CliRunner().invoke(main, given).exit_code == 0
    assert len((desk / "o.csv").read_text("utf-8-sig").splitlines()) == 3
    assert Path(desk / "index").exists()
