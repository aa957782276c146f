"""Names of columns of any wording: a word or two alone above a headline, as 身边 or 数读."""

import re
from collections.abc import Sequence

from fenmen.articles.columns import NAME
from fenmen.articles.marks import Mark
from fenmen.articles.names import HAN
from fenmen.articles.reading import Block
from fenmen.articles.sections import NOTICE

# Titles with so few characters are rare.
_SHORT = re.compile(rf"{HAN}{{2,3}}|{HAN} {HAN}")
_HEADLINE = 6.5  # a headline that stands below a name is at least so wide
_NARROWER = 2.0  # and so much wider than it


def take_labels(blocks: Sequence[Block]) -> tuple[list[Block], list[Mark]]:
    """The blocks without the names of columns.

    Headings inside an article stand above text, a title in two lines has halves that are alike;
    a name stands above a headline, set off from what is above it.
    """
    kept: list[Block] = []
    marks: list[Mark] = []
    for block, below in zip(blocks, [*blocks[1:], None], strict=False):
        above = kept[-1] if kept else None
        if below and _is_label(above, block, below):
            marks.append(Mark(block.lines[0], "column"))
        else:
            kept.append(block)
    return kept, marks


def _is_label(above: Block | None, block: Block, below: Block) -> bool:
    line, headline = block.lines[0], below.lines[0]
    if not (block.headline and below.headline) or line.role or headline.role:
        return False
    if headline.width < max(_HEADLINE, line.width + _NARROWER):
        return False
    set_off = above is None or not above.headline or line.blank_before or line.barrier_before
    is_name = _SHORT.fullmatch(line.words) or NAME.fullmatch(line.words)
    return set_off and bool(is_name) and not NOTICE.search(line.words)
