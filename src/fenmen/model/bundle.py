"""A model on disk: a closed list of plain-data files, checked before and after they are parsed."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fenmen.errors import FenmenError
from fenmen.model import bundle_files as files
from fenmen.model import bundle_reading as reading
from fenmen.model.golden import GOLDEN_TEXTS
from fenmen.model.model import Model
from fenmen.model.scorer import Scorer
from fenmen.taxonomy import Taxonomy

# Scores are summed in double precision; only another processor's rounding may show.
GOLDEN_TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded model that has passed every check; `digest` is the SHA-256 of its manifest."""

    model: Model
    scorer: Scorer
    digest: str
    manifest: Mapping[str, Any]

    @property
    def taxonomy(self) -> Taxonomy:
        """The topics that the model knows."""
        return self.model.taxonomy

    @property
    def model_id(self) -> str:
        """Short enough for people, long enough to tell models apart."""
        return self.digest[:12]


def save(
    folder: str | Path,
    model: Model,
    *,
    card: str = "",
    metrics: Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
    golden: Sequence[str] = GOLDEN_TEXTS,
) -> str:
    """Write a bundle and return its digest; the same model gives the same bytes.

    Args:
        card: the text of MODEL_CARD.md.
        metrics: plain data for the manifest.
        sources: hashes of the data and the configuration that the model was trained with.

    Raises:
        FenmenError: E_BUNDLE_TARGET if the folder holds something that is no bundle, E_BUNDLE_WRITE
            if it cannot be written; the old bundle is left then.
    """
    target = Path(folder)
    contents = files.encode(model, golden_lines(model, golden), card)
    contents[files.MANIFEST] = files.encode_manifest(
        contents, model, metrics=metrics or {}, sources=sources or {}
    )
    _refuse_foreign(target)
    fresh = target.parent / f".{target.name}.{uuid.uuid4().hex}.new"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(fresh, contents)
        _swap(fresh, target)
    except OSError as error:
        raise FenmenError(
            "E_BUNDLE_WRITE",
            where=target,
            what=str(error),
            fix="make room or choose another folder",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return hashlib.sha256(contents[files.MANIFEST]).hexdigest()


def load(folder: str | Path, *, expect_digest: str | None = None) -> Bundle:
    """Read a bundle and check all of it.

    Args:
        expect_digest: refuse a bundle whose manifest has another SHA-256. The sums inside a
            bundle find damage; only this finds a bundle that somebody replaced.

    Raises:
        FenmenError: E_BUNDLE_… naming the file, what was expected and what was found.
    """
    path = Path(folder)
    contents = reading.read(path)
    digest = hashlib.sha256(contents[files.MANIFEST]).hexdigest()
    if expect_digest is not None and digest != expect_digest:
        raise files.fault(
            "DIGEST", path / files.MANIFEST, f"expected digest {expect_digest}, found {digest}"
        )
    manifest = reading.decode_manifest(path, contents)
    model, golden = reading.decode(path, contents, manifest)
    try:
        scorer = Scorer(model)
    except FenmenError as error:
        raise files.fault(
            "VOCABULARY", path / files.VOCABULARY, f"{error.where}: {error.what}"
        ) from error
    _check_golden(path / files.GOLDEN, scorer, golden)
    return Bundle(model, scorer, digest, manifest)


def golden_lines(model: Model, texts: Sequence[str]) -> list[dict[str, Any]]:
    """The texts with the model's own tokens and scores."""
    scores = Scorer(model).score(texts)
    return [
        {"text": text, "tokens": model.tokenizer.words(text), "scores": row.tolist()}
        for text, row in zip(texts, scores, strict=True)
    ]


def _check_golden(where: Path, scorer: Scorer, golden: Sequence[Mapping[str, Any]]) -> None:
    scores = scorer.score([line["text"] for line in golden])
    for number, (line, found) in enumerate(zip(golden, scores, strict=True), start=1):
        tokens = scorer.words(line["text"])
        if tokens != line["tokens"]:
            raise files.fault(
                "GOLDEN", where, f"line {number}: expected tokens {line['tokens']}, found {tokens}"
            )
        expected = np.asarray(line["scores"], np.float64)
        if expected.shape != found.shape or not np.allclose(
            expected, found, rtol=GOLDEN_TOLERANCE, atol=GOLDEN_TOLERANCE
        ):
            raise files.fault(
                "GOLDEN",
                where,
                f"line {number}: expected scores {line['scores']}, found {found.tolist()}",
            )


def _refuse_foreign(target: Path) -> None:
    """Replace bundles only: a mistyped folder must not cost somebody's files."""
    if not target.exists() and not target.is_symlink():
        return
    foreign = (
        [target.name]
        if target.is_symlink() or not target.is_dir()
        else sorted(entry.name for entry in target.iterdir() if entry.name not in files.NAMES)
    )
    if foreign:
        raise FenmenError(
            "E_BUNDLE_TARGET",
            where=target,
            what=f"holds {foreign[:5]}, which belong to no bundle",
            fix="choose a folder that is new, empty or a bundle",
        )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, data in contents.items():
        with (folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _sync(folder)


def _swap(fresh: Path, target: Path) -> None:
    """Put the fresh folder in the target's place; a failure leaves the old one standing."""
    old = fresh.with_suffix(".old")
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
