"""Stopped, crashed, refused: the done part is kept and the end is the same to the byte."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from fenmen.articles.rows import Columns
from fenmen.errors import FenmenError
from fenmen.tagging import batch, inputs, journal, workers
from fenmen.tagging.batch import InterruptedBatchError, run
from fenmen.tagging.settings import Settings
from tests.tagging.archive import PLAIN, Silent, job, rows, tag, write_jsonl

ENDINGS = (".jsonl", ".csv", ".parquet", ".jsonl.gz", ".jsonl.zst", ".tsv.gz", ".xlsx")


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    """Many pieces and a commit after each, so that small archives show what large ones do."""
    monkeypatch.setattr(inputs, "ROWS", 7)
    monkeypatch.setattr(batch, "COMMIT", 0.0)


@pytest.fixture
def source(tmp_path):
    given = [*rows(40), {"text": 5}, *rows(30), {"text": ""}, *rows(8)]
    return write_jsonl(tmp_path / "in.jsonl", given)


def stop(tagger, wanted, after):
    with pytest.raises(InterruptedBatchError) as stopped:
        run(wanted, tagger, Silent(stop_after=after))
    return stopped.value.state


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stopped_run_ends_byte_for_byte_like_one_that_was_not(tagger, tmp_path, source, ending):
    whole, parts = tmp_path / f"whole{ending}", tmp_path / f"parts{ending}"
    tag(tagger, source, whole, errors=tmp_path / "e1.jsonl")
    for after in (1, 3, 2, 5):
        stop(tagger, job(source, parts, errors=tmp_path / "e2.jsonl"), after)
        assert not parts.exists()
    watcher = Silent()
    state = run(job(source, parts, errors=tmp_path / "e2.jsonl"), tagger, watcher)
    assert watcher.begun_at == 7 * 7  # each stop lost the piece that was not committed yet
    assert parts.read_bytes() == whole.read_bytes()
    assert (tmp_path / "e1.jsonl").read_bytes() == (tmp_path / "e2.jsonl").read_bytes()
    assert (state.counts.rows, state.counts.errors["E_TYPE"]) == (80, 1)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_output_does_not_depend_on_the_number_of_processes(tagger, tmp_path, source, ending):
    one, three = tmp_path / f"one{ending}", tmp_path / f"three{ending}"
    tag(tagger, source, one, jobs=1, settings=Settings(batch_size=5))
    tag(tagger, source, three, jobs=3, settings=Settings(batch_size=64))
    assert one.read_bytes() == three.read_bytes()


def test_a_run_may_go_on_with_another_number_of_processes(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "whole.jsonl")
    stop(tagger, job(source, tmp_path / "out.jsonl"), 4)
    tag(tagger, source, tmp_path / "out.jsonl", jobs=2)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_finished_output_is_not_done_again(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "out.jsonl")
    watcher = Silent()
    state = run(job(source, tmp_path / "out.jsonl"), tagger, watcher)
    assert (watcher.pieces, watcher.begun_at, state.counts.rows) == (0, 80, 80)


def test_a_finished_output_that_was_removed_is_made_again(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "out.jsonl")
    first = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "out.jsonl").unlink()
    tag(tagger, source, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == first


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"settings": Settings(evidence=False, segments=False, topics=("environment",))}, "topics"),
        ({"settings": Settings(evidence=False, segments=True)}, "segments"),
        ({"columns": Columns(text="id")}, "columns"),
        ({"limit": 10}, "limit"),
    ],
)
@pytest.mark.parametrize("stopped", [True, False])
def test_another_option_under_the_same_output_is_refused(
    tagger, tmp_path, source, other, named, stopped
):
    output = tmp_path / "out.jsonl"
    if stopped:
        stop(tagger, job(source, output), 2)
    else:
        tag(tagger, source, output)
    with pytest.raises(FenmenError, match=f"E_RESUME .*another {named}.*--restart"):
        tag(tagger, source, output, **other)
    tag(tagger, source, output, restart=True, **other)


def test_another_input_under_the_same_output_is_refused(tagger, tmp_path, source):
    stop(tagger, job(source, tmp_path / "out.jsonl"), 2)
    source.write_bytes(source.read_bytes() + b"\n{}")
    with pytest.raises(FenmenError, match="E_RESUME .*another input"):
        tag(tagger, source, tmp_path / "out.jsonl")


def test_another_model_under_the_same_output_is_refused(tagger, tmp_path, source, monkeypatch):
    stop(tagger, job(source, tmp_path / "out.jsonl"), 2)
    line = (tmp_path / ".out.jsonl.fenmen/journal").read_text("utf-8")
    other = line.replace(tagger.bundle.digest, "0" * 64)
    (tmp_path / ".out.jsonl.fenmen/journal").write_text(other, "utf-8")
    with pytest.raises(FenmenError, match="E_RESUME .*another model"):
        tag(tagger, source, tmp_path / "out.jsonl")


def test_a_file_that_fenmen_did_not_write_is_not_replaced(tagger, tmp_path, source):
    (tmp_path / "out.csv").write_text("my own work", "utf-8")
    with pytest.raises(FenmenError, match="E_OUTPUT .*holds something else.*--restart"):
        tag(tagger, source, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8") == "my own work"
    tag(tagger, source, tmp_path / "out.csv", restart=True)


def test_a_torn_line_of_the_journal_is_forgotten(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "whole.jsonl")
    stop(tagger, job(source, tmp_path / "out.jsonl"), 4)
    with (tmp_path / ".out.jsonl.fenmen/journal").open("ab") as lines:
        lines.write(b'{"pieces": 9, "outp')
    with (tmp_path / ".out.jsonl.fenmen/output").open("ab") as out:
        out.write(b"half a row")
    tag(tagger, source, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_an_output_that_lost_its_committed_part_is_refused(tagger, tmp_path, source):
    stop(tagger, job(source, tmp_path / "out.jsonl"), 4)
    os.truncate(tmp_path / ".out.jsonl.fenmen/output", 10)
    with pytest.raises(FenmenError, match="E_RESUME .*shorter than its journal.*--restart"):
        tag(tagger, source, tmp_path / "out.jsonl")


@pytest.mark.parametrize("name", ["output", "errors", "journal"])
@pytest.mark.parametrize("after", [1, 5])
def test_a_full_disk_keeps_the_done_part(tagger, tmp_path, source, monkeypatch, name, after):
    tag(tagger, source, tmp_path / "whole.jsonl")
    sync, calls = os.fsync, []

    def full(descriptor):
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(f".fenmen/{name}"):
            calls.append(descriptor)
            if len(calls) == after + (name == "journal"):
                raise OSError(28, "No space left on device")
        sync(descriptor)

    if name == "errors":  # is only written where there are some
        after = 1
    monkeypatch.setattr(journal.os, "fsync", full)
    with pytest.raises(FenmenError, match="E_OUTPUT .*No space left on device.*same command again"):
        tag(tagger, source, tmp_path / "out.jsonl")
    monkeypatch.setattr(journal.os, "fsync", sync)
    tag(tagger, source, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_folder_that_cannot_be_written_is_told_at_once(tagger, tmp_path, source):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FenmenError, match="E_OUTPUT .*cannot be written"):
        tag(tagger, source, tmp_path / "file" / "out.jsonl")
    with pytest.raises(FenmenError, match="E_OUTPUT .*cannot be written"):
        tag(tagger, source, tmp_path / "none" / "out.jsonl")


@contextmanager
def _without_privileges():
    """Root may write anywhere; nobody may not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_told_at_once(tagger, source):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = folder / "in.jsonl"
        given.write_bytes(source.read_bytes())
        folder.chmod(0o555)  # whoever runs the tests may read it
        with (
            _without_privileges(),
            pytest.raises(FenmenError, match="E_OUTPUT .*Permission denied"),
        ):
            tag(tagger, given, folder / "out.jsonl")
        assert [path.name for path in folder.iterdir()] == ["in.jsonl"]
        folder.chmod(0o755)


