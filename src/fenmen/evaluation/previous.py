"""The model that was evaluated before this one, kept aside: training replaces its folder."""

import hashlib
import shutil
from pathlib import Path

from fenmen.model.bundle_files import MANIFEST

CURRENT, PREVIOUS = "current", "previous"


def remember(bundle: Path, digest: str, memory: Path) -> Path | None:
    """Keep a copy of a bundle and name the copy of the one evaluated before it, if there is one.

    The same bundle evaluated again has the same predecessor.

    Args:
        digest: of the bundle.
        memory: a folder of this function's own.
    """
    current, previous = memory / CURRENT, memory / PREVIOUS
    if not current.is_dir() or _digest(current) != digest:
        fresh = memory / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(bundle, fresh)
        if current.is_dir():
            shutil.rmtree(previous, ignore_errors=True)
            current.rename(previous)
        fresh.rename(current)
    return previous if previous.is_dir() else None


def _digest(folder: Path) -> str:
    manifest = folder / MANIFEST
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else ""
