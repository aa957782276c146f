"""The topics that a model knows: ids for machines, names for people, definitions for both."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fenmen.errors import FenmenError

TOPIC_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One drawer: an ASCII id, its Chinese and English names, what belongs in it."""

    id: str
    name: str
    name_en: str = ""
    definition: str = ""
    seed_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The topics in a fixed order.

    `exclusive` when each text gets exactly one of them, `complete` when each gets at least one.
    """

    name: str
    topics: tuple[Topic, ...]
    exclusive: bool = False
    complete: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The topic ids, in the order of every score matrix's columns."""
        return tuple(topic.id for topic in self.topics)

    @property
    def has_seed_words(self) -> bool:
        """Whether any topic names seed words, so that a lexicon view can be built."""
        return any(topic.seed_words for topic in self.topics)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `conf/taxonomy/*.yaml` holds it."""
        return {
            "name": self.name,
            "exclusive": self.exclusive,
            "complete": self.complete,
            "topics": [
                asdict(topic) | {"seed_words": list(topic.seed_words)} for topic in self.topics
            ],
        }


def read_taxonomy(path: str | Path) -> Taxonomy:
    """Read a taxonomy from a YAML file.

    Raises:
        FenmenError: E_TAXONOMY if it is missing, no YAML, or faulty.
    """
    import yaml  # here, because tagging reads its taxonomy from a bundle and should start fast

    try:
        data = yaml.safe_load(Path(path).read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FenmenError(
            "E_TAXONOMY", where=path, what=f"cannot be read ({error})", fix="see conf/taxonomy"
        ) from error
    return parse_taxonomy(data if isinstance(data, dict) else {}, str(path))


def parse_taxonomy(data: Mapping[str, Any], where: str) -> Taxonomy:
    """Build a taxonomy from plain data.

    Raises:
        FenmenError: E_TAXONOMY naming every fault found.
    """
    faults = list(_faults(data))
    if faults:
        raise FenmenError(
            "E_TAXONOMY",
            where=where,
            what="; ".join(faults),
            fix="see conf/taxonomy/social.yaml for the shape",
        )
    topics = tuple(
        Topic(
            id=item["id"],
            name=item["name"],
            name_en=item.get("name_en", ""),
            definition=item.get("definition", ""),
            seed_words=tuple(item.get("seed_words", ())),
        )
        for item in data["topics"]
    )
    flags = (bool(data.get(name, False)) for name in ("exclusive", "complete"))
    return Taxonomy(data["name"], topics, *flags)


def _faults(data: Mapping[str, Any]) -> Sequence[str]:
    topics = data.get("topics")
    if not isinstance(data.get("name"), str) or not isinstance(topics, Sequence) or not topics:
        return ['needs a "name" and a list "topics"']
    faults = []
    for number, item in enumerate(topics, start=1):
        faults += [f"topic {number}: {fault}" for fault in _topic_faults(item)]
    ids = [item.get("id") for item in topics if isinstance(item, Mapping)]
    faults += [f"id {i!r} stands twice" for i in sorted({str(i) for i in ids if ids.count(i) > 1})]
    return faults


def _topic_faults(item: Any) -> Sequence[str]:
    if not isinstance(item, Mapping):
        return ["is not a mapping"]
    faults = []
    if not isinstance(item.get("id"), str) or not TOPIC_ID.fullmatch(item["id"]):
        faults.append(f"id {item.get('id')!r} is not lower-case ASCII (a-z, 0-9, _)")
    if not isinstance(item.get("name"), str) or not item["name"].strip():
        faults.append('has no "name"')
    seeds = item.get("seed_words", [])
    if isinstance(seeds, str) or not all(isinstance(w, str) and w.strip() for w in seeds):
        faults.append('"seed_words" is not a list of words')
    return faults
