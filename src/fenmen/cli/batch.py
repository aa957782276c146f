"""fenmen tag with tables or an output: the batch, its progress bar and its summary."""

import json
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from fenmen.cli.options import BAD_INPUT, STOPPED
from fenmen.cli.tag import asked_of, columns_of, settings_of
from fenmen.tagging.batch import InterruptedBatchError, Job, run
from fenmen.tagging.inputs import Input
from fenmen.tagging.journal import AGAIN, State
from fenmen.tagging.spreadsheet import ROW_LIMIT
from fenmen.tagging.tagger import Tagger
from fenmen.tagging.work import Done

SHOWN_ERRORS = 20
PLAIN_NAMES = (("text", "title"), ("text", ""), ("body", "title"), ("body", ""))


def tag_into_file(paths: Sequence[str], tagger: Tagger, given: dict[str, Any]) -> int:
    """Do the batch; returns the exit status."""
    job = _job(paths, given)
    watcher = Watcher(quiet=given["quiet"])
    try:
        with watcher, _terminated_as_interrupted():
            state = run(job, tagger, watcher)
    except InterruptedBatchError as stopped:
        click.echo(
            f"stopped; {stopped.state.counts.rows:,} rows are kept. To go on, {AGAIN}", err=True
        )
        return STOPPED
    summary = _summary(state, job, tagger, watcher.seconds)
    if given["summary"] is not None:
        text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
        given["summary"].write_text(text, "utf-8")
    if not given["quiet"]:
        _print_summary(summary, job)
    return BAD_INPUT if state.counts.errors else 0


def _job(paths: Sequence[str], given: dict[str, Any]) -> Job:
    return Job(
        paths=tuple(paths),
        output=given["output"],
        settings=settings_of(given),
        columns=columns_of(given),
        kind=given["input_format"] or "",
        encoding=given["encoding"],
        segments=given["segments"],
        limit=given["limit"],
        errors=given["errors"],
        jobs=given["jobs"],
        restart=given["restart"],
        stories=asked_of(given),
        summary=given["summary"],
    )


class Watcher:
    """Shows how far a batch is: a bar on a terminal, and the first errors."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._began = self._step = time.monotonic()
        self._rows = self._errors = self._shown = 0

    def __enter__(self) -> "Watcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def seconds(self) -> float:
        """How long this run took."""
        return time.monotonic() - self._began

    def found(self, inputs: Sequence[Input]) -> None:
        """Say which columns were chosen, unless their names leave no doubt."""
        for source in inputs if not self._quiet else ():
            if source.is_table and (source.columns.text, source.columns.title) not in PLAIN_NAMES:
                click.echo(f"{source.path}: {source.columns}", err=True)

    def prepare(self, total: int) -> None:
        """See Watcher."""
        self._begin_bar(total, 0, "reading")

    def read(self, bytes_: int, rows: int) -> None:
        """See Watcher."""
        self._show(bytes_, rows)

    def begin(self, total: int, state: State) -> None:
        """See Watcher."""
        if state.pieces and not self._quiet:
            click.echo(f"going on after {state.counts.rows:,} rows", err=True)
        self._begin_bar(total, state.read, "tagging")

    def advance(self, done: Done) -> None:
        """See Watcher."""
        self._errors += sum(done.counts.errors.values())
        if done.errors and not self._quiet:
            self._show_errors(done.errors)
        self._show(done.bytes, done.counts.rows)

    def _begin_bar(self, total: int, done: int, what: str) -> None:
        self.close()
        self._rows, self._step = 0, time.monotonic()
        if self._quiet or not sys.stderr.isatty():
            return
        from fenmen.cli.progress import progress_bar

        self._bar, self._task = progress_bar(total, done, what)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self, bytes_: int, rows: int) -> None:
        self._rows += rows
        if self._bar is not None:
            speed = self._rows / max(time.monotonic() - self._step, 1e-9)
            shown = {"rows": f"{self._rows:,}", "speed": f"{speed:,.0f}", "errors": self._errors}
            self._bar.update(self._task, advance=bytes_, **shown)
            self._bar.refresh()

    def _show_errors(self, errors: bytes) -> None:
        for line in errors.splitlines():
            if self._shown == SHOWN_ERRORS:
                return
            self._shown += 1
            error = json.loads(line)
            place = f"{error['source']}:{error['line']}" if error["line"] else error["source"]
            click.echo(f"{error['code']} {place}: {error['what']}; {error['fix']}", err=True)
            if self._shown == SHOWN_ERRORS:
                click.echo("… no more errors are shown; --errors FILE lists all of them", err=True)


def _summary(state: State, job: Job, tagger: Tagger, seconds: float) -> dict[str, Any]:
    counts = state.counts
    rows = max(counts.rows, 1)
    return {
        "output": str(job.output),
        "model": tagger.bundle.model_id,
        "rows": counts.rows,
        "statuses": dict(sorted(counts.statuses.items())),
        "topics": {topic: counts.topics[topic] for topic in tagger.ids if counts.topics[topic]},
        "review_share": round(counts.statuses["review"] / rows, 4),
        "errors": dict(sorted(counts.errors.items())),
        "seconds": round(state.seconds, 2),
        "rows_per_second": round(counts.rows / state.seconds, 1) if state.seconds else 0,
        "seconds_of_this_run": round(seconds, 2),
    }


def _print_summary(summary: dict[str, Any], job: Job) -> None:
    speed = f"{summary['rows_per_second']:,.0f} a second"
    lines = [
        f"{summary['rows']:,} rows in {summary['seconds']:g} s ({speed})",
        f"topics: {_listing(summary['topics']) or 'none'}",
        f"to review: {summary['review_share']:.1%}",
    ]
    if reprints := summary["statuses"].get("reprint"):
        lines.append(f"reprints of a story told before: {reprints:,}")
    if summary["errors"]:
        lines.append(f"errors: {_listing(summary['errors'])}")
    if job.output.suffix in (".csv", ".tsv") and summary["rows"] > ROW_LIMIT:
        lines.append(f"more rows than the {ROW_LIMIT:,} that Excel shows")
    click.echo("\n".join([*lines, f"written: {job.output}"]), err=True)


def _listing(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Let a polite kill stop a batch as cleanly as Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
