"""fenmen split: pages into articles."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fenmen.cli.options import (
    encoding_option,
    json_option,
    paths_argument,
    print_json,
    readable_pages,
    reported_faults,
)

if TYPE_CHECKING:
    from fenmen.articles.article import Page


@click.command()
@paths_argument
@encoding_option
@json_option
@click.option("--leftovers", is_flag=True, help="Show every removed piece with its reason.")
@click.option(
    "--explain",
    is_flag=True,
    help="Show the signals at each boundary, and how each headline found its article.",
)
def split(
    paths: tuple[str, ...],
    encoding: str | None,
    as_json: bool,
    leftovers: bool,
    explain: bool,
) -> None:
    """Split pages into articles.

    Wrapped lines are joined again, headlines are given back to their articles, and what is no
    article (captions, navigation, decoration) is kept apart: --leftovers shows it. --explain shows
    why a page was split as it was: what spoke for and against a new article at each boundary, with
    its weight, and for each headline line the likeness to its article and to the next best.
    """
    with reported_faults() as faults:
        for page in readable_pages(paths, encoding, faults):
            if as_json:
                print_json(_lines(page, leftovers, explain))
            else:
                _print(page, leftovers, explain)


def _lines(page: "Page", leftovers: bool, explain: bool) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    yield from (asdict(article) for article in page.articles)
    if leftovers:
        yield from ({"source": page.source} | asdict(piece) for piece in page.leftovers)
    if explain:
        yield from ({"source": page.source} | asdict(reason) for reason in page.reasons)


def _print(page: "Page", leftovers: bool, explain: bool) -> None:
    from fenmen.tables import leftover_table, page_table, print_table

    print_table(page_table(page))
    if leftovers:
        print_table(leftover_table(page))
    if explain:
        from fenmen.cli.explained import explained

        for line in explained(page):
            click.echo(line)
