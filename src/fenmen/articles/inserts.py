"""Lines that stand in the middle of a sentence of another article: headlines, quotes, captions."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from fenmen.articles.cues import left_open
from fenmen.articles.lines import Layout, Line, lay_out, opens_bracket
from fenmen.articles.marks import Mark
from fenmen.articles.pull_quotes import plain
from fenmen.articles.reading import is_text
from fenmen.articles.words import word_crosses

_MOST = 4  # lines
_ODD = 2.5  # by which a line is wider or narrower than the column it stands in
_ALIKE = 3.7  # by which a first line may be narrower than those below it
_SHORTEST = 6  # characters of a quote that stands on the page twice
_FULL, _UNEVEN, _WIDEST = 2.2, 1.6, 40.0
_MARKS = re.compile("[，。：、“]")
_AROUND = 2  # lines above and below that show a column
_FIGURES = re.compile(r"[0-9A-Za-z]")  # they may be set wider or narrower than elsewhere
_ASKS = "？！?!"
_CLOSED = re.compile("[：:；;）)]$")


def take_inserts(
    lines: Sequence[Line], captions: Set[int]
) -> tuple[list[Line], list[Line], list[Mark]]:
    """The lines of running text, the headlines that interrupted it, and what else did.

    `captions`: where lines begin that name a photographer.
    """
    layouts = lay_out(lines)
    said = plain("".join(line.words for line in lines))
    kept: list[Line] = []
    headlines: list[Line] = []
    marks: list[Mark] = []
    number = 0
    while number < len(lines):
        end = _end_of_insert(lines, layouts, number, said, captions)
        inserted = lines[number:end]
        pictured = _is_pictured(lines, number, end, captions)
        for line in inserted:
            if pictured or _is_quote(line, said):
                marks.append(Mark(line, "caption" if pictured else "pull_quote"))
            else:
                headlines.append(replace(line, inserted=True))
        kept += lines[number : number + 1] if end == number else []
        number = max(end, number + 1)
    return kept, headlines, marks


def _is_pictured(lines: Sequence[Line], start: int, end: int, captions: Set[int]) -> bool:
    """Whether the name of a photographer stands among or right below the lines."""
    places = range(lines[start].text.at[0], lines[end].text.at[0] if end < len(lines) else 0)
    return start < end and any(place in places for place in captions)


def _end_of_insert(
    lines: Sequence[Line], layouts: Sequence[Layout], number: int, said: str, captions: Set[int]
) -> int:
    """The line after an insert that begins at line `number`; `number` if none does."""
    last = number
    if not _breaks_off(lines, layouts, number - 1):
        return number
    for end in range(number + 1, min(number + _MOST, len(lines) - 1) + 1):
        line, first = lines[end - 1], end == number + 1
        if lines[end].barrier_before or not (_is_quote(line, said) or _is_title(line, first)):
            break
        pictured = _is_pictured(lines, number, end, captions)
        if _goes_on(lines, layouts, end) and _is_odd(lines, number, end, pictured=pictured):
            last = end
    return last


def _breaks_off(lines: Sequence[Line], layouts: Sequence[Layout], number: int) -> bool:
    """Whether a line of text fills its column and its sentence has not ended."""
    if number < 1:
        return False
    above, line = lines[number - 1 : number + 1]
    said = line.words if above.ends_sentence else above.words + line.words
    full = 0 < layouts[number].column < _WIDEST and layouts[number].short < _FULL
    alike = abs(above.width - line.width) < _ALIKE or above.ends_sentence
    ended = line.ends_sentence or line.cut or line.verse or bool(_CLOSED.search(line.words))
    ended = ended or opens_bracket(line)
    return bool(_MARKS.search(said)) and full and alike and not ended


def _is_title(line: Line, first: bool) -> bool:
    """Whether a line may be a headline or what stands under a picture; the first is plainer."""
    if line.barrier_before or line.verse or line.role or line.lead or line.words.endswith("。"):
        return False
    if is_text(line) or left_open(line.words) or _CLOSED.search(line.words):
        return False
    return not (first and line.ends_sentence)


def _is_quote(line: Line, said: str) -> bool:
    words = plain(line.words)
    return line.ends_sentence and len(words) >= _SHORTEST and said.count(words) > 1


def _goes_on(lines: Sequence[Line], layouts: Sequence[Layout], number: int) -> bool:
    """Whether a line of text stands here that begins no paragraph."""
    line = lines[number]
    if line.lead or layouts[number].indented or line.verse:
        return False
    below = lines[number + 1 : number + 2]
    column = bool(below) and abs(below[0].width - line.width) < _UNEVEN
    if not _MARKS.search(line.words) or line.words[-1] in _ASKS:
        return False
    return column or line.ends_sentence


def _ends(line: Line) -> bool:
    """Whether a paragraph may end with the line, and so leave its column free."""
    return line.ends_sentence or bool(_CLOSED.search(line.words))


def _is_even(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether the lines above and below are all as wide as one column, which goes on."""
    near = [*lines[max(0, start - _AROUND) : start], *lines[end : end + _AROUND]]
    widths = [line.width for line in near if not _ends(line)]
    spread = max(widths) - min(widths) if len(widths) > _AROUND else _ODD
    return spread < _UNEVEN and not any(_FIGURES.search(line.words) for line in lines[start:end])


def _is_odd(lines: Sequence[Line], start: int, end: int, *, pictured: bool) -> bool:
    """Whether the lines are of another width than the text around, or part what belongs together.

    A comma is rare in a headline: with one, the column around must be even.
    """
    above, below = lines[start - 1], lines[end]
    inserted = lines[start:end]
    if word_crosses(above.words, inserted[0].words):
        return False
    if "，" in inserted[0].words and not pictured and not _is_even(lines, start, end):
        return False
    if left_open(above.words) and left_open(below.words, reverse=True):
        near, enough = [above], any
        if any(left_open(line.words, reverse=True) for line in inserted):
            return False
    else:
        near = [above, *(line for line in lines[end : end + 3] if not _ends(line))]
        enough = all
    return enough(all(abs(line.width - other.width) >= _ODD for other in near) for line in inserted)
