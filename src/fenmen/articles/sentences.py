"""Cuts a text into the smallest pieces that a segment may be made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;…]*[。！？!?；;…]+[”’」』）)》】]*|[^。！？!?；;…]+")
_CLAUSE = re.compile(r"[^，,、：:]*[，,、：:]+|[^，,、：:]+")
_LONG_SENTENCE = 160  # longer ones may be cut at a comma
_HARD = 100
_SHORT = 20  # shorter pieces stay with the next one

# What a cut after a piece costs.
PARAGRAPH, SENTENCE, CLAUSE, ANYWHERE = 0.0, 1.5, 8.0, 16.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a text, and what it costs to cut after them."""

    start: int
    end: int
    cut: float


def pieces(text: str) -> list[Piece]:
    """The sentences of a text, very long ones in parts, very short ones with the next."""
    found: list[Piece] = []
    waiting: int | None = None
    for piece in _all_pieces(text):
        start = piece.start if waiting is None else waiting
        if piece.end - start < _SHORT:
            waiting = start
            continue
        found.append(Piece(start, piece.end, piece.cut))
        waiting = None
    if waiting is not None:
        found.append(Piece(waiting, len(text.rstrip()), PARAGRAPH))
    return found


def _all_pieces(text: str) -> Iterator[Piece]:
    for paragraph in re.finditer(r"[^\n]+", text):
        sentences = [
            (match.start(), match.end())
            for match in _SENTENCE.finditer(text, *paragraph.span())
            if match.group().strip()
        ]
        for number, (start, end) in enumerate(sentences):
            last = PARAGRAPH if number + 1 == len(sentences) else SENTENCE
            yield from _parts(text, start, end, last)


def _parts(text: str, start: int, end: int, cut: float) -> Iterator[Piece]:
    """One sentence, cut at commas and at last anywhere if it is very long."""
    if end - start <= _LONG_SENTENCE:
        yield Piece(start, end, cut)
        return
    for clause in _CLAUSE.finditer(text, start, end):
        for place in range(clause.start(), clause.end(), _HARD):
            stop = min(place + _HARD, clause.end())
            kind = CLAUSE if stop == clause.end() else ANYWHERE
            yield Piece(place, stop, cut if stop == end else kind)
