"""Joins the groups of a corpus between which a text was reprinted."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from fenmen.articles.article import Article
from fenmen.articles.duplicates import Reprints


class Text(Protocol):
    """What a corpus example has."""

    @property
    def id(self) -> str:
        """Its name, unlike every other's."""

    @property
    def text(self) -> str:
        """What may be a reprint of another's."""

    @property
    def group(self) -> str:
        """What it may not be parted from."""


def group_reprints(examples: Iterable[Text]) -> dict[str, str]:
    """Join the groups between which a text was reprinted, so that no split parts a story.

    The order of the examples does not matter.

    Returns:
        Of every group the least name of those it hangs together with, its own if with none.
    """
    joined = _Joined()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    with Reprints() as index:
        for example in sorted(examples, key=lambda example: (example.group, example.id)):
            index.add(Article(example.id, "", 1, "", "", example.text, "", "", ""))
            groups[example.id].append(example.group)
            joined.root(example.group)
        for cluster in index.clusters():
            first, *others = [group for article in cluster.articles for group in groups[article]]
            for other in others:
                joined.join(first, other)
    return {group: joined.root(group) for group in joined.parent}


class _Joined:
    """Union-find over names; the root is the least."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self.parent[second] = first
