"""Reads thousands of damaged PDFs and web pages: python -m tests.articles.formats.fuzz

The process that asks never dies; of each file either the sentinel sentence survives, in an article
or in the leftovers, or an error is reported. Exits with 1 if a file lost it without a word.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fenmen.articles.formats.sandbox import Request, read_apart
from fenmen.errors import FenmenError
from tests.articles.composer import Written, written_articles

from .printing import Look, pdf_of, print_page
from .test_html import blog, government, portal

SENTINEL = "守夜人数到一百零八"
SEED = 20240517


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four damages."""
    for _ in range(rng.randint(1, 4)):
        place, length = rng.randrange(len(data)), rng.choice((1, 2, 8, 64, 512))
        end = place + length
        piece = {
            "flip": lambda part: bytes(b ^ (1 << rng.randrange(8)) for b in part[:1]) + part[1:],
            "random": lambda part: rng.randbytes(len(part)),
            "delete": lambda part: b"",
            "double": lambda part: part * 2,
            "zero": lambda part: bytes(len(part)),
            "token": lambda part: rng.choice(TOKENS),
        }[rng.choice(("flip", "flip", "random", "delete", "double", "zero", "token"))]
        data = data[:place] + piece(data[place:end]) + data[end:]
        if rng.random() < 0.05:
            data = data[: rng.randrange(1, len(data))]
        data = data or b"%PDF-1.4"
    return data


TOKENS = (b"<!--", b"-->", b"<div>", b"</p>", b"<script>", b"&#0;", b"endstream", b"endobj", b"<<")
TOKENS += (b"99999999999", b"-1", b"/Length 0", b"obj", b"xref", b"\xff\xfe", b"'", b'"', b">")


def pdfs(articles: list[Written]) -> list[bytes]:
    """PDFs with the sentinel in them, packed and not."""
    rng = random.Random(SEED)
    marked = [Written(a.title, a.body + "\n" + SENTINEL + "。") for a in articles[:6]]
    pages = [print_page(marked[start : start + 2], Look(), rng) for start in (0, 2, 4)]
    return [pdf_of([page], rng, pageCompression=packed) for page in pages for packed in (0, 1)]


def web_pages(articles: list[Written]) -> list[bytes]:
    """Web pages with the sentinel in them."""
    made = [make() for make in (portal, blog, government)]
    made += [portal((*article.body.split("\n"),)) for article in articles[:3]]
    closing = "。</p><p>" + SENTINEL + "。</p>"
    return [page.replace("。</p>", closing, 2).encode() for page in made if "。</p>" in page]


def run(kind: str, files: list[bytes], number: int) -> Counter[str]:
    """Read that many damaged files."""
    rng = random.Random(SEED)
    seen: Counter[str] = Counter()
    for _ in range(number):
        data = mutated(rng.choice(files), rng)
        results = list(read_apart(Request(kind, "fuzz", data=data)))
        errors = [result.code for result in results if isinstance(result, FenmenError)]
        texts = ["".join(r.text.split()) for r in results if not isinstance(r, FenmenError)]
        if any(SENTINEL in text for text in texts):
            seen["sentinel survives"] += 1
        elif SENTINEL.encode() not in data and kind == "html":
            seen["sentinel itself is damaged"] += 1
        elif errors:
            seen[errors[0]] += 1
        else:
            seen["LOST"] += 1
            Path(f"/tmp/fuzz-lost-{kind}-{seen['LOST']}").write_bytes(data)
    return seen


def main() -> None:
    """Run both and print what happened."""
    articles = written_articles(Path(__file__).parents[3])
    makers: dict[str, tuple[Callable[[list[Written]], list[bytes]], int]] = {
        "pdf": (pdfs, 2_000),
        "html": (web_pages, 5_000),
    }
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    lost = 0
    for kind, (make, number) in makers.items():
        started = time.monotonic()
        seen = run(kind, make(articles), int(number * scale))
        lost += seen["LOST"]
        print(f"{kind}: {seen.total()} files in {time.monotonic() - started:.0f} s")
        for outcome, count in seen.most_common():
            print(f"  {count:5} {outcome}")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
