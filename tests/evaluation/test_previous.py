import hashlib

import pytest

from fenmen.evaluation.previous import remember


@pytest.fixture
def evaluate(tmp_path):
    def evaluated(text):
        """Evaluate a bundle whose manifest has this text; give that of the one before."""
        bundle = tmp_path / "bundle"
        bundle.mkdir(exist_ok=True)
        (bundle / "manifest.json").write_text(text, "utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        before = remember(bundle, digest, tmp_path / "memory")
        return before and (before / "manifest.json").read_text("utf-8")

    return evaluated


def test_the_first_model_has_none_before_it(evaluate):
    assert evaluate("one") is None
    assert evaluate("one") is None


def test_the_model_evaluated_before_is_kept_when_training_replaces_it(evaluate):
    evaluate("one")
    assert evaluate("two") == "one"
    assert evaluate("three") == "two"


def test_the_same_model_evaluated_again_has_the_same_one_before_it(evaluate):
    evaluate("one")
    assert [evaluate("two") for _ in range(3)] == ["one"] * 3
