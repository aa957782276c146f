"""Texts to try the page reader on that only some machines have."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture
def legacy_files() -> list[Path]:
    """Old hard-wrapped documents in GB18030."""
    files = sorted((SHARED / "corpora/legacy-gb18030").glob("*.txt"))
    if not files:
        pytest.skip("the old documents are not on this machine")
    return files


@pytest.fixture
def real_pages() -> list[Path]:
    """Pages as they come from newspapers."""
    files = sorted((SHARED / "pages").glob("*.txt"))
    if not files:
        pytest.skip("the real pages are not on this machine")
    return files
