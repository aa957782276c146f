"""Tagged rows as JSON: their own columns, and what was found in them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from typing import Any

from fenmen.articles.clean import encodable
from fenmen.articles.origins import Origins
from fenmen.articles.rows import Row
from fenmen.articles.stories import NO_STORY
from fenmen.errors import FenmenError
from fenmen.tagging.tagged import (
    Places,
    TaggedArticle,
    as_they_are,
    segment_dict,
    tag_dict,
    tag_json,
)

# A row and what was found in it.
Told = tuple[Row, TaggedArticle | FenmenError]

# What stands in the `reason` of a row that could not be tagged.
REASONS = {
    "E_EMPTY": "没有文字",
    "E_NO_TEXT": "没有正文",
    "E_TOO_LONG": "文字太长",
    "E_ENCODING": "编码有误",
    "E_BINARY": "不是文本文件",
    "E_JSON": "不是有效的JSON",
    "E_TYPE": "正文不是文字",
    "E_ROW": "列数不符",
    "E_MISSING": "文件不存在",
    "E_READ": "无法读取",
}
PAGE_COLUMNS = (
    "id",
    "source",
    "page",
    "title",
    "subtitle",
    "body",
    "byline",
    "credit",
    "date",
)
JSON_KEYS = ("tags", "status", "reason", "error", "segments", "model")
STORY_KEYS = tuple(NO_STORY.as_dict())


def _plain(value: Any) -> str:
    """Dates and numbers of Parquet files as text."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


_encode = json.JSONEncoder(ensure_ascii=False).encode
_encode_any = json.JSONEncoder(ensure_ascii=False, default=_plain, allow_nan=False).encode


def reason_of(error: FenmenError) -> str:
    """Why a row has no tags, for the desk."""
    return f"{REASONS.get(error.code, '无法处理')}（{error.code}）"


def json_lines(told: Iterable[Told]) -> str:
    """One JSON object a row: its own columns as they came, then what was found."""
    return "".join([f"{json_line(row, found)}\n" for row, found in told])


def json_line(row: Row, found: TaggedArticle | FenmenError) -> str:
    """A row as JSON; an own column whose name is taken by a finding gets `input_` before it."""
    if isinstance(found, TaggedArticle) and not row.columns:
        return encodable(_encode(found.as_dict() | _story(row)))
    taken = JSON_KEYS if row.story is None else (*JSON_KEYS, *STORY_KEYS)
    if row.json and row.columns and not any(key in row.columns for key in taken):
        # The text of the row is used again: its numbers and escapes stay exactly as they were.
        inside = row.json[:-1].rstrip()
        joint = "" if inside == "{" else ", "
        return f"{inside}{joint}{encodable(_findings_json(row, found))[1:]}"
    given = renamed(columns_of(row, found), taken)
    return encodable(_strict(given | findings(row, found)))


def neutral_lines(told: Iterable[Told]) -> str:
    """One JSON array a row, its columns and its findings apart, for a format that is made last."""
    pairs = ([columns_of(row, found), findings(row, found)] for row, found in told)
    return "".join([f"{encodable(_strict(pair))}\n" for pair in pairs])


def columns_of(row: Row, found: TaggedArticle | FenmenError) -> Mapping[str, Any]:
    """The row's own columns; for a page, what stands in its article."""
    if row.columns:
        return row.columns
    if isinstance(found, FenmenError):
        return {"source": row.source}
    article = found.article
    return {name: getattr(article, name) for name in PAGE_COLUMNS}


def findings(row: Row, found: TaggedArticle | FenmenError) -> dict[str, Any]:
    """What was found in a row of a table, with places in its own text."""
    if isinstance(found, FenmenError):
        return {
            "tags": [],
            "status": "error",
            "reason": reason_of(found),
            "error": found.code,
            "model": "",
        } | _story(row)
    own = _own_places(row, found)
    tags = [tag_dict(tag, own) for tag in found.tags]
    told = {"tags": tags, "status": found.status, "reason": found.reason}
    if found.segments:
        told["segments"] = [segment_dict(segment, own) for segment in found.segments]
    return told | {"model": found.model} | _story(row)


def _findings_json(row: Row, found: TaggedArticle | FenmenError) -> str:
    """The findings as JSON; put together by hand where that is a third of the work."""
    if isinstance(found, FenmenError) or found.segments or row.story is not None:
        return _encode(findings(row, found))
    own = _own_places(row, found)
    tags = ", ".join([tag_json(tag, own) for tag in found.tags])
    reason, model = _quoted(found.reason), _quoted(found.model)
    return f'{{"tags": [{tags}], "status": "{found.status}", "reason": {reason}, "model": {model}}}'


def _own_places(row: Row, found: TaggedArticle) -> Places:
    """Where in the text as the row has it the characters of the article stand."""
    has_places = found.segments or any(tag.evidence for tag in found.tags)
    if not has_places or row.text == found.article.body:
        return as_they_are
    return Origins(row.text, found.article.body).span


def _story(row: Row) -> dict[str, Any]:
    """What the row says of its story, if that was asked."""
    return {} if row.story is None else row.story.as_dict()


def renamed(columns: Mapping[str, Any], taken: Sequence[str]) -> dict[str, Any]:
    """The columns with `input_` before the names that are taken."""
    given = {}
    for name, value in columns.items():
        free = name
        while free in taken or (free != name and free in columns):
            free = f"input_{free}"
        given[free] = value
    return given


def _strict(data: Any) -> str:
    """JSON without the numbers that it does not know."""
    try:
        return _encode_any(data)
    except ValueError:
        return _encode_any(_finite(data))


def _finite(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value
