from collections import Counter

from fenmen.corpus.schema import Example
from fenmen.corpus.splits import split

SHARES = {"train": 0.7, "dev": 0.1, "test": 0.2}


def examples(count=200):
    """Every fourth is about fishing, every fifth about shipping, two share a group."""
    made = []
    for i in range(count):
        topics = ("fishing",) * (i % 4 == 0) + ("shipping",) * (i % 5 == 0)
        made.append(Example(f"e{i}", "文", topics, group=f"g{i // 2}"))
    return made


def test_a_group_is_never_split():
    parts = split(examples(), SHARES, seed=1)
    part_of = {}
    for part, members in parts.items():
        for example in members:
            assert part_of.setdefault(example.group, part) == part


def test_nothing_is_lost_and_nothing_doubled():
    parts = split(examples(), SHARES, seed=1)
    ids = [e.id for members in parts.values() for e in members]
    assert sorted(ids) == sorted(e.id for e in examples())


def test_every_part_gets_its_share_of_every_topic():
    everything = examples()
    total = Counter(t for e in everything for t in e.topics)
    parts = split(everything, SHARES, seed=1)
    for part, share in SHARES.items():
        count = Counter(t for e in parts[part] for t in e.topics)
        for topic in total:
            assert abs(count[topic] - share * total[topic]) <= 2


def test_the_split_depends_on_the_seed_and_on_nothing_else():
    shuffled = list(reversed(examples()))
    first, again = split(examples(), SHARES, seed=1), split(shuffled, SHARES, seed=1)
    assert {e.id for e in first["test"]} == {e.id for e in again["test"]}
    assert first["test"] != split(examples(), SHARES, seed=2)["test"]
