"""Rows of tables as articles, or as the error that stands for them."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from fenmen.articles.article import Article
from fenmen.articles.clean import encodable
from fenmen.articles.cleaning import clean_all
from fenmen.articles.outlets import DATE_NAMES, SOURCE_NAMES, day_of, outlet_of
from fenmen.articles.pages import content_id
from fenmen.articles.stories import Story
from fenmen.articles.tables import Raw, Table, raw_rows
from fenmen.errors import FenmenError

LONGEST = 1_000_000  # characters; more is no article but a book, or a broken file
# What the columns are usually called.
TEXT_NAMES = ("text", "body", "正文", "内容", "文本", "全文", "content", "article")
TITLE_NAMES = ("title", "标题", "题目", "题名", "headline")
ID_NAMES = ("id", "编号", "序号", "uuid", "key")
# Which of those names are taken without being asked for.
_TAKEN = {
    "text": TEXT_NAMES,
    "title": TITLE_NAMES,
    "id": ("id", "编号"),
    "source": SOURCE_NAMES,
    "date": DATE_NAMES,
}
_USUAL = _TAKEN | {"id": ID_NAMES}
_PEEK = 100  # rows of JSON lines looked at to learn their keys
_DIGITS = 4000  # Python refuses to read longer whole numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the text, the title, the id, the outlet and the day; "" for none."""

    text: str = ""
    title: str = ""
    id: str = ""
    source: str = ""
    date: str = ""

    def __str__(self) -> str:
        roles = ("text", "title", "id", "source", "date")
        return ", ".join(f"{role}: {name}" for role in roles if (name := getattr(self, role)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the input: its own columns, and the article in it or what is wrong with it.

    `text` is the article as the row has it, before cleaning; `json` the row as JSON if it came so.
    A page's article is a row without columns. `story` is what a first reading found out, if asked.
    """

    source: str
    line: int
    id: str
    article: Article | FenmenError
    columns: Mapping[str, Any]
    text: str = ""
    json: str = ""
    story: Story | None = None


def choose_columns(table: Table, wanted: Columns) -> Columns:
    """The columns of a table that hold text, title and id.

    Raises:
        FenmenError: E_COLUMN with the nearest name if one that was asked for, or the text, is not
            there.
    """
    names = table.columns or _keys(islice(raw_rows(table), _PEEK))
    if not names:
        usual = (wanted.text or "text", wanted.title or "title", wanted.id or "id")
        return Columns(*usual, wanted.source, wanted.date)
    return Columns(
        text=_chosen(table, names, "text", wanted.text),
        title=_chosen(table, names, "title", wanted.title),
        id=_chosen(table, names, "id", wanted.id),
        source=_chosen(table, names, "source", wanted.source),
        date=_chosen(table, names, "date", wanted.date),
    )


def read_row(table: Table, line: int, raw: Raw, columns: Columns) -> Row:
    """Parse one row; whatever is wrong with it stands in place of its article."""
    return next(read_rows(table, [(line, raw)], columns))


def read_rows(table: Table, raws: Iterable[tuple[int, Raw]], columns: Columns) -> Iterator[Row]:
    """Parse rows, each with its line; their texts are cleaned together."""
    parsed = [_parsed(table, line, raw, columns) for line, raw in raws]
    cleaned = iter(clean_all([text for row in parsed for text in (row.title, row.body)]))
    for row, title, body in zip(parsed, cleaned, cleaned, strict=True):
        own = row.found.get(columns.text)
        yield Row(
            table.where,
            row.line,
            row.id,
            row.fault or _article(row, title, body, columns, table.where),
            row.found,
            own if isinstance(own, str) else "",
            row.json,
        )


class _Parsed(NamedTuple):
    """A row before cleaning; title and body are empty if there is a fault."""

    line: int
    id: str
    found: Mapping[str, Any]
    fault: FenmenError | None
    title: str = ""
    body: str = ""
    json: str = ""


def _parsed(table: Table, line: int, raw: Raw, columns: Columns) -> _Parsed:
    where = f"{table.where}:{line}"
    if isinstance(raw, FenmenError):
        return _Parsed(line, "", {}, raw)
    if isinstance(raw, bytes):
        found, text, fault = _parse_json(raw, table.encoding, where)
    else:
        (found, fault), text = _named(table, raw, where), ""
    identity = found.get(columns.id)
    identity = "" if identity is None else str(identity)[:200]
    if fault is None:
        try:
            body, title = (_text_of(found, name, where) for name in (columns.text, columns.title))
            _refuse_long(body, where)
            return _Parsed(line, identity, found, None, title[:1000], body, text)
        except FenmenError as error:
            fault = error
    return _Parsed(line, identity, found, fault, json=text)


def _article(
    row: _Parsed, title: str, body: str, columns: Columns, where: str
) -> Article | FenmenError:
    if not body:
        where = f"{where}:{row.line}"
        return FenmenError("E_EMPTY", where=where, what="holds no text", fix="give the row a text")
    title = title.replace("\n", " ")
    identity = encodable(row.id) or content_id(title, body)
    credit, day = outlet_of(row.found, columns.source), day_of(row.found, columns.date)
    return Article(identity, where, row.line, title, "", body, "", credit, day)


def _refuse_long(text: str, where: str) -> None:
    if len(text) > LONGEST:
        raise FenmenError(
            "E_TOO_LONG",
            where=where,
            what=f"the text has {len(text):,} characters, {LONGEST:,} are allowed",
            fix="split it into articles",
        )


def _text_of(found: Mapping[str, Any], column: str, where: str) -> str:
    value = found.get(column)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FenmenError(
            "E_TYPE",
            where=where,
            what=f"{column!r} is {type(value).__name__}, not text",
            fix=f"make {column!r} a string",
        )
    return value


def _parse_json(
    raw: bytes, encoding: str, where: str
) -> tuple[dict[str, Any], str, FenmenError | None]:
    """The row's keys, its text if it can be used as it is, and what is wrong with it."""
    codec = "utf-8" if encoding.startswith("utf") else encoding
    fault = None
    try:
        text = raw.decode(codec).strip()
    except UnicodeDecodeError as error:
        fault = _not_encoded(where, codec, error.start)
        text = raw.decode(codec, "replace").strip()
    try:
        found = _decoded(text)
    except (ValueError, RecursionError) as error:
        what = getattr(error, "msg", None) or str(error) or "nested too deeply"
        return {}, text, fault or _not_json(where, f"is no JSON: {what}")
    if not isinstance(found, dict):
        return {}, text, fault or _not_json(where, f"is {type(found).__name__}, not an object")
    return found, text, fault


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < _DIGITS else digits


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_whole)


def _decoded(text: str) -> Any:
    found, end = _DECODER.raw_decode(text)
    # The slower way says what is wrong.
    return found if end == len(text) else _DECODER.decode(text)


def _named(
    table: Table, cells: Sequence[Any], where: str
) -> tuple[dict[str, Any], FenmenError | None]:
    found = dict(zip(table.columns, cells, strict=False))
    if len(cells) != len(table.columns):
        return found, FenmenError(
            "E_ROW",
            where=where,
            what=f"has {len(cells)} cells under {len(table.columns)} columns",
            fix="quote cells that hold the separator",
        )
    if table.kind == "parquet":
        return found, None
    for name, cell in found.items():
        try:
            cell.encode()
        except UnicodeEncodeError as error:
            return _mended(found), _not_encoded(where, table.encoding, error.start, name)
    return found, None


def _mended(found: Mapping[str, str]) -> dict[str, Any]:
    return {name: encodable(cell) for name, cell in found.items()}


def _not_encoded(where: str, codec: str, place: int, column: str = "") -> FenmenError:
    inside = f" of {column!r}" if column else ""
    return FenmenError(
        "E_ENCODING",
        where=where,
        what=f"is not {codec} at position {place}{inside}",
        fix="mend the row, or name the encoding of the file with --encoding",
    )


def _not_json(where: str, what: str) -> FenmenError:
    return FenmenError("E_JSON", where=where, what=what, fix="write one JSON object a line")


def _keys(rows: Iterable[tuple[int, Raw]]) -> tuple[str, ...]:
    """The keys of the first rows that are objects, in the order of first sight."""
    names: dict[str, None] = {}
    for _, raw in rows:
        if isinstance(raw, bytes):
            names |= dict.fromkeys(_parse_json(raw, "utf-8", "")[0])
    return tuple(names)


def _chosen(table: Table, names: Sequence[str], role: str, wanted: str) -> str:
    if wanted in names and wanted:
        return wanted
    if not wanted:
        usual = next((name for one in _TAKEN[role] for name in names if name.lower() == one), "")
        if usual or role != "text":
            return usual
    nearest = _nearest(names, wanted, role)
    raise FenmenError(
        "E_COLUMN",
        where=table.where,
        what=f"needs a column {wanted or role!r}; found {list(names)[:20]}",
        fix=f"pass --{role}-column {nearest}",
    )


def _nearest(names: Sequence[str], wanted: str, role: str) -> str:
    """The column that was probably meant: of a like name, or of one that such columns have."""
    lower = {name.lower(): name for name in reversed(names)}
    like = difflib.get_close_matches(wanted.lower(), list(lower), n=1, cutoff=0.5) if wanted else []
    usual = [name for name in _USUAL[role] if name in lower]
    partly = [name for name in lower if any(part in name for part in _USUAL[role])]
    found = [*like, *usual, *partly]
    return lower[found[0]] if found else names[0]
