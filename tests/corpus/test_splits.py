from collections import Counter
from dataclasses import replace

from fenmen.corpus.schema import Example
from fenmen.corpus.splits import join_reprints, split

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


STORY = (
    "渡口的老船工在这条江上摆渡三百一十二个月，送过上学的娃娃，也送过临盆的产妇。去年冬天，县交通局拨款"
    "19000元给渡口换了铁皮船，配齐四十件救生衣。对岸的小学只剩23个学生，其中十七个要坐船上学。"
)
REPRINT = STORY.replace("三百一十二个月", "312个月").replace("老船工", "船工老杨") + "（据县报）"


def with_a_reprint():
    """Two groups whose first texts print one story, among others that have nothing in common."""
    return [
        replace(e, text={0: STORY, 160: REPRINT}.get(i, f"第{i}条：{chr(0x4E00 + 97 * i) * 30}"))
        for i, e in enumerate(examples())
    ]


def test_a_reprinted_story_is_never_split():
    joined = join_reprints(with_a_reprint())
    assert {joined[n].group for n in (0, 1, 160, 161)} == {"g0"}
    assert all(e.group == was.group for e, was in zip(joined[2:160], examples()[2:], strict=False))
    for seed in range(8):
        parts = split(with_a_reprint(), SHARES, seed=seed)
        assert sum(bool({"e0", "e160"} & {e.id for e in part}) for part in parts.values()) == 1


def test_the_order_of_the_texts_does_not_matter_to_what_is_joined():
    given = with_a_reprint()
    forward, backward = join_reprints(given), join_reprints(list(reversed(given)))
    assert {e.id: e.group for e in forward} == {e.id: e.group for e in backward}