@pytest.mark.parametrize("change", ["shorter", "longer", "gone"])
def test_an_input_that_changes_during_the_run_stops_it(tagger, tmp_path, source, change):
    class Meddler(Silent):
        def advance(self, done):
            super().advance(done)
            if self.pieces == 4 and change == "gone":
                source.unlink()
            elif self.pieces == 4:
                os.truncate(source, 3000 if change == "shorter" else 10**6)

    original = source.read_bytes()
    tag(tagger, source, tmp_path / "whole.jsonl")
    with pytest.raises(FenmenError, match="E_CHANGED .*was changed while it was read"):
        run(job(source, tmp_path / "out.jsonl"), tagger, Meddler())
    source.write_bytes(original)
    watcher = Silent()
    run(job(source, tmp_path / "out.jsonl"), tagger, watcher)
    assert watcher.begun_at > 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


HOLD = """
import sys
from fenmen.tagging.journal import open_journal
from pathlib import Path
held = open_journal(Path(sys.argv[1]), {})
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_on_the_same_output_is_refused(tagger, tmp_path, source):
    output = tmp_path / "out.jsonl"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, output], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(FenmenError, match="E_BUSY .*another fenmen process is writing it"):
            tag(tagger, source, output)
    finally:
        holder.kill()
        holder.communicate()
    tag(tagger, source, output)


def _die(slot, told):
    mark = Path(os.environ["FENMEN_TEST_DIE"])
    if mark.exists():
        mark.unlink()
        time.sleep(0.3)  # others finish first
        os.kill(os.getpid(), 9)
    return _WORK(slot, told)


_WORK = workers._work


def test_a_killed_worker_is_told_and_the_done_part_kept(tagger, tmp_path, source, monkeypatch):
    tag(tagger, source, tmp_path / "whole.jsonl")
    monkeypatch.setenv("FENMEN_TEST_DIE", str(tmp_path / "die"))
    monkeypatch.setattr(workers, "_work", _die)
    (tmp_path / "die").write_text("", "utf-8")
    with pytest.raises(
        FenmenError, match="E_WORKER .*stopped a worker process.*same command again"
    ):
        tag(tagger, source, tmp_path / "out.jsonl", jobs=2)
    tag(tagger, source, tmp_path / "out.jsonl", jobs=2)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_two_crashes_while_the_output_is_put_in_its_place_lose_nothing(
    tagger, tmp_path, source, monkeypatch
):
    tag(tagger, source, tmp_path / "whole.parquet")
    output = tmp_path / "out.parquet"
    replace = Path.replace

    def crash_after(path, target):
        replace(path, target)
        if Path(target) == output:
            raise OSError(5, "Input/output error")

    def crash_within(plain, target, form):
        target.write_bytes(b"half a file")
        raise OSError(5, "Input/output error")

    for place, name, crash in ((Path, "replace", crash_after), (batch, "finish", crash_within)):
        with monkeypatch.context() as patched:
            patched.setattr(place, name, crash)
            with pytest.raises(FenmenError, match="E_OUTPUT .*Input/output error"):
                tag(tagger, source, output)
    tag(tagger, source, output)
    assert output.read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_nothing_is_left_beside_a_finished_output_but_its_journal(tagger, tmp_path, source):
    tag(tagger, source, tmp_path / "out.parquet", settings=PLAIN)
    left = sorted(path.name for path in (tmp_path / ".out.parquet.fenmen").iterdir())
    assert left == ["journal", "lock"]
