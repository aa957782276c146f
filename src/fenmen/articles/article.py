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
class Page:
    """A decoded source, split: every character is in an article or in the leftovers."""

    source: str
    text: str
    encoding: str
    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...]


def document(title: str, text: str) -> str:
    """Join a title and a text as a model reads them, in training and in tagging."""
    return f"{title}\n{text}" if title else text
