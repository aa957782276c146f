import numpy as np

from fenmen.articles.article import Article
from fenmen.model.strong_words import StrongWords, joined
from fenmen.tagging.evidence import heaviest
from tests.tagging.archive import TEXTS


def test_the_strongest_words_of_each_text_come_first_and_neighbours_become_one():
    places = [(0, 2), (2, 4), (5, 9), (12, 13), (13, 15)]
    starts, ends = np.array(places).T
    weights = np.array([0.4, 0.4, 0.7, 1.1, 9.0])
    words = heaviest(joined(StrongWords(np.array([0, 0, 0, 0, 1]), starts, ends, weights)))
    assert list(zip(*(row.tolist() for row in words), strict=True)) == [
        (0, 12, 13, 1.1),
        (0, 0, 4, 0.8),
        (0, 5, 9, 0.7),
        (1, 13, 15, 9.0),
    ]


def test_evidence_stands_in_the_body_whatever_the_title(tagger):
    body = "\n".join([*TEXTS, *TEXTS[::-1], *TEXTS])
    for title in ("", "社工与心理援助热线"):
        tagged = tagger.tag(Article("x", "", 1, title, "", body, "", "", ""))
        assert len(tagged.tags) >= 2
        for tag in tagged.tags:
            assert 0 < len(tag.evidence) <= 6
            assert all(body[e.start : e.end] == e.text and e.weight > 0 for e in tag.evidence)


def test_evidence_of_a_topic_is_a_part_of_its_score(tagger):
    text = TEXTS[0]
    tagged = tagger.tag(text)
    (tag,) = [tag for tag in tagged.tags if tag.topic == "social_work"]
    explained = tagger.scorer.explain(text)
    k = tagger.ids.index("social_work")
    positive = np.clip(explained.weights[:, k], 0, None).sum()
    assert 0 < sum(e.weight for e in tag.evidence) <= positive + 1e-6
