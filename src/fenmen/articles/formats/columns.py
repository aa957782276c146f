"""Rows of tables whose columns nobody has named for us: guesses which is which, and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from fenmen.articles.article import Article, Page
from fenmen.articles.clean import encodable, trace_line
from fenmen.articles.credits import sign_off
from fenmen.articles.formats.leftovers import leftovers
from fenmen.articles.formats.limits import CELL_CHARACTERS, too_much
from fenmen.articles.pages import content_id
from fenmen.articles.rows import TEXT_NAMES, TITLE_NAMES
from fenmen.articles.traced import NOTHING, Traced, join
from fenmen.errors import FenmenError

_NAMES = {
    "title": TITLE_NAMES,
    "text": TEXT_NAMES,
    "source": ("来源", "媒体", "出处", "报刊", "刊物", "source", "media", "outlet", "publisher"),
    "date": ("日期", "时间", "发布时间", "发表时间", "date", "time", "published", "day"),
    "author": ("作者", "记者", "撰稿", "署名", "author", "byline", "writer", "reporter"),
}
_LONG = 30  # characters that a column of texts has on average, where no name tells it


@dataclass(frozen=True, slots=True)
class Guessed:
    """Which column is what; "" for none."""

    title: str = ""
    text: str = ""
    source: str = ""
    date: str = ""
    author: str = ""

    def __str__(self) -> str:
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(f"{role}: {name}" for role, name in named if name)


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a row names columns: one of its cells is a usual name of the text or the title."""
    usual = {*TEXT_NAMES, *TITLE_NAMES}
    return any(cell.strip().lower() in usual for cell in cells)


def guess(names: Sequence[str], rows: Sequence[Sequence[str]], where: str) -> Guessed:
    """The columns by their names; the text, if none is named so, by its length.

    Args:
        rows: some rows of the table, to see which column holds long texts.

    Raises:
        FenmenError: E_COLUMN if no column can be the text.
    """
    found = {role: _named(names, usual) for role, usual in _NAMES.items()}
    if not found["text"]:
        found["text"] = _longest(names, rows, set(found.values()))
    if not found["text"]:
        raise FenmenError(
            "E_COLUMN",
            where=where,
            what=f"has no column of texts; found {list(names)[:20]}",
            fix="name the column of the texts 正文 or text",
        )
    return Guessed(**found)


def _named(names: Sequence[str], usual: Sequence[str]) -> str:
    plain = {name.strip().lower(): name for name in reversed(names)}
    exact = (plain[name] for name in usual if name in plain)
    partly = (plain[name] for one in usual if len(one) > 1 for name in plain if one in name)
    return next(exact, None) or next(partly, "")


def _longest(names: Sequence[str], rows: Sequence[Sequence[str]], taken: set[str]) -> str:
    lengths = {
        name: sum(len(row[place]) for row in rows if place < len(row)) / max(1, len(rows))
        for place, name in enumerate(names)
        if name and name not in taken
    }
    best = max(lengths, key=lambda name: lengths[name], default="")
    return best if lengths.get(best, 0) >= _LONG else ""


def row_page(
    cells: Mapping[str, Any], columns: Guessed, *, source: str, line: int, kind: str
) -> Page:
    """One row as a page with one article; the columns that it has no field for are left over.

    Raises:
        FenmenError: E_EMPTY if the row has no text, E_LIMIT for a cell that is too long.
    """
    where = f"{source}:{line}"
    text, places = "", {}
    for name, value in cells.items():
        if cell := _shown(value):
            if len(cell) > CELL_CHARACTERS:
                raise too_much(where, f"{name!r} has {len(cell):,} characters")
            places[name] = (len(text), len(text) + len(cell))
            text += cell + "\n"
    body = _cleaned(text, places.get(columns.text))
    if not body.text:
        raise FenmenError("E_EMPTY", where=where, what="holds no text", fix="give the row a text")
    ending = sign_off(body)
    body = ending.text if ending.text.text else body
    title = _flat(_cleaned(text, places.get(columns.title)))
    author, credit, date = (
        _flat(_cleaned(text, places.get(name))).text
        for name in (columns.author, columns.source, columns.date)
    )
    article = Article(
        content_id(title.text, body.text),
        source,
        line,
        title.text,
        "",
        body.text,
        author or ending.byline,
        credit or ending.credit,
        date[:10] if date[:4].isdigit() else date,
    )
    rest = leftovers(text, {*title.at, *body.at}, _reasons(places, columns), "decoration")
    return Page(source, text, f"{kind} ({columns})", (article,), tuple(rest))


def _shown(value: Any) -> str:
    """A cell as text; a whole number as spreadsheets keep it, 3.0, is 3."""
    if value is None or value == "":
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return encodable(str(value))


def _cleaned(text: str, place: tuple[int, int] | None) -> Traced:
    if place is None:
        return NOTHING
    start, end = place
    lines = []
    for line in text[start:end].splitlines(keepends=True):
        lines.append(trace_line(line.rstrip("\r\n"), start))
        start += len(line)
    return join([line for line in lines if line.text], "\n")


def _flat(value: Traced) -> Traced:
    return Traced(value.text.replace("\n", " "), value.at)


def _reasons(places: Mapping[str, tuple[int, int]], columns: Guessed) -> dict[int, str]:
    mine = {columns.author: "byline", columns.source: "credit", columns.date: "date"}
    mine |= {columns.text: "decoration", columns.title: "decoration"}
    return {
        offset: mine.get(name, f"column {name}")
        for name, (start, end) in places.items()
        for offset in range(start, end)
    }
