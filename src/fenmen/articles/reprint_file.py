"""The articles that a reprint index has seen: one SQLite file of plain columns and hashes.

No text is kept: an index can be handed on without handing on the articles.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fenmen.articles.article import Article
from fenmen.articles.fingerprints import Fingerprint, Grams
from fenmen.errors import FenmenError

_MARK, _VERSION = 0x66656E6D, 2  # "fenm"; raise the version with every change of the fingerprint
_TABLE = (
    "CREATE TABLE article (row INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, "
    "page INTEGER NOT NULL, credit TEXT NOT NULL, date TEXT NOT NULL, cluster INTEGER NOT NULL, "
    "grams BLOB, figures BLOB)"
)
_INDEXES = (
    "CREATE UNIQUE INDEX place ON article (id, source, page)",
    "CREATE INDEX member ON article (cluster)",
)
# A damaged header makes sqlite3 fail to decode its own message.
_FAULTS = (sqlite3.Error, UnicodeDecodeError, OSError)
_VARIANTS = "SELECT row, cluster, grams, figures FROM article WHERE grams IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Variant:
    """A print that differs from those before: what later ones are compared with."""

    row: int
    cluster: int
    printed: Fingerprint


class ReprintFile:
    """Reads and writes the file; nothing is written for good before `commit`.

    Args:
        path: of the file, made if absent; None keeps the articles of one run in a temporary file.

    Raises:
        FenmenError: E_INDEX if the file is another's, of another version, damaged or in use.
    """

    def __init__(self, path: str | Path | None) -> None:
        self.path = path
        # An empty name is SQLite's temporary file: it spills to disk and goes with the connection.
        name = "" if path is None else str(path)
        try:
            self._db = sqlite3.connect(name, isolation_level=None, timeout=1.0)
        except sqlite3.Error as error:
            raise self._broken(str(error)) from error
        try:
            self._prepare()
        except (FenmenError, *_FAULTS) as error:
            self._db.close()
            raise self._broken(
                error.what if isinstance(error, FenmenError) else str(error)
            ) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA trusted_schema = OFF")
        self._db.execute("PRAGMA cache_size = -16384")
        self._db.execute("BEGIN IMMEDIATE")
        schema = [
            sql for (sql,) in self._db.execute("SELECT sql FROM sqlite_master ORDER BY rowid")
        ]
        if not schema:
            for statement in (_TABLE, *_INDEXES):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {_MARK}")
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        elif schema != [_TABLE, *_INDEXES] or self._marks() != (_MARK, _VERSION):
            raise self._broken("is not a reprint index of this version")
        elif self._one("PRAGMA quick_check") != ("ok",):
            raise self._broken("is damaged")

    def _marks(self) -> tuple[int, int]:
        marks = self._one("PRAGMA application_id"), self._one("PRAGMA user_version")
        return marks[0][0], marks[1][0]

    def _each(self, statement: str, *values: object) -> Iterator[Any]:
        try:
            yield from self._db.execute(statement, values)
        except _FAULTS as error:
            raise self._broken(str(error)) from error

    def _one(self, statement: str, *values: object) -> Any:
        return next(self._each(statement, *values), None)

    def _broken(self, what: str) -> FenmenError:
        fix = "name another file, or move this one away to begin a new index"
        return FenmenError("E_INDEX", where=str(self.path or "temporary index"), what=what, fix=fix)

    def add(self, article: Article, cluster: int | None, printed: Fingerprint | None) -> int:
        """Append the article and return its row; cluster None is one of its own.

        Args:
            printed: None if it differs from no earlier print; later ones need not be compared.
        """
        row: int = self._one("SELECT coalesce(max(row), 0) + 1 FROM article")[0]
        hashes = (None, None) if printed is None else (_blob(printed.grams), _blob(printed.figures))
        place = (article.id, article.source, article.page, article.credit, article.date)
        cells = (row, *place, cluster or row, *hashes)
        self._one("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *cells)
        return row

    def seen(self, article: Article) -> tuple[int, int] | None:
        """Row and cluster of this very article from this very place, if it was added before."""
        return self.at(article.id, article.source, article.page)

    def at(self, article_id: str, source: str, page: int) -> tuple[int, int] | None:
        """Row and cluster of what was added from a place."""
        found: tuple[int, int] | None = self._one(
            "SELECT row, cluster FROM article WHERE id = ? AND source = ? AND page = ?",
            *(article_id, source, page),
        )
        return found

    def cluster_of(self, article_id: str) -> int:
        """The cluster that holds the article.

        Raises:
            FenmenError: E_ARTICLE if it was never added.
        """
        found = self._one("SELECT cluster FROM article WHERE id = ? ORDER BY row", article_id)
        if found is None:
            what, fix = f"holds no article {article_id}", "add the article first"
            raise FenmenError("E_ARTICLE", where=str(self.path or "index"), what=what, fix=fix)
        return int(found[0])

    def members(self, cluster: int) -> list[tuple[str, str, str, str]]:
        """Id, source, credit and date of a cluster's articles, in the order they came."""
        return self._db.execute(
            "SELECT id, source, credit, date FROM article WHERE cluster = ? ORDER BY row",
            (cluster,),
        ).fetchall()

    def clusters(self) -> list[int]:
        """All clusters, in the order of their first articles."""
        return [row for (row,) in self._each("SELECT row FROM article WHERE row = cluster")]

    def merge(self, earlier: int, later: int) -> None:
        """Let every article of the later cluster stand in the earlier one."""
        self._one("UPDATE article SET cluster = ? WHERE cluster = ?", earlier, later)

    def variant(self, row: int) -> Variant:
        """The print in a row."""
        return self._variant(self._one(f"{_VARIANTS} AND row = ?", row))

    def variants(self, cluster: int | None = None, most: int = -1) -> Iterator[Variant]:
        """The prints of a cluster, or of all, in the order they came."""
        where, values = ("", ()) if cluster is None else (" AND cluster = ?", (cluster,))
        statement = f"{_VARIANTS}{where} ORDER BY row LIMIT {most:d}"
        yield from map(self._variant, self._each(statement, *values))

    def _variant(self, cells: tuple[int, int, bytes, bytes]) -> Variant:
        row, cluster, grams, figures = cells
        try:
            return Variant(row, cluster, Fingerprint(_array(grams), _array(figures)))
        except (TypeError, ValueError) as error:
            raise self._broken(f"is damaged in row {row}") from error

    def commit(self) -> None:
        """Write everything added so far to the disk."""
        self._one("COMMIT")
        self._one("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of the file; what was not committed is gone."""
        self._db.close()


def _blob(hashes: Grams) -> bytes:
    return hashes.astype("<u4").tobytes()


def _array(blob: bytes) -> Grams:
    return np.frombuffer(blob, "<u4").astype(np.uint32, copy=False)
