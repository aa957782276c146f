"""One piece of a batch from its unparsed rows to the bytes of the output."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fenmen.articles.article import Article
from fenmen.articles.rows import Row
from fenmen.articles.stories import NO_STORY, Story
from fenmen.errors import FenmenError
from fenmen.tagging.formats import Format
from fenmen.tagging.inputs import Piece, rows_of
from fenmen.tagging.rendering import Told
from fenmen.tagging.settings import Settings
from fenmen.tagging.tagged import TaggedArticle
from fenmen.tagging.tagger import Tagger

_SHOWN = 300  # characters of a bad row in the list of errors


@dataclass(slots=True)
class Counts:
    """How many rows there were, of which status, with which topics and errors."""

    rows: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        """Add those of another piece."""
        self.rows += other.rows
        self.statuses += other.statuses
        self.topics += other.topics
        self.errors += other.errors

    def count(self, found: Told) -> None:
        """Count one row."""
        self.rows += 1
        tagged = found[1]
        if isinstance(tagged, FenmenError):
            self.statuses["error"] += 1
            self.errors[tagged.code] += 1
        else:
            self.statuses[tagged.status] += 1
            for tag in tagged.tags:
                self.topics[tag.topic] += 1


@dataclass(frozen=True, slots=True)
class Done:
    """A finished piece: its part of the output and of the list of errors, both as bytes."""

    output: bytes
    errors: bytes
    counts: Counts
    bytes: int


def work(tagger: Tagger, piece: Piece, form: Format, settings: Settings) -> Done:
    """Tag the rows of a piece and render them."""
    told = list(tell(tagger, rows_of(piece), settings))
    counts = Counts()
    for found in told:
        counts.count(found)
    listed = [_listed(row, found) for row, found in told if isinstance(found, FenmenError)]
    errors = "".join(listed).encode("utf-8", "replace")
    return Done(form.render(told), errors, counts, piece.bytes)


def tell(tagger: Tagger, rows: Iterator[Row], settings: Settings) -> Iterator[Told]:
    """Each row with what was found in it, in order."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == settings.batch_size:
            yield from _told(tagger, waiting, settings)
            waiting = []
    yield from _told(tagger, waiting, settings)


def _told(tagger: Tagger, rows: Sequence[Row], settings: Settings) -> Iterator[Told]:
    articles = [
        row.article for row in rows if isinstance(row.article, Article) and not _is_reprint(row)
    ]
    tagged = tagger.tag_many(articles, settings)
    for row in rows:
        if isinstance(row.article, FenmenError):
            yield row, row.article
        elif _is_reprint(row):
            yield row, _untagged(row.article, row.story or NO_STORY, tagger)
        else:
            yield row, next(tagged)


def _is_reprint(row: Row) -> bool:
    return row.story is not None and row.story.reprint


def _untagged(article: Article, story: Story, tagger: Tagger) -> TaggedArticle:
    """A later print of a story: the tags stand with its first."""
    return TaggedArticle(article, (), "reprint", story.cluster, {}, (), tagger.bundle.model_id)


def _listed(row: Row, error: FenmenError) -> str:
    """A line of the list of errors."""
    listed = {
        "source": row.source,
        "line": row.line,
        "id": row.id,
        "code": error.code,
        "what": error.what,
        "fix": error.fix,
        "row": (row.json or row.text)[:_SHOWN],
    }
    return json.dumps(listed, ensure_ascii=False) + "\n"
