"""What the tagger says of an article."""

from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from typing import Any, Literal, NamedTuple

from fenmen.articles.article import Article

Status = Literal["tagged", "no_topic", "review", "reprint"]


class Evidence(NamedTuple):
    """Words of the body that spoke for a topic: `text == body[start:end]`.

    `weight` is what they added to the topic's score in their segment, in units of the score.
    """

    # Millions of them in an archive: a tuple is made in a third of a dataclass's time.

    start: int
    end: int
    text: str
    weight: float


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


def tag_dict(tag: Tag) -> dict[str, Any]:
    """A tag as plain data."""
    return {
        "topic": tag.topic,
        "name": tag.name,
        "probability": round(tag.probability, 4),
        "evidence": [
            {"start": e.start, "end": e.end, "text": e.text, "weight": round(e.weight, 4)}
            for e in tag.evidence
        ],
    }


def tag_json(tag: Tag) -> str:
    """The same as JSON, in a fifth of the time."""
    evidence = [
        f'{{"start": {start}, "end": {end}, "text": {_quoted(text)}, '
        f'"weight": {_four_digits(weight)}}}'
        for start, end, text, weight in tag.evidence
    ]
    return (
        f'{{"topic": {_quoted(tag.topic)}, "name": {_quoted(tag.name)}, '
        f'"probability": {_four_digits(tag.probability)}, "evidence": [{", ".join(evidence)}]}}'
    )


def _four_digits(value: float) -> str:
    """The same as `repr(round(value, 4))` for weights and probabilities, which are no giants."""
    digits = f"{value:.4f}".rstrip("0")
    return digits if digits[-1] != "." else digits + "0"


def segment_dict(segment: ScoredSegment) -> dict[str, Any]:
    """A segment as plain data."""
    rounded = {topic: round(value, 4) for topic, value in segment.probabilities.items()}
    return {"start": segment.start, "end": segment.end, "probabilities": rounded}
