"""Groups the lines of a printed page: headlines, columns of text, captions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fenmen.articles.formats.geometry import Area, PrintedLine, around, overlap

HEADLINE = 1.17  # times the body's size
SMALL = 0.93
_INDENT = 3.0  # of the body's size; first lines are set in by two
_MOST_COLUMNS = 40  # side by side; only those are looked at when a line seeks its block


@dataclass(frozen=True, slots=True)
class Item:
    """Lines that belong together, top to bottom; `reach` is the area that they speak for."""

    kind: str  # headline, text, small
    lines: tuple[PrintedLine, ...]
    reach: Area

    @property
    def area(self) -> Area:
        """Where its characters stand."""
        return around(line.area for line in self.lines)


def group(lines: Sequence[PrintedLine], body: float, rules: Sequence[Area]) -> list[Item]:
    """The headlines and columns of a page; every line is in one of them."""
    pitch = line_pitch(lines, body)
    open_groups: list[tuple[str, list[PrintedLine]]] = []
    done: list[tuple[str, list[PrintedLine]]] = []
    for line in sorted(lines, key=lambda one: (one.area.top, one.area.left)):
        kind = kind_of_line(line, body)
        reach = 3 * pitch + 3 * line.size
        for old in [one for one in open_groups if line.area.top - one[1][-1].area.bottom > reach]:
            open_groups.remove(old)
            done.append(old)
        home = next(
            (
                one
                for one in reversed(open_groups[-_MOST_COLUMNS:])
                if one[0] == kind and _goes_on(one[1], line, kind, body, pitch, rules)
            ),
            None,
        )
        if home is None:
            open_groups.append((kind, [line]))
        else:
            home[1].append(line)
    return [
        Item(kind, tuple(some), around(one.area for one in some))
        for kind, some in [*done, *open_groups]
    ]


def kind_of_line(line: PrintedLine, body: float) -> str:
    """What a line is by its size."""
    if line.size >= HEADLINE * body:
        return "headline"
    return "text" if line.size >= SMALL * body else "small"


def _goes_on(
    lines: Sequence[PrintedLine],
    line: PrintedLine,
    kind: str,
    body: float,
    pitch: float,
    rules: Sequence[Area],
) -> bool:
    last = lines[-1]
    gap = line.area.top - last.area.bottom
    if gap < -0.5 * line.size or _ruled_off(last.area, line.area, rules):
        return False
    if kind == "headline":
        near = gap <= 0.9 * max(line.size, last.size)
        return near and overlap(last.area, line.area) > 0 and not _looks_new(lines, line)
    column = around(one.area for one in lines)
    beside = abs(line.area.left - column.left) <= _INDENT * body
    return beside and gap <= 1.9 * pitch - line.size and overlap(column, line.area) > 0


def _looks_new(lines: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a headline line belongs to the next headline: as large, after two smaller sizes."""
    sizes = [round(one.size * 2) / 2 for one in lines]
    changes = sum(a != b for a, b in pairwise(sizes))
    return changes >= 2 and abs(line.size - lines[-1].size) > 0.5


def _ruled_off(above: Area, below: Area, rules: Sequence[Area]) -> bool:
    middle = Area(above.left, above.bottom - 1, above.right, below.top + 1)
    return any(
        rule.height < rule.width
        and middle.top <= rule.top <= middle.bottom
        and overlap(rule, above) > 0.5 * above.width
        for rule in rules
    )


def line_pitch(lines: Sequence[PrintedLine], body: float) -> float:
    """The usual distance from line to line in the text."""
    text = [line for line in lines if kind_of_line(line, body) == "text"]
    by_left: dict[int, list[float]] = {}
    for line in text:
        by_left.setdefault(round(line.area.left / 2), []).append(line.area.top)
    steps: Counter[float] = Counter()
    for tops in by_left.values():
        tops.sort()
        steps.update(
            round(2 * (b - a)) / 2 for a, b in pairwise(tops) if 0.9 * body < b - a < 3 * body
        )
    return steps.most_common(1)[0][0] if steps else 1.5 * body


def with_reach(items: Sequence[Item], pitch: float, body: float) -> list[Item]:
    """The items with each headline reaching over all the columns that begin right below it.

    A short headline, set in the middle or at the left, heads more columns than it stands above:
    those that begin at the same height and have nothing over them.
    """
    texts = [item for item in items if item.kind == "text"]
    return [
        replace(item, reach=_reach(item, items, texts, pitch, body))
        if item.kind == "headline"
        else item
        for item in items
    ]


def _reach(
    head: Item, items: Sequence[Item], texts: Sequence[Item], pitch: float, body: float
) -> Area:
    below = [
        text
        for text in texts
        if overlap(text.area, head.area) > 0
        and -0.3 * pitch <= text.area.top - head.area.bottom <= 3 * pitch + head.lines[-1].size
    ]
    if not below:
        return head.area
    top = min(text.area.top for text in below)
    row = sorted(
        (text for text in texts if abs(text.area.top - top) <= 0.6 * pitch),
        key=lambda text: text.area.left,
    )
    inside = [number for number, text in enumerate(row) if text in below]
    first, last = _widened(head, row, inside[0], inside[-1], items, body)
    area = around([head.area, *(text.area for text in row[first : last + 1])])
    return Area(area.left, head.area.top, area.right, head.area.bottom)


def _widened(
    head: Item, row: Sequence[Item], first: int, last: int, items: Sequence[Item], body: float
) -> tuple[int, int]:
    """The columns of a row, from first to last, that a headline heads."""
    low, high = first, last
    while low and _is_free(head, row[low - 1], row[low], items, body):
        low -= 1
    while high + 1 < len(row) and _is_free(head, row[high + 1], row[high], items, body):
        high += 1
    middle = (head.area.left + head.area.right) / 2
    choices = [(a, b) for a in range(low, first + 1) for b in range(last, high + 1)]

    def off_centre(choice: tuple[int, int]) -> float:
        return abs((row[choice[0]].area.left + row[choice[1]].area.right) / 2 - middle)

    best = min(choices, key=lambda c: (round(2 * off_centre(c) / body), c[0] - c[1]))
    centred = best[0] < first and off_centre(best) <= 0.5 * body
    if not centred and abs(head.area.left - row[first].area.left) <= 1.2 * body:
        return first, high
    return best


def _is_free(head: Item, column: Item, beside: Item, items: Sequence[Item], body: float) -> bool:
    """Whether the space over a column, beside the headline, is empty."""
    gap = max(column.area.left - beside.area.right, beside.area.left - column.area.right)
    if gap > 4 * body:
        return False
    above = Area(column.area.left, head.area.top, column.area.right, column.area.top - 1)
    return not any(
        other is not head
        and overlap(other.area, above) > 0
        and other.area.top < above.bottom
        and other.area.bottom > above.top
        for other in items
    )
