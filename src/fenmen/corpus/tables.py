"""Labelled tables as public corpora come: one text and its labels a row."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fenmen.corpus.schema import Example
from fenmen.errors import FenmenError
from fenmen.taxonomy import Taxonomy

LabelledBy = Literal["id", "name", "index"]


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table is laid out: column numbers from 0, and what its labels are.

    `labels` says whether a label is a topic's id, its name, or its place in the taxonomy;
    `label_separator` splits several labels in one cell. `separator` "\\t" means plain lines
    without quoting, as tab-separated corpora are published.
    """

    separator: str
    header: bool
    text: int
    label: int
    labels: LabelledBy
    label_separator: str = "|"


def read_table(
    path: Path, layout: TableFormat, taxonomy: Taxonomy, *, origin: str, available: str
) -> list[Example]:
    """Read one labelled table; each row is its own group.

    Args:
        available: where a user gets the corpus, for the error that it is missing.

    Raises:
        FenmenError: E_MISSING if there is no such file, E_CORPUS for a row that does not fit.
    """
    if not path.exists():
        raise FenmenError(
            "E_MISSING",
            where=path,
            what="this public corpus is not part of the project",
            fix=f"get it from {available} and put it there",
        )
    topic_of = _topics_by_label(taxonomy, layout.labels)
    return [
        _example(
            row, f"{path}:{number}", layout, topic_of, f"{origin}-{path.stem}-{number}", origin
        )
        for number, row in _rows(path, layout)
    ]


def _topics_by_label(taxonomy: Taxonomy, by: LabelledBy) -> dict[str, str]:
    if by == "index":
        return {str(place): topic.id for place, topic in enumerate(taxonomy.topics)}
    return {getattr(topic, by): topic.id for topic in taxonomy.topics}


def _rows(path: Path, layout: TableFormat) -> Iterator[tuple[int, Sequence[str]]]:
    plain = layout.separator == "\t"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(
            lines,
            delimiter=layout.separator,
            quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL,
        )
        for number, row in enumerate(reader, start=1):
            if row and not (layout.header and number == 1):
                yield number, row


def _example(
    row: Sequence[str],
    where: str,
    layout: TableFormat,
    topic_of: Mapping[str, str],
    identity: str,
    origin: str,
) -> Example:
    try:
        text, cell = row[layout.text], row[layout.label]
        topics = tuple(dict.fromkeys(topic_of[label] for label in _labels(cell, layout)))
    except (IndexError, KeyError) as error:
        raise FenmenError(
            "E_CORPUS",
            where=where,
            what=f"has no such column or label: {error}",
            fix="compare the table with conf/corpus and conf/taxonomy",
        ) from error
    return Example(identity, text, topics, group=identity, register="table", origin=origin)


def _labels(cell: str, layout: TableFormat) -> list[str]:
    return [label.strip() for label in cell.split(layout.label_separator) if label.strip()]
