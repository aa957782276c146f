"""From articles to tags: segments are scored, an article's topics come from its segments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fenmen.articles.article import Article, document
from fenmen.articles.readers import plain_article
from fenmen.model.bundle import Bundle, load
from fenmen.model.features import Reading, batches
from fenmen.tagging.evidence import Place, find_evidence
from fenmen.tagging.segmenting import spans_compiled, spans_one_by_one
from fenmen.tagging.settings import Settings, wanted_topics
from fenmen.tagging.tagged import Evidence, ScoredSegment, Status, Tag, TaggedArticle

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEW_WORDS = 15  # characters: too little text to be sure of anything
EVERYTHING = Settings()


def load_tagger(folder: str | Path, *, expect_digest: str | None = None) -> "Tagger":
    """Load and verify a bundle, ready to tag.

    Raises:
        FenmenError: E_BUNDLE_… naming the file and what is wrong with it.
    """
    return Tagger(load(folder, expect_digest=expect_digest), Path(folder))


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles on their way through the tagger; the segments of all of them in one row.

    `spans[i]` are the segments of `articles[i]`, `firsts[i]` the place of its first one among all,
    which are read some at a time; `scores` is (n_segments, n_topics), `probabilities`, `chosen` and
    `near` are (n_articles, n_topics).
    """

    articles: list[Article]
    spans: list[list[tuple[int, int]]]
    firsts: list[int]
    readings: list[Reading]
    scores: Floats
    probabilities: Floats
    chosen: Flags
    near: Flags


