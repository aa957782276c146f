"""Puts the characters of a printed page together into lines, column by column."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from fenmen.articles.formats.geometry import Area, Glyph, PrintedLine

_GUTTER = 0.75  # of the body's size; columns are never nearer
_SPACED_OUT = 1.7  # of its own size; headlines are set with spaces between the characters
_NARROW_GUTTER = 0.35  # where a column is known to begin
_EDGE_LINES = 5
_SPACE = 0.24  # of the size; a gap between Latin words that has no space of its own
_ASCENT = 0.86


def body_size(glyphs: Iterable[Glyph]) -> float:
    """The size of type in which most characters are set."""
    counts = Counter(round(glyph.size * 4) / 4 for glyph in glyphs if glyph.text.strip())
    return max(counts.most_common(1)[0][0], 1.0) if counts else 1.0


def printed_lines(glyphs: Sequence[Glyph], body: float) -> list[PrintedLine]:
    """The lines of a page, in no order; every character that is no space is in one of them."""
    pieces = [piece for row in _rows(glyphs) for piece in _cut(row, body)]
    edges = _left_edges(pieces, body)
    return [line for piece in pieces for part in _cut_at(piece, edges) for line in _line(part)]


def _cut(row: list[Glyph], body: float) -> Iterator[list[Glyph]]:
    row.sort(key=lambda glyph: (glyph.left, glyph.order))
    gaps = [following.left - glyph.right for glyph, following in pairwise(row)]
    start = 0
    for number in range(1, len(row) + 1):
        if number == len(row) or _parted(row, gaps, number - 1, body):
            yield row[start:number]
            start = number


def _left_edges(pieces: Iterable[Sequence[Glyph]], body: float) -> set[int]:
    """Where columns begin: points from the left at which many lines of text do."""
    counts = Counter(
        round(piece[0].left) for piece in pieces if abs(piece[0].size - body) < 0.1 * body
    )
    return {
        near
        for left, count in counts.items()
        if count >= _EDGE_LINES
        for near in (left - 1, left, left + 1)
    }


def _cut_at(piece: Sequence[Glyph], edges: set[int]) -> Iterator[Sequence[Glyph]]:
    """Cut a line that runs over a narrow gutter into the next column."""
    start = 0
    for number in range(1, len(piece)):
        glyph, following = piece[number - 1], piece[number]
        gap = following.left - glyph.right
        if gap > _NARROW_GUTTER * following.size and round(following.left) in edges:
            yield piece[start:number]
            start = number
    yield piece[start:]


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand on one baseline and are of about one size."""
    ordered = sorted(glyphs, key=lambda glyph: (_step(glyph.size), glyph.baseline))
    row: list[Glyph] = []
    for glyph in ordered:
        if row and (
            glyph.baseline - row[0].baseline > 0.35 * glyph.size
            or _step(glyph.size) != _step(row[0].size)
        ):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _step(size: float) -> float:
    return round(size * 2) / 2


def _parted(row: Sequence[Glyph], gaps: Sequence[float], place: int, body: float) -> bool:
    """Whether the gap after a character parts two columns."""
    glyph, following, gap = row[place], row[place + 1], gaps[place]
    if gap <= _GUTTER * min(body, glyph.size):
        return False
    in_a_row = 0 < following.order - glyph.order <= 2
    if not in_a_row or glyph.size < 1.3 * body:
        return True
    # Headlines are set with spaces between all characters, or with a space character.
    beside = max([*gaps[max(0, place - 1) : place], *gaps[place + 1 : place + 2]], default=0.0)
    return gap > _SPACED_OUT * glyph.size or (gap > 0.6 * glyph.size and beside < 0.5 * gap)


def _line(glyphs: Sequence[Glyph]) -> Iterator[PrintedLine]:
    shown = [number for number, glyph in enumerate(glyphs) if glyph.text.strip()]
    if not shown:
        return
    glyphs = glyphs[shown[0] : shown[-1] + 1]
    pieces = [glyphs[0].text]
    for glyph, following in pairwise(glyphs):
        if following.left - glyph.right > _SPACE * glyph.size and _wants_space(glyph, following):
            pieces.append(" ")
        pieces.append(" " if following.text.isspace() else following.text)
    size = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2]
    base = glyphs[0].baseline
    area = Area(
        glyphs[0].left, base - _ASCENT * size, max(g.right for g in glyphs), base + 0.14 * size
    )
    yield PrintedLine("".join(pieces), area, size)


def _wants_space(glyph: Glyph, following: Glyph) -> bool:
    if glyph.text.isspace() or following.text.isspace():
        return False
    latin = glyph.text.isascii() and following.text.isascii()
    return latin or following.left - glyph.right > 0.6 * glyph.size
