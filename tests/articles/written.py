"""The project's own articles, to be laid out as pages."""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

_DATELINE = re.compile(r"^(?:本报讯|新华社\w{2,12}电) ?(?:（[^）]{2,20}）)?")


@dataclass(frozen=True)
class Written:
    """An article as its author wrote it; paragraphs of the body are separated by newlines."""

    title: str
    body: str
    subtitle: str = ""
    byline: str = ""
    credit: str = ""

    @property
    def told(self) -> str:
        """The body without its dateline, which tells the byline and the credit."""
        return _DATELINE.sub("", self.body)


def written_passages(folder: Path, half: int) -> list[Written]:
    """Short articles: titled texts of one half of the corpus, in paragraphs of one to three
    sentences."""
    found = []
    for path in sorted((folder / "data/corpus").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            number = int(row["group"].rsplit("-", 1)[-1])
            if number % 2 == half and row["title"] and len(row["text"]) > 150:
                found.append(Written(row["title"], _in_paragraphs(row["text"], number)))
    return found


def _in_paragraphs(text: str, seed: int) -> str:
    if "\n" in text or "　" in text:
        return "\n".join(part.strip() for part in text.splitlines() if part.strip())
    rng = random.Random(seed)
    paragraphs = [""]
    for sentence in re.findall(r"[^。！？]+[。！？]*[”’）]?|[。！？]+", text):
        if len(paragraphs[-1]) > rng.choice((30, 60, 90)):
            paragraphs.append("")
        paragraphs[-1] += sentence
    return "\n".join(paragraphs)


def written_articles(folder: Path) -> list[Written]:
    """The articles of the project's own data, where they are present."""
    path = folder / "data/articles/articles.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    names = ("title", "body", "subtitle", "byline", "credit")
    return [Written(**{name: row[name] or "" for name in names}) for row in rows]
