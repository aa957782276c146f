"""What is said of a line that is no text of an article."""

from dataclasses import dataclass

from fenmen.articles.lines import Line


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says something about an article, or nothing: `reason` tells which."""

    line: Line
    reason: str
    byline: str = ""
    credit: str = ""
    date: str = ""
