"""Finds out what a file is from its first bytes; its name only counts where they say nothing."""

import re
from pathlib import PurePath

from fenmen.articles.streams import FORMATS, split_ending

HEAD = 2**16  # bytes that are looked at
PARSED_APART = frozenset({"pdf", "html", "zip", "ole", "mail"})
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|article|table|script|p|h[1-4])[\s>/]",
    re.IGNORECASE,
)
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # gzip, Zstandard
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_HEADER = re.compile(
    rb"(?:from|received|return-path|mime-version|subject|date|message-id|delivered-to|to|content-type"
    rb"|dkim-signature|x-[a-z-]{1,40}|reply-to|snapshot-content-location)\s{0,3}:",
    re.IGNORECASE,
)
_MAIL_MARK = re.compile(rb"^(?:mime-version|message-id|received|content-type)\s{0,3}:", re.I | re.M)


def kind_of(head: bytes, name: str = "") -> str:
    """What a file is: pdf, zip, ole, html, mail, csv, tsv, jsonl, json, parquet, xml or text.

    Args:
        head: its first bytes, `HEAD` of them or fewer.
        name: its name, for tables, whose bytes are those of any text.
    """
    ending = PurePath(name).suffix.lower()
    if re.match(rb"\s{0,64}%PDF-\d", head) or (ending == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    for magic, kind in ((b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "ole"), (b"PAR1", "parquet")):
        if head.startswith(magic):
            return kind
    if head.startswith(_PACKED) and (packed := split_ending(name)[0]):
        return packed
    plain = _one_byte_each(head)
    if _is_html(plain, ending):
        return "html"
    if _is_mail(plain):
        return "mail"
    if plain.lstrip().startswith(b"<?xml"):
        return "xml"
    if ending == ".json" and plain.lstrip()[:1] in (b"{", b"["):
        return "jsonl" if _is_object(plain.lstrip().split(b"\n", 1)[0]) else "json"
    table = FORMATS.get(ending, "")
    return table if table in ("csv", "tsv", "jsonl") else "text"


def _is_object(line: bytes) -> bool:
    return line.startswith(b"{") and line.rstrip().endswith(b"}")


def _one_byte_each(head: bytes) -> bytes:
    """The head without byte order mark, and without every other byte if it is UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_html(head: bytes, ending: str) -> bool:
    if ending in _HTML_ENDINGS:
        return b"<" in head and (bool(_HTML.search(head)) or b"<!--" in head)
    return head.lstrip().startswith(b"<") and bool(_HTML.search(head))


def _is_mail(head: bytes) -> bool:
    lines = head.lstrip()[:4096].splitlines()[:8]
    headers = sum(bool(_HEADER.match(line)) for line in lines)
    return headers >= 2 and bool(_HEADER.match(lines[0])) and bool(_MAIL_MARK.search(head[:8192]))
