"""The prepared corpus: train, dev and test as JSON lines, made anew only when something changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fenmen.corpus.schema import Example, read_corpus
from fenmen.corpus.splits import split
from fenmen.corpus.tables import TableFormat, read_table
from fenmen.errors import FenmenError
from fenmen.taxonomy import Taxonomy

DIGEST = "digest.txt"
CORPUS_FORMATS = ("segments", "table")


def prepare(corpus: Mapping[str, Any], taxonomy: Taxonomy, seed: int) -> Path:
    """Read, check and split a corpus into its prepared folder, unless that is up to date.

    Args:
        corpus: a `conf/corpus` choice: name, format, folder, prepared and what the format needs.

    Returns:
        The prepared folder.

    Raises:
        FenmenError: E_CORPUS with all faults, E_MISSING, or E_CORPUS_FORMAT.
    """
    folder = Path(corpus["prepared"])
    digest = _digest(corpus, taxonomy, seed)
    recorded = folder / DIGEST
    if recorded.exists() and recorded.read_text("utf-8").strip() == digest:
        return folder
    parts = _read_parts(corpus, taxonomy, seed)
    folder.mkdir(parents=True, exist_ok=True)
    recorded.unlink(missing_ok=True)
    for part, examples in parts.items():
        lines = (json.dumps(asdict(example), ensure_ascii=False) for example in examples)
        (folder / f"{part}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    recorded.write_text(f"{digest}\n", "utf-8")
    return folder


def read_parts(folder: Path, parts: Sequence[str]) -> list[Example]:
    """Read prepared parts, one after the other.

    Raises:
        FenmenError: E_MISSING if a part has not been prepared.
    """
    examples = []
    for part in parts:
        path = folder / f"{part}.jsonl"
        if not path.exists():
            raise FenmenError(
                "E_MISSING",
                where=path,
                what=f"no part {part!r} was prepared",
                fix="run python -m src.prepare, or name one of "
                + str(sorted(p.stem for p in folder.glob("*.jsonl"))),
            )
        with path.open(encoding="utf-8") as lines:
            examples += [_restored(json.loads(line)) for line in lines]
    return examples


def _restored(data: dict[str, Any]) -> Example:
    return Example(
        **data | {"topics": tuple(data["topics"]), "subtopics": tuple(data["subtopics"])}
    )


def _read_parts(
    corpus: Mapping[str, Any], taxonomy: Taxonomy, seed: int
) -> dict[str, list[Example]]:
    if corpus["format"] == "segments":
        return split(read_corpus(corpus["folder"], taxonomy), corpus["shares"], seed)
    if corpus["format"] == "table":
        layout = TableFormat(**corpus["table"])
        return {
            part: read_table(
                Path(corpus["folder"]) / name,
                layout,
                taxonomy,
                origin=corpus["name"],
                available=corpus["available"],
            )
            for part, name in corpus["files"].items()
        }
    raise FenmenError(
        "E_CORPUS_FORMAT",
        where=f"corpus {corpus['name']}",
        what=f"unknown format {corpus['format']!r}",
        fix=f"use one of {list(CORPUS_FORMATS)}",
    )


def _digest(corpus: Mapping[str, Any], taxonomy: Taxonomy, seed: int) -> str:
    """Name everything that the prepared files depend on."""
    settings = [dict(corpus), taxonomy.as_dict(), seed]
    digest = hashlib.blake2b(json.dumps(settings, sort_keys=True).encode(), digest_size=16)
    folder = Path(corpus["folder"])
    names = corpus["files"].values() if "files" in corpus else ()
    files = sorted(folder / name for name in names) or sorted(folder.glob("*.jsonl"))
    for path in files:
        if path.exists():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
