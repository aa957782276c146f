"""Where the characters of a cleaned text stood before it was cleaned."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from fenmen.articles.clean import clean, encodable, trace_line


class Origins:
    """Finds the places in `text` of the characters of `clean(text)`.

    Only the lines that are asked for are traced; most need no tracing at all.
    """

    def __init__(self, text: str, cleaned: str) -> None:
        self._firsts: list[int] = []  # of the kept lines, in the cleaned text
        self._lines: list[tuple[str, str, int]] = []  # cleaned, as it was, where it began
        self._traced = cache(self._trace)
        waiting, first, offset = cleaned.split("\n")[::-1], 0, 0
        for line in encodable(text).splitlines(keepends=True):
            if waiting and (line.strip() == waiting[-1] or clean(line) == waiting[-1]):
                kept = waiting.pop()
                self._firsts.append(first)
                self._lines.append((kept, line, offset))
                first += len(kept) + 1
            offset += len(line)

    def place(self, position: int) -> int:
        """Where in the text the character of the cleaned text stood."""
        number = bisect_right(self._firsts, position) - 1
        return self._traced(number)[position - self._firsts[number]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same of some characters."""
        return self.place(start), self.place(end - 1) + 1

    def _trace(self, number: int) -> Sequence[int]:
        kept, line, offset = self._lines[number]
        if line.strip() == kept:
            first = offset + len(line) - len(line.lstrip())
            return range(first, first + len(kept))
        return trace_line(line.splitlines()[0], offset).at
