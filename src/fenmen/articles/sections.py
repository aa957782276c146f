"""Short headings inside a long article, told from the headlines of short ones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fenmen.articles.boundaries import Paragraph
from fenmen.articles.formulas import opens_article

_WIDEST = 6.5
_FEWEST = 2  # one short line alone may be a title
NOTICE = re.compile("(?:公告|声明|启事|通告|通知|公示|更正|致歉|讯|闻|波)$")


def mark_sections(paragraphs: Sequence[Paragraph]) -> None:
    """Mark the short lines that head sections: each alone, amid unsigned text, two or more."""
    headed = [
        paragraph for above, paragraph in pairwise(paragraphs) if _is_section(above, paragraph)
    ]
    if len(headed) < _FEWEST:
        return
    for paragraph in headed:
        paragraph.headlines = [replace(line, section=True) for line in paragraph.headlines]


def _is_section(above: Paragraph, paragraph: Paragraph) -> bool:
    if len(paragraph.headlines) != 1 or above.signature.ends or above.closing:
        return False
    if paragraph.opened or opens_article(paragraph.text.text) or paragraph.verse:
        return False
    (line,) = paragraph.headlines
    return line.width <= _WIDEST and not line.inserted and not NOTICE.search(line.words)
