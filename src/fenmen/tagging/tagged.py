"""What the tagger says of an article."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from json.encoder import encode_basestring as _quoted
from typing import Any, Literal, NamedTuple

from fenmen.articles.article import Article

Status = Literal["tagged", "no_topic", "review", "reprint"]


class Evidence(NamedTuple):
    """Words of the body that spoke for a topic: `text == body[start:end]`.

    `weight` is what they added to the topic's score in their segment, in units of the score.
    """

    start: int
    end: int
    text: str
    weight: float


# Millions of them in an archive: made of a tuple with its four parts in half of the time that
# `Evidence(...)` takes.
evidence_of: Callable[[tuple[int, int, str, float]], Evidence] = partial(tuple.__new__, Evidence)


# From first and last place in the body to those in another text.
Places = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic the article is filed under."""

    topic: str
    name: str
    probability: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredSegment:
    """One segment of the body and the probability of each topic in it."""

    start: int
    end: int
    probabilities: dict[str, float]


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """An article with its topics, whether a person should look at it, and why.

    `probabilities` holds every topic's, also of those it is not filed under.
    """

    article: Article
    tags: tuple[Tag, ...]
    status: Status
    reason: str
    probabilities: dict[str, float]
    segments: tuple[ScoredSegment, ...]
    model: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data: one JSON line."""
        article = self.article
        return {
            "id": article.id,
            "source": article.source,
            "page": article.page,
            "title": article.title,
            "subtitle": article.subtitle,
            "body": article.body,
            "byline": article.byline,
            "credit": article.credit,
            "date": article.date,
            "tags": [tag_dict(tag) for tag in self.tags],
            "status": self.status,
            "reason": self.reason,
            "segments": [segment_dict(segment) for segment in self.segments],
            "model": self.model,
        }


def as_they_are(start: int, end: int) -> tuple[int, int]:
    """Places in the article's own body."""
    return start, end


def tag_dict(tag: Tag, places: Places = as_they_are) -> dict[str, Any]:
    """A tag as plain data, its evidence at these places."""
    evidence = []
    for found in tag.evidence:
        start, end = places(found.start, found.end)
        weight = round(found.weight, 4)
        evidence.append({"start": start, "end": end, "text": found.text, "weight": weight})
    return {
        "topic": tag.topic,
        "name": tag.name,
        "probability": round(tag.probability, 4),
        "evidence": evidence,
    }


def tag_json(tag: Tag, places: Places = as_they_are) -> str:
    """The same as JSON, in a fifth of the time."""
    evidence = []
    for start, end, text, weight in tag.evidence:
        first, behind = places(start, end)
        evidence.append(
            f'{{"start": {first}, "end": {behind}, "text": {_quoted(text)}, '
            f'"weight": {_four_digits(weight)}}}'
        )
    return (
        f'{{"topic": {_quoted(tag.topic)}, "name": {_quoted(tag.name)}, '
        f'"probability": {_four_digits(tag.probability)}, "evidence": [{", ".join(evidence)}]}}'
    )


def _four_digits(value: float) -> str:
    """The same as `repr(round(value, 4))` for weights and probabilities, which are no giants."""
    digits = f"{value:.4f}".rstrip("0")
    return digits if digits[-1] != "." else digits + "0"


def segment_dict(segment: ScoredSegment, places: Places = as_they_are) -> dict[str, Any]:
    """A segment as plain data, at these places."""
    start, end = places(segment.start, segment.end)
    rounded = {topic: round(value, 4) for topic, value in segment.probabilities.items()}
    return {"start": start, "end": end, "probabilities": rounded}
