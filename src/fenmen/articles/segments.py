"""Cuts an article into segments: the pieces of text that are scored one by one."""

from collections.abc import Sequence

from fenmen.articles.article import Article, Segment
from fenmen.articles.sentences import Piece, pieces

SHORTEST, LONGEST = 80, 400
_WANTED = 220
_TOO_SHORT = 100.0
# What a segment costs by its length.
COSTS = [
    0.3 + abs(length - _WANTED) / _WANTED + _TOO_SHORT * (length < SHORTEST)
    for length in range(LONGEST + 1)
]
# Up to here one segment is cheaper than any two: 0.3 + (n - 220) / 220 < 0.6 + (440 - n) / 220.
_UNDIVIDED = 360


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
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    if right - left <= _UNDIVIDED:
        return [(left, right)] if left < right else []
    units = pieces(text)
    return _trimmed(text, units, _cheapest(units))


def _cheapest(units: Sequence[Piece]) -> list[int]:
    """For each number of units the first unit of the last segment in their cheapest division."""
    cheapest, starts = [0.0], [0]
    begins = [start for start, _, _ in units]
    for end, (_, stop, cut) in enumerate(units):
        best, first = cheapest[end] + COSTS[min(stop - begins[end], LONGEST)], end
        for start in range(end - 1, -1, -1):
            length = stop - begins[start]
            if length > LONGEST:
                break
            cost = cheapest[start] + COSTS[length]
            if cost <= best:
                best, first = cost, start
        cheapest.append(best + cut)
        starts.append(first)
    return starts


def _trimmed(text: str, units: Sequence[Piece], starts: Sequence[int]) -> list[tuple[int, int]]:
    spans = []
    end = len(units)
    while end:
        start = starts[end]
        first = units[start][0]
        piece = text[first : units[end - 1][1]]
        left = first + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(piece.strip())))
        end = start
    return spans[::-1]
