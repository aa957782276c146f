"""What makes a corpus fit to train on: no near-duplicates, no copied runs, counts and coverage."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from fenmen.corpus.schema import Example, Fault
from fenmen.errors import FenmenError
from fenmen.taxonomy import Taxonomy

SHINGLE = 5
NEAR = 0.25  # Jaccard of character 5-grams above which two segments tell the same thing
COPIED_RUN = 20  # Chinese characters in a row that stand in a foreign text as well
NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")


def all_faults(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    coverage: Mapping[str, Any],
    foreign: Iterable[Path] = (),
) -> list[Fault]:
    """Every fault of a corpus that is sound row by row."""
    faults = [
        Fault("E_NEAR_DUPLICATE", second.id, f"{similarity:.2f} alike to {first.id}")
        for first, second, similarity in near_duplicates(examples)
    ]
    faults += copied_runs(examples, foreign)
    faults += coverage_faults(examples, taxonomy, coverage)
    return faults


def near_duplicates(
    examples: Sequence[Example], threshold: float = NEAR
) -> Iterator[tuple[Example, Example, float]]:
    """Yield each pair above `threshold` Jaccard similarity of character 5-grams."""
    grams = [_shingles(example.text) for example in examples]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(grams):
        shared = Counter(other for gram in own for other in holders[gram])
        for other, count in sorted(shared.items()):
            similarity = count / (len(own) + len(grams[other]) - count)
            if similarity > threshold:
                yield examples[other], examples[index], similarity
        for gram in own:
            holders[gram].append(index)


def _shingles(text: str) -> set[str]:
    packed = "".join(text.split())
    return {packed[i : i + SHINGLE] for i in range(len(packed) - SHINGLE + 1)}


def copied_runs(examples: Iterable[Example], foreign: Iterable[Path]) -> Iterator[Fault]:
    """Yield each example that shares a run of 20 Chinese characters with a foreign text."""
    known: dict[str, str] = {}
    for path in foreign:
        text = NOT_HAN.sub("", path.read_text("utf-8", "replace"))
        known.update((run, path.name) for run in _runs(text))
    for example in examples:
        run = next((r for r in _runs(NOT_HAN.sub("", example.document)) if r in known), None)
        if run:
            yield Fault("E_COPIED", example.id, f"{run!r} also stands in {known[run]}")


def _runs(text: str) -> Iterator[str]:
    return (text[i : i + COPIED_RUN] for i in range(len(text) - COPIED_RUN + 1))


def read_coverage(folder: str | Path) -> Mapping[str, Any]:
    """Read `coverage.yaml` of a corpus; a corpus without one demands nothing.

    Raises:
        FenmenError: E_COVERAGE if the file is not readable as YAML.
    """
    path = Path(folder) / "coverage.yaml"
    if not path.exists():
        return {}
    try:
        return dict(yaml.safe_load(path.read_text("utf-8")))
    except (yaml.YAMLError, TypeError, ValueError) as error:
        raise FenmenError(
            "E_COVERAGE", where=path, what=f"is not a YAML mapping ({error})", fix="mend the file"
        ) from error


def figures(
    examples: Sequence[Example], taxonomy: Taxonomy, obvious: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Count what the minimums of a coverage file speak of."""
    hard = [e for e in examples if e.confusion]
    registers = Counter(e.register for e in examples)
    counts: dict[str, float] = {
        "segments": len(examples),
        "median_length_low": median(len(e.text) for e in examples),
        "several_topics": sum(len(e.topics) > 1 for e in examples),
        "no_topic": sum(not e.topics for e in examples),
        "hard_negatives": len(hard),
        "confusions": len({e.confusion for e in hard}),
        "registers": len(registers),
        "per_register": min(registers.values()),
        "noisy_share": sum(bool(e.noise) for e in examples) / len(examples),
    }
    for topic in taxonomy.ids:
        words = obvious.get(topic, ())
        positive = [e for e in examples if topic in e.topics]
        counts[f"positives.{topic}"] = len(positive)
        counts[f"without_word.{topic}"] = sum(not _holds(e, words) for e in positive)
        counts[f"with_word.{topic}"] = sum(
            topic not in e.topics and _holds(e, words) for e in examples
        )
    for pair in combinations(taxonomy.ids, 2):
        counts[f"pairs.{'+'.join(pair)}"] = sum(set(pair) <= set(e.topics) for e in examples)
    return counts


def _holds(example: Example, words: Sequence[str]) -> bool:
    return any(word in example.document for word in words)


def coverage_faults(
    examples: Sequence[Example], taxonomy: Taxonomy, coverage: Mapping[str, Any]
) -> Iterator[Fault]:
    """Compare a corpus with its coverage file: minimums, subtopics and confusions."""
    counts = figures(examples, taxonomy, coverage.get("obvious_words", {}))
    for name, least in coverage.get("minimums", {}).items():
        for figure in sorted(f for f in counts if f == name or f.startswith(f"{name}.")):
            if counts[figure] < least:
                yield Fault("E_BALANCE", figure, f"{counts[figure]:g}, needs {least:g}")
    for topic, listed in coverage.get("subtopics", {}).items():
        used = {
            s.split(".", 1)[1] for e in examples for s in e.subtopics if s.startswith(f"{topic}.")
        }
        yield from _compare(f"subtopics.{topic}", used, set(listed))
    if "confusions" in coverage:
        used = {e.confusion for e in examples if e.confusion}
        yield from _compare("confusions", used, set(coverage["confusions"]))


def _compare(where: str, used: set[str], listed: set[str]) -> Iterator[Fault]:
    for name in sorted(listed - used):
        yield Fault("E_COVERAGE", f"{where}.{name}", "no segment covers it")
    for name in sorted(used - listed):
        yield Fault("E_COVERAGE", f"{where}.{name}", "is used but not listed in coverage.yaml")
