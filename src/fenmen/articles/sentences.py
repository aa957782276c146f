"""Cuts a text into the smallest pieces that a segment may be made of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE_END = re.compile(r"[。！？!?；;…]+[”’」』）)》】]*")
_CLAUSE = re.compile(r"[^，,、：:]*[，,、：:]+|[^，,、：:]+")
_LONG_SENTENCE = 160  # longer ones may be cut at a comma
_HARD = 100
_SHORT = 20  # shorter pieces stay with the next one

# What a cut after a piece costs.
PARAGRAPH, SENTENCE, CLAUSE, ANYWHERE = 0.0, 1.5, 8.0, 16.0


class Piece(NamedTuple):
    """Characters `start` to `end` of a text, and what it costs to cut after them."""

    start: int
    end: int
    cut: float


def pieces(text: str) -> list[Piece]:
    """The sentences of a text, very long ones in parts, very short ones with the next."""
    found: list[Piece] = []
    waiting = -1
    for start, end, cut in _all_pieces(text):
        first = start if waiting < 0 else waiting
        if end - first < _SHORT:
            waiting = first
        else:
            found.append(Piece(first, end, cut))
            waiting = -1
    if waiting >= 0:
        found.append(Piece(waiting, len(text.rstrip()), PARAGRAPH))
    return found


def _all_pieces(text: str) -> list[tuple[int, int, float]]:
    found: list[tuple[int, int, float]] = []
    offset = 0
    for paragraph in text.split("\n"):
        start = 0
        for match in _SENTENCE_END.finditer(paragraph):
            _add(found, text, offset + start, offset + match.end())
            start = match.end()
        if not (rest := paragraph[start:]).isspace() and rest:
            _add(found, text, offset + start, offset + len(paragraph))
        if found:
            found[-1] = (found[-1][0], found[-1][1], PARAGRAPH)
        offset += len(paragraph) + 1
    return found


def _add(found: list[tuple[int, int, float]], text: str, start: int, end: int) -> None:
    if end - start <= _LONG_SENTENCE:
        found.append((start, end, SENTENCE))
    else:
        found += _parts(text, start, end, SENTENCE)


def _parts(text: str, start: int, end: int, cut: float) -> Iterator[tuple[int, int, float]]:
    """One very long sentence, cut at commas and at last anywhere."""
    for clause in _CLAUSE.finditer(text, start, end):
        for place in range(clause.start(), clause.end(), _HARD):
            stop = min(place + _HARD, clause.end())
            kind = CLAUSE if stop == clause.end() else ANYWHERE
            yield place, stop, cut if stop == end else kind
