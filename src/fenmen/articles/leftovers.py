"""Accounts for every character of a page that is in no article."""

from collections.abc import Iterator, Sequence

from fenmen.articles.article import Leftover
from fenmen.articles.boundaries import whole
from fenmen.articles.credits import sign_off
from fenmen.articles.furniture import Mark
from fenmen.articles.reading import Block
from fenmen.articles.traced import Traced

DECORATION = "decoration"


def leftovers(
    text: str,
    kept: Sequence[Traced],
    blocks: Sequence[Block],
    captions: Sequence[Block],
    marks: Sequence[Mark],
) -> tuple[Leftover, ...]:
    """The stretches of a page that are not in `kept`, each with its reason; white space is free."""
    reasons = _reasons(blocks, captions, marks, {part.text for part in kept})
    used = {offset for part in kept for offset in part.at}
    return tuple(_stretches(text, used, reasons))


def _reasons(
    blocks: Sequence[Block], captions: Sequence[Block], marks: Sequence[Mark], titles: set[str]
) -> dict[int, str]:
    """Per offset of the source why it is left over, if it is."""
    reasons: dict[int, str] = {}
    for block in blocks:
        reason = _reason(block, titles)
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, reason)
    for block in captions:
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, "caption")
    for mark in marks:
        reasons |= dict.fromkeys(mark.line.text.at, mark.reason)
    return reasons


def _reason(block: Block, titles: set[str]) -> str:
    if block.headline:
        return "duplicate_headline" if block.lines[0].words in titles else "stray_headline"
    return "credit" if sign_off(whole(block)).credit else "byline"


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
