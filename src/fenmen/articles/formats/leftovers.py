"""What of a text is in no article, with the reason."""

from collections.abc import Container, Iterator, Mapping

from fenmen.articles.article import Leftover


def leftovers(
    text: str, used: Container[int], reasons: Mapping[int, str], otherwise: str
) -> Iterator[Leftover]:
    """The stretches of a text whose characters no article has; white space does not count."""
    start = end = 0
    reason = ""
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        why = "" if offset in used else reasons.get(offset, otherwise)
        if why != reason:
            if reason:
                yield Leftover(start, end, text[start:end], reason)
            start, reason = offset, why
        end = offset + 1
    if reason:
        yield Leftover(start, end, text[start:end], reason)
