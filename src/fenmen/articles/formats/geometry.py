"""What stands on a printed page and where: characters, lines, rules and boxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points; `top` is less than `bottom`, both count from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, other: "Area", slack: float = 2.0) -> bool:
        """Whether the other area lies inside, give or take some points."""
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as the file draws it; `order` is its place in the file."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    order: int


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Characters side by side in one column."""

    text: str
    area: Area
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file: its characters, thin rules and boxes."""

    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Area]
    boxes: Sequence[Area]


def around(areas: Iterable[Area]) -> Area:
    """The smallest area that holds all of these (at least one)."""
    areas = list(areas)
    return Area(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )


def overlap(first: Area, second: Area) -> float:
    """How far two areas stand above each other, in points; 0 if they do not."""
    return max(0.0, min(first.right, second.right) - max(first.left, second.left))
