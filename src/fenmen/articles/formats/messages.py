"""Pages and errors as JSON, on their way from the process that parses to the one that asked."""

import json
from dataclasses import asdict
from typing import Any

from fenmen.articles.article import Article, Leftover, Page
from fenmen.errors import FenmenError

Result = Page | FenmenError


def pack(results: list[Result]) -> bytes:
    """One line of JSON."""
    return json.dumps([_packed(result) for result in results]).encode() + b"\n"


def unpack(line: bytes) -> list[Result]:
    """The pages and errors of one line.

    Raises:
        ValueError, TypeError or KeyError: if it is not what `pack` makes.
    """
    return [_unpacked(item) for item in json.loads(line)]


def _packed(result: Result) -> dict[str, Any]:
    if isinstance(result, FenmenError):
        return {
            "code": result.code,
            "where": result.where,
            "what": result.what,
            "fix": result.fix,
        }
    return {
        "source": result.source,
        "text": result.text,
        "encoding": result.encoding,
        "articles": [asdict(article) for article in result.articles],
        "leftovers": [[piece.start, piece.end, piece.reason] for piece in result.leftovers],
    }


def _unpacked(item: dict[str, Any]) -> Result:
    if "code" in item:
        code, where = str(item["code"]), str(item["where"])
        return FenmenError(code, where=where, what=str(item["what"]), fix=str(item["fix"]))
    text = str(item["text"])
    return Page(
        str(item["source"]),
        text,
        str(item["encoding"]),
        tuple(_article(fields) for fields in item["articles"]),
        tuple(
            Leftover(int(start), int(end), text[int(start) : int(end)], str(reason))
            for start, end, reason in item["leftovers"]
        ),
    )


def _article(fields: dict[str, Any]) -> Article:
    page = int(fields.pop("page"))
    return Article(page=page, **{name: str(value) for name, value in fields.items()})
