"""Poems among the articles: short lines of their own that neither fill a column nor end it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fenmen.articles.credits import bare_names
from fenmen.articles.lines import Line
from fenmen.articles.marks import Mark
from fenmen.articles.words import word_crosses

_LEAST = 6  # lines of a poem
_WIDEST, _WIDE_MEAN, _BARE_MEAN = 16.0, 10.0, 8.0
_NARROW_MEAN = 4.0  # what is narrower is a menu or a list of names
_ENDED = re.compile("[，。；！？、：…—”,!?]$")
_INSIDE = re.compile("[，、；：].")
_NO_VERSE = re.compile(r"[\d（()）|丨:：●▲·]|[。].|记者|编辑|摄$")


def mark_verse(lines: Sequence[Line]) -> tuple[list[Line], list[Mark]]:
    """The lines, those of poems marked as such, and the names of poets right above them."""
    marked = list(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_verse(lines[end]):
            end += 1
        begins, ends = _below_headline(lines, start, end), end
        end = _above_headline(lines, begins, end)
        signed = begins > 0 and bool(bare_names(lines[begins - 1].words))
        # Short lines at the foot of a page are rather headlines, unless somebody signs them.
        listed = ends == len(lines) and not signed and not _is_marked(lines[begins:end])
        if _is_poem(lines[begins:end]) and not listed:
            marked[begins:end] = [replace(line, verse=True) for line in lines[begins:end]]
        start = max(ends, start + 1)
    poets = [
        Mark(above, "byline", byline=bare_names(above.words))
        for above, line in pairwise(marked)
        if line.verse and not above.verse and bare_names(above.words)
    ]
    names = {id(poet.line) for poet in poets}
    return [line for line in marked if id(line) not in names], poets


def _may_be_verse(line: Line) -> bool:
    return (
        line.width <= _WIDEST
        and not line.role
        and not _NO_VERSE.search(line.words)
        and not line.lead
    )


def _below_headline(lines: Sequence[Line], start: int, end: int) -> int:
    """Where the poem begins: below its title, which a blank line sets off."""
    for number in range(start + 1, min(start + 4, end)):
        if lines[number].blank_before and not lines[number - 1].ends_sentence:
            return number
    return start


def _above_headline(lines: Sequence[Line], start: int, end: int) -> int:
    """Where the poem ends: above a line unlike it, set off from it, that heads what follows."""
    last = lines[end - 1] if end - start > _LEAST else None
    if last is None or not last.blank_before or end == len(lines):
        return end
    others = lines[start : end - 1]
    other = _is_marked(others) or last.width > max(line.width for line in others)
    return end - 1 if other and not _ENDED.search(last.words) else end


def _is_poem(lines: Sequence[Line]) -> bool:
    """Whether short lines are verse: ragged, mostly ended by a mark or else very short."""
    if len(lines) < _LEAST or not lines[0].blank_before or _wrapped(lines):
        return False
    widths = sorted(line.width for line in lines)
    mean = sum(widths) / len(widths)
    filled = sum(width > widths[-1] - 0.6 for width in widths)
    if mean < _NARROW_MEAN or 2 * filled > len(lines):
        return False
    return mean < (_WIDE_MEAN if _is_marked(lines) else _BARE_MEAN)


def _wrapped(lines: Sequence[Line]) -> bool:
    """Whether the lines are cut from one text: words go on across them, sentences stop inside."""
    if all(line.blank_before for line in lines[1:]) or lines[-1].words[-1] in "，、":
        return True
    inside = sum(bool(_INSIDE.search(line.words)) for line in lines)
    return inside > 1 or any(
        not _ENDED.search(line.words) and word_crosses(line.words, following.words)
        for line, following in pairwise(lines)
    )


def _is_marked(lines: Sequence[Line]) -> bool:
    """Whether most of the lines end with a mark."""
    return 2 * sum(bool(_ENDED.search(line.words)) for line in lines) >= len(lines)
