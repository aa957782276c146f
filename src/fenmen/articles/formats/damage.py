"""Notices broken parts of a PDF, which pdfium passes over without a word."""

import base64
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH = re.compile(rb"/Length\s{1,4}(\d{1,12}+)(?!\s{1,4}\d{1,8}\s{1,4}R)")
_XREF = re.compile(
    rb"(?<!start)xref\s{1,4}((?:\d{1,10}[^\S\n]\d{1,10}\s{1,4}|[\d ]{16,18}[nf ]{1,3}\s{0,3})+)"
)
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_OBJECT = re.compile(rb"\s{0,4}\d{1,10}\s{1,4}\d{1,6}\s{1,4}obj")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*+\)|%[^\r\n]*+", re.DOTALL)
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f]|\x00{4}")
_NESTED = 4  # brackets within brackets of a string
_DICTIONARY = 4_096  # bytes before a stream in which its dictionary stands
_CHUNK = 2**20
_MOST = 200 * 2**20  # unpacked bytes that are looked at in all


def is_damaged(data: bytes) -> bool:
    """Whether a part of the file is broken, so that text may be missing.

    Streams that do not unpack or are not as long as they say, and objects that are not where the
    table of objects has them. Locked files are believed: their parts cannot be checked.
    """
    if b"/Encrypt" in data:
        return False
    return _objects_moved(data) or any(_streams_broken(data)) or _has_foreign_bytes(data)


def _has_foreign_bytes(data: bytes) -> bool:
    """Whether a string does not end, or control characters stand outside of all strings."""
    plain, place = [], 0
    for match in _STREAM.finditer(data):
        if match.start() < place:
            continue
        about = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        end = data.find(b"endstream", match.end())
        plain.append(data[place : match.start()])
        place = len(data) if end < 0 else end
        if not any(name in about for name in (b"/Filter", b"/Length1", b"/Subtype", b"/Type")):
            plain.append(data[match.end() : place])
    plain.append(data[place:])
    rest = b"\n".join(plain)
    for _ in range(_NESTED):
        rest = _STRING.sub(b"", rest)
    return bool(_CONTROL.search(rest)) or b"(" in rest or b")" in rest


def _objects_moved(data: bytes) -> bool:
    shift = max(0, data.find(b"%PDF"))
    tables = list(_XREF.finditer(data))
    if not tables:
        return b"/XRef" not in data
    return any(
        not _OBJECT.match(data, int(entry[1]) + shift)
        for table in tables
        for entry in _ENTRY.finditer(table[1])
    )


def _streams_broken(data: bytes) -> Iterator[bool]:
    left = _MOST
    for match in _STREAM.finditer(data):
        about = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        end = data.find(b"endstream", match.end())
        if end < 0:
            yield True
            return
        body = data[match.end() : end]
        if length := _LENGTH.search(about):
            place = match.end() + int(length[1])
            yield not data[place : place + 12].lstrip().startswith(b"endstream")
        if b"/Image" in about or b"/Predictor" in about:
            continue
        if b"/ASCII85Decode" in about:
            try:
                body = base64.a85decode(body.strip().removesuffix(b"~>"))
            except ValueError:
                yield True
                continue
        if b"/FlateDecode" in about and left > 0:
            unpacked = _unpacked_size(body, left)
            left -= max(unpacked, 0)
            yield unpacked < 0


def _unpacked_size(body: bytes, most: int) -> int:
    """How many bytes a packed stream has, up to `most`; -1 if it is broken."""
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while body and not unpacker.eof and size < most:
            size += len(unpacker.decompress(body, _CHUNK))
            body = unpacker.unconsumed_tail
    except zlib.error:
        return -1
    return size if unpacker.eof or size >= most else -1
