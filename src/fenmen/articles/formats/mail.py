"""Reads mails and web archives (EML, MHT): their texts, web pages and attachments."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

from fenmen.articles.article import Page
from fenmen.articles.decode import decode
from fenmen.articles.formats.html import read_html
from fenmen.articles.formats.leftovers import leftovers
from fenmen.articles.formats.office import read_office, read_old_office
from fenmen.articles.formats.pdf import read_pdf
from fenmen.articles.pages import split_page
from fenmen.errors import FenmenError

_MOST_PARTS = 200
_HEADERS = ("subject", "from", "to", "date")


def read_mail(data: bytes, *, source: str) -> Iterator[Page | FenmenError]:
    """Yield the text of a mail, then each attachment that is a readable file.

    Of two versions of the same text the plain one is read. Attached mails are not opened.

    Raises:
        FenmenError: E_NO_TEXT if there is neither text nor a readable attachment.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    headers = "".join(f"{name}: {message[name]}\n" for name in _HEADERS if message[name])
    read = False
    for number, part in enumerate(_texts(message)):
        for result in _part(part, source):
            first = number == 0 and isinstance(result, Page) and not read
            read = True
            yield _with_headers(result, headers) if first and isinstance(result, Page) else result
    if not read:
        raise FenmenError(
            "E_NO_TEXT",
            where=source,
            what="is a mail without text",
            fix="give the files that it carries",
        )


def _texts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts worth reading: the body in its plainest form, and the attachments."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        assert isinstance(body, EmailMessage)
        yield body
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return
        kind = part.get_content_type()
        if part is not body and part.get_filename() and not kind.startswith("image/"):
            assert isinstance(part, EmailMessage)
            yield part


def _part(part: EmailMessage, source: str) -> Iterator[Page | FenmenError]:
    name = part.get_filename()
    where = f"{source}#{name[:80]}" if name else source
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        if data.startswith(b"%PDF"):
            yield from read_pdf(data, source=where)
        elif data.startswith(b"PK\x03\x04"):
            yield from read_office(data, source=where)
        elif data.startswith(b"\xd0\xcf\x11\xe0"):
            yield from read_old_office(data, source=where)
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            yield from read_html(data, source=where, encoding=_charset(part, data, where))
        elif part.get_content_maintype() == "text":
            decoded = decode(data, where=where, encoding=_charset(part, data, where))
            yield split_page(decoded.text, source=where, encoding=f"mail {decoded.encoding}")
    except FenmenError as error:
        yield error


def _charset(part: EmailMessage, data: bytes, where: str) -> str | None:
    """The encoding that the part declares, if its bytes can be read in it."""
    declared = part.get_content_charset()
    if declared is None:
        return None
    name = {"gb2312": "gb18030", "gbk": "gb18030"}.get(declared, declared)
    try:
        decode(data, where=where, encoding=name)
    except FenmenError:
        return None
    return name


def _with_headers(page: Page, headers: str) -> Page:
    start = len(page.text) + 1
    added = [
        replace(one, start=one.start + start, end=one.end + start)
        for one in leftovers(headers, (), {}, "mail header")
    ]
    text = f"{page.text}\n{headers}"
    return replace(page, text=text, leftovers=(*page.leftovers, *added))
