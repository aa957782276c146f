"""How an article's topics should come from its segments: rules compared on the written articles.

python -m experiments.articles.measure   writes experiments/articles/results.md
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

import fenmen
from experiments.held_out import table, write
from fenmen.articles.article import document
from fenmen.articles.segments import segment_spans
from fenmen.evaluation import metrics

RESULTS = Path(__file__).parent / "results.md"
ARTICLES = Path("data/articles/articles.jsonl")

Floats = npt.NDArray[np.float64]
# Scores of an article's segments (n_segments, n_topics) and their lengths (n_segments,) to one
# score of each topic (n_topics,).
Rule = Callable[[Floats, Floats], Floats]


def mean(scores: Floats, lengths: Floats) -> Floats:
    """The mean by length."""
    return np.asarray(lengths @ scores / lengths.sum())


def soft(scores: Floats, lengths: Floats, sharpness: float) -> Floats:
    """Between the mean (0) and the maximum (large)."""
    powers = lengths @ np.exp(sharpness * scores) / lengths.sum()
    return np.asarray(np.log(powers) / sharpness)


RULES: Mapping[str, Rule] = {
    "strongest segment": lambda s, _: s.max(axis=0),
    "mean of the two strongest": lambda s, _: np.sort(s, axis=0)[-2:].mean(axis=0),
    "mean by length": mean,
    "half strongest, half mean": lambda s, n: (s.max(axis=0) + mean(s, n)) / 2,
    "two thirds strongest, one third mean": lambda s, n: (2 * s.max(axis=0) + mean(s, n)) / 3,
    "soft maximum, sharpness 2": lambda s, n: soft(s, n, 2.0),
    "soft maximum, sharpness 4": lambda s, n: soft(s, n, 4.0),
}


def main() -> None:
    """Score each rule, with the title before each segment and without."""
    tagger = fenmen.load("models/default")
    articles = [json.loads(line) for line in ARTICLES.read_text("utf-8").splitlines()]
    truth = np.array([[topic in a["topics"] for topic in tagger.ids] for a in articles])
    rows = []
    for titled in (True, False):
        scored = [segment_scores(tagger, article, titled) for article in articles]
        for name, rule in RULES.items():
            whole = np.array([rule(scores, lengths) for scores, lengths in scored])
            rows.append([name, "yes" if titled else "no", *figures(tagger, truth, whole)])
    whole = tagger.scorer.score([document(a["title"], a["body"]) for a in articles])
    rows.append(["no segments: the article as one text", "yes", *figures(tagger, truth, whole)])
    write(RESULTS, [table(["rule", "title counted", "macro-F1", "micro-F1", "all right"], rows)])


def segment_scores(
    tagger: fenmen.Tagger, article: Mapping[str, str], titled: bool
) -> tuple[Floats, Floats]:
    """Scores (n_segments, n_topics) and lengths (n_segments,) of one article."""
    spans = segment_spans(article["body"])
    title = article["title"] if titled else ""
    texts = [document(title, article["body"][start:end]) for start, end in spans]
    lengths = np.array([end - start for start, end in spans], dtype=np.float64)
    return tagger.scorer.score(texts).astype(np.float64), lengths


def figures(
    tagger: fenmen.Tagger, truth: metrics.Bools, scores: npt.NDArray[np.floating]
) -> list[str]:
    """Macro and micro F1 and the share of articles that are all right."""
    decided = tagger.scorer.decide(tagger.scorer.probabilities(scores))
    found = (
        metrics.macro_f1(truth, decided),
        metrics.micro_f1(truth, decided),
        metrics.subset_accuracy(truth, decided),
    )
    return [f"{value:.3f}" for value in found]


if __name__ == "__main__":
    main()
