"""Sub-packages stand in the order of the data's way and import only to their left."""

import ast

import pytest

MAY_IMPORT = {
    "articles": set(),
    "corpus": {"articles"},
    "model": {"articles"},
    "tagging": {"articles", "model"},
    "evaluation": {"articles", "corpus", "model"},
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_sub_package_imports_only_to_its_left(root, package):
    allowed = MAY_IMPORT[package] | {package, "errors", "simplified", "taxonomy"}
    for path in sorted((root / "src/fenmen" / package).rglob("*.py")):
        for name in imported(path):
            if name.startswith("fenmen."):
                assert name.split(".")[1] in allowed, f"{path} imports {name}"


def test_serving_does_not_import_the_training_libraries(root):
    """What tags must start fast and need no scikit-learn, pandas, hydra or joblib."""
    import subprocess
    import sys

    heavy = ["sklearn", "pandas", "hydra", "joblib", "jieba", "rich", "yaml", "omegaconf"]
    names = "fenmen.load, fenmen.read"  # imported when they are asked for
    code = f"import sys, fenmen; {names}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
