"""A bundle's files back to a model: every byte and every number is checked on the way."""

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from scipy import sparse

from fenmen.errors import FenmenError
from fenmen.model.bundle_files import (
    FORMAT,
    GOLDEN,
    HOW_TO_TRAIN,
    LIMITS,
    MANIFEST,
    NAMES,
    TAXONOMY,
    USERDICT,
    VOCABULARY,
    WEIGHTS,
    fault,
    sha256,
)
from fenmen.model.decision import Decision
from fenmen.model.dictionary import parse_user_dictionary
from fenmen.model.lexicon import Lexicon
from fenmen.model.model import Model
from fenmen.model.tokens import PREPROCESSING, Tokenizer
from fenmen.model.views import FittedView, view_from
from fenmen.model.vocabulary import are_sound
from fenmen.taxonomy import Taxonomy, parse_taxonomy


def read(folder: Path) -> dict[str, bytes]:
    """The bytes of all files; nothing is parsed.

    Raises:
        FenmenError: E_BUNDLE_MISSING, _FILES, _LINK, _SIZE or _READ.
    """
    try:
        found = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise fault("MISSING", folder, f"no bundle here: {error.strerror}", HOW_TO_TRAIN) from error
    if MANIFEST not in found:
        raise fault("MISSING", folder, f"no bundle here: it holds no {MANIFEST}", HOW_TO_TRAIN)
    if found != NAMES:
        missing, unknown = sorted(NAMES - found), sorted(found - NAMES)
        raise fault(
            "FILES", folder, f"expected {sorted(NAMES)}; missing {missing}, unknown {unknown}"
        )
    return {name: _read_file(folder / name) for name in sorted(NAMES)}


def _read_file(path: Path) -> bytes:
    limit = LIMITS[path.name]
    try:
        # Opened without following a link, then asked what it is: nobody can swap it in between.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        kind = "LINK" if path.is_symlink() else "READ"
        raise fault(
            kind, path, f"expected a readable plain file, found {error.strerror}"
        ) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise fault("LINK", path, "expected a plain file, found something else")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            raise fault("SIZE", path, f"expected at most {limit:,} bytes, found {status.st_size:,}")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise fault("SIZE", path, f"expected at most {limit:,} bytes, found more")
    return data


