"""Formats that can only be written when all rows are known: Parquet, and spreadsheets of JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from fenmen.tagging import spreadsheet
from fenmen.tagging.formats import Format
from fenmen.tagging.rendering import renamed

BLOCK = 4096  # rows of a Parquet row group
MOST_COLUMNS = 1000  # Excel takes 16,384; beyond, a row's keys are data and not columns
MORE = "more_columns"  # where what has no column of its own stands as JSON
_FINDINGS = ("tags", "status", "reason", "error", "segments", "model")


def finish(plain: Path, target: Path, form: Format) -> None:
    """Write the kept plain lines in the format that was asked for."""
    if form.kind == "parquet":
        _write_parquet(plain, target, form)
    else:
        _write_spreadsheet(plain, target, form)


def _write_spreadsheet(plain: Path, target: Path, form: Format) -> None:
    names, more = _names(plain, form.columns)
    wide = Format(form.kind, form.packed, (*names, MORE) if more else names, segments=form.segments)
    with target.open("wb") as out:
        out.write(wide.header())
        for block in _blocks(plain):
            rows = [
                wide.given(_fitted(columns, names))
                + spreadsheet.finding_cells(found)
                + [spreadsheet.cell(found.get("segments"))] * form.segments
                for columns, found in block
            ]
            out.write(wide.pack(wide.cells(rows)))


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

    names, more = _names(plain, form.columns)
    own = (*names, MORE) if more else names
    kinds = _kinds(plain, names)
    types = [_arrow_type(pyarrow, kinds.get(name, set())) for name in own]
    free = list(renamed(dict.fromkeys(own), _FINDINGS))
    schema = pyarrow.schema([*zip(free, types, strict=True), *_finding_fields(pyarrow)])
    with target.open("wb") as out, parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for block in _blocks(plain):
            writer.write_table(pyarrow.table(_columns(pyarrow, block, own, schema), schema=schema))


def _columns(pyarrow: Any, block: Sequence[Any], own: Sequence[str], schema: Any) -> list[Any]:
    given = [_fitted(columns, own) for columns, _ in block]
    told = [found | {"tags": found["tags"]} for _, found in block]
    values = [[row.get(name) for row in given] for name in own]
    values += [[row.get(name) for row in told] for name in _FINDINGS]
    values[-2] = [_segments(segments) for segments in values[-2]]
    return [
        pyarrow.array(_as(column, field.type, pyarrow), field.type)
        for column, field in zip(values, schema, strict=True)
    ]


def _segments(segments: Any) -> Any:
    if segments is None:
        return None
    return [{**s, "probabilities": list(s["probabilities"].items())} for s in segments]


def _as(values: list[Any], kind: Any, pyarrow: Any) -> list[Any]:
    """The values of a column, as JSON text where it holds other things than text."""
    if kind != pyarrow.string():
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


def _finding_fields(pyarrow: Any) -> list[Any]:
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
    return [pyarrow.field(name, kinds.get(name, pyarrow.string())) for name in _FINDINGS]
