import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import (
    LogisticRegression,
    PoissonRegressor,
    Ridge,
    RidgeClassifier,
    SGDClassifier,
)
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB
from sklearn.svm import SVC, LinearSVC

from fenmen.errors import FenmenError
from fenmen.model.calibration import DecisionSettings
from fenmen.model.features import FeatureSpace
from fenmen.model.fitting import Member
from fenmen.model.folding import LinearMember, fit_member, fold, linear_of
from fenmen.model.nbsvm import NaiveBayesSVM
from fenmen.model.ridge import BlockRidge
from fenmen.model.scorer import Scorer
from fenmen.model.tokens import Tokenizer
from fenmen.model.training import train
from fenmen.model.views import View
from tests.model.samples import (
    ALL_VIEWS,
    EXCLUSIVE,
    TAXONOMY,
    exclusive_samples,
    samples,
    small_model,
)

LINEAR = [
    LinearSVC(class_weight="balanced"),
    LogisticRegression(),
    ComplementNB(),
    MultinomialNB(),
    RidgeClassifier(),
    Ridge(),
    SGDClassifier(random_state=0),
    NaiveBayesSVM(),
    NaiveBayesSVM(LogisticRegression(), beta=0.5),
    BlockRidge(alpha=1.0, iterations=50),
]


@pytest.fixture(scope="module")
def trained():
    return small_model()


@pytest.fixture(scope="module")
def columns(trained):
    model = trained.model
    return FeatureSpace(model.tokenizer, model.views, TAXONOMY).transform(samples()[0])


# --- members ---


@pytest.mark.parametrize("estimator", LINEAR, ids=lambda e: type(e).__name__)
def test_a_linear_estimator_becomes_the_matrix_of_its_scores(columns, estimator):
    _, labels, _ = samples()
    member = fit_member(estimator, columns, labels, exclusive=False)
    decided = member.score(columns) > 0
    assert member.coef.shape == (columns.shape[1], 3)
    assert (decided == labels).mean() > 0.9


@pytest.mark.parametrize("estimator", LINEAR, ids=lambda e: type(e).__name__)
def test_a_linear_estimator_learns_exclusive_topics(estimator):
    texts, labels, groups = exclusive_samples()
    settings = (EXCLUSIVE, Tokenizer(), [View("words")], {"one": estimator}, DecisionSettings())
    found = train(texts, labels, groups, *settings, folds=3)
    scorer = Scorer(found.model)
    decided = scorer.decide(scorer.probabilities(scorer.score(texts)))
    assert (decided.sum(axis=1) == 1).all()
    assert (decided == labels).all(axis=1).mean() > 0.85


def test_native_classes_are_scikit_learns_own_decision(columns):
    _, labels, _ = exclusive_samples(len(samples()[0]))
    member = fit_member(LinearSVC(random_state=0), columns, labels, exclusive=True)
    own = LinearSVC(random_state=0).fit(columns, labels.argmax(axis=1))
    np.testing.assert_allclose(member.score(columns), own.decision_function(columns), atol=1e-9)


def test_block_ridge_agrees_with_scikit_learns_ridge(columns):
    _, labels, _ = samples()
    target = labels.astype(float) - labels.mean(axis=0)
    own = BlockRidge(alpha=1.0, iterations=300).fit(columns, target)
    reference = Ridge(alpha=1.0, fit_intercept=False, solver="sparse_cg", tol=1e-10)
    reference.fit(columns, target)
    np.testing.assert_allclose(own.coef_, reference.coef_, atol=1e-4)


def test_dropout_is_a_penalty_of_each_columns_sum_of_squares(columns):
    _, labels, _ = samples()
    target = labels.astype(float) - labels.mean(axis=0)
    own = BlockRidge(alpha=1.0, dropout=0.5, iterations=300).fit(columns, target)
    dense = columns.toarray()
    penalty = np.diag(1.0 + 0.5 * (dense**2).sum(axis=0))
    expected = np.linalg.solve(dense.T @ dense + penalty, dense.T @ target)
    np.testing.assert_allclose(own.coef_, expected.T, atol=1e-4)


