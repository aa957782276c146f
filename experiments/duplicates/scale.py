"""A hundred thousand articles in one pass: time on one core, memory, size of the index.

python -m experiments.duplicates.scale [articles]   appends a line to scale.md
"""

import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from experiments.duplicates.editor import EDITS, Print
from experiments.duplicates.measure import figures, pairs
from experiments.duplicates.originals import TEXTS, Story, stories
from fenmen.articles.article import Article
from fenmen.articles.duplicates import Reprints
from fenmen.articles.pages import content_id
from fenmen.model.tokens import Tokenizer

BLOCK = 10_000
REPRINTED = 0.3  # share of the articles
KEPT = 3_000  # earlier articles that may be reprinted


class Chain:
    """Writes nonsense in the words of the project's articles: no text twice, phrases often."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        tokenizer = Tokenizer("rjieba", ())
        self._words: list[str] = []
        for story in stories(random.Random(0)):  # noqa: S311
            self._words += tokenizer.pieces("\n".join(story.paragraphs))
        self._next = defaultdict(list)
        for one, two in zip(self._words, self._words[1:], strict=False):
            self._next[one].append(two)

    def write(self, length: int) -> str:
        """A text of about so many characters."""
        text, size, word = [], 0, self._rng.choice(self._words)
        while size < length:
            text.append(word)
            size += len(word)
            follows = self._rng.random() < 0.6
            word = self._rng.choice(self._next[word] if follows else self._words)
        return "".join(text)


def articles(count: int, rng: random.Random) -> Iterator[Print]:
    """Articles of 200 to 3,000 characters, three in ten reprints, a third with boilerplate."""
    chain = Chain(rng)
    recent: list[Story] = []
    for number in range(count):
        if recent and rng.random() < REPRINTED:
            story = rng.choice(recent)
            paragraphs = list(story.paragraphs)
            for name in rng.sample(("tail cut", "slips", "paragraphs added", "boilerplate"), 2):
                paragraphs = EDITS[name](paragraphs, story, rng)
        else:
            text = chain.write(min(3000, max(200, int(rng.lognormvariate(6.5, 0.6)))))
            own = (text, rng.choice(TEXTS["boilerplate"])) if rng.random() < 0.33 else (text,)
            story, paragraphs = Story(number, "chain", "", own), list(own)
            recent = [*recent[-KEPT:], story]
        body = "\n".join(paragraphs)
        article = Article(content_id("", body), f"{number}", 1, "", "", body, "", "", "")
        yield Print(article, story.number, "chain", ())


def main(count: int) -> None:
    """Add all articles, then open the index again."""
    truth: list[tuple[str, int]] = []
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reprints.index"
        with Reprints(path) as index:
            for number, printed in enumerate(articles(count, random.Random(5)), start=1):  # noqa: S311
                start = time.process_time()
                index.add(printed.article)
                spent += time.process_time() - start
                truth.append((printed.article.id, printed.story))
                if number % BLOCK == 0:
                    print(f"{number:,}: {spent:.0f} s, {_peak():.0f} MiB", flush=True)
            found = pairs([index.cluster(article).id for article, _ in truth])
        peak = _peak()
        size = path.stat().st_size / 2**20
        start = time.process_time()
        with Reprints(path):
            opened = time.process_time() - start
    half = [Print(None, story, "", ()) for _, story in truth]  # type: ignore[arg-type]
    precision, recall, *_ = figures([(half, found)])
    line = (
        f"| {count:,} | {spent:.0f} s | {1000 * spent / count:.2f} ms | {peak:.0f} MiB "
        f"| {size:.0f} MiB | {opened:.0f} s | {precision} | {recall} |\n"
    )
    print(line)
    with (Path(__file__).parent / "scale.md").open("a", encoding="utf-8") as file:
        file.write(line)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
