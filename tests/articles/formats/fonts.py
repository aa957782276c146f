"""A font that lies within the PDFs themselves: what is read from them depends on no installed one.

It has no pictures of characters, only two boxes, as wide as a Chinese character and as a Latin one.
"""

import io
from copy import deepcopy

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFontInfo, UnicodeCIDFont, structToPDF
from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

NAME = "STSong-Light"  # whose widths and numbers of characters (Adobe-GB1) reportlab knows
_WIDE, _NARROW = b"\0\1", b"\0\2"
_LATIN = range(1, 96)  # the numbers of the Latin characters


class EmbeddedFont(UnicodeCIDFont):
    """The Chinese font of reportlab with its boxes inside the file."""

    def __init__(self) -> None:
        super().__init__(NAME)

    def addObjects(self, doc) -> None:  # noqa: N802 - reportlab's
        """Write the font into a document."""
        own = "F" + repr(len(doc.fontMapping) + 1)
        font = deepcopy(CIDFontInfo[NAME])
        font |= {"Name": f"/{own}", "Encoding": f"/{self.encodingName}"}
        boxes = b"\0\0" + b"".join(_NARROW if n in _LATIN else _WIDE for n in range(1, 2**15))
        (inner,) = font["DescendantFonts"]
        inner["Subtype"] = "/CIDFontType2"
        inner["CIDToGIDMap"] = doc.Reference(_stream(boxes))
        inner["FontDescriptor"]["FontFile2"] = doc.Reference(_stream(boxes_font()))
        doc.idToObject["BasicFonts"].dict[own] = doc.Reference(structToPDF(font), own)
        doc.fontMapping[self.name] = f"/{own}"


def use() -> str:
    """Let reportlab know the font; returns its name."""
    if NAME not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(EmbeddedFont())
    return NAME


def boxes_font() -> bytes:
    """A TrueType font of two boxes."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "wide", "narrow"])
    builder.setupCharacterMap({})
    boxes = {".notdef": _box(0, 0), "wide": _box(40, 960), "narrow": _box(40, 300)}
    builder.setupGlyf(boxes)
    builder.setupHorizontalMetrics({".notdef": (500, 0), "wide": (1000, 40), "narrow": (340, 40)})
    builder.setupHorizontalHeader(ascent=752, descent=-271)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def _box(left: int, right: int):
    pen = TTGlyphPen(None)
    if right:
        corners = ((left, -80), (left, 800), (right, 800), (right, -80))
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _stream(data: bytes) -> PDFStream:
    stream = PDFStream(content=data, filters=[PDFZCompress])
    stream.dictionary.dict["Length1"] = len(data)
    return stream