class Tagger:
    """Tags articles with the topics of one bundle."""

    def __init__(self, bundle: Bundle, folder: Path | None = None) -> None:
        self.bundle = bundle
        self.folder = folder
        self.scorer = bundle.scorer
        self.topics = bundle.taxonomy.topics
        self.ids = bundle.taxonomy.ids
        self._thresholds: list[float] = self.scorer.thresholds.tolist()
        self._spans = spans_one_by_one

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process reads the bundle itself, and only the one that was verified here.
        assert self.folder is not None
        is_compiled = self._spans is spans_compiled
        return _load_again, (self.folder, self.bundle.digest, is_compiled)

    def compile(self) -> None:
        """Get ready for a long run: load what a short one never asks and, if numba is installed,
        compiled loops; what is found stays the same to the last digit.
        """
        if self._spans is spans_compiled:
            return
        self.scorer.quicken()
        # The engine decides between words of equal probability; workers share it.
        self.bundle.model.tokenizer.cut_block("社工站")
        try:
            spans_compiled(["社工站开门。"])
        except ImportError:
            return
        self._spans = spans_compiled

    def tag(self, article: Article | str, settings: Settings = EVERYTHING) -> TaggedArticle:
        """Tag one article, or a plain text as if it were one."""
        return next(self.tag_many([article], settings))

    def tag_many(
        self, articles: Iterable[Article | str], settings: Settings = EVERYTHING
    ) -> Iterator[TaggedArticle]:
        """Yield each article with its tags, in order, holding few of them at a time.

        Raises:
            FenmenError: E_EMPTY for a text without a character, E_TOPIC for an unknown topic.
        """
        wanted = np.zeros(len(self.ids), bool)
        wanted[wanted_topics(self.ids, settings.topics)] = True
        waiting = iter(articles)
        while batch := [_article(item) for item in islice(waiting, settings.batch_size)]:
            yield from self._tell(self._score(batch, wanted, settings), wanted, settings)

    def _score(self, articles: list[Article], wanted: Flags, settings: Settings) -> Batch:
        spans = self._spans([article.body for article in articles])
        firsts = list(accumulate((len(own) for own in spans), initial=0))[:-1]
        texts = [
            document(article.title, article.body[start:end])
            for article, own in zip(articles, spans, strict=True)
            for start, end in own
        ]
        readings = [self.scorer.read(some, settings.evidence) for some in batches(texts)]
        parts = [self.scorer.score_reading(reading) for reading in readings]
        scores = np.concatenate(parts).astype(np.float64)
        lengths = np.array([end - start for own in spans for start, end in own])
        probabilities = self.scorer.probabilities(combine(scores, lengths, firsts))
        sure = probabilities >= settings.min_probability
        chosen = self.scorer.decide(probabilities) & sure & wanted
        near = self.scorer.in_review(probabilities) & wanted
        return Batch(articles, spans, firsts, readings, scores, probabilities, chosen, near)

    def _tell(self, batch: Batch, wanted: Flags, settings: Settings) -> Iterator[TaggedArticle]:
        shown = [(k, self.ids[k]) for k in np.flatnonzero(wanted).tolist()]
        evidence = self._evidence(batch) if settings.evidence else {}
        by_segment = self.scorer.probabilities(batch.scores).tolist() if settings.segments else []
        rows = zip(
            batch.articles,
            batch.probabilities.tolist(),
            _true_places(batch.chosen),
            _true_places(batch.near),
            strict=True,
        )
        for i, (article, own, chosen, near) in enumerate(rows):
            chosen.sort(key=lambda k: -own[k])
            tags = tuple(
                Tag(self.ids[k], self.topics[k].name, own[k], evidence.get((i, k), ()))
                for k in chosen
            )
            status, reason = self._status(article, own, near, tags)
            segments = by_segment[batch.firsts[i] : batch.firsts[i] + len(batch.spans[i])]
            yield TaggedArticle(
                article=article,
                tags=tags,
                status=status,
                reason=reason,
                probabilities={topic: own[k] for k, topic in shown},
                segments=tuple(
                    ScoredSegment(start, end, {topic: row[k] for k, topic in shown})
                    for (start, end), row in zip(batch.spans[i], segments, strict=False)
                ),
                model=self.bundle.model_id,
            )

    def _evidence(self, batch: Batch) -> dict[tuple[int, int], tuple[Evidence, ...]]:
        """The words of each article's topics, from the segment that speaks loudest for each."""
        pairs: list[tuple[int, int]] = [(i, k) for i, k in np.argwhere(batch.chosen).tolist()]
        places, loudest = [], []
        by_topic = batch.scores.T.tolist()
        for i, k in pairs:
            first, own = batch.firsts[i], batch.spans[i]
            scores = by_topic[k][first : first + len(own)]
            best = scores.index(max(scores))
            places.append(Place(k, batch.articles[i].body, *own[best]))
            loudest.append(first + best)
        found = self._find_evidence(batch.readings, places, np.array(loudest, np.int64))
        return dict(zip(pairs, found, strict=True))

    def _find_evidence(
        self, readings: Sequence[Reading], places: Sequence[Place], segments: npt.NDArray[np.int64]
    ) -> list[tuple[Evidence, ...]]:
        """The evidence at each place, which is in the segment of that number."""
        found: list[tuple[Evidence, ...]] = [()] * len(places)
        begin = 0
        for reading in readings:
            end = begin + len(reading.sheet.sizes)
            own = np.flatnonzero((segments >= begin) & (segments < end))
            chosen = [places[at] for at in own.tolist()]
            words = find_evidence(self.scorer, reading, segments[own] - begin, chosen)
            for at, evidence in zip(own.tolist(), words, strict=True):
                found[at] = evidence
            begin = end
        return found

    def _status(
        self,
        article: Article,
        probability: Sequence[float],
        near: Sequence[int],
        tags: Sequence[Tag],
    ) -> tuple[Status, str]:
        if len(article.title) + len(article.body) < FEW_WORDS:
            return "review", "文字太少，难以判断"
        if near:
            doubtful = [
                f"{self.topics[k].name} {probability[k]:.2f}，界线 {self._thresholds[k]:.2f}"
                for k in near
            ]
            return "review", "接近界线：" + "；".join(doubtful)
        return ("tagged", "") if tags else ("no_topic", "没有主题达到界线")


def _true_places(flags: Flags) -> list[list[int]]:
    """For each row of flags the columns that are true."""
    places: list[list[int]] = [[] for _ in flags]
    for row, column in np.argwhere(flags).tolist():
        places[row].append(column)
    return places


def combine(scores: Floats, lengths: npt.NDArray[np.int64], firsts: Sequence[int]) -> Floats:
    """Articles' scores from their segments': half the strongest, half the mean by length.

    The strongest alone tags a passing mention, the mean alone loses a topic that has only one
    paragraph. Among the best rules on the written articles (experiments/articles).

    Args:
        scores: (n_segments, n_topics), the segments of each article together.
        lengths: characters of each segment, (n_segments,).
        firsts: the first segment of each article, (n_articles,).

    Returns:
        (n_articles, n_topics); those of the segment itself if an article has only one.
    """
    # Each article is summed on its own: its score does not depend on its neighbours.
    total = np.add.reduceat(scores * lengths[:, None], firsts, axis=0)
    mean = total / np.add.reduceat(lengths, firsts)[:, None]
    return np.asarray((np.maximum.reduceat(scores, firsts, axis=0) + mean) / 2)


def _article(item: Article | str) -> Article:
    return plain_article(item) if isinstance(item, str) else item


def _load_again(folder: Path, digest: str, is_compiled: bool) -> Tagger:
    tagger = load_tagger(folder, expect_digest=digest)
    if is_compiled:
        tagger.compile()
    return tagger
