"""Cuts a text into the smallest pieces that a segment may be made of."""

import re
from collections.abc import Iterator

STOPS, CLOSING_SIGNS, COMMAS = "。！？!?；;…", "”’」』）)》】", "，,、：:"

# What stands before the end of a sentence or line, and that end.
_SENTENCE = re.compile(rf"[^{STOPS}\n]*(?:[{STOPS}]+[{CLOSING_SIGNS}]*|\n|\Z)")
_CLAUSE = re.compile(rf"[^{COMMAS}]*[{COMMAS}]+|[^{COMMAS}]+")
_LONG_SENTENCE = 160  # longer ones may be cut at a comma
_HARD = 100
SHORTEST_PIECE = 20  # shorter pieces stay with the next one

# What a cut after a piece costs.
PARAGRAPH, SENTENCE, CLAUSE, ANYWHERE = 0.0, 1.5, 8.0, 16.0


# Characters `start` to `end` of a text, and what it costs to cut after them.
Piece = tuple[int, int, float]


def pieces(text: str) -> list[Piece]:
    """The sentences of a text, very long ones in parts, very short ones with the next."""
    found: list[Piece] = []
    waiting = -1
    for start, end, cut in _all_pieces(text):
        first = start if waiting < 0 else waiting
        if end - first < SHORTEST_PIECE:
            waiting = first
        else:
            found.append((first, end, cut))
            waiting = -1
    if waiting >= 0:
        found.append((waiting, len(text.rstrip()), PARAGRAPH))
    return found


def _all_pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for sentence in _SENTENCE.findall(text):
        end = start + len(sentence)
        if sentence[-1:] in "\n":  # the end of a line or of the text
            if sentence and not sentence.isspace():
                _add(found, text, start, end - 1)
            if found:
                found[-1] = (found[-1][0], found[-1][1], PARAGRAPH)
        elif not sentence.isspace():
            _add(found, text, start, end)
        start = end
    return found


def _add(found: list[Piece], text: str, start: int, end: int) -> None:
    if end - start <= _LONG_SENTENCE:
        found.append((start, end, SENTENCE))
    else:
        found += _parts(text, start, end, SENTENCE)


def _parts(text: str, start: int, end: int, cut: float) -> Iterator[Piece]:
    """One very long sentence, cut at commas and at last anywhere."""
    for clause in _CLAUSE.finditer(text, start, end):
        for place in range(clause.start(), clause.end(), _HARD):
            stop = min(place + _HARD, clause.end())
            kind = CLAUSE if stop == clause.end() else ANYWHERE
            yield place, stop, cut if stop == end else kind
