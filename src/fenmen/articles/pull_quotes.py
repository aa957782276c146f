"""Sentences of an article that are set large among its columns, and so stand there twice."""

import re

from fenmen.articles.boundaries import Draft

_SHORTEST, _LONGEST = 9, 60  # characters; what is shorter may be a heading that the text takes up
_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_ENDED = re.compile(r"[。！？]")


def drop_pull_quotes(draft: Draft) -> None:
    """Take what only repeats the text out of an article's headings and paragraphs."""
    said = [plain(paragraph.text.text) for paragraph in draft.paragraphs]
    whole = "\n".join(said)
    kept = []
    for paragraph, words in zip(draft.paragraphs, said, strict=True):
        if is_repeated("".join(line.words for line in paragraph.headlines), whole):
            paragraph.headlines = []
        once = whole.replace(words, "", 1)
        ended = _ENDED.search(paragraph.text.text)
        if ended or paragraph.signature.ends or not is_repeated(paragraph.text.text, once):
            kept.append(paragraph)
    draft.paragraphs = kept


def is_repeated(text: str, said: str, *, least: int = _SHORTEST) -> bool:
    """Whether a text stands word for word in what is said, marks aside."""
    return len(text) <= _LONGEST and len(plain(text)) >= least and plain(text) in said


def plain(text: str) -> str:
    """The text without its marks and spaces."""
    return _MARKS.sub("", text)
