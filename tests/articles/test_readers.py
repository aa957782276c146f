import io
import os
import sys
from pathlib import Path

import pytest

from fenmen.articles.readers import plain_article, read, read_pages
from fenmen.errors import FenmenError

TEXT = "社工站在村里挂牌\n近日，县里第一家社工站挂牌，三名社工住进了村里。（冯远）\n"


def test_a_bad_file_gives_its_error_and_never_stops_the_others(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "c.md").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "d.css").write_text("left alone", "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/e.txt").write_bytes(b"\x00\x01\xff\xfe" * 30)
    found = list(read_pages([tmp_path]))
    assert [type(page).__name__ for page in found] == ["FenmenError", "Page", "Page", "FenmenError"]
    assert [page.articles[0].byline for page in found[1:3]] == ["冯远", "冯远"]
    assert [page.encoding for page in found[1:3]] == ["utf-8", "gb18030"]
    assert [error.code for error in (found[0], found[3])] == ["E_EMPTY", "E_BINARY"]


def test_reading_raises_at_the_first_fault(tmp_path):
    with pytest.raises(FenmenError, match="E_MISSING .*nowhere.txt: does not exist"):
        list(read(tmp_path / "nowhere.txt"))


def test_a_folder_without_texts_says_so(tmp_path):
    with pytest.raises(FenmenError, match=r"E_MISSING .*holds no file; give a file, a folder"):
        list(read(tmp_path))


def test_a_folder_is_read_whatever_the_endings_but_for_what_programs_leave_there(tmp_path):
    material = ("a.txt", "b", "c.稿", "d.TXT", "sub/e.log")
    left = (".hidden", "~$f.docx", "Thumbs.db", "page_files/ad.txt", "style.css", ".git/x.txt")
    (tmp_path / "page.html").write_text("<p>社工站在村里挂牌。</p>", "utf-8")
    for name in (*material, *left):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    found = [Path(page.source).relative_to(tmp_path) for page in read_pages([tmp_path])]
    assert {str(path) for path in found} == {*material, "page.html"}


def test_a_picture_and_a_pipe_in_a_folder_are_errors_of_their_own(tmp_path):
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    os.mkfifo(tmp_path / "pipe")
    pipe, picture = read_pages([tmp_path])
    assert (pipe.code, picture.code) == ("E_READ", "E_BINARY")
    assert "is a PNG picture" in str(picture)


def test_a_file_that_may_not_be_read_is_an_error_of_its_own(tmp_path, monkeypatch):
    file = tmp_path / "locked.txt"
    file.write_text(TEXT, "utf-8")

    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(
        FenmenError, match=r"E_READ .*locked.txt: cannot be read \(Permission denied\)"
    ):
        list(read(file))


def test_a_folder_that_may_not_be_read_is_an_error_of_its_own(tmp_path, monkeypatch):
    def refuse(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(top)))
        return iter(())

    monkeypatch.setattr("os.walk", refuse)
    with pytest.raises(FenmenError, match=r"E_READ .*cannot be read \(Permission denied\)"):
        list(read(tmp_path))


def test_standard_input_is_read_as_bytes(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", stream)
    (article,) = read("-")
    assert (article.title, article.source) == ("社工站在村里挂牌", "standard input")


def test_a_form_feed_begins_a_new_page(tmp_path):
    (tmp_path / "day.txt").write_text(TEXT + "\f" + TEXT.replace("村里", "镇上"), "utf-8")
    assert [article.page for article in read(tmp_path / "day.txt")] == [1, 2]


def test_the_given_encoding_is_used_and_a_wrong_one_named(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    assert [a.byline for a in read(tmp_path / "a.txt", encoding="gb18030")] == ["冯远"]
    with pytest.raises(FenmenError, match="E_ENCODING .* is not utf-8: byte"):
        list(read(tmp_path / "a.txt", encoding="utf-8"))


def test_a_plain_string_is_all_body():
    article = plain_article("◆社工上门，\n 带来 3 本书。")
    assert (article.title, article.body) == ("", "社工上门，\n带来3本书。")
    with pytest.raises(FenmenError, match="E_EMPTY"):
        plain_article("★★")
