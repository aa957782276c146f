"""Headers of archive records: lines such as 【标 题】… above a text tell what it is."""

import re
from collections.abc import Iterator, Sequence

from fenmen.articles.lines import Line
from fenmen.articles.marks import Mark
from fenmen.articles.titles import Headline
from fenmen.articles.traced import Traced, join

_FIELD = re.compile(r"【(?P<label>[\u4e00-\u9fff ]{2,8})】 ?(?P<value>.*)")
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)[-./年]?(?P<month>\d\d?)[-./月]?(?P<day>\d\d?)日?")
_TITLE, _TEXT = "标题", "正文"
_CREDITS = ("原文出处", "来源", "出处")
_AUTHORS = ("作者",)
_DATES = ("日期", "发表日期")


def read_header(lines: Sequence[Line]) -> tuple[list[Mark], list[Line]]:
    """The fields of a record's header and the lines below it; no fields if there is no header.

    A header begins with the first line and has a title field; lines without a label go on with
    the field above them (the second line of a title is its subtitle).
    """
    labels = [_label(line) for line in lines[:40]]
    if _TITLE not in labels or not labels[0]:
        return [], list(lines)
    last = (
        labels.index(_TEXT)
        if _TEXT in labels
        else max(n for n, label in enumerate(labels) if label)
    )
    return list(_fields(lines[: last + 1])), list(lines[last + 1 :])


def _label(line: Line) -> str:
    match = _FIELD.match(line.words)
    return match["label"].replace(" ", "") if match else ""


def _fields(lines: Sequence[Line]) -> Iterator[Mark]:
    label = ""
    for line in lines:
        below = not _label(line)
        label = label if below else _label(line)
        match = _FIELD.match(line.words)
        yield _field(line, label, match["value"] if match else line.words, below)


def _field(line: Line, label: str, value: str, below: bool) -> Mark:
    if label == _TITLE:
        return Mark(line, "subtitle" if below else "title")
    if label in _AUTHORS:
        return Mark(line, "byline", byline=" ".join(re.split(r"[/、,， ]+", value)))
    if label in _CREDITS:
        return Mark(line, "credit", credit=value.strip("《》"))
    if label in _DATES and (day := _DAY.match(value)):
        date = f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}"
        return Mark(line, "date", date=date)
    return Mark(line, "header")


def record_headline(header: Sequence[Mark]) -> Headline:
    """Title and subtitle of a record."""
    titles = [_value(mark.line) for mark in header if mark.reason == "title"]
    others = [_value(mark.line) for mark in header if mark.reason == "subtitle"]
    return Headline(join(titles[:1]), join([*titles[1:], *others], " "))


def _value(line: Line) -> Traced:
    match = _FIELD.match(line.words)
    return line.text.part(match.start("value") if match else 0)
