"""What a whole page says about any of its boundaries: how its articles are signed, what changes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fenmen.articles.datelines import has_dateline
from fenmen.articles.likeness import cosine, together

if TYPE_CHECKING:
    from fenmen.articles.boundaries import Paragraph

_AROUND = 3  # paragraphs before and after a gap that are compared
_MANY = 3  # articles that show a habit
_SHORT = 300.0  # characters of an article that is short


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of a page before its doubtful boundaries are weighed.

    `alike`: per paragraph how much what stands before and after its beginning tells of the same;
    `usual`: its mean; `lengths`: characters up to each paragraph; `sure`: the paragraphs that
    surely begin articles, and the end of the page; `closed`, `opened`: how many articles are
    signed below and above their text.
    """

    alike: list[float]
    usual: float
    lengths: list[int]
    sure: list[int]
    closed: int
    opened: int

    def cues(self, number: int, start: int) -> dict[str, float]:
        """The cues for a boundary at a paragraph of the article that began at `start`."""
        end = self.sure[bisect_right(self.sure, number)]
        ahead = self.lengths[end] - self.lengths[number]
        return {
            "topic changes": self.usual - self.alike[number],
            "signed below": min(_MANY, self.closed) / _MANY,
            "signed above": min(_MANY, self.opened) / _MANY,
            "little text ahead": 1.0 - min(1.0, ahead / _SHORT),
            "all since a sure one": start in self.sure,
        }


def habits_of(paragraphs: Sequence["Paragraph"], sure: Sequence[int]) -> Habits:
    """The habits of a page of which some paragraphs surely begin articles."""
    alike = [0.0, *(_alike(paragraphs, number) for number in range(1, len(paragraphs)))]
    lengths = [0]
    for paragraph in paragraphs:
        lengths.append(lengths[-1] + len(paragraph.text))
    return Habits(
        alike,
        sum(alike) / max(1, len(alike) - 1),
        lengths,
        sorted({0, *sure, len(paragraphs)}),
        sum(bool(other.signature.ends or other.closing) for other in paragraphs),
        sum(other.opened or has_dateline(other.text.text) for other in paragraphs),
    )


def _alike(paragraphs: Sequence["Paragraph"], number: int) -> float:
    """How much the paragraphs around the beginning of one tell of the same, from 0 to about 1."""
    before = together(other.topic for other in paragraphs[max(0, number - _AROUND) : number])
    after = together(other.topic for other in paragraphs[number : number + _AROUND])
    return min(1.0, 6.0 * cosine(before.pairs, after.pairs))
