import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import joblib
import numpy as np
import pytest
from sklearn.svm import LinearSVC

from fenmen.model.calibration import DecisionSettings
from fenmen.model.pipeline import export_joblib, pipeline_of
from fenmen.model.scorer import Scorer
from fenmen.model.tokens import Tokenizer, UserWord
from fenmen.model.training import train
from fenmen.model.views import View
from tests.model.samples import EXCLUSIVE, TAXONOMY, exclusive_samples, samples, small_model

TEXTS = [*samples(40, seed=9)[0], "", "“……”", "从未见过的词：饕餮龘龘 PM2.5-A", "河 流\n\n河流"]


def _by_character(scorer, texts, topics):
    reading = scorer.read(texts, keep=True)
    return scorer.character_weights(reading, np.arange(len(texts)), topics)


@pytest.fixture(scope="module")
def model():
    return small_model().model


def test_scores_are_the_scikit_learn_pipelines(model):
    expected = pipeline_of(model).decision_function(TEXTS)
    np.testing.assert_allclose(Scorer(model).score(TEXTS), expected, rtol=1e-6, atol=1e-6)


def test_decisions_are_the_scikit_learn_pipelines(model):
    scorer = Scorer(model)
    probabilities = scorer.probabilities(scorer.score(TEXTS))
    reference = pipeline_of(model)
    np.testing.assert_allclose(probabilities, reference.predict_proba(TEXTS), atol=1e-6)
    assert (scorer.decide(probabilities) == reference.predict(TEXTS)).all()


def test_the_exported_pipeline_loads_and_scores_alike(model, tmp_path):
    export_joblib(model, tmp_path / "pipeline.joblib")
    loaded = joblib.load(tmp_path / "pipeline.joblib")
    expected = Scorer(model).score(TEXTS)
    np.testing.assert_allclose(loaded.decision_function(TEXTS), expected, rtol=1e-6, atol=1e-6)


def test_an_exported_pipeline_of_exclusive_topics_names_one_each():
    texts, labels, groups = exclusive_samples()
    settings = (EXCLUSIVE, Tokenizer(), [View("words")], {"svm": LinearSVC()}, DecisionSettings())
    model = train(texts, labels, groups, *settings, folds=3).model
    truth = np.array(EXCLUSIVE.ids)[labels.argmax(axis=1)]
    assert (pipeline_of(model).predict(texts) == truth).mean() > 0.9


def test_a_score_does_not_depend_on_the_batch(model):
    scorer = Scorer(model)
    together = scorer.score(TEXTS * 20)
    assert (together.reshape(20, len(TEXTS), -1) == scorer.score(TEXTS)).all()
    assert (np.vstack([scorer.score([text]) for text in TEXTS]) == scorer.score(TEXTS)).all()


def test_no_texts_give_no_scores(model):
    assert Scorer(model).score([]).shape == (0, 3)


def test_threads_share_a_scorer(model):
    scorer = Scorer(model)
    expected = Scorer(model).score(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(scorer.score, [TEXTS] * 40):
            assert (found == expected).all()


@pytest.mark.parametrize("text", TEXTS)
def test_evidence_and_intercept_add_up_to_the_score(model, text):
    scorer = Scorer(model)
    explained = scorer.explain(text)
    total = explained.weights.sum(axis=0, dtype=float) + explained.intercept
    np.testing.assert_allclose(total, scorer.score([text])[0], atol=1e-5)
    assert ((explained.spans >= 0) & (explained.spans <= len(text))).all()
    assert (explained.spans[:, 0] <= explained.spans[:, 1]).all()


def test_the_strongest_evidence_is_the_word_that_says_it(model):
    text = "通讯员来稿：昨天下午森林里有一场音乐会。"
    explained = Scorer(model).explain(text)
    start, end = explained.spans[explained.weights[:, 1].argmax()]
    assert text[start:end] == "森林"


def test_words_have_their_places(model):
    text = "社工站，开门！"
    assert [text[start:end] for start, end in Scorer(model).word_spans(text)] == ["社工站", "开门"]


def test_serving_imports_nothing_of_training():
    code = (
        "import sys, fenmen.model.bundle; "
        "heavy = {'sklearn', 'pandas', 'hydra', 'joblib', 'jieba', 'omegaconf', 'optuna'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert run.stdout.strip() == "[]"


def test_weights_that_are_mostly_zero_score_and_explain_as_the_full_matrix_does(monkeypatch):
    model = small_model(prune=0.3).model
    assert model.weights.nnz < 0.25 * np.prod(model.weights.shape)
    sparse = Scorer(model)
    monkeypatch.setattr("fenmen.model.scorer.MOSTLY_ZERO", 0.0)
    full = Scorer(model)
    texts = ["水库开闸放水，灌溉下游三万亩农田。", "森林里倒下的老松树。"]
    np.testing.assert_array_equal(sparse.score(texts), full.score(texts))
    np.testing.assert_array_equal(sparse.explain(texts[0]).weights, full.explain(texts[0]).weights)
    topics = np.array([0, 1])
    one, other = (_by_character(scorer, texts, topics) for scorer in (sparse, full))
    np.testing.assert_array_equal(one, other)


def test_traditional_characters_score_as_simplified_ones(model):
    simplified = "灌溉渠修通以后，村民清理河流两岸的淤泥，行道树木也修剪了。"
    traditional = "灌溉渠修通以後，村民清理河流兩岸的淤泥，行道樹木也修剪了。"
    scorer = Scorer(model)
    assert (scorer.score([traditional]) == scorer.score([simplified])).all()
    assert scorer.word_spans(traditional) == scorer.word_spans(simplified)
    assert (scorer.explain(traditional).spans == scorer.explain(simplified).spans).all()


def test_a_model_of_traditional_text_is_that_of_simplified_text():
    simplified = ["河流两岸的树木都绿了", "鸟儿飞过树梢", "夜市开张了", "渔民在湖边织网"]
    traditional = ["河流兩岸的樹木都綠了", "鳥兒飛過樹梢", "夜市開張了", "漁民在湖邊織網"]
    labels = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 0], [1, 0, 0]], bool)
    models = [
        train(
            texts,
            labels,
            list("abcd"),
            TAXONOMY,
            Tokenizer(user_words=[UserWord(word)]),
            [View("words"), View("chars", kind="chars"), View("seeds", kind="lexicon")],
            {"svm": LinearSVC()},
            DecisionSettings(),
            folds=2,
        ).model
        for texts, word in ((simplified, "织网"), (traditional, "織網"))
    ]
    assert models[0].views[0].terms == models[1].views[0].terms
    assert (models[0].weights != models[1].weights).nnz == 0


def test_the_weights_of_a_large_model_are_widened_as_a_batch_needs_them(model, monkeypatch):
    small = Scorer(model)
    monkeypatch.setattr("fenmen.model.scorer.LARGE", 0)
    monkeypatch.setattr("fenmen.model.scorer.MOSTLY_ZERO", 0.0)
    large = Scorer(model)
    np.testing.assert_array_equal(large.score(TEXTS), small.score(TEXTS))
    np.testing.assert_array_equal(large.explain(TEXTS[0]).weights, small.explain(TEXTS[0]).weights)
    topics = np.zeros(len(TEXTS), np.int64)
    one, other = (_by_character(scorer, TEXTS, topics) for scorer in (large, small))
    np.testing.assert_array_equal(one, other)
