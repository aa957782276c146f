"""The files of a bundle: their names, their limits, and a model as their bytes."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save as save_tensors

from fenmen.errors import FenmenError
from fenmen.model.dictionary import format_user_dictionary
from fenmen.model.model import Model
from fenmen.model.tokens import PREPROCESSING

FORMAT = 2
MANIFEST, TAXONOMY, VOCABULARY = "manifest.json", "taxonomy.json", "vocabulary.json"
WEIGHTS, USERDICT, GOLDEN, CARD = (
    "weights.safetensors", "userdict.txt", "golden.jsonl", "MODEL_CARD.md",
)  # fmt: skip
MEGABYTE = 2**20
# Far above any model of ours; below what would hurt a machine before a hash is checked.
LIMITS: Mapping[str, int] = {
    MANIFEST: MEGABYTE,
    TAXONOMY: 4 * MEGABYTE,
    VOCABULARY: 512 * MEGABYTE,
    WEIGHTS: 2048 * MEGABYTE,
    USERDICT: 16 * MEGABYTE,
    GOLDEN: 4 * MEGABYTE,
    CARD: 4 * MEGABYTE,
}
NAMES = frozenset(LIMITS)
LIBRARIES = ("numpy", "scipy", "scikit-learn", "rjieba", "jieba")
HOW_TO_TRAIN = "run `make train` (or `python -m src.train`) to make one"


def fault(kind: str, where: str | Path, what: str, fix: str = "") -> FenmenError:
    """A refusal of a bundle, E_BUNDLE_<kind>."""
    return FenmenError(
        f"E_BUNDLE_{kind}",
        where=where,
        what=what,
        fix=fix
        or "take the bundle anew from where it was made, or train one: `python -m src.train`",
    )


def encode(model: Model, golden: Sequence[Mapping[str, Any]], card: str) -> dict[str, bytes]:
    """All files but the manifest, as bytes."""
    # Views that weigh one vocabulary in several ways name the first of them.
    first = {id(fitted.terms): fitted.view.name for fitted in reversed(model.views)}
    views = [
        fitted.view.as_dict()
        | {
            "terms": list(fitted.terms)
            if first[id(fitted.terms)] == fitted.view.name
            else first[id(fitted.terms)]
        }
        for fitted in model.views
    ]
    decision = model.decision
    tensors = {
        "weights.values": model.weights.data,
        "weights.topics": model.weights.indices.astype(np.uint16),
        "weights.starts": model.weights.indptr.astype(np.int64),
        "intercept": model.intercept,
        "slopes": decision.slopes,
        "offsets": decision.offsets,
        "thresholds": decision.thresholds,
        "doubt": np.array([decision.doubt]),
    } | {f"idf.{number}": fitted.idf for number, fitted in enumerate(model.views)}
    return {
        TAXONOMY: _json(model.taxonomy.as_dict(), indent=1),
        VOCABULARY: _json({"views": views}, indent=0),
        WEIGHTS: save_tensors({k: np.ascontiguousarray(v) for k, v in sorted(tensors.items())}),
        USERDICT: format_user_dictionary(model.tokenizer.user_words).encode(),
        GOLDEN: b"".join(_json(line) for line in golden),
        CARD: card.encode(),
    }


def encode_manifest(
    contents: Mapping[str, bytes],
    model: Model,
    metrics: Mapping[str, Any],
    sources: Mapping[str, str],
) -> bytes:
    """The manifest over the other files."""
    sums = {name: {"size": len(data), "sha256": sha256(data)} for name, data in contents.items()}
    return _json(
        {
            "format": FORMAT,
            "preprocessing": PREPROCESSING,
            "tokens": {
                "engine": model.tokenizer.engine,
                "user_dictionary": sha256(contents[USERDICT]),
            },
            "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
            "sources": dict(sources),
            "metrics": dict(metrics),
            "files": sums,
        },
        indent=1,
    )


def sha256(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _json(data: Any, indent: int | None = None) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent, allow_nan=False)
    return (text + "\n").encode()
