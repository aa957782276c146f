"""A page in traditional characters is read in simplified ones and given back as it was printed."""

from fenmen.articles.traced import INSERTED, Traced
from fenmen.simplified import simplify

JOINTS = ("、", "，", " ")


class Script:
    """A page's text as printed and in simplified characters, each in the same place."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self.simplified = simplify(printed)

    def as_printed(self, piece: Traced) -> str:
        """A piece of the simplified text in the characters of the page.

        What cleaning has changed (a full-width digit, a joint) stays changed.
        """
        if self.simplified is self.printed:
            return piece.text
        return "".join(
            self.printed[at] if at != INSERTED and self.simplified[at] == character else character
            for character, at in zip(piece.text, piece.at, strict=True)
        )

    def find(self, words: str) -> str:
        """Words that stand in the simplified text, or several joined, as they were printed."""
        if self.simplified is self.printed or not words:
            return words
        at = self.simplified.find(words)
        if at >= 0:
            return self.printed[at : at + len(words)]
        joint = next((joint for joint in JOINTS if joint in words), "")
        return joint.join(map(self.find, words.split(joint))) if joint else words
