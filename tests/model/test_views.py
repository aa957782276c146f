"""The columns are held against scikit-learn's own TfidfVectorizer, fitted on the same texts."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from fenmen.errors import FenmenError
from fenmen.model.analyzers import Analyzer
from fenmen.model.features import FeatureSpace
from fenmen.model.learning import jieba_idf, learn
from fenmen.model.tokens import Tokenizer
from fenmen.model.views import View, view_from
from fenmen.taxonomy import Taxonomy, Topic
from tests.model.samples import TAXONOMY, USER_WORDS, samples

TOKENIZER = Tokenizer("rjieba", USER_WORDS)
TEXTS = [*samples(60)[0], "", "……", "A股 A股，A股2025-06-24", "社工站\n社工 站ＡＢ"]
UNSEEN = [
    "护林员在新苗圃里发现两只猫头鹰，水库的水位0.6米。",
    "",
    "全是没见过的：龘龘！",
    "河流河流河流",
]


def fitted(*views, texts=TEXTS, taxonomy=TAXONOMY):
    pairs = [one.fit() for one in learn(texts, views, TOKENIZER, taxonomy)]
    return FeatureSpace(TOKENIZER, [view for view, _ in pairs], taxonomy), [c for _, c in pairs]


@pytest.mark.parametrize(
    "view",
    [
        View("a"),
        View("b", ngram=(1, 3), min_df=2, sublinear=False, norm="l1"),
        View("c", ngram=(2, 2), idf="none", norm="none", binary=True),
        View("d", edges=True, punctuation=True),
        View("e", kind="search", ngram=(1, 2)),
        View("f", kind="chars", ngram=(1, 4), min_df=2),
        View("g", kind="chars", ngram=(3, 6), edges=True, norm="l1"),
        View("h", kind="word_pairs", min_df=2, idf="none"),
        View("i", kind="char_pairs", min_df=3),
    ],
    ids=lambda view: f"{view.kind}{view.ngram}",
)
def test_a_view_is_what_scikit_learn_makes_of_its_analyzer(view):
    space, (learned,) = fitted(view)
    reference = TfidfVectorizer(
        analyzer=Analyzer(view, TOKENIZER),
        min_df=view.min_df,
        sublinear_tf=view.sublinear and not view.binary and not view.paired,
        norm=None if view.norm == "none" else view.norm,
        use_idf=view.idf == "learned",
        binary=view.binary or view.paired,
    ).fit(TEXTS)
    terms = space.views[0].terms
    assert sorted(terms) == sorted(reference.vocabulary_)
    order = [reference.vocabulary_[term] for term in terms]
    for texts in (TEXTS, UNSEEN):
        expected = reference.transform(texts)[:, order].toarray()
        np.testing.assert_allclose(space.transform(texts).toarray(), expected, atol=1e-6)
    np.testing.assert_allclose(learned.toarray(), space.transform(TEXTS).toarray(), atol=1e-12)


def test_a_texts_columns_do_not_depend_on_its_neighbours():
    space, _ = fitted(View("words"), View("chars", kind="chars"), View("lexicon", kind="lexicon"))
    together = space.transform(TEXTS).toarray()
    apart = sparse.vstack([space.transform([text]) for text in TEXTS]).toarray()
    assert (together == apart).all()


def test_two_views_of_one_vocabulary_count_it_once():
    space, _ = fitted(View("tfidf"), View("presence", idf="none", norm="none", binary=True))
    assert space.views[0].terms is space.views[1].terms
    columns = space.transform(["河流河流"]).toarray()[0]
    weighed, present = np.split(columns, 2)
    assert set(present) <= {0.0, 1.0}
    assert ((weighed > 0) == (present > 0)).all()


def test_plain_idf_is_the_logarithm_of_the_share_of_texts():
    texts = ["甲乙", "甲丙", "甲丁", "甲乙"]
    (one,) = learn(texts, [View("c", kind="chars", ngram=(1, 1), idf="plain")], TOKENIZER, TAXONOMY)
    view, _ = one.fit()
    idf = dict(zip(view.terms, view.idf.tolist(), strict=True))
    assert idf["甲"] == 0.0
    assert idf["乙"] == pytest.approx(np.log(2))


def test_jiebas_idf_serves_words_and_their_mean_serves_pairs():
    table, median = jieba_idf()
    (one,) = learn(["森林水库", "森林水库甲乙丙"], [View("w", idf="jieba")], TOKENIZER, TAXONOMY)
    view, _ = one.fit()
    idf = dict(zip(view.terms, view.idf.tolist(), strict=True))
    assert idf["森林"] == pytest.approx(table["森林"], rel=1e-6)
    pair = (table["森林"] + table.get("水库", median)) / 2
    assert idf["森林 水库"] == pytest.approx(pair, rel=1e-6)


def test_spaces_of_the_layout_do_not_part_characters():
    space, _ = fitted(View("c", kind="chars", ngram=(2, 2)), texts=["河 流", "水\n库"])
    assert set(space.views[0].terms) == {"河流", "水库"}


def test_the_lexicon_measures_hits_density_and_variety():
    space, _ = fitted(View("lexicon", kind="lexicon", weight=2.0))
    assert space.views[0].terms == tuple(
        f"{topic}:{measure}"
        for topic in ("water", "trees")
        for measure in ("hits", "density", "distinct")
    )
    (row,) = space.transform(["河流、河 流与湖泊，pm2.5！！"]).toarray()
    water = [2 * np.log1p(3), 2 * 6 / 17, 2 * np.log1p(2)]
    trees = [2 * np.log1p(1), 2 * 5 / 17, 2 * np.log1p(1)]
    np.testing.assert_allclose(row, water + trees)


def test_a_lexicon_view_is_absent_where_there_are_no_seed_words():
    bare = Taxonomy("bare", (Topic("a", "甲"),))
    learned = learn(TEXTS, [View("words"), View("lexicon", kind="lexicon")], TOKENIZER, bare)
    assert [one.view.name for one in learned] == ["words"]


def test_a_seed_word_of_two_topics_counts_for_both():
    both = Taxonomy(
        "both", (Topic("a", "甲", seed_words=("水",)), Topic("b", "乙", seed_words=("水",)))
    )
    space, _ = fitted(View("lexicon", kind="lexicon"), taxonomy=both)
    hits = space.transform(["水"]).toarray()[0]
    assert (hits[:3] == hits[3:]).all()


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"kind": "syllables"}, "kind 'syllables' is not one of words"),
        ({"ngram": (2, 1)}, r"ngram \[2, 1\]"),
        ({"ngram": (1, 9)}, "from 1 to 8"),
        ({"min_df": 0}, "min_df 0"),
        ({"weight": 0}, "weight 0"),
        ({"weight": float("nan")}, "weight nan"),
        ({"norm": "max"}, "norm 'max'"),
        ({"idf": "bm25"}, "idf 'bm25'"),
        ({"kind": "chars", "idf": "jieba"}, "knows words"),
        ({"kind": "search", "punctuation": True}, "punctuation"),
        ({"min_dff": 2}, r"unknown \['min_dff'\]"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(settings, fault):
    with pytest.raises(FenmenError, match=f"E_VIEW.*{fault}"):
        view_from({"name": "v"} | settings, "conf/features")


def test_a_view_reads_back_from_its_plain_data():
    view = View("v", kind="chars", edges=True, weight=0.5)
    assert view_from(view.as_dict(), "here") == view


def test_a_view_without_any_term_is_refused():
    with pytest.raises(FenmenError, match="E_VIEW.*no term stands in 99"):
        learn(TEXTS, [View("words", min_df=99)], TOKENIZER, TAXONOMY)


def test_two_views_of_one_name_are_refused():
    with pytest.raises(FenmenError, match="E_VIEW.*name of its own"):
        learn(TEXTS, [View("words"), View("words", kind="chars")], TOKENIZER, TAXONOMY)
