"""fenmen tag without an output: pages as a table for people, or all as JSON lines."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fenmen.articles.streams import split_ending
from fenmen.cli.options import BAD_INPUT, reported_faults
from fenmen.cli.tag import asked_of, columns_of, settings_of
from fenmen.errors import FenmenError
from fenmen.tagging.inputs import Input, Piece, kept_standard_input, pieces, rows_of, survey
from fenmen.tagging.rendering import Told, json_line
from fenmen.tagging.settings import wanted_topics
from fenmen.tagging.tagged import TaggedArticle
from fenmen.tagging.tagger import Tagger
from fenmen.tagging.work import Counts, tell


def print_told(paths: Sequence[str], tagger: Tagger, given: dict[str, Any]) -> int:
    """Tag and print; returns the exit status."""
    settings = settings_of(given)
    wanted_topics(tagger.ids, settings.topics)
    with kept_standard_input(paths), _pieces(paths, given) as some:
        told = (found for piece in some for found in tell(tagger, rows_of(piece), settings))
        if given["input_format"] or any(map(_is_table, paths)):
            return _print_rows(told)
        with reported_faults() as faults:
            _print_pages(told, faults, given)
    return 0


@contextmanager
def _pieces(paths: Sequence[str], given: dict[str, Any]) -> Iterator[Iterable[Piece]]:
    """The pieces of the inputs, with their stories if those are asked for."""
    kind, encoding, limit = given["input_format"] or "", given["encoding"], given["limit"]
    asked, columns = asked_of(given), columns_of(given)
    own = (given["reprints"],)
    inputs = survey(paths, kind=kind, encoding=encoding, columns=columns, own=own)
    if any(source.is_table for source in inputs):
        _say_columns(inputs, quiet=given["quiet"])
    if asked is None:
        yield pieces(inputs, encoding=encoding, limit=limit)
        return
    from tempfile import TemporaryDirectory

    from fenmen.cli.batch import Watcher
    from fenmen.tagging.stories import read_stories, with_stories

    with TemporaryDirectory() as folder, Watcher(quiet=given["quiet"]) as watcher:
        found = Path(folder) / "stories"
        watcher.prepare(0)
        read_stories(pieces(inputs, encoding=encoding, limit=limit), asked, found, "", watcher)
        watcher.close()
        yield with_stories(pieces(inputs, encoding=encoding, limit=limit), found, asked)


def _say_columns(inputs: Sequence[Input], *, quiet: bool) -> None:
    from fenmen.cli.batch import Watcher

    Watcher(quiet=quiet).found(inputs)


def _print_rows(told: Iterable[Told]) -> int:
    """One JSON line a row, also for a bad one."""
    counts = Counts()
    for row, found in told:
        counts.count((row, found))
        sys.stdout.write(json_line(row, found) + "\n")
    if counts.errors:
        listing = ", ".join(f"{code} {count:,}" for code, count in counts.errors.items())
        click.echo(f"{sum(counts.errors.values())} bad rows: {listing}", err=True)
    return BAD_INPUT if counts.errors else 0


def _print_pages(told: Iterable[Told], faults: list[FenmenError], given: dict[str, Any]) -> None:
    """The articles that can be read; bad pages are told at once on standard error."""
    good = _without_faults(told, faults)
    if given["as_json"]:
        for row, found in good:
            click.echo(json_line(row, found))
        return
    from fenmen.tables import print_table, tagged_table

    print_table(tagged_table(good, stories=asked_of(given) is not None))


def _without_faults(
    told: Iterable[Told], faults: list[FenmenError]
) -> Iterator[tuple[Any, TaggedArticle]]:
    for row, found in told:
        if isinstance(found, FenmenError):
            faults.append(found)
            click.echo(str(found), err=True)
        else:
            yield row, found


def _is_table(path: str) -> bool:
    return bool(split_ending(path)[0]) and not Path(path).is_dir()
