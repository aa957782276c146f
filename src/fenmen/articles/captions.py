"""Captions under photographs, often of several lines and in the middle of an article."""

import re
from collections.abc import Sequence

from fenmen.articles.lines import Line
from fenmen.articles.patterns import CAPTION, CAPTION_END

_POINTERS = "▲▼◀▶△▽◄►"
_LONGEST = 160  # characters
_MOST_LINES = 8
_WIDEST = 40.0  # of a line of a caption that has several
_WHOLE = re.compile(r"[（(][^（）()]*[）)]|(?:图源|插图|题图|漫画|绘图|供图)[:：/][^，。；]*")
_AFTER = 2  # lines after its last sentence that may name the photographer


def is_caption(text: str) -> bool:
    """Whether a paragraph is the line under a photograph."""
    return len(text) < _LONGEST and bool(CAPTION.match(text) or CAPTION_END.search(text))


def caption_end(lines: Sequence[Line], number: int) -> int:
    """The line after the caption that begins at line `number`; `number` itself if none does."""
    if not _begins(lines[number]):
        return number
    words = lines[number].words
    named = bool(CAPTION.match(words))
    if _WHOLE.fullmatch(words):
        return number + 1
    said, sentence = "", 0
    for place in range(number, min(number + _MOST_LINES, len(lines))):
        said += lines[place].words
        parted = place > number and lines[place].width > _WIDEST
        if parted or len(said) > _LONGEST or (sentence and place - sentence >= _AFTER):
            break
        if CAPTION_END.search(said):
            return place + 1
        if lines[place].ends_sentence:
            sentence = place + 1
    return max(sentence, number + 1) if named else number


def _begins(line: Line) -> bool:
    return bool(CAPTION.match(line.words)) or (bool(line.lead) and line.lead in _POINTERS)
