"""A view's terms one text at a time, as scikit-learn wants them; slower, and for notebooks only."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from fenmen.model import reading, sheet
from fenmen.model.pairs import REACH
from fenmen.model.signs import normal_codes
from fenmen.model.tokens import Tokenizer, is_word, normalise
from fenmen.model.views import View
from fenmen.simplified import simplify


class Analyzer:
    """The analyzer of a view for TfidfVectorizer: a text's terms, each as often as it stands.

    An instance travels through pickle as its settings.
    """

    def __init__(self, view: View, tokenizer: Tokenizer) -> None:
        self.view = view
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> list[str]:
        """The terms of a text."""
        if self.view.spelled:
            parts, marks, joint = self._characters(text), (sheet.START, sheet.END), ""
        else:
            parts, marks, joint = self._words(text), (reading.START, reading.END), " "
        if self.view.paired:
            return list(_pairs(parts[:REACH], joint))
        if self.view.edges:
            parts = [marks[0], *parts, marks[1]]
        return [term for term in _grams(parts, self.view.ngram, joint) if term not in marks]

    def _words(self, text: str) -> list[str]:
        if self.view.kind == "search":
            return self.tokenizer.search_words(text)
        if not self.view.punctuation:
            return self.tokenizer.words(text)
        pieces, codes = self.tokenizer.pieces(text), normal_codes()
        return [normalise(p) for p in pieces if is_word(p) or codes[ord(p[0])]]

    def _characters(self, text: str) -> list[str]:
        codes = normal_codes()
        return [c for c in normalise(simplify(text)) if codes[ord(c)]]


def _pairs(parts: Sequence[str], joint: str) -> Iterator[str]:
    return map(joint.join, combinations(sorted({part for part in parts if is_word(part)}), 2))


def _grams(parts: Sequence[str], ngram: tuple[int, int], joint: str) -> Iterator[str]:
    for length in range(ngram[0], ngram[1] + 1):
        for at in range(len(parts) - length + 1):
            yield joint.join(parts[at : at + length])
