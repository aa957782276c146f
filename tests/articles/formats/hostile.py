"""Files that attack whoever reads them."""

import io
import struct
import zipfile
import zlib

from .offices import docx, sheet, workbook, zipped

SENTENCE = "为了让更多老人按时吃上热饭，街道在社区里开了一家食堂。"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(content: bytes, *, filters: str = "", more: str = "", pages: int = 1) -> bytes:
    """A PDF whose pages all show this content stream."""
    kids = " ".join(f"{number + 5} 0 R" for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        f"<< /Length {len(content)} {filters} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R "
        f"/Resources << /Font << /F1 4 0 R >> {more} >> >>"
    )
    objects += [page.encode()] * pages
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return file + f"{end}startxref\n{len(file)}\n%%EOF\n".encode()


def packed(block: bytes, times: int) -> bytes:
    """A raw deflate stream of the block, many times over, made without packing it all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * times + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def pdf_bomb() -> bytes:
    """A content stream of some KB that unpacks to 4 GB, packed twice."""
    once = b"\x78\x9c" + packed(b"q Q\n" * 2**18, 4096) + b"\0\0\0\0"
    return pdf(zlib.compress(once, 9), filters="/Filter [/FlateDecode /FlateDecode]")


def pdf_with_endless_text() -> bytes:
    """More characters on each page than a page may have, in some KB."""
    lines = (b"1 0 0 1 0 %d Tm (" % (799 - n) + b"xy z" * 500 + b") Tj " for n in range(120))
    text = b"BT /F1 1 Tf " + b"".join(lines) + b"ET"
    return pdf(zlib.compress(text, 9), filters="/Filter /FlateDecode", pages=20)


def overprinted_pdf() -> bytes:
    """Pages that print the same characters over each other, which takes seconds to read."""
    text = b"BT /F1 9 Tf 0 0 Td (" + b"x" * 1000 + b") Tj ET\n"
    return pdf(zlib.compress(text * 40_000, 9), filters="/Filter /FlateDecode", pages=3)


def scanned_pdf() -> bytes:
    return pdf(b"0 0 600 800 re f")


def zip_bomb_docx(says: int = 2**31) -> bytes:
    """A part of 2 GB of spaces in 2 MB; its directory may say less."""
    name, data = b"word/document.xml", packed(b" " * 2**20, 2048)
    fields = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, 0, len(data), says, len(name), 0)
    start = b"PK\x03\x04" + fields + name + data
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, 0)
    end = struct.pack("<4H2LH", 0, 0, 1, 1, len(entry + name), len(start), 0)
    return start + entry + name + b"PK\x05\x06" + end


def lying_zip_bomb() -> bytes:
    return zip_bomb_docx(says=5000)


def zip_bomb_xlsx() -> bytes:
    """100 MB of cells in 200 KB, within the limits of size but not of their ratio."""
    return zipped(
        {**workbook(), "xl/worksheets/sheet1.xml": sheet("<row><c><v>1</v></c></row>" * 4_000_000)}
    )


def sparse_xlsx() -> bytes:
    """Two cells, at the first and the last place there is."""
    cell = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>正文</t></is></c></row>'
    body = cell.format(1, "A") + cell.format(1_048_576, "XFD")
    return zipped({**workbook(), "xl/worksheets/sheet1.xml": sheet(body)})


def deep_html() -> bytes:
    deep = "<div>" * 200_000 + SENTENCE * 3 + "</div>" * 200_000
    return f"<html><body><p>{SENTENCE * 3}</p>{deep}</body></html>".encode()


def huge_text_html() -> bytes:
    return b"<html><body><p>" + (SENTENCE * 400_000).encode() + b"</p></body></html>"


def comment_html() -> bytes:
    return f"<html><body><p>{SENTENCE * 3}</p>".encode() + b"<!--" * 250_000 + SENTENCE.encode()


def quote_html() -> bytes:
    return f"<html><body><p>{SENTENCE * 3}</p>".encode() + b"<a title=\"'" * 100_000


def entity_docx() -> bytes:
    """A billion laughs."""
    entities = "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
    )
    head = f'<!DOCTYPE w:document [<!ENTITY a0 "哈">{entities}]>'
    text = "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>"
    body = f'<w:document xmlns:w="{_W}">{text}</w:document>'
    return zipped({"word/document.xml": head + body})


def entity_html() -> bytes:
    return (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + f"]><html><body><p>{SENTENCE * 3}&x;&a9;</p></body></html>"
    ).encode()


def traversal_docx() -> bytes:
    """Parts whose names lead out of any folder."""
    good = docx([("", SENTENCE * 3)])
    file = io.BytesIO(good)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../../../tmp/fenmen-was-here", "x")
        archive.writestr("/etc/fenmen-was-here", "x")
    return file.getvalue()


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", "owner"), invariant=1)
    canvas.drawString(50, 700, "locked")
    canvas.save()
    return file.getvalue()


# Name, file, and the error that stands for it; "" where it can be read safely.
FILES = (
    ("bomb.pdf", pdf_bomb, "E_MEMORY|E_TIMEOUT|E_PDF_NO_TEXT|E_PDF_DAMAGED|E_CRASH"),
    ("endless.pdf", pdf_with_endless_text, "E_LIMIT"),
    ("overprinted.pdf", overprinted_pdf, "|E_TIMEOUT"),
    ("scanned.pdf", scanned_pdf, "E_PDF_NO_TEXT"),
    ("locked.pdf", locked_pdf, "E_PDF_ENCRYPTED"),
    ("truncated.pdf", lambda: pdf(b"BT ET")[:150], "E_PDF_DAMAGED"),
    ("magic.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "E_PDF_DAMAGED"),
    ("bomb.docx", zip_bomb_docx, "E_LIMIT"),
    ("liar.docx", lying_zip_bomb, "E_LIMIT|E_DAMAGED"),
    ("bomb.xlsx", zip_bomb_xlsx, "E_LIMIT"),
    ("sparse.xlsx", sparse_xlsx, "E_LIMIT"),
    ("laughs.docx", entity_docx, "E_XML"),
    ("traversal.docx", traversal_docx, ""),
    ("truncated.docx", lambda: docx([("", SENTENCE)])[:-60], "E_DAMAGED"),
    ("deep.html", deep_html, ""),
    ("huge.html", huge_text_html, "|E_LIMIT|E_TIMEOUT|E_MEMORY"),
    ("comments.html", comment_html, ""),
    ("quotes.html", quote_html, ""),
    ("entities.html", entity_html, ""),
    ("magic.xlsx", lambda: b"\xff\x00\x80" * 500, "E_BINARY"),
)
