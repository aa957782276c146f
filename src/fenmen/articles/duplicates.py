"""Finds the same story in other newspapers: other headlines, cuts, additions, credits, slips."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fenmen.articles.article import Article
from fenmen.articles.fingerprints import Fingerprint, fingerprint
from fenmen.articles.likely import Likely
from fenmen.articles.reprint_file import ReprintFile, Variant
from fenmen.articles.sameness import Likeness, Sameness, Words, is_copy
from fenmen.errors import FenmenError

_VOTERS = 8  # prints of a cluster that are asked whether a further one belongs to it


@dataclass(frozen=True, slots=True)
class Cluster:
    """A story and who printed it.

    `id` is the id of the article that was seen first. `first_source` is the credit (or else the
    source) of the one with the earliest date, or of the first seen where no date is known.
    `outlets` are all credits (sources where there is none), each once, as they came.
    """

    id: str
    first_source: str
    outlets: tuple[str, ...]
    articles: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The fields of an output line."""
        return {
            "cluster": self.id,
            "first_source": self.first_source,
            "outlets": list(self.outlets),
        }


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article, its story as known by then, and whether it is the first that tells it."""

    article: Article
    cluster: Cluster
    first: bool


class Reprints:
    """Takes articles one by one and says which story each tells.

    What was added is kept when the `with` block ends well or at `commit`, and gone when an error
    ends the block. Adding an article again from the same source and page changes nothing.

    Args:
        path: of the index file, made if absent, so that later runs know this one's stories; None
            for one run alone.

    Raises:
        FenmenError: E_INDEX if the file is no reprint index, damaged, or in use.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self._file = ReprintFile(path)
        self._likely = Likely()
        self._sameness = Sameness()
        try:
            self._recall()
        except FenmenError:
            self._file.close()
            raise

    def _recall(self) -> None:
        for variant in self._file.variants():
            self._likely.add(variant.row, variant.printed.grams)
            if variant.row == variant.cluster:
                self._sameness.learn(variant.printed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._file.commit()
        finally:
            self._file.close()

    def add(self, article: Article) -> bool:
        """Take the article in; True if no article before it told its story."""
        if seen := self._file.seen(article):
            return seen[0] == seen[1]
        printed = fingerprint(article.body)
        related = [self._file.variant(row) for row in self._likely.find(printed.grams)]
        cluster = self._story(printed, related)
        copied = any(v.cluster == cluster and is_copy(printed, v.printed) for v in related)
        row = self._file.add(article, cluster, None if copied else printed)
        if not copied:
            self._likely.add(row, printed.grams)
        if cluster is None:
            self._sameness.learn(printed)
        return cluster is None

    def _story(self, printed: Fingerprint, related: list[Variant]) -> int | None:
        """The cluster of the print; clusters that it shows to be one story are joined."""
        words = self._sameness.words(printed)
        likeness = {v.row: self._sameness.compare(words, v.printed) for v in related}
        closest = sorted(related, key=lambda v: (-likeness[v.row].contained, v.row))
        stories = dict.fromkeys(v.cluster for v in closest if likeness[v.row].same)
        joined = [story for story in stories if self._belongs(words, story, likeness)]
        for other in joined[1:]:
            if self._are_one(joined[0], other):
                self._file.merge(min(joined[0], other), max(joined[0], other))
                joined[0] = min(joined[0], other)
        return joined[0] if joined else None

    def _belongs(self, words: Words, cluster: int, known: Mapping[int, Likeness]) -> bool:
        """Whether more prints of the cluster tell the story of this one than have nothing of it.

        Otherwise a digest of the week, or an article half of one story and half of another, would
        chain the stories in it together.
        """
        votes = [
            known.get(voter.row) or self._sameness.compare(words, voter.printed)
            for voter in self._file.variants(cluster, _VOTERS)
        ]
        return sum(vote.same for vote in votes) > sum(vote.unrelated for vote in votes)

    def _are_one(self, cluster: int, other: int) -> bool:
        """Whether less than half of their pairs of prints have nothing in common."""
        ours, theirs = (list(self._file.variants(c, _VOTERS)) for c in (cluster, other))
        apart = [
            self._sameness.compare(words, b.printed).unrelated
            for words in (self._sameness.words(a.printed) for a in ours)
            for b in theirs
        ]
        return 2 * sum(apart) < len(apart)

    def cluster(self, article_id: str) -> Cluster:
        """The story of an article that was added, with everyone who printed it by now.

        Raises:
            FenmenError: E_ARTICLE if no such article was added.
        """
        return self.describe(self._file.cluster_of(article_id))

    def clusters(self) -> Iterator[Cluster]:
        """Every story, in the order in which they were first seen."""
        return map(self.describe, self._file.clusters())

    def at(self, article_id: str, source: str, page: int) -> tuple[int, bool] | None:
        """The number of the story that a place tells, and whether it told it first.

        None if nothing of that id was added from there. Ids need not differ between sources.
        """
        seen = self._file.at(article_id, source, page)
        return None if seen is None else (seen[1], seen[0] == seen[1])

    def describe(self, cluster: int) -> Cluster:
        """The story of that number, with everyone who printed it by now."""
        members = self._file.members(cluster)
        names = [credit or source for _, source, credit, _ in members]
        dates = [date or "9999" for *_, date in members]
        return Cluster(
            id=members[0][0],
            first_source=names[dates.index(min(dates))],
            outlets=tuple(dict.fromkeys(name for name in names if name)),
            articles=tuple(dict.fromkeys(article_id for article_id, *_ in members)),
        )

    def commit(self) -> None:
        """Write everything added so far into the index file."""
        self._file.commit()


def find(articles: Iterable[Article], *, index: Reprints | None = None) -> Iterator[Sighting]:
    """Yield every article, in order, with its story as known by then.

    An article takes about 7 kB of memory and 3 kB of the index file, whatever its length. Who
    needs all outlets of a story asks `index.cluster(article.id)` after the last article.

    Args:
        index: to match against and to add to, left open; None for these articles alone.
    """
    if index is not None:
        for article in articles:
            first = index.add(article)
            yield Sighting(article, index.cluster(article.id), first)
        return
    with Reprints() as own:
        yield from find(articles, index=own)
