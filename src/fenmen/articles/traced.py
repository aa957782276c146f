"""Text that remembers where each of its characters stood in the source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

INSERTED = -1


@dataclass(frozen=True, slots=True)
class Traced:
    """A string with, for each character, its offset in the source (INSERTED if it has none)."""

    text: str
    at: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> "Traced":
        """Characters `start` to `end`, their offsets with them."""
        return Traced(self.text[start:end], self.at[start:end])

    def strip(self) -> "Traced":
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def without(self, spans: Iterable[tuple[int, int]]) -> "Traced":
        """Without the given spans, which are in order and do not overlap."""
        kept, position = [], 0
        for start, end in spans:
            kept.append(self.part(position, start))
            position = end
        return join([*kept, self.part(position)]) if kept else self


def join(pieces: Iterable[Traced], separator: str = "") -> Traced:
    """The pieces one after another, with an inserted separator between them."""
    pieces = list(pieces)
    gap = (INSERTED,) * len(separator)
    offsets = chain.from_iterable(
        (*gap, *piece.at) if number else piece.at for number, piece in enumerate(pieces)
    )
    return Traced(separator.join(piece.text for piece in pieces), tuple(offsets))


NOTHING = Traced("", ())
