"""Tags files of any size into an output that survives stops, crashes and kills."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from fenmen.articles.rows import Columns
from fenmen.errors import FenmenError
from fenmen.tagging.finishing import finish
from fenmen.tagging.formats import Format, format_of
from fenmen.tagging.inputs import (
    Input,
    Piece,
    fingerprint,
    kept_standard_input,
    pieces,
    state_of,
    survey,
)
from fenmen.tagging.journal import AGAIN, Journal, State, not_writable, open_journal
from fenmen.tagging.memory import keep_freed_memory
from fenmen.tagging.settings import Settings
from fenmen.tagging.stories import Asked, are_read, read_stories, with_stories
from fenmen.tagging.tagger import Tagger
from fenmen.tagging.work import Done
from fenmen.tagging.workers import Order, results

COMMIT = 1.0  # seconds of work between two commits: what a kill costs at most
SEVERAL_JOBS = 16 * 2**20  # bytes of input from which starting more processes pays
LONG = 4 * 2**20  # and from which getting ready for speed does


@dataclass(frozen=True, slots=True)
class Job:
    """What to tag, into what, and how. `jobs` 0 chooses by the size of the input.

    `stories` asks for the reprints of each article.
    """

    paths: tuple[str, ...]
    output: Path
    settings: Settings
    columns: Columns = field(default_factory=Columns)
    kind: str = ""
    encoding: str | None = None
    segments: bool | None = None
    limit: int | None = None
    errors: Path | None = None
    jobs: int = 0
    restart: bool = False
    stories: Asked | None = None
    summary: Path | None = None

    @property
    def own(self) -> list[Path | None]:
        """What the run writes: no input, should it lie in a folder of inputs."""
        index = self.stories.index if self.stories else None
        beside = index.with_name(f"{index.name}-journal") if index else None
        return [self.output, self.errors, self.summary, index, beside]


class Watcher(Protocol):
    """Somebody who wants to know how far a batch is."""

    def found(self, inputs: Sequence[Input]) -> None:
        """These are the inputs."""
        ...

    def prepare(self, total: int) -> None:
        """A first reading of all inputs begins, `total` bytes of them."""
        ...

    def read(self, bytes_: int, rows: int) -> None:
        """A piece has been read for the first time."""
        ...

    def begin(self, total: int, state: State) -> None:
        """All inputs together have `total` bytes; `state` is what an earlier run has done."""
        ...

    def advance(self, done: Done) -> None:
        """A piece is done."""
        ...


class InterruptedBatchError(Exception):
    """Somebody stopped the batch; `state` is what is kept."""

    def __init__(self, state: State) -> None:
        super().__init__(AGAIN)
        self.state = state


def run(job: Job, tagger: Tagger, watcher: Watcher) -> State:
    """Do a batch, or go on with it where an earlier run of the same was stopped.

    Raises:
        FenmenError: E_COLUMN, E_OUTPUT, E_RESUME, E_BUSY, E_CHANGED, E_WORKER; bad rows do not
            raise but become rows of the output.
        InterruptedBatchError: on Ctrl-C.
    """
    with kept_standard_input(job.paths):
        inputs = survey(
            job.paths, kind=job.kind, encoding=job.encoding, columns=job.columns, own=job.own
        )
        watcher.found(inputs)
        form = format_of(job.output, inputs, job.segments, stories=job.stories is not None)
        before = [state_of(source) for source in inputs]
        prints = [fingerprint(source) for source in inputs]
        journal = open_journal(
            job.output, _key(job, inputs, prints, tagger, form), restart=job.restart
        )
        try:
            total = sum(found["size"] for found in prints)
            if job.stories and not (journal.state.all or are_read(journal.stories, journal.key)):
                watcher.prepare(total)
                every = pieces(inputs, encoding=job.encoding, limit=job.limit)
                read_stories(every, job.stories, journal.stories, journal.key, watcher)
            watcher.begin(total, journal.state)
            if not journal.is_complete:
                if total >= LONG:
                    _get_ready(tagger)
                rest = _rest(job, inputs, journal)
                order = Order(tagger, form, job.settings)
                done = results(rest, order, _jobs(job, total))
                _write(journal, done, form, watcher, inputs, before)
                journal.finish(_maker(form), job.errors)
        except OSError as error:
            raise _kept(job.output, error) from error
        except KeyboardInterrupt:
            raise InterruptedBatchError(journal.state) from None
        finally:
            journal.release()
        return journal.state


def _get_ready(tagger: Tagger) -> None:
    """Spend a moment so that a long run is fast."""
    keep_freed_memory()
    tagger.compile()


def _rest(job: Job, inputs: Sequence[Input], journal: Journal) -> Iterator[Piece]:
    """The pieces that are not done yet."""
    done = journal.state.pieces
    if journal.state.all:
        return iter(())
    rest = islice(pieces(inputs, encoding=job.encoding, limit=job.limit), done, None)
    return with_stories(rest, journal.stories, job.stories, skip=done) if job.stories else rest


def _write(
    journal: Journal,
    done: Iterator[Done],
    form: Format,
    watcher: Watcher,
    inputs: Sequence[Input],
    before: Sequence[tuple[int, ...]],
) -> None:
    journal.begin()
    waiting: list[Done] = []
    last = time.monotonic()
    header = b"" if journal.state.output else form.header()
    for piece in done:
        waiting.append(piece)
        watcher.advance(piece)
        if (now := time.monotonic()) - last >= COMMIT:
            _refuse_change(inputs, before)
            journal.commit(waiting, header=header, seconds=now - last)
            waiting, last, header = [], now, b""
    if not journal.state.all:
        _refuse_change(inputs, before)
        journal.commit(waiting, header=header, seconds=time.monotonic() - last)
        journal.close_rows()


def _refuse_change(inputs: Sequence[Input], before: Sequence[tuple[int, ...]]) -> None:
    for source, was in zip(inputs, before, strict=True):
        if state_of(source) != was:
            raise FenmenError(
                "E_CHANGED",
                where=source.path,
                what="was changed while it was read",
                fix="put the same file back and run again, or pass --restart for the new one",
            )


def _maker(form: Format) -> Any:
    return (lambda plain, target: finish(plain, target, form)) if form.finished_last else None


def _jobs(job: Job, total: int) -> int:
    if "-" in job.paths:
        return 1  # pages from standard input can be read in this process only
    if job.jobs:
        return job.jobs
    return (os.cpu_count() or 1) if total >= SEVERAL_JOBS else 1


def _key(
    job: Job,
    inputs: Sequence[Input],
    prints: Sequence[dict[str, Any]],
    tagger: Tagger,
    form: Format,
) -> dict[str, Any]:
    """What the bytes of the output depend on."""
    settings, asked = job.settings, job.stories
    stories = {"reprints": str(asked.index or ""), "once": asked.once} if asked else {}
    return stories | {
        "input": list(prints),
        "model": tagger.bundle.digest,
        "topics": list(settings.topics),
        "min-probability": settings.min_probability,
        "evidence": settings.evidence,
        "segments": [settings.segments, form.segments],
        "columns": [[s.columns.text, s.columns.title, s.columns.id] for s in inputs],
        "input-format": job.kind,
        "encoding": job.encoding,
        "limit": job.limit,
        "output": [form.kind, form.packed],
    }


def _kept(output: Path, error: OSError) -> FenmenError:
    fault = not_writable(output, error)
    return FenmenError(
        fault.code, where=fault.where, what=fault.what, fix=f"free some space, then {AGAIN}"
    )
