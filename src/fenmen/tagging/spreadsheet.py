"""Tagged articles as cells of a spreadsheet that opens in Excel with Chinese intact."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fenmen.articles.clean import encodable
from fenmen.tagging.tagged import Tag, TaggedArticle, segment_dict

# The columns of a spreadsheet of pages.
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
# What stands behind the columns of a table.
FINDINGS = (
    "topics",
    "topic_ids",
    "probabilities",
    "evidence",
    "status",
    "reason",
    "error",
    "model",
)
# What stands behind those where reprints are asked for.
STORY = ("cluster", "first_source", "outlets")
BOM = "\ufeff"  # without it Excel reads UTF-8 as the local code page
CELL_LIMIT = 32_767  # UTF-16 units; Excel refuses to open longer cells
ROW_LIMIT = 1_048_575  # rows below the header; Excel shows no more
CUT_MARK = "…（已截断）"
# A cell that begins like this is run as a formula by some spreadsheet program.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?[0-9]{1,30}(\.[0-9]{1,30})?")


def page_row(tagged: TaggedArticle) -> list[str]:
    """The cells of one article of a page, in the order of COLUMNS, as people read them."""
    article = tagged.article
    cells = [
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
    return [safe_cell(cell) for cell in cells]


def finding_cells(found: Mapping[str, Any]) -> list[str]:
    """The cells of what was found in a row of a table, in the order of FINDINGS."""
    tags: Sequence[Mapping[str, Any]] = found["tags"]
    return [
        "；".join(tag["name"] for tag in tags),
        ";".join(tag["topic"] for tag in tags),
        ";".join(f"{tag['probability']:.2f}" for tag in tags),
        safe_cell("；".join(f"{tag['name']}：{_words(tag)}" for tag in tags if tag["evidence"])),
        found["status"],
        found["reason"],
        found.get("error", ""),
        found["model"],
    ]


def story_cells(story: Mapping[str, Any]) -> list[str]:
    """The cells of a story, in the order of STORY."""
    outlets: Sequence[str] = story["outlets"]
    return [story["cluster"], safe_cell(story["first_source"]), safe_cell("；".join(outlets))]


def words(tag: Tag) -> str:
    """The words that decided a tag, strongest first, each once."""
    return "、".join(dict.fromkeys(evidence.text for evidence in tag.evidence))


def _words(tag: Mapping[str, Any]) -> str:
    return "、".join(dict.fromkeys(evidence["text"] for evidence in tag["evidence"]))


def segments_cell(tagged: TaggedArticle) -> str:
    """The segments of an article as JSON."""
    return cell([segment_dict(segment) for segment in tagged.segments])


def cell(value: Any) -> str:
    """Any value as a cell: text as it is, what has parts as JSON, nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return safe_cell(value if isinstance(value, str) else str(value))


def safe_cell(value: str) -> str:
    """A cell that is never a formula, never longer than Excel takes, and always encodes."""
    value = encodable(value).replace("\0", "\ufffd")
    if value.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(value):
        value = "'" + value
    if 2 * len(value) > CELL_LIMIT and _units(value) > CELL_LIMIT:
        value = _cut(value, CELL_LIMIT - len(CUT_MARK)) + CUT_MARK
    return value


def _units(value: str) -> int:
    return len(value.encode("utf-16-le")) // 2


def _cut(value: str, units: int) -> str:
    return value.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