def decode_manifest(folder: Path, contents: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest, after every file's size and SHA-256 and all versions have been checked."""
    where = folder / MANIFEST
    manifest = _parse(where, contents[MANIFEST])
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise fault("MANIFEST", where, 'expected an object with "files"')
    for key, expected in (("format", FORMAT), ("preprocessing", PREPROCESSING)):
        if manifest.get(key) != expected or isinstance(manifest.get(key), bool):
            raise fault("VERSION", where, f"expected {key} {expected}, found {manifest.get(key)!r}")
    sums = manifest["files"]
    if set(sums) != NAMES - {MANIFEST}:
        raise fault("MANIFEST", where, f"expected files {sorted(NAMES)}, found {sorted(sums)}")
    for name, expected in sorted(sums.items()):
        found = {"size": len(contents[name]), "sha256": sha256(contents[name])}
        if expected != found:
            raise fault("HASH", folder / name, f"expected {expected}, found {found}")
    return manifest


def decode(
    folder: Path, contents: Mapping[str, bytes], manifest: Mapping[str, Any]
) -> tuple[Model, list[dict[str, Any]]]:
    """The model and its golden lines."""
    taxonomy = _decode_taxonomy(folder / TAXONOMY, contents[TAXONOMY])
    tokenizer = _decode_tokenizer(folder / USERDICT, contents[USERDICT], manifest)
    terms = _decode_vocabulary(folder / VOCABULARY, contents[VOCABULARY], taxonomy)
    tensors = _decode_tensors(folder / WEIGHTS, contents[WEIGHTS])
    _check_tensors(folder / WEIGHTS, tensors, [len(t) for _, t in terms], len(taxonomy.ids))
    views = tuple(
        FittedView(view, names, tensors[f"idf.{number}"])
        for number, (view, names) in enumerate(terms)
    )
    decision = Decision(
        tensors["slopes"],
        tensors["offsets"],
        tensors["thresholds"],
        float(tensors["doubt"][0]),
        taxonomy.exclusive,
        taxonomy.complete,
    )
    weights = sparse.csr_array(
        (
            tensors["weights.values"],
            tensors["weights.topics"].astype(np.int32),
            tensors["weights.starts"].astype(np.int32),
        ),
        shape=(len(tensors["weights.starts"]) - 1, len(taxonomy.ids)),
    )
    model = Model(taxonomy, tokenizer, views, weights, tensors["intercept"], decision)
    return model, _decode_golden(folder / GOLDEN, contents[GOLDEN], len(taxonomy.ids))


def _parse(where: Path, data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise fault("JSON", where, f"expected JSON, found {error}") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"the number {name}")


def _decode_taxonomy(where: Path, data: bytes) -> Taxonomy:
    parsed = _parse(where, data)
    try:
        if isinstance(parsed, dict):
            return parse_taxonomy(parsed, str(where))
        found = "no object"
    except FenmenError as error:
        found = error.what
    raise fault("TAXONOMY", where, f"expected a taxonomy, found {found}")


def _decode_tokenizer(where: Path, data: bytes, manifest: Mapping[str, Any]) -> Tokenizer:
    tokens = manifest.get("tokens")
    if not isinstance(tokens, dict) or tokens.get("user_dictionary") != sha256(data):
        raise fault(
            "TOKENS", where, f"expected tokens over dictionary {sha256(data)}, found {tokens!r}"
        )
    try:
        words = parse_user_dictionary(data.decode("utf-8").splitlines(), str(where))
        return Tokenizer(tokens.get("engine"), words)  # type: ignore[arg-type]  # checked there
    except (FenmenError, UnicodeDecodeError, TypeError) as error:
        what = error.what if isinstance(error, FenmenError) else error
        raise fault(
            "TOKENS", where, f"expected a known engine and its words, found: {what}"
        ) from error


def _decode_vocabulary(
    where: Path, data: bytes, taxonomy: Taxonomy
) -> list[tuple[Any, tuple[str, ...]]]:
    parsed = _parse(where, data)
    views = parsed.get("views") if isinstance(parsed, dict) else None
    if not isinstance(views, list) or not views:
        raise fault("VOCABULARY", where, 'expected an object with a list "views"')
    decoded: list[tuple[Any, tuple[str, ...]]] = []
    for number, item in enumerate(views):
        if not isinstance(item, dict):
            raise fault("VOCABULARY", where, f"expected view {number} to be an object")
        terms = item.pop("terms", None)
        try:
            view = view_from(item, str(where))
        except (FenmenError, TypeError, ValueError) as error:
            what = error.what if isinstance(error, FenmenError) else error
            raise fault("VOCABULARY", where, f"expected view {number}, found {what}") from error
        shared = [own for before, own in decoded if before.name == terms]
        if not shared:
            _check_terms(where, view, terms, taxonomy)
        decoded.append((view, shared[0] if shared else tuple(terms)))
    if len({view.name for view, _ in decoded}) != len(decoded):
        raise fault("VOCABULARY", where, "expected each view once, found one name twice")
    return decoded


def _check_terms(where: Path, view: Any, terms: Any, taxonomy: Taxonomy) -> None:
    if not isinstance(terms, list) or not all(map(str.__instancecheck__, terms)):
        raise fault("VOCABULARY", where, f"expected a list of terms for view {view.name!r}")
    if view.kind == "lexicon":
        expected = Lexicon(taxonomy).terms if taxonomy.has_seed_words else ()
        if tuple(terms) != expected:
            raise fault("VOCABULARY", where, f"expected {expected}, found {terms[:9]}")
        return
    # Parts and uniqueness are checked on whole numbers where the look-up is built.
    if not are_sound(terms, spaced=not view.spelled):
        raise fault("VOCABULARY", where, f"expected no empty or broken terms in {view.name!r}")


def _decode_tensors(where: Path, data: bytes) -> dict[str, NDArray[Any]]:
    try:
        tensors: dict[str, NDArray[Any]] = load_tensors(data)
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise fault("TENSORS", where, f"expected safetensors, found {error}") from error
    return tensors


def _check_tensors(
    where: Path, tensors: Mapping[str, NDArray[Any]], widths: list[int], n_topics: int
) -> None:
    starts = tensors.get("weights.starts", np.zeros(0, np.int64)).ravel()
    filled = int(starts[-1]) if len(starts) and starts.dtype == np.int64 else 0
    expected: Mapping[str, tuple[tuple[int, ...], str]] = {
        "weights.values": ((filled,), "float32"),
        "weights.topics": ((filled,), "uint16"),
        "weights.starts": ((sum(widths) + 1,), "int64"),
        "intercept": ((n_topics,), "float32"),
        "slopes": ((n_topics,), "float64"),
        "offsets": ((n_topics,), "float64"),
        "thresholds": ((n_topics,), "float64"),
        "doubt": ((1,), "float64"),
    } | {f"idf.{number}": ((width,), "float32") for number, width in enumerate(widths)}
    found = {name: (array.shape, str(array.dtype)) for name, array in tensors.items()}
    if found != expected:
        differing = sorted(k for k in {*found, *expected} if found.get(k) != expected.get(k))
        raise fault(
            "SHAPE",
            where,
            "; ".join(f"{k}: expected {expected.get(k)}, found {found.get(k)}" for k in differing),
        )
    for name, array in sorted(tensors.items()):
        if not np.isfinite(array).all():
            raise fault("VALUE", where, f"{name}: expected finite numbers, found NaN or infinity")
    _check_places(where, tensors["weights.starts"], tensors["weights.topics"], n_topics)
    thresholds = tensors["thresholds"]
    if not ((thresholds >= 0) & (thresholds <= 1)).all() or tensors["doubt"][0] < 0:
        raise fault("VALUE", where, "expected thresholds from 0 to 1 and a doubt of at least 0")


def _check_places(
    where: Path, starts: NDArray[np.int64], topics: NDArray[np.uint16], n_topics: int
) -> None:
    """Refuse weights that do not stand row by row, each row's topics ascending."""
    sound = starts[0] == 0 and starts[-1] == len(topics) and bool((np.diff(starts) >= 0).all())
    if sound and len(topics):
        ascending = np.append(True, topics[1:] > topics[:-1])
        ascending[starts[:-1][np.diff(starts) > 0]] = True
        sound = bool(ascending.all()) and int(topics.max()) < n_topics
    if not sound:
        raise fault("VALUE", where, "expected weights row by row, each row's topics ascending")


def _decode_golden(where: Path, data: bytes, n_topics: int) -> list[dict[str, Any]]:
    lines = [_parse(where, line) for line in data.splitlines()]
    if not lines:
        raise fault("GOLDEN", where, "expected golden texts, found none")
    for number, line in enumerate(lines, start=1):
        if not (
            isinstance(line, dict)
            and isinstance(line.get("text"), str)
            and isinstance(line.get("tokens"), list)
            and isinstance(line.get("scores"), list)
            and len(line["scores"]) == n_topics
            and all(isinstance(s, int | float) for s in line["scores"])
        ):
            raise fault(
                "GOLDEN", where, f"line {number}: expected text, tokens and {n_topics} scores"
            )
    return lines
