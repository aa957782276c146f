"""Reprints in a batch: a first reading of all inputs finds the stories, the second one tells them.

Who printed a story is known when the last article has been read, so rows are written in a second
reading. What the first has found lies in a file, one line a piece: a run that is stopped and goes
on tells the same, whatever other runs have added to the index in the meantime.
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import IO, Any, Protocol

from fenmen.articles.article import Article
from fenmen.articles.rows import Row
from fenmen.articles.stories import NO_STORY, Story, print_of
from fenmen.tagging.inputs import Piece, rows_of

_CLUSTERS = 4096  # descriptions held, so that the prints of one story need not all ask for it


@dataclass(frozen=True, slots=True)
class Asked:
    """That stories are to be told: against which index, and whether each is tagged once."""

    index: Path | None = None
    once: bool = False


class Reader(Protocol):
    """Somebody who wants to know how far the first reading is."""

    def read(self, bytes_: int, rows: int) -> None:
        """A piece has been read."""
        ...


def read_stories(
    pieces: Iterable[Piece], asked: Asked, found: Path, key: Any, reader: Reader
) -> None:
    """Read all pieces into the index and write what stories they tell into the file `found`.

    Either both are done when this returns or, after a crash, neither or the index alone, to which
    another reading adds nothing.

    Args:
        key: what the pieces depend on, as plain data; see `are_read`.

    Raises:
        FenmenError: E_INDEX.
    """
    from fenmen.articles.duplicates import Reprints  # slow to import, seldom needed

    fresh = found.with_name(f"{found.name}.new")
    with (
        Reprints(asked.index) as index,
        fresh.open("wb") as out,
        tempfile.TemporaryFile(dir=found.parent) as places,
    ):
        for piece in pieces:
            _write_line(places, _add(piece, index, reader))
        places.seek(0)
        _write_line(out, key)
        for line in _told(places, index):
            _write_line(out, line)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(found)


def are_read(found: Path, key: Any) -> bool:
    """Whether the file holds the stories of a first reading with that key."""
    if not found.exists():
        return False
    with found.open("rb") as lines:
        held: bool = json.loads(lines.readline()) == json.loads(json.dumps(key))
    return held


def with_stories(
    pieces: Iterable[Piece], found: Path, asked: Asked, *, skip: int = 0
) -> Iterator[Piece]:
    """The pieces, each with what its articles tell.

    Args:
        skip: how many pieces of the first reading stand before these.
    """
    with found.open("rb") as lines:
        for _ in range(1 + skip):
            lines.readline()
        for piece, line in zip(pieces, chain(lines, repeat(b"[]")), strict=False):
            yield replace(piece, stories=_Told(json.loads(line), once=asked.once))


@dataclass(frozen=True, slots=True)
class _Told:
    """The stories of a piece: clusters, and for each article the place of its own among them."""

    line: list[Any]
    once: bool

    def __call__(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with their stories."""
        known = self._stories()
        for row, place in _places(rows):
            yield replace(row, story=known.get(place, NO_STORY))

    def _stories(self) -> dict[tuple[Any, ...], Story]:
        if not self.line:
            return {}
        clusters, places = self.line
        stories = {
            first: [
                Story(cluster, source, tuple(outlets), reprint=self.once and not first)
                for cluster, source, outlets in clusters
            ]
            for first in (True, False)
        }
        return {tuple(place): stories[first][number] for *place, number, first in places}


def _places(rows: Iterable[Row]) -> Iterator[tuple[Row, tuple[Any, ...]]]:
    """Each row with the name of its article: id, source, page, and which of several such it is."""
    seen = Counter[tuple[str, str, int]]()
    for row in rows:
        if isinstance(row.article, Article):
            seen_as = print_of(row.article)
            name = (seen_as.id, seen_as.source, seen_as.page)
            yield row, (*name, seen[name])
            seen[name] += 1
        else:
            yield row, ()


def _add(piece: Piece, index: Any, reader: Reader) -> list[tuple[Any, ...]]:
    """Show the articles of a piece to the index; their names."""
    rows = 0
    places = []
    for row, place in _places(rows_of(piece)):
        rows += 1
        if isinstance(row.article, Article):
            index.add(print_of(row.article))
            places.append(place)
    reader.read(piece.bytes, rows)
    return places


def _told(places: Iterable[bytes], index: Any) -> Iterator[list[Any]]:
    """For each piece its clusters, and of each article the cluster and whether to tag it."""
    describe: Callable[[int], Any] = lru_cache(_CLUSTERS)(index.describe)
    told: set[int] = set()
    for line in places:
        clusters: dict[int, int] = {}
        articles = []
        for *place, copy in json.loads(line):
            number, first = index.at(*place)
            first = first and number not in told
            told |= {number} if first else set()
            clusters.setdefault(number, len(clusters))
            articles.append([*place, copy, clusters[number], first])
        described = [describe(number) for number in clusters]
        yield [[[c.id, c.first_source, c.outlets] for c in described], articles]


def _write_line(file: IO[bytes], line: Any) -> None:
    file.write(json.dumps(line).encode() + b"\n")
