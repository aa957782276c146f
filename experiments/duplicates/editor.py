"""What newspapers do to a story that they take over: one function a kind of edit."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.duplicates.originals import TEXTS, Story
from fenmen.articles.article import Article
from fenmen.articles.pages import content_id

Paragraphs = list[str]
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’）]*|[^。！？]+")
_SHORTEST = 60  # characters that every cut leaves


@dataclass(frozen=True)
class Print:
    """One printed article, which story it tells, and what was done to it."""

    article: Article
    story: int
    kind: str
    edits: tuple[str, ...]
    first: bool = False


def prints(stories: Sequence[Story], rng: random.Random) -> list[Print]:
    """Every story and 0 to 5 reprints of it, in mixed order, each in a file of its own."""
    made: list[Print] = []
    for story in stories:
        made.append(_first(story, rng))
        # A digest cut to one paragraph would be a reprint of the story in that paragraph.
        times = 0 if story.kind == "digest" else rng.randrange(6)
        made += [_reprint(story, rng) for _ in range(times)]
    rng.shuffle(made)
    return made


def _first(story: Story, rng: random.Random) -> Print:
    return Print(
        _article(story.title, story.paragraphs, "", rng), story.number, story.kind, (), first=True
    )


def _reprint(story: Story, rng: random.Random) -> Print:
    edits = rng.sample(sorted(EDITS), rng.choice((0, 1, 1, 2, 3, 4)))
    # Whoever cuts does so before adding: the order of EDITS.
    edits = [name for name in EDITS if name in edits]
    paragraphs = list(story.paragraphs)
    for name in edits:
        paragraphs = EDITS[name](paragraphs, story, rng)
    names = [*edits]
    title, credit = story.title, ""
    if rng.random() < 0.7:
        title, names = rng.choice(TEXTS["headlines"]).format(a=story.title), [*names, "headline"]
    if rng.random() < 0.7:
        credit, names = rng.choice(TEXTS["outlets"]), [*names, "credit"]
    return Print(_article(title, paragraphs, credit, rng), story.number, story.kind, tuple(names))


def _article(title: str, paragraphs: Sequence[str], credit: str, rng: random.Random) -> Article:
    body = "\n".join(paragraphs)
    source, date = f"{rng.randrange(10**8):08}.txt", f"2024-{rng.randint(1, 12):02}-10"
    return Article(content_id(title, body), source, 1, title, "", body, "", credit, date)


def _sentences(paragraphs: Paragraphs) -> list[list[str]]:
    return [_SENTENCE.findall(paragraph) for paragraph in paragraphs]


def _kept(sentences: list[list[str]]) -> Paragraphs:
    return [text for paragraph in sentences if (text := "".join(paragraph))]


def cut_tail(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """Keep 20 to 85 % of the sentences from the top."""
    left = rng.uniform(0.2, 0.85) * sum(map(len, paragraphs))
    kept: list[list[str]] = []
    length = 0
    for paragraph in _sentences(paragraphs):
        kept.append([])
        for sentence in paragraph:
            if length < max(left, _SHORTEST):
                kept[-1].append(sentence)
                length += len(sentence)
    return _kept(kept)


def cut_within(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """Take out 15 to 50 % of the paragraphs, or of the sentences where there are few."""
    share = rng.uniform(0.15, 0.5)
    if len(paragraphs) >= 4:
        gone = rng.sample(range(1, len(paragraphs)), max(1, round(share * len(paragraphs))))
        return [text for place, text in enumerate(paragraphs) if place not in gone]
    kept = [[s for s in paragraph if rng.random() > share] for paragraph in _sentences(paragraphs)]
    return _kept(kept) if sum(map(len, _kept(kept))) >= _SHORTEST else paragraphs


def change_lead(paragraphs: Paragraphs, story: Story, rng: random.Random) -> Paragraphs:
    """Another first sentence in place of the old one."""
    first, *rest = _sentences(paragraphs)
    opening = rng.choice(TEXTS["leads"][5:]).format(outlet=rng.choice(TEXTS["outlets"]))
    told = f"{opening}说的是“{story.title}”。"
    return _kept([[told, *first[1:]], *rest])


def add_lead(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """A dateline before the first sentence."""
    lead = rng.choice(TEXTS["leads"][:5]).format(
        name=rng.choice(TEXTS["names"]),
        other=rng.choice(TEXTS["names"]),
        outlet=rng.choice(TEXTS["outlets"]),
        place=rng.choice(TEXTS["places"]),
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
    )
    return [lead + paragraphs[0], *paragraphs[1:]]


def reword(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """Other words for the same in half of the sentences."""
    return _kept(
        [
            [_reworded(s, rng) if rng.random() < 0.5 else s for s in sentences]
            for sentences in _sentences(paragraphs)
        ]
    )


def _reworded(sentence: str, rng: random.Random) -> str:
    for old, new in rng.sample(TEXTS["wordings"], 30):
        sentence = sentence.replace(old, new, 1)
    return sentence


def move_sentence(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """The last sentence of a paragraph goes to its front."""
    sentences = _sentences(paragraphs)
    chosen = rng.choice(sentences)
    chosen.insert(0, chosen.pop())
    return _kept(sentences)


def merge(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """All paragraphs in one, or one of each two or three sentences."""
    if rng.random() < 0.5:
        return ["".join(paragraphs)]
    sentences = [s for paragraph in _sentences(paragraphs) for s in paragraph]
    step = rng.choice((2, 3))
    return ["".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]


def numbers(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """312 as 三百一十二 or 三一二, 50% as 百分之五十, 19000 as 1.9万; or full-width digits."""
    if rng.random() < 0.3:
        wide = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
        return [paragraph.translate(wide) for paragraph in paragraphs]
    return [re.sub(r"(\d+)(%?)", _in_han, paragraph) for paragraph in paragraphs]


def _in_han(match: re.Match[str]) -> str:
    number, percent = match.groups()
    value = int(number)
    if match.string[match.end() : match.end() + 1] == "." or match.string[match.start() - 1] == ".":
        return match.group()
    if value >= 10_000 and value % 1000 == 0:
        return f"{value / 10_000:g}万{percent}"
    year = match.string[match.end() : match.end() + 1] == "年" and len(number) == 4
    han = "".join("〇一二三四五六七八九"[int(d)] for d in number) if year else _han(value)
    return f"百分之{han}" if percent else han


def _han(value: int) -> str:
    if not 0 < value < 10_000:
        return str(value)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if not digit:
            gap = bool(text)
            continue
        one = digit == 1 and unit == 10 and not text
        text += ("零" if gap else "") + ("" if one else "零一二三四五六七八九"[digit]) + name
        gap = False
    return text


def punctuation(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """Half-width marks, or other quotation marks, or spaces around figures."""
    kind = rng.randrange(3)
    if kind == 0:
        return [p.translate(str.maketrans("，。：；！？（）“”", ',.:;!?()""')) for p in paragraphs]
    if kind == 1:
        return [p.translate(str.maketrans("“”‘’《》", "「」『』〈〉")) for p in paragraphs]
    return [re.sub(r"([0-9A-Za-z.%]+)", r" \1 ", p).strip() for p in paragraphs]


def slips(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """Two in a hundred characters as a scanner misreads them, or lost."""
    other = dict(TEXTS["slips"])
    return ["".join(_slip(c, other, rng) for c in paragraph) for paragraph in paragraphs]


def _slip(character: str, other: dict[str, str], rng: random.Random) -> str:
    if character in other and rng.random() < 0.15:
        return other[character]
    return "" if rng.random() < 0.005 else character


def note(paragraphs: Paragraphs, story: Story, rng: random.Random) -> Paragraphs:
    """An editor's note before or after."""
    text = rng.choice(TEXTS["notes"]).format(outlet=rng.choice(TEXTS["outlets"]), title=story.title)
    return [text, *paragraphs] if rng.random() < 0.5 else [*paragraphs, text]


def add(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """One or two paragraphs of the outlet's own."""
    return [*paragraphs, *rng.sample(TEXTS["added"], rng.choice((1, 2)))]


def boilerplate(paragraphs: Paragraphs, _: Story, rng: random.Random) -> Paragraphs:
    """The outlet's disclaimer, slogan or address, which other stories carry too."""
    return [*paragraphs, rng.choice(TEXTS["boilerplate"])]


EDITS: dict[str, Callable[[Paragraphs, Story, random.Random], Paragraphs]] = {
    "tail cut": cut_tail, "paragraphs cut": cut_within, "lead changed": change_lead,
    "reworded": reword, "sentence moved": move_sentence, "numbers": numbers,
    "punctuation": punctuation, "slips": slips, "dateline added": add_lead,
    "paragraphs added": add, "editor's note": note, "boilerplate": boilerplate,
    "paragraphs merged": merge,
}  # fmt: skip
