"""Small charts as inline SVG: text is set by the browser, in its own fonts; colours come by class.

Written here because a drawing library would rasterise Chinese with its own fonts, or bring scripts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

LEFT, BOTTOM, TOP, RIGHT = 48, 38, 10, 14
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A plotting area that maps figures to pixels; `x` and `y` are their lowest and highest."""

    width: int = 260
    height: int = 210
    x: Point = (0.0, 1.0)
    y: Point = (0.0, 1.0)

    def at(self, x: float, y: float) -> Point:
        """Where a figure stands."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return (
            LEFT + across * (self.width - LEFT - RIGHT),
            self.height - BOTTOM - up * (self.height - BOTTOM - TOP),
        )


def chart(frame: Frame, parts: Iterable[str], label: str) -> str:
    """The picture; `label` is read aloud to who cannot see it."""
    return (
        f'<svg viewBox="0 0 {frame.width} {frame.height}" width="{frame.width}" '
        f'height="{frame.height}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def axes(
    frame: Frame,
    x_name: str,
    y_name: str,
    x_ticks: Sequence[tuple[float, str]],
    y_ticks: Sequence[tuple[float, str]],
) -> str:
    """Grid, ticks and names."""
    (left, bottom), (right, top) = (
        frame.at(frame.x[0], frame.y[0]),
        frame.at(frame.x[1], frame.y[1]),
    )
    parts = []
    for value, text in x_ticks:
        x, _ = frame.at(value, frame.y[0])
        parts.append(_line((x, bottom), (x, top), "grid"))
        parts.append(words(x, bottom + 14, text, "tick middle"))
    for value, text in y_ticks:
        _, y = frame.at(frame.x[0], value)
        parts.append(_line((left, y), (right, y), "grid"))
        parts.append(words(left - 6, y + 4, text, "tick end"))
    parts.append(words((left + right) / 2, frame.height - 6, x_name, "axis middle"))
    middle = (top + bottom) / 2
    turned = f' transform="rotate(-90 11 {middle:.1f})"'
    parts.append(words(11, middle, y_name, "axis middle", turned))
    return "".join(parts)


def line(frame: Frame, points: Iterable[Point], kind: str) -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.at(*point) for point in points))
    return f'<polyline class="{kind}" points="{path}"/>'


def dot(frame: Frame, x: float, y: float, kind: str, told: str, radius: float = 4) -> str:
    """A point that tells its figures when pointed at."""
    across, down = frame.at(x, y)
    return (
        f'<circle class="{kind}" cx="{across:.1f}" cy="{down:.1f}" r="{radius:.1f}">'
        f"<title>{escape(told)}</title></circle>"
    )


def bar(frame: Frame, x: Point, y: Point, kind: str, told: str) -> str:
    """A rectangle between two corners."""
    (left, bottom), (right, top) = frame.at(x[0], y[0]), frame.at(x[1], y[1])
    return (
        f'<rect class="{kind}" x="{left + 0.5:.1f}" y="{min(top, bottom):.1f}" '
        f'width="{max(right - left - 1, 0.5):.1f}" height="{abs(bottom - top):.1f}">'
        f"<title>{escape(told)}</title></rect>"
    )


def words(x: float, y: float, text: str, kind: str, more: str = "") -> str:
    """Text at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{more}>{escape(text)}</text>'


def _line(begin: Point, end: Point, kind: str) -> str:
    return (
        f'<line class="{kind}" x1="{begin[0]:.1f}" y1="{begin[1]:.1f}" '
        f'x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'
    )
