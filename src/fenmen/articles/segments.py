"""Cuts an article into segments: the pieces of text that are scored one by one."""

from collections.abc import Sequence

from fenmen.articles.article import Article, Segment
from fenmen.articles.sentences import Piece, pieces

SHORTEST, LONGEST = 80, 400
_WANTED = 220
_TOO_SHORT = 100.0


def segments(article: Article) -> list[Segment]:
    """Cut the body of an article into segments of whole sentences."""
    return [
        Segment(article.id, index, start, end, article.body[start:end])
        for index, (start, end) in enumerate(segment_spans(article.body))
    ]


def segment_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each segment of a text: 80-400 characters, paragraphs whole if possible.

    A text of fewer than 80 characters is one segment; a sentence is cut only where nothing else
    keeps to the limits. The spans cover all of the text but white space between them.
    """
    units = pieces(text)
    if not units:
        return []
    cheapest = [0.0]
    starts = [0]
    for end in range(1, len(units) + 1):
        costs = [
            (cheapest[start] + _cost(units, start, end), start) for start in _beginnings(units, end)
        ]
        cost, start = min(costs)
        cheapest.append(cost)
        starts.append(start)
    return _trimmed(text, units, starts)


def _beginnings(units: Sequence[Piece], end: int) -> list[int]:
    """The units that a segment ending before unit `end` may begin with."""
    possible = [end - 1]
    while possible[-1] and units[end - 1].end - units[possible[-1] - 1].start <= LONGEST:
        possible.append(possible[-1] - 1)
    return possible


def _cost(units: Sequence[Piece], start: int, end: int) -> float:
    length = units[end - 1].end - units[start].start
    cost = 0.3 + abs(length - _WANTED) / _WANTED
    cost += _TOO_SHORT * (length < SHORTEST)
    return cost + (units[end - 1].cut if end < len(units) else 0.0)


def _trimmed(text: str, units: Sequence[Piece], starts: Sequence[int]) -> list[tuple[int, int]]:
    spans = []
    end = len(units)
    while end:
        start = starts[end]
        piece = text[units[start].start : units[end - 1].end]
        left = units[start].start + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(piece.strip())))
        end = start
    return spans[::-1]
