"""The encoding of a web page: the one it declares, unless its bytes say otherwise."""

import codecs
import re
from dataclasses import replace

from fenmen.articles.decode import Decoded, decode, plausibility
from fenmen.errors import FenmenError

_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_:.-]{2,30})"""
)
_HEAD = 8_192  # bytes
_MUCH_BETTER = 0.1
_LEGIBLE = 0.25  # share of common characters
# What pages call GB2312 mostly holds characters of its successors.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}


def decode_page(data: bytes, *, where: str, encoding: str | None = None) -> Decoded:
    """Decode a web page.

    Raises:
        FenmenError: as `decode`.
    """
    if encoding is not None:
        return decode(data, where=where, encoding=encoding)
    declared = declared_encoding(data)
    read = _read(data, declared) if declared else None
    try:
        found = decode(data, where=where)
    except FenmenError as error:
        found = read or _broken(data, declared or "utf-8", error)
    if read is None or declared is None:
        return (
            found if declared is None else replace(found, why=f"{declared} is declared, but wrong")
        )
    better = plausibility(found.text) > plausibility(read.text) + _MUCH_BETTER
    marked = found.why == "byte order mark"
    return replace(found, why=f"{declared} is declared, but wrong") if better or marked else read


def declared_encoding(data: bytes) -> str | None:
    """The name in <meta charset> or in the XML declaration."""
    match = _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii").lower() if match else None


def _read(data: bytes, declared: str) -> Decoded | None:
    try:
        name = codecs.lookup(_WIDER.get(declared, declared)).name
        return Decoded(data.decode(name).removeprefix("\ufeff"), name, "declared")
    except (LookupError, UnicodeError, ValueError):
        return None


def _broken(data: bytes, name: str, error: FenmenError) -> Decoded:
    """The text of a page with some broken bytes, each of which becomes U+FFFD.

    Raises:
        FenmenError: the given error, if the rest is no text either.
    """
    try:
        text = data.decode(_WIDER.get(name, name), "replace")
    except LookupError:
        raise error from None
    if plausibility(text) < _LEGIBLE:
        raise error
    return Decoded(text, name, f"{text.count(chr(0xFFFD))} broken characters")
