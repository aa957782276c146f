from dataclasses import replace

from fenmen.corpus.checks import copied_runs, coverage_faults, figures, near_duplicates
from fenmen.corpus.schema import Example

TOLD = (
    "十月的舟山渔场迎来头一个大汛，沈家门码头停满了回港的拖网船。船老大陈根富的船上卸下两百筐带鱼，"
    "收购商当场按个头分成三档，最大的一档每斤比上周贵了四块钱。"
)
RETOLD = TOLD.replace("十月的", "入秋后").replace("陈根富", "老陈")
OTHER = (
    "宁波港的装卸工在夜班里换上了新的反光背心，桥吊司机说，从三十米高的驾驶室望下去，"
    "地面的人像一串移动的灯。这一晚要装完四百个箱子，开船时间不等人。"
)


def example(identity, text, topics=("fishing",), **more):
    return Example(identity, text, topics, group=identity, register="news", origin="w", **more)


def test_a_text_told_twice_is_found_and_two_texts_are_not():
    given = [example("a", TOLD), example("b", OTHER), example("c", RETOLD)]
    ((first, second, similarity),) = near_duplicates(given)
    assert (first.id, second.id) == ("a", "c")
    assert 0.25 < similarity < 1


def test_a_copied_run_of_twenty_characters_is_found_across_punctuation(tmp_path):
    foreign = tmp_path / "page.txt"
    foreign.write_text("前文。" + TOLD[10:45].replace("，", "\n"), "utf-8")
    faults = list(copied_runs([example("a", TOLD), example("b", OTHER)], [foreign]))
    assert [fault.where for fault in faults] == ["a"]


def test_the_figures_count_words_that_mislead(two_topics):
    given = [example("a", TOLD), example("b", OTHER, ()), example("c", RETOLD, ("shipping",))]
    counts = figures(given, two_topics, {"fishing": ["带鱼"], "shipping": ["集装箱"]})
    assert counts["with_word.fishing"] == 1
    assert counts["without_word.shipping"] == 1
    assert counts["no_topic"] == 1


def test_a_corpus_below_its_minimums_is_faulted_by_name(two_topics):
    coverage = {"minimums": {"segments": 3, "positives": 2}}
    faults = list(coverage_faults([example("a", TOLD)] * 2, two_topics, coverage))
    assert {fault.where for fault in faults} == {"segments", "positives.shipping"}


def test_listed_and_used_subtopics_must_be_the_same(two_topics):
    given = [
        example("a", TOLD, subtopics=("fishing.autumn",)),
        replace(example("b", OTHER, ()), confusion="nightshift"),
    ]
    coverage = {
        "subtopics": {"fishing": {"spring": "春汛"}},
        "confusions": {"nightshift": "夜班", "weather": "天气"},
    }
    places = [fault.where for fault in coverage_faults(given, two_topics, coverage)]
    assert places == ["subtopics.fishing.spring", "subtopics.fishing.autumn", "confusions.weather"]
