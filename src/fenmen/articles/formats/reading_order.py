"""The order in which the items of a printed page are read: a page is cut up again and again."""

from collections.abc import Callable, Sequence

from fenmen.articles.formats.blocks import Item
from fenmen.articles.formats.geometry import Area

_MOST_ITEMS = 1_500
_DEEPEST = 60
_OVERHANG = 8.0  # points by which a line may stand out of its column


def in_reading_order(items: Sequence[Item], boxes: Sequence[Area]) -> list[list[Item]]:
    """The items of the page, then those of each box, each as a list in reading order."""
    regions: dict[int, list[Item]] = {}
    real = [box for box in boxes if _frames(box, items)]
    for item in items:
        holding = [number for number, box in enumerate(real) if box.holds(item.area, 4.0)]
        smallest = min(holding, key=lambda n: real[n].width * real[n].height, default=-1)
        regions.setdefault(smallest, []).append(item)
    return [ordered(regions[number]) for number in sorted(regions)]


def _frames(box: Area, items: Sequence[Item]) -> bool:
    """Whether a box holds a part of the page, not all of it and not only a picture."""
    inside = sum(len(item.lines) for item in items if box.holds(item.area, 4.0))
    return 3 <= inside < 0.9 * sum(len(item.lines) for item in items)


def ordered(items: Sequence[Item], depth: int = 0) -> list[Item]:
    """The items in reading order: rows from top to bottom, in them columns from left to right."""
    if len(items) < 2:
        return list(items)
    if len(items) > _MOST_ITEMS or depth > _DEEPEST:
        return sorted(items, key=lambda item: (item.reach.left, item.reach.top))
    for cut in (_below_headline, _rows, _columns):
        parts = cut(items)
        if len(parts) > 1:
            return [item for part in parts for item in ordered(part, depth + 1)]
    return _around_obstacles(items, depth)


def _below_headline(items: Sequence[Item]) -> list[list[Item]]:
    """A headline that stands alone above all the rest is read first."""
    first = min(items, key=lambda item: item.reach.top)
    rest = [item for item in items if item is not first]
    if first.kind == "headline" and all(item.reach.top >= first.reach.bottom - 2 for item in rest):
        return [[first], rest]
    return [list(items)]


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    """Cut where white space runs across and a headline begins what follows."""
    parts = _cut(items, lambda item: (item.reach.top, item.reach.bottom))
    rows: list[list[Item]] = []
    for part in parts:
        if rows and not (_begins(part) and _has_text(rows[-1])):
            rows[-1] += part
        else:
            rows.append(part)
    return rows


def _begins(part: Sequence[Item]) -> bool:
    """Whether the topmost items are headlines, at least one of them."""
    top = min(item.reach.top for item in part)
    return any(item.kind == "headline" and item.reach.top - top < 12 for item in part)


def _has_text(part: Sequence[Item]) -> bool:
    return any(item.kind != "headline" for item in part)


def _columns(items: Sequence[Item]) -> list[list[Item]]:
    return _cut(items, lambda item: (item.reach.left, item.reach.right - _OVERHANG))


def _cut(items: Sequence[Item], span: Callable[[Item], tuple[float, float]]) -> list[list[Item]]:
    """The items parted wherever none of them reaches across."""
    parts: list[list[Item]] = []
    end = float("-inf")
    for item in sorted(items, key=span):
        low, high = span(item)
        if low >= end - 1.0 or not parts:
            parts.append([])
        parts[-1].append(item)
        end = max(end, high)
    return parts


def _around_obstacles(items: Sequence[Item], depth: int) -> list[Item]:
    """Where no cut goes through: the topmost headline with what is under it, then the rest."""
    heads = [item for item in items if item.kind == "headline"]
    if heads:
        last = max(heads, key=lambda item: item.reach.top)
        under = [
            item
            for item in items
            if item is last
            or (item.reach.top >= last.reach.top and _is_under(item.reach, last.reach))
        ]
        if len(under) < len(items):
            rest = [item for item in items if item not in under]
            return ordered(rest, depth + 1) + ordered(under, depth + 1)
    return sorted(items, key=lambda item: (item.reach.left, item.reach.top))


def _is_under(area: Area, headline: Area) -> bool:
    return headline.left - 6 <= area.left and area.right <= headline.right + 6
