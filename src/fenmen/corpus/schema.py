"""Labelled examples and the reading of them: every fault is named with its file and line."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from fenmen.articles.article import document
from fenmen.errors import FenmenError
from fenmen.taxonomy import Taxonomy

SHORTEST, LONGEST = 80, 400  # characters of a segment, as the segmenter cuts them


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text. `group` is never split over train, dev and test.

    `origin` says where it comes from ("written" for this project's own), `register` the kind of
    text, `subtopics` what of its topics it covers (topic.subtopic), `confusion` which mistake a
    text without topics guards against, `noise` how it is damaged, if it is.
    """

    id: str
    text: str
    topics: tuple[str, ...]
    group: str
    register: str = ""
    origin: str = ""
    title: str = ""
    subtopics: tuple[str, ...] = ()
    confusion: str = ""
    noise: str = ""
    year: int = 0
    region: str = ""

    @property
    def document(self) -> str:
        """What a model reads: the title, if any, on a line of its own before the text."""
        return document(self.title, self.text)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a corpus: a code, the place (file:line), what it is."""

    code: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.what}"


def read_corpus(folder: str | Path, taxonomy: Taxonomy) -> list[Example]:
    """Read every `*.jsonl` of a folder, in name order.

    Raises:
        FenmenError: E_CORPUS with all faults, each with file and line.
    """
    examples, faults = scan_corpus(folder, taxonomy)
    if faults:
        raise FenmenError(
            "E_CORPUS",
            where=folder,
            what=f"{len(faults)} faults:\n  " + "\n  ".join(map(str, faults)) + "\n",
            fix="mend these lines, then run fenmen check",
        )
    return examples


def scan_corpus(folder: str | Path, taxonomy: Taxonomy) -> tuple[list[Example], list[Fault]]:
    """Read what can be read of a folder and list what cannot.

    Raises:
        FenmenError: E_MISSING if there is no such folder or no `*.jsonl` in it.
    """
    files = sorted(Path(folder).glob("*.jsonl"))
    if not files:
        raise FenmenError(
            "E_MISSING",
            where=folder,
            what="no *.jsonl file here",
            fix="give the folder that holds the labelled segments, such as data/corpus",
        )
    examples: list[Example] = []
    faults: list[Fault] = []
    places: list[str] = []
    for where, line in _lines(files):
        row, found = _parse(line, where, taxonomy)
        faults += found
        if row is not None:
            examples.append(row)
            places.append(where)
    faults += _duplicate_ids(examples, places)
    return examples, faults


def _lines(files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in files:
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if line.strip():
                yield f"{path}:{number}", line


def _parse(line: bytes, where: str, taxonomy: Taxonomy) -> tuple[Example | None, list[Fault]]:
    try:
        data = json.loads(line)
    except ValueError as error:
        return None, [Fault("E_JSON", where, f"is not JSON in UTF-8 ({error})")]
    if not isinstance(data, dict):
        return None, [Fault("E_JSON", where, "is not an object")]
    faults = [Fault(code, where, what) for code, what in _row_faults(data, taxonomy)]
    return (None, faults) if faults else (_example(data), [])


def _example(data: Mapping[str, Any]) -> Example:
    return Example(
        id=data["id"],
        text=data["text"],
        topics=tuple(data["topics"]),
        group=data["group"],
        register=data["register"],
        origin=data["origin"],
        title=data.get("title") or "",
        subtopics=tuple(data.get("subtopics") or ()),
        confusion=data.get("confusion") or "",
        noise=data.get("noise") or "",
        year=data.get("year") or 0,
        region=data.get("region") or "",
    )


def _row_faults(data: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for field in ("id", "text", "group", "register", "origin"):
        if not isinstance(data.get(field), str) or not data[field].strip():
            yield "E_FIELD", f'needs a text in "{field}"'
    text = data.get("text")
    if isinstance(text, str) and not SHORTEST <= len(text) <= LONGEST:
        yield "E_LENGTH", f"text has {len(text)} characters, not {SHORTEST} to {LONGEST}"
    yield from _topic_faults(data, taxonomy)


def _topic_faults(data: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    topics, subtopics = data.get("topics"), data.get("subtopics") or []
    if not _is_texts(topics) or not _is_texts(subtopics):
        yield "E_FIELD", '"topics" and "subtopics" must be lists of ids'
        return
    if unknown := sorted(set(topics) - set(taxonomy.ids)):
        yield "E_TOPIC", f"unknown topics {unknown}; the taxonomy has {list(taxonomy.ids)}"
    if len(set(topics)) < len(topics):
        yield "E_TOPIC", f"a topic stands twice in {topics}"
    if taxonomy.exclusive and len(topics) != 1:
        yield "E_TOPIC", f"needs exactly one topic, has {topics}"
    if stray := [s for s in subtopics if s.split(".")[0] not in topics]:
        yield "E_SUBTOPIC", f"subtopics {stray} of topics it does not have"


def _is_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _duplicate_ids(examples: Sequence[Example], places: Sequence[str]) -> list[Fault]:
    count = Counter(example.id for example in examples)
    return [
        Fault("E_DUPLICATE_ID", where, f"id {example.id!r} stands {count[example.id]} times")
        for example, where in zip(examples, places, strict=True)
        if count[example.id] > 1
    ]
