"""Tables for a terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fenmen.articles.article import Page
from fenmen.articles.rows import Row
from fenmen.tagging.spreadsheet import words
from fenmen.tagging.tagged import TaggedArticle

FIRST_WORDS = 24  # characters of a body shown in the table
PIECE = 60  # characters of a leftover shown
PIPE_WIDTH = 160  # columns when the output is no terminal
EXPLAINED = ("review", "reprint")  # statuses whose reason is shown
STATUS_STYLE = {"tagged": "green", "review": "yellow", "no_topic": "dim", "reprint": "dim"}


def print_table(table: Table) -> None:
    """Print a table as wide as the terminal; wide enough to keep its columns in a pipe."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    console.print(table)


def page_table(page: Page) -> Table:
    """The articles of a page: headline, who wrote it, when, how long, how it begins."""
    table = _table(
        f"{page.source} ({page.encoding})",
        ("#", "headline", "byline", "credit", "date", "characters", "first words"),
    )
    for number, article in enumerate(page.articles, start=1):
        headline = article.title + (f"\n{article.subtitle}" if article.subtitle else "")
        table.add_row(
            str(number),
            Text(headline),
            Text(article.byline),
            Text(article.credit),
            article.date,
            str(len(article.body)),
            Text(_shortened(article.body, FIRST_WORDS)),
        )
    return table


def leftover_table(page: Page) -> Table:
    """What is in no article, with the reason."""
    table = _table(f"{page.source}: leftovers", ("place", "reason", "text"))
    for piece in page.leftovers:
        shown = Text(_shortened(piece.text, PIECE))
        table.add_row(f"{piece.start}-{piece.end}", piece.reason, shown)
    return table


def tagged_table(found: Iterable[tuple[Row, TaggedArticle]], *, stories: bool = False) -> Table:
    """The articles with their topics, the words that decided them, and what to look at.

    Args:
        stories: tell also who printed each.
    """
    columns = ("source", "headline", "topics", "because of", "status")
    table = _table("", (*columns, "printed by") if stories else columns)
    for row, tagged in found:
        article = tagged.article
        outlets = (row.story.outlets,) if stories and row.story is not None else ()
        table.add_row(
            Text(article.source),
            Text(article.title or _shortened(article.body, FIRST_WORDS)),
            "\n".join(f"{tag.name} {tag.probability:.2f}" for tag in tagged.tags),
            Text("\n".join(words(tag) for tag in tagged.tags)),
            Text(
                tagged.status + (f"\n{tagged.reason}" if tagged.status in EXPLAINED else ""),
                style=STATUS_STYLE[tagged.status],
            ),
            *(Text("\n".join(names)) for names in outlets),
        )
    return table


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _shortened(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit] + "…"
