"""Formats that can only be written when all rows are known: Parquet, Excel's workbooks, and
spreadsheets of JSON.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from fenmen.articles.streams import broken_stream
from fenmen.articles.tables import parquet_batches
from fenmen.tagging.formats import Format
from fenmen.tagging.rendering import STORY_KEYS, renamed
from fenmen.tagging.workbook import write_workbook

BLOCK = 4096  # rows of a Parquet row group
MOST_COLUMNS = 1000  # Excel takes 16,384; beyond, a row's keys are data and not columns
MORE = "more_columns"  # where what has no column of its own stands as JSON
_FINDINGS = ("tags", "status", "reason", "error", "segments", "model")


def finish(plain: Path, target: Path, form: Format) -> None:
    """Write the kept plain lines in the format that was asked for."""
    if form.kind == "parquet":
        _write_parquet(plain, target, form)
    elif form.kind == "xlsx" and not form.later:
        with plain.open(encoding="utf-8-sig", newline="") as lines:
            write_workbook(target, csv.reader(lines))
    else:
        _write_spreadsheet(plain, target, form)


def _write_spreadsheet(plain: Path, target: Path, form: Format) -> None:
    names, more = _names(plain, form.columns)
    wide = replace(form, columns=(*names, MORE) if more else names, later=False)
    rows = (
        [wide.table_row(_fitted(columns, names), found) for columns, found in block]
        for block in _blocks(plain)
    )
    if form.kind == "xlsx":
        write_workbook(target, chain([wide.names()], chain.from_iterable(rows)))
        return
    with target.open("wb") as out:
        out.write(wide.header())
        out.writelines(wide.pack(wide.cells(block)) for block in rows)


def _names(plain: Path, first: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The names of all columns in the order of first sight, and whether there are too many."""
    names = dict.fromkeys(first)
    more = False
    for block in _blocks(plain):
        for columns, _ in block:
            if not columns.keys() <= names.keys():
                for name in columns:
                    if len(names) < MOST_COLUMNS or name in names:
                        names[name] = None
                    else:
                        more = True
    return tuple(names), more


