"""The lines above the first article of a newspaper page: its name, section, issue and editors."""

import re
from collections.abc import Callable, Sequence

from fenmen.articles.lines import Line
from fenmen.articles.mastheads import is_contact
from fenmen.articles.names import HAN

HEAD = 12  # lines at most
_WIDEST = 8.0  # of a section's or the paper's name
_NAME = re.compile(r"[^\W_]{1,3}[^\W_ ]{0,6}(?: ?[·•|丨｜/&] ?[^\W_]{1,6})?(?: [^\W_]{1,3})?")
_NUMBERED = re.compile(
    rf"(?:[A-Z]?\d{{1,3}} ?版?|第? ?\d{{1,3}} ?版) ?{HAN}{{2,6}}(?:[·•|丨/ ]{HAN}{{2,6}})?"
    rf"|{HAN}{{2,6}} ?[A-D]?\d{{1,3}} ?版?|(?:总?第|NO\.?|No\.?) ?\d{{1,5}} ?期?"
    r"|\d{4} ?[./年-] ?\d{1,2} ?(?:[./月-] ?\d{0,2} ?日?)?(?: ?[上中下][旬半]?月?刊?)?"
)


def is_numbered_section(words: str) -> bool:
    """Whether a line names a page and its number, an issue or its day: 08 要闻·综合, 第1126期."""
    return bool(_NUMBERED.fullmatch(words))


def head_size(lines: Sequence[Line], reason: Callable[[Line], str]) -> int:
    """How many lines at the head of a page are of the page: up to the last that surely is.

    Between two such lines a short name, as of a section, is one too. `reason` is why a line by
    itself is in no article, or "".
    """
    sure = size = 0
    for number, line in enumerate(lines[:HEAD]):
        if _is_of_page(line, reason(line)):
            sure += 1
            size = number + 1
        elif not (line.width <= _WIDEST and _NAME.fullmatch(line.words)):
            break
    return size if sure > 1 or size == 1 else 0


def _is_of_page(line: Line, reason: str) -> bool:
    if reason in ("folio", "editor"):
        return True
    return is_numbered_section(line.words) or is_contact(line.words)
