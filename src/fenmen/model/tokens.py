"""Text to tokens: the same ones from jieba and rjieba, each with its place in the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fenmen.model.dictionary import CUT_BY_RULE, UserWord, read_user_dictionary
from fenmen.model.engines import Engine, EngineName, engine_of, known_engine
from fenmen.simplified import simplify

__all__ = ["EngineName", "Token", "Tokenizer", "UserWord", "normalise", "read_user_dictionary"]

# The version of everything that stands between a text and its tokens; part of every bundle.
PREPROCESSING = 2

WIDE = re.compile("[！-～]")
WIDER = 0xFEE0  # from a narrow character to its wide one
NARROW = {code: code - WIDER for code in range(0xFF01, 0xFF5F)}
WIDE_LETTER = re.compile("[０-９Ａ-Ｚａ-ｚ．％]")
NARROW_LETTER = {ord(c): ord(c) - WIDER for c in map(chr, NARROW) if WIDE_LETTER.match(c)}
SURROGATE = re.compile("[\ud800-\udfff]")
SPACE = re.compile(r"\s")

# Here the engines differ: jieba splits 2025-06-24 and rjieba does not; jieba knows no Han
# character outside U+4E00-9FD5 and rjieba runs its HMM over them. Such pieces are cut by rule.
RUN = re.compile("[-A-Za-z0-9+#&._%]*")
RUN_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# 2025 06 24, PM2.5, AT&T, C++, 50%: dashes and underlines part, other signs only at the edge.
RULE_PARTS = re.compile("([-_]+|(?<![A-Za-z0-9+#%])[+#&.%]+|[&.]+(?![A-Za-z0-9]))")


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands: `text[start:end]` up to upper case and width."""

    word: str
    start: int
    end: int


def normalise(text: str) -> str:
    """The text as features see it: lower case, half width, plain spaces; places stay."""
    text = SPACE.sub(" ", text)
    if WIDE.search(text):
        text = text.translate(NARROW)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few letters grow when lowered (İ); they stay as they are.
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def lower(piece: str) -> str:
    """The piece in lower case, as long as it was."""
    low = piece.lower()
    return low if len(low) == len(piece) else piece


def is_word(piece: str) -> bool:
    """Whether a piece holds a letter, a digit or a Chinese character."""
    return piece.isalnum() or any(map(str.isalnum, piece))


def by_rule(text: str, signs: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where the pieces are that are cut by rule: rare characters, signs and their ASCII run.

    `signs` are the places of all that CUT_BY_RULE finds in the text, in order.
    """
    done = 0
    for at in signs:
        if at < done:
            continue
        start = at
        if text[at].isascii():
            while start > done and text[start - 1] in RUN_LETTERS:
                start -= 1
        run = RUN.match(text, at)
        done = max(run.end() if run else at, at + 1)
        yield start, done


class Tokenizer:
    """Cuts text with jieba's dictionary, its HMM and the user's words.

    Raises:
        FenmenError: E_TOKENS for an unknown engine.
    """

    def __init__(self, engine: EngineName = "rjieba", user_words: Sequence[UserWord] = ()) -> None:
        self.engine: EngineName = known_engine(engine)
        self.user_words = tuple(user_words)

    @property
    def _engine(self) -> Engine:
        # Built on first use: most of what serves never asks it.
        return engine_of(self.engine, self.user_words)

    @property
    def simple_user_words(self) -> tuple[UserWord, ...]:
        """The user's words as the engine knows them, in simplified characters."""
        return tuple(replace(word, word=simplify(word.word)) for word in self.user_words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokenizer) and other.__reduce__() == self.__reduce__()

    def __hash__(self) -> int:
        return hash((self.engine, self.user_words))

    def __reduce__(self) -> tuple[Any, ...]:
        return Tokenizer, (self.engine, self.user_words)

    def pieces(self, text: str) -> list[str]:
        """All that the text consists of, in simplified characters, punctuation and spaces too."""
        text = simplify(text)
        if WIDE_LETTER.search(text):
            text = text.translate(NARROW_LETTER)
        try:
            return self._pieces(text)
        except UnicodeEncodeError:  # half of a surrogate pair, which Rust cannot hold
            return self._pieces(SURROGATE.sub("\ufffd", text))

    def cut_block(self, block: str) -> list[str]:
        """The words of Chinese characters, letters and digits without anything between them."""
        return self._engine.cut(block)

    def _pieces(self, text: str) -> list[str]:
        if not CUT_BY_RULE.search(text):
            return self._engine.cut(text)
        pieces: list[str] = []
        done = 0
        for start, end in by_rule(text, (sign.start() for sign in CUT_BY_RULE.finditer(text))):
            if start > done:
                pieces += self._engine.cut(text[done:start])
            pieces += filter(None, RULE_PARTS.split(text[start:end]))
            done = end
        return pieces + self._engine.cut(text[done:]) if done < len(text) else pieces

    def words(self, text: str) -> list[str]:
        """The words of the text in lower case; what is only punctuation or space is dropped."""
        return [lower(piece) for piece in self.pieces(text) if is_word(piece)]

    def search_words(self, text: str) -> list[str]:
        """The words of the text, each after the dictionary's shorter words within it."""
        return [
            token.word
            for piece in self.pieces(text)
            if is_word(piece)
            for token in (*self.subwords(piece), Token(lower(piece), 0, 0))
        ]

    def subwords(self, piece: str) -> list[Token]:
        """The words of two, then three characters within a longer one, with their places in it."""
        if len(piece) < 3 or piece.isascii():
            return []
        return [
            Token(lower(part), at, at + length)
            for length in (2, 3)
            if len(piece) > length
            for at in range(len(piece) - length + 1)
            if self.is_subword(part := piece[at : at + length])
        ]

    def upper_subwords(self, piece: str) -> list[Token]:
        """Those of the subwords that the dictionary holds only in upper case."""
        return [
            token
            for token in self.subwords(piece)
            if not self._engine.has_word(piece[token.start : token.end])
        ]

    def is_subword(self, part: str) -> bool:
        """Whether the dictionary holds the word, as it is or in upper case (T恤)."""
        has_word = self._engine.has_word
        return has_word(part) or (part.islower() and has_word(part.upper()))

    def tokens(self, text: str) -> list[Token]:
        """The words of the text with their places."""
        found, start = [], 0
        for piece in self.pieces(text):
            end = start + len(piece)
            if is_word(piece):
                found.append(Token(lower(piece), start, end))
            start = end
        return found