def _fitted(columns: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The columns of a row, those without a place of their own together in one."""
    known = set(names)
    rest = {name: value for name, value in columns.items() if name not in known}
    return dict(columns) | ({MORE: rest} if rest else {})


def _blocks(plain: Path) -> Iterator[list[Any]]:
    with plain.open("rb") as lines:
        while block := [json.loads(line) for line in islice(lines, BLOCK)]:
            yield block


def _write_parquet(plain: Path, target: Path, form: Format) -> None:
    import pyarrow
    from pyarrow import parquet

    own = Typed(form.parquet) if form.parquet else Guessed(plain, form.columns)
    told = _finding_fields(pyarrow, _FINDINGS + STORY_KEYS * form.stories)
    free = renamed(dict.fromkeys(own.schema.names), [field.name for field in told])
    schema = pyarrow.schema(
        [field.with_name(name) for name, field in zip(free, own.schema, strict=True)] + told
    )
    with target.open("wb") as out, parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for block in _blocks(plain):
            arrays = [*own.arrays(block), *_finding_arrays(block, told)]
            writer.write_table(pyarrow.table(arrays, schema=schema))


class Typed:
    """The columns of Parquet inputs as they are, a block of rows at a time."""

    def __init__(self, paths: Sequence[str]) -> None:
        from pyarrow import parquet

        self.schema = parquet.read_schema(paths[0]).remove_metadata()
        self._batches = _readable(paths)
        self._left: Any = self.schema.empty_table()

    def arrays(self, block: Sequence[Any]) -> list[Any]:
        """The next rows, as many as the block has."""
        import pyarrow

        given = [not _stands_for_rest(*row) for row in block]
        while len(self._left) < sum(given) and (batch := next(self._batches, None)) is not None:
            rows = pyarrow.Table.from_batches([batch]).cast(self.schema)
            self._left = pyarrow.concat_tables([self._left, rows])
        rows, self._left = self._left.slice(0, sum(given)), self._left.slice(sum(given))
        if all(given):
            return list(rows.columns)
        places = iter(range(len(rows)))
        numbers = pyarrow.array([next(places) if own else None for own in given], pyarrow.int64())
        return list(rows.take(numbers).columns)


def _readable(paths: Sequence[str]) -> Iterator[Any]:
    """The rows of Parquet files, a block at a time, of each up to where it is broken."""
    from pyarrow import parquet

    for path in paths:
        with suppress(*broken_stream()):
            yield from parquet_batches(parquet.ParquetFile(path), BLOCK)


def _stands_for_rest(columns: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether a row is none of the input's but the error that stands for what is unreadable."""
    return found.get("error") == "E_READ" and list(columns) == ["source"]


class Guessed:
    """The columns of other inputs, with the narrowest types that hold all their values."""

    def __init__(self, plain: Path, first: Iterable[str]) -> None:
        import pyarrow

        names, more = _names(plain, first)
        kinds = _kinds(plain, names)
        self._names = (*names, MORE) if more else names
        types = [_arrow_type(pyarrow, kinds.get(name, set())) for name in self._names]
        self.schema = pyarrow.schema([*zip(self._names, types, strict=True)])

    def arrays(self, block: Sequence[Any]) -> list[Any]:
        """The columns of a block of rows."""
        import pyarrow

        given = [_fitted(columns, self._names) for columns, _ in block]
        return [
            pyarrow.array(_as([row.get(field.name) for row in given], field.type), field.type)
            for field in self.schema
        ]


def _finding_arrays(block: Sequence[Any], fields: Sequence[Any]) -> list[Any]:
    import pyarrow

    values = {field.name: [found.get(field.name) for _, found in block] for field in fields}
    values["segments"] = [_segments(segments) for segments in values["segments"]]
    return [pyarrow.array(values[field.name], field.type) for field in fields]


def _segments(segments: Any) -> Any:
    if segments is None:
        return None
    return [{**s, "probabilities": list(s["probabilities"].items())} for s in segments]


def _as(values: list[Any], kind: Any) -> list[Any]:
    """The values of a column, as JSON text where it holds other things than text."""
    if str(kind) != "string":
        return values
    return [
        v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values
    ]


def _kinds(plain: Path, names: Sequence[str]) -> dict[str, set[str]]:
    """Which kinds of values each column holds."""
    kinds: dict[str, set[str]] = {name: set() for name in names}
    for block in _blocks(plain):
        for columns, _ in block:
            for name, value in columns.items():
                if name in kinds and value is not None:
                    kinds[name].add(_kind(value))
    return kinds


def _kind(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        # Beyond 2**53 a whole number would lose digits beside fractions, beyond 2**63 anywhere.
        return "int" if abs(value) < 2**53 else "long" if -(2**63) <= value < 2**63 else "text"
    return {bool: "bool", float: "float"}.get(type(value), "text")


def _arrow_type(pyarrow: Any, kinds: set[str]) -> Any:
    if kinds and kinds <= {"int", "long"}:
        return pyarrow.int64()
    if kinds and kinds <= {"int", "float"}:
        return pyarrow.float64()
    return pyarrow.bool_() if kinds == {"bool"} else pyarrow.string()


def _finding_fields(pyarrow: Any, names: Sequence[str]) -> list[Any]:
    span = [("start", pyarrow.int32()), ("end", pyarrow.int32())]
    evidence = pyarrow.struct([*span, ("text", pyarrow.string()), ("weight", pyarrow.float64())])
    tag = pyarrow.struct(
        [
            ("topic", pyarrow.string()),
            ("name", pyarrow.string()),
            ("probability", pyarrow.float64()),
            ("evidence", pyarrow.list_(evidence)),
        ]
    )
    chances = pyarrow.map_(pyarrow.string(), pyarrow.float64())
    segment = pyarrow.struct([*span, ("probabilities", chances)])
    kinds = {"tags": pyarrow.list_(tag), "segments": pyarrow.list_(segment)}
    kinds["outlets"] = pyarrow.list_(pyarrow.string())
    return [pyarrow.field(name, kinds.get(name, pyarrow.string())) for name in names]