@pytest.mark.parametrize(
    "estimator",
    [RandomForestClassifier(n_estimators=3), SVC(), BernoulliNB(), PoissonRegressor()],
    ids=lambda e: type(e).__name__,
)
def test_a_member_that_is_not_linear_is_refused_with_the_choices(columns, estimator):
    with pytest.raises(FenmenError, match=r"E_MEMBER .*(not linear|cannot be fitted).*LinearSVC"):
        fit_member(estimator, columns, samples()[1], exclusive=False)


def test_an_unfitted_estimator_has_no_matrix():
    with pytest.raises(FenmenError, match="E_MEMBER LinearSVC: its decision is not linear"):
        linear_of(LinearSVC())


@pytest.mark.parametrize(
    "wrong", ["a string", object(), LinearSVC], ids=["string", "object", "class"]
)
def test_what_is_no_estimator_is_refused(wrong):
    with pytest.raises(FenmenError, match="E_MEMBER.*no instance of a scikit-learn estimator"):
        small_model(members={"odd": wrong})


def test_a_member_of_an_unknown_view_is_refused():
    with pytest.raises(FenmenError, match=r"E_MEMBER member 'svm': looks at views \['syllables'\]"):
        small_model(members={"svm": Member(LinearSVC(), ("words", "syllables"))})


def test_a_fold_is_the_weighted_sum_of_its_members(columns):
    _, labels, _ = samples()
    members = [fit_member(e, columns, labels, exclusive=False) for e in LINEAR[:3]]
    weights = [0.2, 0.5, 0.3]
    expected = sum(w * m.score(columns) for w, m in zip(weights, members, strict=True))
    np.testing.assert_allclose(fold(members, weights).score(columns), expected, atol=1e-6)


def test_members_of_different_columns_do_not_fold():
    one, two = (LinearMember(np.zeros((n, 2)), np.zeros(2)) for n in (3, 4))
    with pytest.raises(FenmenError, match="E_MEMBER fold: .*same columns"):
        fold([one, two], [0.5, 0.5])


def test_a_member_can_look_at_some_views_only(trained):
    found = small_model(members={"svm": Member(LinearSVC(), ("words",)), "nb": ComplementNB()})
    alone = small_model(members={"svm": Member(LinearSVC(), ("words",))})
    widths = [len(view.terms) for view in alone.model.views]
    assert not alone.model.weights[widths[0] :].nnz
    assert found.model.weights[widths[0] :].nnz


# --- training ---


def test_training_finds_what_the_texts_are_about(trained):
    _, labels, _ = samples()
    decided = trained.model.decision.decide(trained.probabilities)
    assert (decided == labels).mean() > 0.9


def test_the_same_seed_gives_the_same_bytes(trained):
    again = small_model()
    assert again.model.weights.data.tobytes() == trained.model.weights.data.tobytes()
    assert again.model.decision.offsets.tobytes() == trained.model.decision.offsets.tobytes()
    assert [v.terms for v in again.model.views] == [v.terms for v in trained.model.views]


def test_the_number_of_jobs_changes_nothing():
    # Two of them draw from the random numbers that liblinear has only once in a process.
    members = {"svm": LinearSVC(tol=0.1), "other": LinearSVC(C=3.0, tol=0.1), "nb": ComplementNB()}
    one, two = (small_model(members=members, n_jobs=jobs) for jobs in (1, 2))
    assert one.model.weights.data.tobytes() == two.model.weights.data.tobytes()


def test_weights_of_members_are_shares(trained):
    assert set(trained.weights) == {"svm", "nb"}
    assert min(trained.weights.values()) >= 0
    assert sum(trained.weights.values()) == pytest.approx(1)


