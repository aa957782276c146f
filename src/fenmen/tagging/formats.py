"""The formats of an output: how the pieces of each are rendered and what its file begins with."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fenmen.articles.rows import Row
from fenmen.articles.stories import NO_STORY
from fenmen.articles.streams import split_ending, zstandard_module
from fenmen.articles.tables import Table
from fenmen.errors import FenmenError
from fenmen.tagging import spreadsheet
from fenmen.tagging.inputs import Input
from fenmen.tagging.rendering import (
    PAGE_COLUMNS,
    Told,
    columns_of,
    findings,
    json_lines,
    neutral_lines,
    reason_of,
    renamed,
)
from fenmen.tagging.tagged import TaggedArticle
from fenmen.tagging.workbook import check_installed

# The rows of a workbook are kept as those of a .csv until all are there.
_SEPARATORS = {"csv": ",", "tsv": "\t", "xlsx": ","}


@dataclass(frozen=True, slots=True)
class Format:
    """What an output is written as.

    `columns` are the input's columns that a spreadsheet takes over. With `later` the rows are kept
    as plain lines until the last one has shown which columns and types there are; `parquet` are the
    inputs if all are Parquet files, whose columns keep their types.
    """

    kind: str
    packed: str = ""
    columns: tuple[str, ...] = ()
    later: bool = False
    pages_only: bool = False
    segments: bool = False
    parquet: tuple[str, ...] = ()
    stories: bool = False

    @property
    def finished_last(self) -> bool:
        """Whether the output is made from what was kept when all rows are there."""
        return self.later or self.kind == "xlsx"

    def header(self) -> bytes:
        """What the file begins with."""
        if self.later or self.kind == "jsonl":
            return b""
        return self.pack(spreadsheet.BOM.encode() + self.cells([self.names()]))

    def names(self) -> tuple[str, ...]:
        """The columns of a spreadsheet."""
        more = spreadsheet.STORY * self.stories + ("segments",) * self.segments
        if self.pages_only:
            return spreadsheet.COLUMNS + more
        own = spreadsheet.FINDINGS + more
        return (*renamed(dict.fromkeys(self.columns), own), *own)

    def render(self, told: Sequence[Told]) -> bytes:
        """A piece of the file: the rows one after another."""
        if self.later:
            return neutral_lines(told).encode("utf-8", "replace")
        if self.kind == "jsonl":
            return self.pack(json_lines(told).encode("utf-8", "replace"))
        return self.pack(self.cells([self._row(row, found) for row, found in told]))

    def cells(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Rows of cells as they stand in a spreadsheet file."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=_SEPARATORS[self.kind]).writerows(rows)
        return text.getvalue().encode("utf-8", "replace")

    def pack(self, data: bytes) -> bytes:
        """The same compressed; compressed pieces one after another are a compressed file."""
        if self.packed == ".gz":
            return gzip.compress(data, compresslevel=6, mtime=0)
        if self.packed == ".zst":
            packed: bytes = zstandard_module().ZstdCompressor().compress(data)
            return packed
        return data

    def _row(self, row: Row, found: TaggedArticle | FenmenError) -> list[str]:
        if self.pages_only:
            return self._page_row(row, found)
        return self.table_row(columns_of(row, found), findings(row, found))

    def table_row(self, columns: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
        """The cells of a row of a table: its own, then those of what was found."""
        return [
            *self.given(columns),
            *spreadsheet.finding_cells(found),
            *(spreadsheet.story_cells(found) if self.stories else ()),
            *[spreadsheet.cell(found.get("segments"))] * self.segments,
        ]

    def given(self, columns: Mapping[str, Any]) -> list[str]:
        """The cells of a row's own columns."""
        return [spreadsheet.cell(columns.get(name)) for name in self.columns]

    def _page_row(self, row: Row, found: TaggedArticle | FenmenError) -> list[str]:
        if isinstance(found, TaggedArticle):
            story = (row.story or NO_STORY).as_dict()
            return [
                *spreadsheet.page_row(found),
                *(spreadsheet.story_cells(story) if self.stories else ()),
                *[spreadsheet.segments_cell(found)] * self.segments,
            ]
        cells = dict.fromkeys(self.names(), "") | {
            "source": spreadsheet.safe_cell(row.source),
            "status": "error",
            "reason": reason_of(found),
        }
        return list(cells.values())


def format_of(
    output: Path, inputs: Sequence[Input], segments: bool | None, *, stories: bool = False
) -> Format:
    """The format that an output's ending asks for.

    Args:
        segments: whether a spreadsheet gets a column of its segments; JSON lines decide that
            by themselves.
        stories: whether there are columns for reprints.

    Raises:
        FenmenError: E_OUTPUT for an ending that names no format.
    """
    kind, packed = ("xlsx", "") if output.suffix.lower() == ".xlsx" else split_ending(output)
    if not kind or (kind == "parquet" and packed):
        raise FenmenError(
            "E_OUTPUT",
            where=output,
            what=f"cannot write {output.suffix or 'a file without an ending'}",
            fix="name it .xlsx, .jsonl, .csv, .tsv or .parquet (.gz and .zst may follow text)",
        )
    if packed == ".zst":
        zstandard_module()
    if kind == "xlsx":
        check_installed()
    tables = [source.content for source in inputs if isinstance(source.content, Table)]
    names = [name for table in tables for name in table.columns]
    if tables and len(tables) < len(inputs):
        names = [*PAGE_COLUMNS, *names]
    columns = tuple(dict.fromkeys(names))
    later = kind == "parquet" or (
        kind != "jsonl" and any(table.kind == "jsonl" for table in tables)
    )
    typed = kind == "parquet" and _are_alike(tables) and len(tables) == len(inputs)
    paths = tuple(table.path for table in tables) if typed else ()
    return Format(kind, packed, columns, later, not tables, bool(segments), paths, stories)


def _are_alike(tables: Sequence[Table]) -> bool:
    """Whether all are Parquet files with the same columns of the same types."""
    if not all(table.kind == "parquet" for table in tables):
        return False
    from pyarrow import parquet

    schemas = [parquet.read_schema(table.path).remove_metadata() for table in tables]
    return all(schema.equals(schemas[0]) for schema in schemas)
