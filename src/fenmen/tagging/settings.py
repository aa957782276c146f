"""What is wanted of a tagging: which topics, how sure, how much is told about each article."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from fenmen.errors import FenmenError

BATCH = 256  # articles scored together: enough to fill the matrices, little to hold


@dataclass(frozen=True, slots=True)
class Settings:
    """What to tell of each article.

    `topics` are the ids of those wanted, all if empty; a tag needs its topic's threshold and
    `min_probability`. Nothing of an article's tags depends on `batch_size`.
    """

    topics: tuple[str, ...] = ()
    min_probability: float = 0.0
    evidence: bool = True
    segments: bool = True
    batch_size: int = BATCH


def wanted_topics(known: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """The places of the wanted topics among the known ones, all if none is named.

    Raises:
        FenmenError: E_TOPIC for one that the model does not know.
    """
    for topic in wanted:
        if topic not in known:
            near = difflib.get_close_matches(topic, known, n=1, cutoff=0)
            raise FenmenError(
                "E_TOPIC",
                where="--topics",
                what=f"the model has no topic {topic!r}; it has {', '.join(known)}",
                fix=f"did you mean {near[0] if near else known[0]}?",
            )
    return [k for k, topic in enumerate(known) if not wanted or topic in wanted]
