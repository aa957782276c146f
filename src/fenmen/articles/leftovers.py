"""Accounts for every character of a page that is in no article."""

from collections.abc import Iterator, Sequence

from fenmen.articles.article import Leftover
from fenmen.articles.boundaries import whole
from fenmen.articles.credits import sign_off
from fenmen.articles.marks import Mark
from fenmen.articles.pull_quotes import is_repeated, plain
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced

DECORATION = "decoration"
_LINE = 4  # characters of a line that is only one of a pull quote's


def leftovers(
    text: str,
    kept: Sequence[Traced],
    blocks: Sequence[Block],
    captions: Sequence[Block],
    marks: Sequence[Mark],
) -> tuple[Leftover, ...]:
    """The stretches of a page that are not in `kept`, each with its reason; white space is free."""
    said = "\n".join(plain(part.text) for part in kept)
    reasons = _reasons(blocks, captions, marks, {part.text for part in kept}, said)
    used = {offset for part in kept for offset in part.at}
    return tuple(_stretches(text, used, reasons))


def _reasons(
    blocks: Sequence[Block],
    captions: Sequence[Block],
    marks: Sequence[Mark],
    titles: set[str],
    said: str,
) -> dict[int, str]:
    """Per offset of the source why it is left over, if it is."""
    reasons: dict[int, str] = {}
    for block in blocks:
        reason = _reason(block, titles, said)
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, reason)
    for block in captions:
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, "caption")
    for mark in marks:
        reasons |= dict.fromkeys(mark.line.text.at, mark.reason)
    return reasons


def _reason(block: Block, titles: set[str], said: str) -> str:
    """Why a headline or paragraph, or a part of it, is in no article."""
    if block.headline and block.lines[0].words in titles:
        return "duplicate_headline"
    text = whole(block)
    if is_repeated(text.text, said, least=_LINE):
        return "pull_quote"
    if block.headline:
        return "stray_headline"
    return "credit" if sign_off(text).credit else "byline"


def _stretches(text: str, used: set[int], reasons: dict[int, str]) -> Iterator[Leftover]:
    start = end = 0
    reason = ""
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        why = "" if offset in used else reasons.get(offset, DECORATION)
        if why != reason:
            if reason:
                yield Leftover(start, end, text[start:end], reason)
            start, reason = offset, why
        end = offset + 1
    if reason:
        yield Leftover(start, end, text[start:end], reason)
