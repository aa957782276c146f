"""Hostile files cost their own row, within limits of time and memory, and nothing else."""

import os
import threading
import time
from pathlib import Path

import pytest

from fenmen.articles.formats import sandbox
from fenmen.articles.readers import read_pages
from fenmen.errors import FenmenError

from .hostile import FILES, SENTENCE

PATIENCE = 6.0  # seconds; the tool itself waits longer
GOOD = "社工站在村里挂牌\n　　" + SENTENCE * 3 + "（冯远）"


def memory_of_children():
    """Resident bytes of the processes that this one has started and not yet ended."""
    total = 0
    for worker in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = worker.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            total = max(total, int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
    return total


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
@pytest.mark.parametrize(("name", "make", "codes"), FILES, ids=[name for name, *_ in FILES])
def test_a_hostile_file_costs_its_own_row(tmp_path, monkeypatch, name, make, codes):
    if codes:  # what can be read is waited for, however busy the machine
        monkeypatch.setattr(sandbox, "SECONDS", PATIENCE)
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zzz.txt").write_text(GOOD, "utf-8")
    most, done = 0, threading.Event()

    def watch():
        nonlocal most
        while not done.wait(0.05):
            most = max(most, memory_of_children())

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    found = list(read_pages([tmp_path]))
    seconds = time.monotonic() - started
    done.set()
    watcher.join()
    *mine, good = found
    assert good.articles[0].byline == "冯远"
    errors = {page.code for page in mine if isinstance(page, FenmenError)}
    assert errors <= set(codes.split("|")) - {""}
    assert errors or (mine and "" in codes.split("|"))
    assert seconds < 30
    assert most < 2**30
    if not errors:
        assert any(SENTENCE in article.body for page in mine for article in page.articles)


def test_nothing_is_written_outside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make = {name: make for name, make, _ in FILES}["traversal.docx"]
    (tmp_path / "in.docx").write_bytes(make())
    list(read_pages(["in.docx"]))
    assert not Path("/tmp/fenmen-was-here").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["in.docx"]


def test_a_parser_that_hangs_is_ended_and_the_next_file_read(monkeypatch):
    hanging = sandbox.Request("text", "slow.pdf", data=b"x")
    monkeypatch.setattr(sandbox, "_PROGRAM", "import time; print([], flush=True); time.sleep(60)")
    monkeypatch.setattr(sandbox, "_idle", [])
    started = time.monotonic()
    (error,) = sandbox.read_apart(hanging, seconds=0.5)
    assert error.code == "E_TIMEOUT"
    assert time.monotonic() - started < 20


def test_a_parser_that_dies_is_an_error_of_its_file(monkeypatch):
    monkeypatch.setattr(sandbox, "_PROGRAM", "import os; os.abort()")
    monkeypatch.setattr(sandbox, "_idle", [])
    (error,) = sandbox.read_apart(sandbox.Request("pdf", "a.pdf", data=b"x"))
    assert str(error).startswith("E_CRASH a.pdf: its parser ended with signal 6")


def test_a_parser_that_floods_is_stopped(monkeypatch):
    flood = "import os\nwhile True: os.write(1, b'x' * 65536)"
    monkeypatch.setattr(sandbox, "_PROGRAM", flood)
    monkeypatch.setattr(sandbox, "_OUTPUT", 2**20)
    monkeypatch.setattr(sandbox, "_idle", [])
    (error,) = sandbox.read_apart(sandbox.Request("pdf", "a.pdf", data=b"x"))
    assert error.code == "E_LIMIT"
