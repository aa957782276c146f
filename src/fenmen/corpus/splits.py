"""Train, dev and test: fixed by group, stratified over topics, the same on every machine."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fenmen.articles.reprint_groups import group_reprints
from fenmen.corpus.schema import Example


def split(
    examples: Sequence[Example], shares: Mapping[str, float], seed: int
) -> dict[str, list[Example]]:
    """Share the examples out; a group stays whole and each part gets its share of every topic.

    Greedy iterative stratification (Sechidis et al. 2011) over groups: the rarest label first,
    each group to the part that still lacks most of it. Ties fall by a hash of seed and group.

    Args:
        shares: of each part, summing to 1.

    Returns:
        The examples of each part, in their given order; groups between which a story was reprinted
        have become one.
    """
    examples = join_reprints(examples)
    groups: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.group].append(example)
    labels = {group: _labels(members) for group, members in groups.items()}
    part_of = _assign(labels, shares, seed)
    return {part: [e for e in examples if part_of[e.group] == part] for part in shares}


def join_reprints(examples: Sequence[Example]) -> list[Example]:
    """The examples with those groups made one between which a story was reprinted.

    Neither the split nor the folds of cross-validation may part a story.
    """
    joined = group_reprints(examples)
    return [replace(example, group=joined[example.group]) for example in examples]


def _labels(members: Sequence[Example]) -> Counter[str]:
    """How many examples of the group carry each topic; "" counts those with none."""
    return Counter(topic for example in members for topic in (example.topics or ("",)))


def _assign(
    labels: Mapping[str, Counter[str]], shares: Mapping[str, float], seed: int
) -> dict[str, str]:
    total = sum(labels.values(), Counter[str]())
    lacking = {
        part: {label: share * count for label, count in total.items()}
        for part, share in shares.items()
    }
    part_of: dict[str, str] = {}
    for label in sorted(total, key=lambda name: (total[name], name)):
        waiting = [g for g in labels if g not in part_of and label in labels[g]]
        for group in sorted(waiting, key=lambda name: (-labels[name][label], _hash(seed, name))):
            part = max(shares, key=lambda name: (lacking[name][label], shares[name]))
            part_of[group] = part
            for other, count in labels[group].items():
                lacking[part][other] -= count
    return part_of


def _hash(seed: int, group: str) -> bytes:
    return hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=8).digest()
