"""The user dictionary: words that the engines keep whole, validated line by line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fenmen.errors import FenmenError

# jieba's own limit on the sum of frequencies is about 6e7; a larger one would drown every word.
MAX_FREQUENCY = 1_000_000
MAX_WORD = 32
# Frequency of a word that names none: more than the product of its parts ever reaches, so that
# the word stays whole; the same for both engines, whatever stands before it in the file.
DEFAULT_FREQUENCY = 20_000
# Han characters that jieba does not know (it ends at U+9FD5); tokens.py cuts them one by one.
RARE_HAN = "\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Engines never see these: tokens.py cuts such runs itself, so a word with them would be ignored.
SIGNS_BY_RULE = "-+#&._%"
CUT_BY_RULE = re.compile(f"[{SIGNS_BY_RULE}{RARE_HAN}]")
TAG = re.compile(r"[a-z]{1,8}")


@dataclass(frozen=True, slots=True)
class UserWord:
    """A word to keep whole, with the frequency and the part of speech that jieba knows it by."""

    word: str
    frequency: int = DEFAULT_FREQUENCY
    tag: str = "n"

    def __str__(self) -> str:
        return f"{self.word} {self.frequency} {self.tag}"


def read_user_dictionary(path: str | Path) -> tuple[UserWord, ...]:
    """Read `word frequency? tag?` lines; empty lines and lines that begin with # are skipped.

    Raises:
        FenmenError: E_USERDICT naming every faulty line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FenmenError(
            "E_USERDICT", where=path, what=f"cannot be read: {error}", fix="give a UTF-8 text file"
        ) from error
    return parse_user_dictionary(text.splitlines(), where=str(path))


def parse_user_dictionary(lines: Sequence[str], where: str) -> tuple[UserWord, ...]:
    """Parse the lines of a user dictionary; see `read_user_dictionary`."""
    words: dict[str, UserWord] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parsed = _parse_line(line, seen=words)
        if isinstance(parsed, str):
            faults.append(f"line {number}: {parsed}")
        else:
            words[parsed.word] = parsed
    if faults:
        raise FenmenError(
            "E_USERDICT",
            where=where,
            what="; ".join(faults),
            fix='write one "word frequency? tag?" a line, for example "五社联动 20000 n"',
        )
    return tuple(words.values())


def format_user_dictionary(words: Iterable[UserWord]) -> str:
    """The text of a dictionary file that reads back as the same words."""
    return "".join(f"{word}\n" for word in words)


def _parse_line(line: str, seen: Iterable[str]) -> UserWord | str:
    """The word of a line, or what is wrong with it."""
    word, *rest = line.split()
    frequency, tag = DEFAULT_FREQUENCY, "n"
    if rest and rest[0].isascii() and rest[0].isdigit():
        frequency = int(rest.pop(0)[:9])
    if rest and TAG.fullmatch(rest[0]):
        tag = rest.pop(0)
    if rest:
        return f"{rest[0]!r} is neither a frequency nor a tag"
    if not 1 <= frequency <= MAX_FREQUENCY:
        return f"frequency of {word!r} is not between 1 and {MAX_FREQUENCY:,}"
    return _word_fault(word, seen) or UserWord(word, frequency, tag)


def _word_fault(word: str, seen: Iterable[str]) -> str:
    if not 2 <= len(word) <= MAX_WORD:
        return f"{word[:MAX_WORD]!r} is not 2 to {MAX_WORD} characters long"
    if not word.isalnum() or word.isascii() or CUT_BY_RULE.search(word):
        return f"{word!r} is not made of Chinese characters (with letters or digits among them)"
    if word in seen:
        return f"{word!r} stands twice"
    return ""
