"""Tagged articles as rows of a spreadsheet that opens in Excel with Chinese intact."""

import csv
from collections.abc import Iterable
from typing import TextIO

from fenmen.tagging.tagged import Tag, TaggedArticle

COLUMNS = (
    "source",
    "page",
    "title",
    "subtitle",
    "topics",
    "topic_ids",
    "probabilities",
    "evidence",
    "status",
    "reason",
    "byline",
    "credit",
    "date",
    "body",
    "id",
    "model",
)
BOM = "\ufeff"  # without it Excel reads UTF-8 as the local code page
CELL_LIMIT = 32_767  # characters; Excel refuses to open longer cells
CUT_MARK = "…（已截断）"
# A cell that begins like this is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_spreadsheet(articles: Iterable[TaggedArticle], out: TextIO) -> None:
    """Write one row an article, with a header; `out` must be opened with newline=""."""
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for article in articles:
        writer.writerow([safe_cell(value) for value in row(article)])


def row(tagged: TaggedArticle) -> list[str]:
    """The cells of one article, in the order of COLUMNS, as people read them."""
    article = tagged.article
    return [
        article.source,
        str(article.page),
        article.title,
        article.subtitle,
        "；".join(tag.name for tag in tagged.tags),
        ";".join(tag.topic for tag in tagged.tags),
        ";".join(f"{tag.probability:.2f}" for tag in tagged.tags),
        "；".join(f"{tag.name}：{words(tag)}" for tag in tagged.tags),
        tagged.status,
        tagged.reason,
        article.byline,
        article.credit,
        article.date,
        article.body,
        article.id,
        tagged.model,
    ]


def words(tag: Tag) -> str:
    """The words that decided a tag, strongest first, each once."""
    return "、".join(dict.fromkeys(evidence.text for evidence in tag.evidence))


def safe_cell(value: str) -> str:
    """A cell that is never a formula and never longer than Excel takes."""
    if value.startswith(FORMULA_STARTS):
        value = "'" + value
    if len(value) > CELL_LIMIT:
        value = value[: CELL_LIMIT - len(CUT_MARK)] + CUT_MARK
    return value
