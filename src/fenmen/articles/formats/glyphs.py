"""Takes characters, rules and boxes from a PDF with pdfium."""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from fenmen.articles.formats.geometry import Area, Glyph, Sheet
from fenmen.articles.formats.limits import CHARACTERS_ON_A_PAGE, PAGES, too_much
from fenmen.errors import FenmenError

_THIN = 2.5  # points; a rectangle this thin is a rule
_SMALLEST_BOX = 40.0  # points; smaller ones are marks and pictures
_MOST_PATHS = 5_000  # drawings have more; they say nothing about articles
_MOST_UNREADABLE = 0.3  # share of characters without meaning; more is a font without Unicode
_MOST_CONTROLS = 0.03  # the same for control characters, half of what wrong fonts give
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD


def open_pdf(data: bytes, where: str) -> Any:
    """The document.

    Raises:
        FenmenError: E_PDF_ENCRYPTED, E_PDF_DAMAGED, E_LIMIT for too many pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise FenmenError(
                "E_PDF_ENCRYPTED",
                where=where,
                what="is locked with a password",
                fix="save it without one",
            ) from None
        raise damaged(where, "cannot be opened as a PDF") from None
    if pages == 0:
        raise damaged(where, "has no page")
    if pages > PAGES:
        raise too_much(where, f"has {pages:,} pages, {PAGES:,} are allowed")
    return document


def damaged(where: str, what: str) -> FenmenError:
    """The error for a PDF that is broken."""
    fix = "open it in a PDF reader, print it to a new PDF, and give that"
    return FenmenError("E_PDF_DAMAGED", where=where, what=what, fix=fix)


def read_sheet(document: Any, number: int, where: str) -> Sheet:
    """One page, counted from 0.

    Raises:
        FenmenError: E_PDF_DAMAGED, E_PDF_NO_TEXT or E_LIMIT.
    """
    import pypdfium2

    try:
        page = document[number]
        width, height = page.get_size()
        glyphs = list(_glyphs(page, height, where))
        rules, boxes = _drawn(page, height)
    except pypdfium2.PdfiumError:
        raise damaged(where, "this page cannot be read") from None
    meant = [glyph for glyph in glyphs if glyph.text.strip()]
    if not meant:
        raise _no_text(where, "has no text layer: it is a picture of a page, or empty")
    unknown = sum(_is_unreadable(glyph.text) for glyph in meant)
    controls = sum(glyph.text < " " for glyph in meant)
    if unknown > _MOST_UNREADABLE * len(meant) or controls > _MOST_CONTROLS * len(meant):
        lacking = f"{max(unknown, controls)} of {len(meant)} characters"
        what = f"{lacking} have no meaning: its fonts lack Unicode"
        raise _no_text(where, what)
    return Sheet(width, height, glyphs, rules, boxes)


def _no_text(where: str, what: str) -> FenmenError:
    return FenmenError("E_PDF_NO_TEXT", where=where, what=what, fix="run OCR first")


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "


def _glyphs(page: Any, height: float, where: str) -> Iterator[Glyph]:
    from pypdfium2 import raw

    layer = page.get_textpage()
    count = layer.count_chars()
    if count > CHARACTERS_ON_A_PAGE:
        raise too_much(where, f"this page has {count:,} characters")
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = ""  # the first half of a character beyond U+FFFF
    for number in range(count):
        if raw.FPDFText_IsGenerated(layer, number) == 1:
            continue
        text = chr(raw.FPDFText_GetUnicode(layer, number))
        if "\ud800" <= text <= "\udbff":
            high = text
            continue
        if "\udc00" <= text <= "\udfff":
            text = (high + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        raw.FPDFText_GetLooseCharBox(layer, number, box)
        raw.FPDFText_GetCharOrigin(layer, number, x, y)
        raw.FPDFText_GetMatrix(layer, number, matrix)
        size = raw.FPDFText_GetFontSize(layer, number) * math.hypot(matrix.c, matrix.d)
        if all(map(math.isfinite, (box.left, box.right, y.value, size))) and size > 0:
            yield Glyph(text or "\ufffd", box.left, box.right, height - y.value, size, number)
        else:
            yield Glyph(text or "\ufffd", 0.0, 0.0, 0.0, 1.0, number)


def _drawn(page: Any, height: float) -> tuple[list[Area], list[Area]]:
    """The rules and the boxes of a page."""
    from pypdfium2 import raw

    rules, boxes = [], []
    for number, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > _MOST_PATHS:
            return [], []
        left, bottom, right, top = item.get_bounds()
        area = Area(left, height - top, right, height - bottom)
        if min(area.width, area.height) <= _THIN < max(area.width, area.height):
            rules.append(area)
        elif min(area.width, area.height) >= _SMALLEST_BOX:
            boxes.append(area)
    return rules, boxes
