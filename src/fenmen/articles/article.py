"""What a page falls into: articles, their segments, and what was left over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page. `body` is one string of clean paragraphs separated by a newline.

    `id` is a hash of the content, so that the same text has the same id everywhere; `page` is the
    1-based page of the source; `byline` is who wrote it (皮磊), `credit` where it was taken from
    (人民网 in （据人民网）), `date` as YYYY-MM-DD. Absent fields are empty strings.
    """

    id: str
    source: str
    page: int
    title: str
    subtitle: str
    body: str
    byline: str
    credit: str
    date: str


@dataclass(frozen=True, slots=True)
class Segment:
    """80-400 characters of whole sentences: `text == article.body[start:end]`."""

    article_id: str
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of a source that is in no article, and why: `page[start:end] == text`."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that spoke for (above 0) or against a decision: `value` times `weight` counts."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page was split as it was.

    `kind`: "boundary" at a paragraph, "headline" at a line; `at`: its place in the page;
    `decided`: for a boundary "begins" or "goes on", for a headline "title", "subtitle", "heading"
    or "stray"; `article`: 1-based, 0 for none; `score` of that article and of the runner-up (0 if
    there is none); `signals`: what spoke for and against, none where it was sure: `because` says
    why.
    """

    kind: str
    at: int
    text: str
    decided: str
    article: int
    score: float
    because: str = ""
    signals: tuple[Signal, ...] = ()
    runner_up: int = 0
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded source, split: every character is in an article or in the leftovers.

    `reasons`: why it was split so, for texts whose layout had to be guessed.
    """

    source: str
    text: str
    encoding: str
    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...]
    reasons: tuple[Reason, ...] = ()


def document(title: str, text: str) -> str:
    """Join a title and a text as a model reads them, in training and in tagging."""
    return f"{title}\n{text}" if title else text
