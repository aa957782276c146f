"""Small Word files and spreadsheets, written part by part as Office does."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_T = "http://schemas.openxmlformats.org/package/2006/content-types"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx(paragraphs: Sequence[tuple[str, str]], **parts: str) -> bytes:
    """A Word file of paragraphs with the name of their style, "" for plain text."""
    styles = sorted({style for style, _ in paragraphs if style})
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in enumerate(styles)
    )
    body = "".join(
        "<w:p>"
        + (f'<w:pPr><w:pStyle w:val="s{styles.index(style)}"/></w:pPr>' if style else "")
        + f"<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_T}"/>',
            "word/styles.xml": f'<w:styles xmlns:w="{_W}">{named}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            **{
                f"word/{name}.xml": f'<w:hdr xmlns:w="{_W}">{xml}</w:hdr>'
                for name, xml in parts.items()
            },
        }
    )


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A spreadsheet with one sheet."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, place, value) for place, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return zipped({**workbook(), "xl/worksheets/sheet1.xml": sheet(body)})


def sheet(body: str) -> str:
    return f'<worksheet xmlns="{_S}"><sheetData>{body}</sheetData></worksheet>'


def workbook() -> dict[str, str]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_T}"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_P}"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="稿件" '
        'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_P}"><Relationship Id="r1" '
        f'Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }


def _cell(row: int, place: int, value: object) -> str:
    name = f"{chr(65 + place)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
