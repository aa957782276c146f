"""Tells Office files apart and hands them to their readers."""

from collections.abc import Iterator

from fenmen.articles.article import Page
from fenmen.articles.formats.archives import Archive
from fenmen.articles.formats.docx import read_docx
from fenmen.articles.formats.sheet_area import check_area
from fenmen.articles.formats.spreadsheet import read_spreadsheet
from fenmen.errors import FenmenError

_OLD_SHEETS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OTHERS = {
    "ppt/presentation.xml": "a presentation",
    "META-INF/container.xml": "an e-book",
    "content.xml": "an OpenDocument file",
}


def read_office(data: bytes, *, source: str) -> Iterator[Page | FenmenError]:
    """Yield what a zip file holds, if it is a DOCX or an XLSX.

    Raises:
        FenmenError: E_KIND for other zip files; E_LIMIT, E_DAMAGED, E_ENCRYPTED.
    """
    archive = Archive(data, source)
    if "word/document.xml" in archive.names:
        yield read_docx(archive, source=source)
    elif "xl/workbook.xml" in archive.names or "xl/workbook.bin" in archive.names:
        check_area(archive, source)
        yield from read_spreadsheet(data, source=source)
    else:
        kind = next((kind for name, kind in _OTHERS.items() if name in archive.names), "an archive")
        raise _unknown(source, kind)


def read_old_office(data: bytes, *, source: str) -> Iterator[Page | FenmenError]:
    """Yield the rows of an old spreadsheet (.xls); other old Office files are refused.

    Raises:
        FenmenError: E_KIND, E_DAMAGED.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FenmenError(
            "E_ENCRYPTED",
            where=source,
            what="is locked with a password",
            fix="save it without one",
        )
    if any(name in data for name in _OLD_SHEETS):
        yield from read_spreadsheet(data, source=source)
    else:
        raise _unknown(source, "an old Office document")


def _unknown(source: str, kind: str) -> FenmenError:
    return FenmenError(
        "E_KIND",
        where=source,
        what=f"is {kind}, which cannot be read",
        fix="save it as DOCX, XLSX, PDF or plain text, or unpack it",
    )
