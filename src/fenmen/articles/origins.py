"""Where the characters of a cleaned text stood before it was cleaned."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from fenmen.articles.clean import clean, encodable, trace_line


class Origins:
    """Finds the places in `text` of the characters of `clean(text)`.

    Only the lines that are asked for are traced; most need no tracing at all.
    """

    def __init__(self, text: str, cleaned: str) -> None:
        self._lines = _kept_lines(encodable(text).splitlines(keepends=True), cleaned.split("\n"))
        lengths = (len(kept) + 1 for kept, _, _ in self._lines)
        self._firsts = list(accumulate(lengths, initial=0))[:-1]  # of the lines when cleaned
        # What is known of the lines that were asked for.
        self._shifts: dict[int, int | None] = {}
        self._traced: dict[int, Sequence[int]] = {}

    def place(self, position: int) -> int:
        """Where in the text the character of the cleaned text stood."""
        number = bisect_right(self._firsts, position) - 1
        shift = self._shift(number)
        if shift is not None:
            return position + shift
        if number not in self._traced:
            _, line, offset = self._lines[number]
            self._traced[number] = trace_line(line.splitlines()[0], offset).at
        return self._traced[number][position - self._firsts[number]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same of some characters."""
        number = bisect_right(self._firsts, start) - 1
        kept, line, offset = self._lines[number]
        first, shift = self._firsts[number], self._shift(number)
        if shift is not None and end - first <= len(kept):
            return start + shift, end + shift
        words = kept[start - first : end - first]
        # Cleaning takes nothing from within words that stand in one piece, so the only place of
        # words without spaces is theirs; to trace a line takes twenty times as long.
        if len(words) == end - start and _stands_once(words, kept) and _stands_once(words, line):
            place = offset + line.find(words)
            return place, place + len(words)
        return self.place(start), self.place(end - 1) + 1

    def _shift(self, number: int) -> int | None:
        """How far the characters of a line have moved, if all of them have moved alike."""
        if number not in self._shifts:
            kept, line, offset = self._lines[number]
            indent = len(line) - len(line.lstrip())
            # Signs may only have become narrow, none may be gone.
            alike = len(line.strip()) == len(kept)
            self._shifts[number] = offset + indent - self._firsts[number] if alike else None
        return self._shifts[number]


def _kept_lines(lines: Sequence[str], cleaned: Sequence[str]) -> list[tuple[str, str, int]]:
    """The lines that cleaning left: each cleaned, as it was, and where it began."""
    begins = accumulate(map(len, lines), initial=0)
    filled = [(line, begin) for line, begin in zip(lines, begins, strict=False) if line.strip()]
    if len(filled) == len(cleaned):
        return [(kept, *own) for kept, own in zip(cleaned, filled, strict=True)]
    found, waiting = [], list(cleaned[::-1])
    for line, begin in filled:
        if waiting and (line.strip() == waiting[-1] or clean(line) == waiting[-1]):
            found.append((waiting.pop(), line, begin))
    return found


def _stands_once(words: str, line: str) -> bool:
    first = line.find(words)
    return first >= 0 and line.find(words, first + 1) < 0 and not any(map(str.isspace, words))
