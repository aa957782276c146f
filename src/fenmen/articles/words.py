"""What the dictionary of words says about a stretch of characters."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba


def word_crosses(words: str, following: str) -> bool:
    """Whether the end of one line and the start of the next make a word of the dictionary."""
    place = len(words[-4:])
    for token in _words_of(words[-4:] + following[:4]):
        if 0 < place < len(token):
            return True
        place -= len(token)
    return False


def is_word(text: str) -> bool:
    """Whether the whole text is one word of the dictionary."""
    return _words_of(text) == [text]


def has_no_word(text: str) -> bool:
    """Whether no two characters of the text make a word of the dictionary, as in most names."""
    return all(len(token) == 1 for token in _words_of(text))


def begins_with_verb(text: str) -> bool:
    """Whether the first word of the text is mostly a verb."""
    return bool(text) and _tagged(text)[0][1].startswith("v")


def ends_with_verb(text: str) -> bool:
    """Whether the last word of the text is mostly a verb."""
    return bool(text) and _tagged(text)[-1][1].startswith("v")


def _tagged(text: str) -> list[tuple[str, str]]:
    return _dictionary().tag(text)


def _words_of(text: str) -> list[str]:
    return _dictionary().cut(text, hmm=False)


@cache
def _dictionary() -> "rjieba.Jieba":
    import rjieba  # slow to import, and few pages ask

    return rjieba.Jieba()
