"""Opens zip files without trusting what they say of themselves."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from fenmen.articles.formats.limits import (
    PARTS,
    UNPACKED_BYTES,
    UNPACKED_PART,
    UNPACKED_RATIO,
    too_much,
)
from fenmen.errors import FenmenError

_SMALL = 2**20  # bytes; what stays below needs no ratio


class Archive:
    """The parts of an Office file, unpacked in memory one at a time and never written anywhere."""

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self._damaged(error) from None
        self.names = frozenset(self._zip.namelist())
        self._check()

    def part(self, name: str) -> bytes:
        """One part, unpacked.

        Raises:
            FenmenError: E_DAMAGED, E_ENCRYPTED or E_LIMIT.
        """
        try:
            with self._zip.open(name) as file:
                data = file.read(UNPACKED_PART + 1)
        except RuntimeError as error:
            if "password" in str(error) or "encrypted" in str(error):
                raise FenmenError(
                    "E_ENCRYPTED",
                    where=self._where,
                    what="is locked with a password",
                    fix="save it without one",
                ) from None
            raise self._damaged(error) from None
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError) as error:
            raise self._damaged(error) from None
        except NotImplementedError as error:
            raise self._damaged(error) from None
        self._unpacked += len(data)
        if len(data) > UNPACKED_PART or self._unpacked > UNPACKED_BYTES:
            raise too_much(self._where, f"unpacks to over {self._unpacked:,} bytes")
        return data

    def tree(self, name: str) -> ElementTree.Element:
        """One part as XML.

        Raises:
            FenmenError: E_DAMAGED if it is none, E_XML if it declares entities, as bombs do.
        """
        data = self.part(name)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise FenmenError(
                "E_XML",
                where=self._where,
                what=f"{name} declares entities, which no Office program writes",
                fix="do not open it; ask where it comes from",
            )
        try:
            return ElementTree.fromstring(data)  # noqa: S314 - entities are refused above
        except ElementTree.ParseError as error:
            raise self._damaged(error) from None

    def _check(self) -> None:
        """Believe no directory that promises too much."""
        parts = self._zip.infolist()
        if len(parts) > PARTS:
            raise too_much(self._where, f"has {len(parts):,} parts, {PARTS:,} are allowed")
        whole = sum(part.file_size for part in parts)
        if whole > UNPACKED_BYTES:
            raise too_much(self._where, f"unpacks to {whole:,} bytes")
        for part in parts:
            packed = max(1, part.compress_size)
            if part.file_size > max(_SMALL, UNPACKED_RATIO * packed):
                what = (
                    f"{part.filename[:80]!r} unpacks to {part.file_size // packed:,} times its size"
                )
                raise too_much(self._where, what)

    def _damaged(self, error: Exception) -> FenmenError:
        return FenmenError(
            "E_DAMAGED",
            where=self._where,
            what=f"is damaged ({str(error)[:120] or type(error).__name__})",
            fix="open it in its own program and save it anew",
        )
