"""What several commands share: options, exit codes, reading pages and reporting bad ones."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from fenmen.errors import FenmenError

if TYPE_CHECKING:
    from fenmen.articles.article import Page

BAD_INPUT, BAD_MODEL, STOPPED = 2, 3, 130
MODEL = "models/default"

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
encoding_option = click.option(
    "--encoding", help="Read all files in this encoding instead of finding it out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON line an article.")
model_option = click.option(
    "--model", default=MODEL, show_default=True, help="The folder of the trained model."
)
digest_option = click.option(
    "--expect-digest", help="Refuse a model whose manifest has another digest."
)


@contextmanager
def reported_faults() -> Iterator[list[FenmenError]]:
    """Collect the faults of single files; at the end exit with 2 if there were any."""
    faults: list[FenmenError] = []
    yield faults
    if faults:
        click.echo(f"{len(faults)} of the inputs could not be read (see above)", err=True)
        sys.exit(BAD_INPUT)


def readable_pages(
    paths: Iterable[str], encoding: str | None, faults: list[FenmenError]
) -> "Iterator[Page]":
    """The pages that can be read; a bad one is reported at once and never stops the others."""
    from fenmen.articles.readers import read_pages

    for page in read_pages(paths, encoding=encoding):
        if isinstance(page, FenmenError):
            faults.append(page)
            click.echo(str(page), err=True)
        else:
            yield page


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    """One JSON line a row."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))
