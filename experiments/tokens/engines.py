"""How much faster rjieba cuts than jieba, and whether they cut alike.

`python -m experiments.tokens.engines` reads the written corpus, or UTF-8 files given to it.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from fenmen.model.tokens import Tokenizer, read_user_dictionary

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
LONG = 200_000


def main() -> None:
    """Print one table, medians of five rounds."""
    texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]] or written()
    words = read_user_dictionary(ROOT / "data/lexicon/userdict.txt")
    rust, python = Tokenizer("rjieba", words), Tokenizer("jieba", words)
    alike = sum(rust.pieces(text) == python.pieces(text) for text in texts)
    ratios = []
    for _ in range(ROUNDS):  # side by side, so that a busy machine slows both
        slow, fast = seconds(lambda: cut(python, texts)), seconds(lambda: cut(rust, texts))
        ratios.append(slow / fast)
    short, long = (
        min(seconds(lambda n=n: rust.pieces("的" * n)) for _ in range(3))
        for n in (LONG // 10, LONG)
    )
    quadratic = [seconds(lambda n=n: python.pieces("的" * n)) for n in (2_000, 8_000)]
    print(f"texts {len(texts):,}, characters {sum(map(len, texts)):,}, cut alike {alike:,}")
    spread = f"from {min(ratios):.1f} to {max(ratios):.1f}"
    print(f"jieba's time / rjieba's: {median(ratios):.1f} ({spread})")
    print(f"的 x {LONG:,} / 的 x {LONG // 10:,} (10 is linear): rjieba {long / short:.1f}")
    growth = quadratic[1] / quadratic[0]
    print(f"的 x 8,000 / 的 x 2,000 (4 is linear, 16 quadratic): jieba {growth:.1f}")
    print(f"two threads against one, rjieba: {threads(rust, texts):.2f} x the texts a second")


def written() -> list[str]:
    """The texts of the written corpus."""
    lines = (
        line
        for path in sorted((ROOT / "data/corpus").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line)["text"] for line in lines]


def cut(tokenizer: Tokenizer, texts: list[str]) -> None:
    """Cut all texts."""
    for text in texts:
        tokenizer.pieces(text)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of the work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def threads(tokenizer: Tokenizer, texts: list[str]) -> float:
    """How much more two threads cut than one in the same time."""
    whole = "\n".join(texts)
    started = time.perf_counter()
    tokenizer.pieces(whole)
    one = time.perf_counter() - started
    both = [threading.Thread(target=tokenizer.pieces, args=(whole,)) for _ in range(2)]
    started = time.perf_counter()
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    return 2 * one / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
