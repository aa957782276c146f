"""Which reader a file gets, what is imported for it, and what is said where a package lacks."""

import subprocess
import sys

import pytest

from fenmen.articles.formats.detect import kind_of
from fenmen.articles.formats.messages import pack, unpack
from fenmen.articles.formats.worker import results_of
from fenmen.articles.readers import read_pages
from fenmen.errors import FenmenError
from tests.articles.scoring import squash

from .offices import docx, xlsx
from .samples import samples
from .test_html import PARAGRAPHS, portal


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"junk\n%PDF-1.7\n", "a.pdf", "pdf"),
        ("讲讲 %PDF-1.7 这种格式".encode(), "a.txt", "text"),
        (b"<!DOCTYPE html><html>", "a.txt", "html"),
        (b"\xef\xbb\xbf\n<html lang=zh>", "-", "html"),
        ("<html>".encode("utf-16"), "-", "html"),
        ("<本报讯> 街道开了食堂".encode(), "a.txt", "text"),
        ("正文里有 <p> 这样的记号".encode(), "a.txt", "text"),
        (b"From: a@example.cn\nMIME-Version: 1.0\n\n", "a.eml", "mail"),
        ("日期: 今天\n来源: 江海晚报\n".encode(), "a.txt", "text"),
        ("标题,正文\n".encode(), "a.csv", "csv"),
        ("标题,正文\n".encode(), "a.txt", "text"),
        (b'{"text": ""}', "a.jsonl", "jsonl"),
        (b"PAR1", "a", "parquet"),
        (b"\x1f\x8b\x08", "a.jsonl.gz", "jsonl"),
        (b"\x1f\x8b\x08", "a.tar.gz", "text"),
        (b'{"text": "", "n": 1}\n{}', "a.json", "jsonl"),
        (b'{\n "text": ""\n}', "a.json", "json"),
        (b'[{"text": ""}]', "a.json", "json"),
        ("[本报讯]".encode(), "a.txt", "text"),
        (b"<?xml version='1.0'?><rss/>", "a.xml", "xml"),
        (b"", "a.pdf", "text"),
    ],
)
def test_the_kind_of_a_file_is_seen_in_its_bytes(head, name, kind):
    assert kind_of(head, name) == kind


def test_one_folder_of_every_kind_and_encoding_is_read(tmp_path):
    text = "社区食堂开张\n" + "\n".join("　　" + paragraph for paragraph in PARAGRAPHS)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        (tmp_path / f"{encoding}.txt").write_bytes(text.encode(encoding))
    traditional = "社區食堂開張\n　　為了讓更多老人按時吃上熱飯，街道在社區裡開了一家食堂。"
    (tmp_path / "big5.txt").write_bytes(traditional.encode("big5"))
    (tmp_path / "page.html").write_bytes(portal().replace("{charset}", "gbk").encode("gbk"))
    (tmp_path / "word.docx").write_bytes(docx([("", line) for line in text.split("\n")]))
    (tmp_path / "rows.xlsx").write_bytes(xlsx([["标题", "正文"], text.split("\n", 1)]))
    found = list(read_pages([tmp_path]))
    assert not [str(page) for page in found if isinstance(page, FenmenError)]
    assert len(found) == 8
    bodies = [squash(page.articles[0].body) for page in found if "big5" not in page.source]
    assert set(bodies) == {"".join(PARAGRAPHS)}


def test_reading_plain_text_imports_no_parser(tmp_path):
    (tmp_path / "a.txt").write_text("社区食堂开张\n" + PARAGRAPHS[0], "utf-8")
    code = (
        "import sys, fenmen; list(fenmen.read(sys.argv[1])); "
        "heavy = ['pypdfium2', 'trafilatura', 'lxml', 'python_calamine']; "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("kind", "package", "data"),
    [("pdf", "pypdfium2", b"%PDF-1.4"), ("zip", "python_calamine", xlsx([["正文"]]))],
)
def test_a_missing_package_is_named_with_how_to_get_it(monkeypatch, kind, package, data):
    monkeypatch.setitem(sys.modules, package, None)
    (error,) = results_of(kind, data, "a.file", "")
    assert error.code == "E_EXTRA"
    assert "pip install 'fenmen[formats]'" in str(error)


def test_pages_and_errors_survive_the_way_between_processes():
    (page,) = results_of("html", portal().encode(), "page.html", "")
    error = FenmenError("E_DAMAGED", where="a", what="b", fix="c")
    again, told = unpack(pack([page, error]))
    assert again == page
    assert str(told) == str(error)


def test_the_samples_are_those_that_are_written_and_all_but_two_can_be_read(root):
    folder = root / "data/formats"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == set(samples())
    found = list(read_pages([folder]))
    codes = {page.code for page in found if isinstance(page, FenmenError)}
    assert codes == {"E_EMPTY", "E_PDF_NO_TEXT", "E_PDF_ENCRYPTED"}
    assert sum(len(page.articles) for page in found if not isinstance(page, FenmenError)) == 34
