"""From articles to tags: segments are scored, an article's topics come from its segments."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fenmen.articles.article import Article, Segment, document
from fenmen.articles.readers import plain_article
from fenmen.articles.segments import segments
from fenmen.model.bundle import Bundle, load
from fenmen.tagging.evidence import character_weights, strongest
from fenmen.tagging.tagged import Evidence, ScoredSegment, Status, Tag, TaggedArticle

Floats = npt.NDArray[np.float64]

BATCH = 64  # articles scored together: enough to fill the matrices, little to hold
FEW_WORDS = 15  # characters: too little text to be sure of anything


def load_tagger(folder: str | Path, *, expect_digest: str | None = None) -> "Tagger":
    """Load and verify a bundle, ready to tag.

    Raises:
        FenmenError: E_BUNDLE_… naming the file and what is wrong with it.
    """
    return Tagger(load(folder, expect_digest=expect_digest))


class Tagger:
    """Tags articles with the topics of one bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.scorer = bundle.scorer
        self.topics = bundle.taxonomy.topics
        self.ids = bundle.taxonomy.ids

    def tag(self, article: Article | str) -> TaggedArticle:
        """Tag one article, or a plain text as if it were one."""
        return next(self.tag_many([article]))

    def tag_many(self, articles: Iterable[Article | str]) -> Iterator[TaggedArticle]:
        """Yield each article with its tags, in order, holding few of them at a time."""
        waiting = iter(articles)
        while batch := [_article(item) for item in islice(waiting, BATCH)]:
            cut = [segments(article) for article in batch]
            texts = [
                document(a.title, s.text) for a, own in zip(batch, cut, strict=True) for s in own
            ]
            scores = self.scorer.score(texts).astype(np.float64)  # (n_segments, n_topics)
            parts = np.split(scores, np.cumsum([len(own) for own in cut])[:-1])
            for article, own, part in zip(batch, cut, parts, strict=True):
                yield self._decide(article, own, part)

    def _decide(self, article: Article, own: Sequence[Segment], part: Floats) -> TaggedArticle:
        whole = combine(part, np.array([len(segment.text) for segment in own]))  # (n_topics,)
        probability = self.scorer.probabilities(whole[None, :])[0]
        chosen = np.flatnonzero(self.scorer.decide(probability[None, :])[0])
        evidence = self._evidence(article, own, part, chosen)
        tags = tuple(
            Tag(self.topics[k].id, self.topics[k].name, float(probability[k]), evidence[k])
            for k in sorted(chosen.tolist(), key=lambda k: -probability[k])
        )
        status, reason = self._status(article, probability, tags)
        return TaggedArticle(
            article=article,
            tags=tags,
            status=status,
            reason=reason,
            probabilities=self._named(probability),
            segments=tuple(
                ScoredSegment(s.start, s.end, self._named(row))
                for s, row in zip(own, self.scorer.probabilities(part), strict=True)
            ),
            model=self.bundle.model_id,
        )

    def _named(self, probability: Floats) -> dict[str, float]:
        return dict(zip(self.ids, probability.tolist(), strict=True))

    def _evidence(
        self,
        article: Article,
        own: Sequence[Segment],
        part: Floats,
        chosen: npt.NDArray[np.int64],
    ) -> dict[int, tuple[Evidence, ...]]:
        """The words of each chosen topic, from the segment that speaks loudest for it."""
        found = {}
        for k in chosen.tolist():
            segment = own[int(part[:, k].argmax())]
            text = document(article.title, segment.text)
            before = len(text) - len(segment.text)  # the title is no part of the body
            explained = self.scorer.explain(text)
            weights = character_weights(len(text), explained.spans, explained.weights[:, k])
            words = self.scorer.word_spans(segment.text)
            found[k] = tuple(strongest(article.body, segment.start, weights[before:], words))
        return found

    def _status(
        self, article: Article, probability: Floats, tags: Sequence[Tag]
    ) -> tuple[Status, str]:
        near = self.scorer.in_review(probability[None, :])[0]
        doubtful = [
            f"{self.topics[k].name} {probability[k]:.2f}，界线 {self.scorer.thresholds[k]:.2f}"
            for k in np.flatnonzero(near)
        ]
        if len(article.title + article.body) < FEW_WORDS:
            return "review", "文字太少，难以判断"
        if doubtful:
            return "review", "接近界线：" + "；".join(doubtful)
        return ("tagged", "") if tags else ("no_topic", "没有主题达到界线")


def combine(scores: Floats, lengths: npt.NDArray[np.int64]) -> Floats:
    """An article's scores from its segments': half the strongest, half the mean by length.

    The strongest alone tags a passing mention, the mean alone loses a topic that has only one
    paragraph. Of nine rules this was the best on the written articles (experiments/articles).

    Args:
        scores: (n_segments, n_topics).
        lengths: characters of each segment, (n_segments,).

    Returns:
        (n_topics,); those of the segment itself if there is only one.
    """
    mean = lengths @ scores / lengths.sum()
    return np.asarray((scores.max(axis=0) + mean) / 2)


def _article(item: Article | str) -> Article:
    return plain_article(item) if isinstance(item, str) else item
