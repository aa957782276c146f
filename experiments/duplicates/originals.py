"""300 stories: whole articles, articles laid together from segments, and look-alikes."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TEXTS: dict[str, Any] = json.loads(Path(__file__).with_name("texts.json").read_text("utf-8"))
STORIES = 300
DIGESTS = 6
# Fixed, so that a growing corpus does not change the set.
REGISTERS = [
    *("broadcast_script", "charity_feature", "court_case", "first_person"),
    *("foundation_announcement", "government_notice", "interview", "law_article"),
    *("local_brief", "national_news", "ngo_report", "qa_science"),
    *("research_abstract", "wechat_post", "work_report"),
]


@dataclass(frozen=True)
class Story:
    """A story as first printed: `kind` says how it was made."""

    number: int
    kind: str
    title: str
    paragraphs: tuple[str, ...]


def stories(rng: random.Random) -> list[Story]:
    """All stories, in an order in which look-alikes stay together; no segment is in two."""
    made = [*_whole(), *_bulletins(), *_siblings()]
    made += _laid_together(rng, STORIES - DIGESTS - len(made))
    plain = [
        Story(number, kind, title, _with_boilerplate(paragraphs, rng))
        for number, (kind, title, paragraphs) in enumerate(made)
    ]
    return plain + [_digest(plain, number, rng) for number in range(len(plain), STORIES)]


Made = tuple[str, str, tuple[str, ...]]


def _whole() -> Iterator[Made]:
    for line in (ROOT / "data/articles/articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield "whole", row["title"], tuple(row["body"].split("\n"))


def _bulletins() -> Iterator[Made]:
    """The same sentences with other facts, as weather, prices and sentences have them."""
    for bulletin in TEXTS["bulletins"]:
        for facts in bulletin["facts"]:
            text = bulletin["text"].format(*facts)
            yield "bulletin", text[:16], (text,)


def _siblings() -> Iterator[Made]:
    """Two stories with one background paragraph in common."""
    for family in TEXTS["siblings"]:
        for story in family["stories"]:
            text = story.format(shared=family["shared"])
            yield "sibling", text[:16], (text,)


def _laid_together(rng: random.Random, wanted: int) -> Iterator[Made]:
    """One to six segments of one kind of text as the paragraphs of one article."""
    waiting = defaultdict(list)
    for register in REGISTERS:
        for line in (ROOT / f"data/corpus/{register}.jsonl").read_text("utf-8").splitlines():
            waiting[register].append(json.loads(line))
    for number in range(wanted):
        register = REGISTERS[number % len(REGISTERS)]
        chosen = [waiting[register].pop(0) for _ in range(rng.choice((1, 2, 3, 4, 5, 6)))]
        paragraphs = [p for row in chosen for p in row["text"].split("\n") if p.strip()]
        yield "segments", chosen[0]["title"] or paragraphs[0][:16], tuple(paragraphs)


def _with_boilerplate(paragraphs: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    if rng.random() < 0.3:
        return (*paragraphs, rng.choice(TEXTS["boilerplate"]))
    return paragraphs


def _digest(plain: list[Story], number: int, rng: random.Random) -> Story:
    """The first paragraphs of four other stories, as 一周要闻 has them."""
    chosen = rng.sample(
        [s for s in plain if s.kind != "bulletin" and s.number % 2 == number % 2], 4
    )
    return Story(number, "digest", "一周要闻", tuple(s.paragraphs[0][:160] for s in chosen))
