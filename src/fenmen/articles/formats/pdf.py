"""Reads a PDF page by page."""

from collections.abc import Iterator

from fenmen.articles.article import Page
from fenmen.articles.formats.damage import is_damaged
from fenmen.articles.formats.glyphs import damaged, open_pdf, read_sheet
from fenmen.articles.formats.printed_page import read_page
from fenmen.errors import FenmenError


def read_pdf(data: bytes, *, source: str) -> Iterator[Page | FenmenError]:
    """Yield each page of a PDF, or the error that stands for it.

    The last is E_PDF_DAMAGED where parts are broken, whatever could be read.

    Raises:
        FenmenError: E_PDF_ENCRYPTED, E_PDF_DAMAGED or E_LIMIT for the file as a whole.
    """
    document = open_pdf(data, source)
    try:
        for number in range(len(document)):
            where = f"{source}:{number + 1}" if len(document) > 1 else source
            try:
                yield read_page(
                    read_sheet(document, number, where), source=source, number=number + 1
                )
            except FenmenError as error:
                yield error
    finally:
        document.close()
    if is_damaged(data):
        yield damaged(source, "is damaged in places: text may be missing or wrong")
