"""Counts the characters and pairs of characters that say nothing of what a text is about.

`python -m experiments.pages.count_common` writes src/fenmen/articles/common_characters.py from the
articles that the fits use.
"""

from collections import Counter
from pathlib import Path

from fenmen.articles.likeness import grams
from tests.articles.composer import written_articles, written_passages

ROOT = Path(__file__).parents[2]
PAIRS, COUNTED, CHARACTERS = 300, 3000, 400
HEADER = '''"""Characters and pairs of them that stand in texts about anything.

Counted by experiments/pages/count_common.py, the commonest first.
"""

'''


def main() -> None:
    """Count and write."""
    texts = [*written_articles(ROOT)[::2], *written_passages(ROOT, 0)]
    held = Counter(gram for text in texts for gram in sorted(grams(text.body)) if _is_pair(gram))
    pairs = [pair for pair, _ in held.most_common(COUNTED)]
    characters = [c for c, _ in Counter("".join(pairs)).most_common(CHARACTERS)]
    text = (
        HEADER + _lines("_PAIRS", " ".join(pairs[:PAIRS])) + _lines("_ALONE", "".join(characters))
    )
    text += "COMMON_PAIRS = frozenset(_PAIRS.split())\nCOMMON_CHARACTERS = frozenset(_ALONE)\n"
    (ROOT / "src/fenmen/articles/common_characters.py").write_text(text, "utf-8")


def _is_pair(gram: str) -> bool:
    return len(gram) == 2 and not gram.isascii()


def _lines(name: str, text: str) -> str:
    """A string constant in lines of 45 characters."""
    rows = [f'    "{text[start : start + 45]}"' for start in range(0, len(text), 45)]
    return f"{name} = (\n" + "\n".join(rows) + "\n)\n"


if __name__ == "__main__":
    main()
