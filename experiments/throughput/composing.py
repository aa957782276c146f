"""Articles of realistic lengths, composed from the project's own corpus."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from fenmen.corpus.schema import read_corpus
from fenmen.taxonomy import read_taxonomy

MEDIAN, SPREAD = 600, 0.9  # characters; of a log-normal distribution
SHORTEST, LONGEST = 60, 20_000


def segments() -> list[str]:
    """The texts of the corpus."""
    taxonomy = read_taxonomy("conf/taxonomy/social.yaml")
    return [example.text for example in read_corpus("data/corpus", taxonomy)]


def articles(count: int, texts: list[str], seed: int = 0) -> Iterator[dict[str, object]]:
    """Rows as an archive has them: id, date, title and text in paragraphs."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        wanted = min(max(chance.lognormvariate(0, SPREAD) * MEDIAN, SHORTEST), LONGEST)
        paragraphs, length = [], 0
        while length < wanted:
            paragraph = chance.choice(texts)[: int(wanted - length) + 1]
            paragraphs.append(paragraph)
            length += len(paragraph)
        title = chance.choice(texts)[:18]
        yield {
            "id": number,
            "date": f"20{number % 24:02}-05-11",
            "title": title,
            "text": "\n".join(paragraphs),
        }


def compose(path: Path, count: int) -> int:
    """Write articles as JSON lines; returns the number of characters of their texts."""
    characters, texts = 0, segments()
    with path.open("w", encoding="utf-8") as out:
        for row in articles(count, texts):
            characters += len(str(row["text"]))
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return characters