def test_out_of_fold_scores_come_from_other_groups_only():
    # Every group has a word of its own; a model that had seen the group would know it.
    texts, _, groups = samples()
    random = np.random.default_rng(0)
    chance = random.random(len(set(groups))) < 0.5
    labels = np.array([[chance[int(g[1:])]] * 3 for g in groups])
    marked = [f"{text}编号{g}编号{g}" for text, g in zip(texts, groups, strict=True)]
    settings = (TAXONOMY, Tokenizer(), [View("words")], {"svm": LinearSVC()}, DecisionSettings())
    found = train(marked, labels, groups, *settings, folds=4)
    assert ((found.scores[:, 0] > 0) == labels[:, 0]).mean() < 0.7


@pytest.mark.parametrize(("value", "said"), [(False, "never"), (True, "always")])
def test_a_topic_of_one_class_is_fixed_with_a_warning(value, said):
    texts, labels, groups = samples()
    labels = labels.copy()
    labels[:, 1] = value
    settings = (TAXONOMY, Tokenizer(), ALL_VIEWS, {"svm": LinearSVC(), "ridge": BlockRidge()})
    found = train(texts, labels, groups, *settings, DecisionSettings(), folds=3)
    assert len(found.warnings) == 1
    assert f"'trees': {'all' if value else 'none'} of 160" in found.warnings[0]
    assert said in found.warnings[0]
    assert not found.model.weights_of(1).any()
    scorer = Scorer(found.model)
    decided = scorer.decide(scorer.probabilities(scorer.score([*texts, "森林"])))
    assert (decided[:, 1] == value).all()


def test_an_exclusive_topic_without_texts_is_never_given():
    texts, labels, groups = exclusive_samples()
    kept = ~labels[:, 2]
    texts, groups = ([x for x, k in zip(xs, kept, strict=True) if k] for xs in (texts, groups))
    settings = (EXCLUSIVE, Tokenizer(), [View("words")], {"svm": LinearSVC(), "nb": ComplementNB()})
    found = train(texts, labels[kept], groups, *settings, DecisionSettings(), folds=3)
    scorer = Scorer(found.model)
    assert not scorer.decide(scorer.probabilities(scorer.score(["候鸟白鹭", *texts])))[:, 2].any()
    assert "never" in found.warnings[0]


def test_pruning_sets_small_weights_to_zero_and_tells_the_cost(trained):
    pruned = small_model(prune=0.05)
    assert pruned.model.weights.nnz < 0.8 * trained.model.weights.nnz
    assert pruned.pruning["decisions_changed"] <= 0.05
    assert 0 < pruned.pruning["largest_change"] < 1


def test_progress_is_told():
    told = []
    small_model(progress=lambda stage, done, of: told.append((stage, done, of)))
    assert told[0] == ("features", 0, 1)
    assert told[-1] == ("folds", 5, 5)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t, y, g: (t[:-1], y, g), "159 texts, 160 rows"),
        (lambda t, y, g: (t, y[:, :2], g), r"labels are \(160, 2\), the topics 3"),
        (lambda t, y, g: ([], y[:0], []), "0 texts"),
    ],
)
def test_texts_labels_and_groups_that_do_not_fit_are_refused(change, fault):
    texts, labels, groups = change(*samples())
    settings = (TAXONOMY, Tokenizer(), ALL_VIEWS, {"svm": LinearSVC()}, DecisionSettings())
    with pytest.raises(FenmenError, match=f"E_TRAIN.*{fault}"):
        train(texts, labels, groups, *settings)


def test_exclusive_topics_demand_one_topic_a_text():
    texts, labels, groups = samples()
    settings = (EXCLUSIVE, Tokenizer(), ALL_VIEWS, {"svm": LinearSVC()}, DecisionSettings())
    with pytest.raises(FenmenError, match="E_TRAIN.*exclude each other"):
        train(texts, labels, groups, *settings)


def test_no_member_is_refused():
    with pytest.raises(FenmenError, match="E_TRAIN.*no member"):
        small_model(members={})
