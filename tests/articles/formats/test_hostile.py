"""Hostile files cost their own row, within limits of time and memory, and nothing else."""

import os
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from fenmen.articles.formats import sandbox
from fenmen.articles.readers import read_pages
from fenmen.errors import FenmenError

from .hostile import FILES, SENTENCE

PATIENCE = 4.0  # seconds for what may take too long; the tool itself waits longer
WORK = 30.0  # seconds of a processor that a file may cost, however busy the machine
GOOD = "社工站在村里挂牌\n　　" + SENTENCE * 3 + "（冯远）"


def children():
    """Seconds of work and resident bytes of the processes this one has started, by their ids."""
    found = {}
    for worker in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = worker.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
            work = ticks / os.sysconf("SC_CLK_TCK")
            found[worker.parent.name] = (work, pages * os.sysconf("SC_PAGE_SIZE"))
    return found


@contextmanager
def watched():
    """Yield a list that at the end holds the most work and memory that a new process took."""
    before, most, done = children(), [0.0, 0], threading.Event()

    def watch():
        while not done.wait(0.05):
            for worker, (work, memory) in children().items():
                most[0] = max(most[0], work - before.get(worker, (0.0, 0))[0])
                most[1] = max(most[1], memory)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
@pytest.mark.parametrize(("name", "make", "codes"), FILES, ids=[name for name, *_ in FILES])
def test_a_hostile_file_costs_its_own_row(tmp_path, monkeypatch, name, make, codes):
    # What can be read, or is refused for what it is, is waited for, however slow the machine.
    monkeypatch.setattr(sandbox, "SECONDS", PATIENCE if "E_TIMEOUT" in codes else 600.0)
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zzz.txt").write_text(GOOD, "utf-8")
    with watched() as most:
        *mine, good = read_pages([tmp_path])
    assert good.articles[0].byline == "冯远"
    errors = {page.code for page in mine if isinstance(page, FenmenError)}
    assert errors <= set(codes.split("|")) - {""}
    assert errors or (mine and "" in codes.split("|"))
    assert most[0] < WORK
    assert most[1] < 2**30
    if not errors and name != "overprinted.pdf":
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
    monkeypatch.setattr(sandbox, "_PROGRAM", "import time; print([], flush=True); time.sleep(9999)")
    monkeypatch.setattr(sandbox, "_idle", [])
    (error,) = sandbox.read_apart(hanging, seconds=0.5)
    assert error.code == "E_TIMEOUT"


def test_a_file_of_slow_pages_is_ended_and_keeps_those_that_came(monkeypatch):
    fault = '[{"code": "E_PDF_DAMAGED", "where": "", "what": "", "fix": ""}]'
    slow = (
        "import time\nprint([], flush=True)\nwhile True: print(FAULT, flush=True); time.sleep(0.5)"
    )
    slow = slow.replace("FAULT", repr(fault))
    monkeypatch.setattr(sandbox, "_PROGRAM", slow)
    monkeypatch.setattr(sandbox, "_idle", [])
    *came, last = sandbox.read_apart(sandbox.Request("pdf", "a.pdf", data=b"x"), seconds=1.0)
    assert last.code == "E_TIMEOUT"
    assert {error.code for error in came} == {"E_PDF_DAMAGED"}


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


def test_a_file_is_found_after_a_change_of_folder(tmp_path, monkeypatch):
    make = {name: make for name, make, _ in FILES}["traversal.docx"]
    for name in ("morning", "evening"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.docx").write_bytes(make())
        monkeypatch.chdir(tmp_path / name)  # the process that reads is the one of before
        found = list(read_pages([f"{name}.docx"]))
        assert "E_READ" not in [getattr(page, "code", "") for page in found]
