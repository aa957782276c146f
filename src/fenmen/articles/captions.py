"""Captions under photographs, often of several lines and in the middle of an article."""

from collections.abc import Sequence

from fenmen.articles.lines import Line
from fenmen.articles.patterns import CAPTION, CAPTION_END

_POINTERS = "▲▼◀▶△▽◄►"
_LONGEST = 160  # characters
_MOST_LINES = 8
_AFTER = 2  # lines after its last sentence that may name the photographer


def is_caption(text: str) -> bool:
    """Whether a paragraph is the line under a photograph."""
    return len(text) < _LONGEST and bool(CAPTION.match(text) or CAPTION_END.search(text))


def caption_end(lines: Sequence[Line], number: int) -> int:
    """The line after the caption that begins at line `number`; `number` itself if none does."""
    if not _begins(lines[number]):
        return number
    named = bool(CAPTION.match(lines[number].words))
    said, sentence = "", 0
    for place in range(number, min(number + _MOST_LINES, len(lines))):
        said += lines[place].words
        if len(said) > _LONGEST or (sentence and place - sentence >= _AFTER):
            break
        if CAPTION_END.search(said):
            return place + 1
        if lines[place].ends_sentence:
            sentence = place + 1
    return max(sentence, number + 1) if named else number


def _begins(line: Line) -> bool:
    return bool(CAPTION.match(line.words)) or (bool(line.lead) and line.lead in _POINTERS)
