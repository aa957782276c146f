"""Counts what goes wrong when old hard-wrapped documents are read.

`python -m experiments.pages.legacy FOLDER` compares the paragraphs that `fenmen` makes with what
the raw lines show: a first line is set in by two characters, a later line is not and follows a
full one; a heading is short, set in or numbered, and ends no sentence.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fenmen.articles.article import Page
from fenmen.articles.clean import clean
from fenmen.articles.lines import em
from fenmen.articles.readers import read_pages
from fenmen.articles.segments import segments
from fenmen.errors import FenmenError
from tests.articles.scoring import lost, squash

_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ENDS = re.compile(r"[。！？；：，、!?;:,…”』」）)\]］＊]\s*$")
_SEEN = 14  # characters by which a line is known again


def main() -> None:
    """Print every fault, then the counts."""
    faults: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        for page in read_pages([path]):
            if isinstance(page, FenmenError):
                faults["not read"] += 1
                print(page)
                continue
            faults["documents"] += 1
            faults["segments"] += sum(len(segments(article)) for article in page.articles)
            faults["characters lost"] += lost(page)
            for kind, line in _faults(page):
                faults[kind] += 1
                print(f"{path.name}  {kind}: {line[:40]}")
    kinds = ("documents", "not read", "segments", "wrapped lines left", "paragraphs joined")
    print(", ".join(f"{kind} {faults[kind]}" for kind in (*kinds, "headings lost")), end=", ")
    print(f"characters lost {faults['characters lost']}")


def _faults(page: Page) -> Iterator[tuple[str, str]]:
    paragraphs = [squash(part) for a in page.articles for part in a.body.split("\n")]
    starts = {part[:_SEEN] for part in paragraphs}
    kept = set(paragraphs) | {squash(a.title) for a in page.articles}
    kept |= {squash(a.subtitle) for a in page.articles}
    lines = _text_lines(page.text)
    column = _column(lines)
    for above, line, below in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        words, new = squash(line), squash(line)[:_SEEN] in starts
        full = em(above.rstrip()) > column - 2.6 and not _ENDS.search(above)
        if _indent(line) < 1 and full and new:
            yield "wrapped lines left", line
        if _indent(line) == 2 and _ended(above, column) and len(words) >= _SEEN and not new:
            yield "paragraphs joined", line
        wrapped = below and _indent(below) < 1
        if _is_heading(line, above, column) and not wrapped and not _kept(words, kept):
            yield "headings lost", line


def _kept(heading: str, paragraphs: set[str]) -> bool:
    """Whether a heading is a paragraph; a long one may go on in the next line."""
    return any(part.startswith(heading) and len(part) < len(heading) + 30 for part in paragraphs)


def _text_lines(text: str) -> list[str]:
    """The lines below a record's header."""
    lines = [line for line in text.splitlines() if clean(line)]
    header = [number for number, line in enumerate(lines[:40]) if line.lstrip().startswith("【")]
    return lines[header[-1] + 1 :] if header else lines


def _column(lines: list[str]) -> float:
    return Counter(round(em(line.rstrip())) for line in lines).most_common(1)[0][0] if lines else 0


def _indent(line: str) -> float:
    return em(line[: len(line) - len(line.lstrip())])


def _ended(line: str, column: float) -> bool:
    return bool(re.search(r"[。！？”]$", line.rstrip())) and em(line.rstrip()) < column - 3


def _is_heading(line: str, above: str, column: float) -> bool:
    short = em(line.strip()) < 0.6 * column and not _ENDS.search(line)
    return short and _indent(line) > 0 and bool(_NUMBERED.match(line)) and bool(_ENDS.search(above))


if __name__ == "__main__":
    main()
