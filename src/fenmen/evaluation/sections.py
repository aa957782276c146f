"""The sections of the report, each from an evaluation to HTML."""

from collections.abc import Iterator, Sequence
from html import escape

from fenmen.corpus.schema import Example
from fenmen.evaluation import html
from fenmen.evaluation.comparison import Change, Comparison
from fenmen.evaluation.curves import confusions
from fenmen.evaluation.evaluate import Evaluated
from fenmen.evaluation.mistakes import Mistake, worst_mistakes
from fenmen.evaluation.pictures import (
    calibration_picture,
    histogram_picture,
    precision_recall_picture,
    review_picture,
)
from fenmen.evaluation.useful_words import Word, useful_words

MISTAKES, WORDS, CHANGED = 24, 24, 20
OVERALL = {
    "macro_f1": "macro F1",
    "micro_f1": "micro F1",
    "subset_accuracy": "all topics right",
}
LONGEST = 600  # characters of a text that are shown


def summary(now: Evaluated) -> Iterator[str]:
    """The figures that one looks at first."""
    total, review = now.found["overall"], now.found["review"]
    tiles = [
        html.tile(f"{total[name]:.3f}", said, _interval(total[f"{name}_interval"]))
        for name, said in OVERALL.items()
    ]
    tiles.append(
        html.tile(
            f"{review['share']:.1%}",
            "sent to review 人工复核",
            f"wrong: {review['error_rate_inside']:.1%} there, "
            f"{review['error_rate_outside']:.1%} elsewhere",
        )
    )
    if "keyword_rule" in now.found:
        rule = now.found["keyword_rule"]["macro_f1"]
        tiles.append(html.tile(f"{rule:.3f}", "two seed words alone", "macro F1"))
    yield f'<div class="tiles">{"".join(tiles)}</div>'


def topic_table(now: Evaluated) -> Iterator[str]:
    """The figures of every topic."""
    yield html.heading("topics", "Topics · 各主题")
    cells = ("precision", "recall", "f1", "average_precision", "calibration_error", "brier")
    rows = []
    for topic in now.bundle.taxonomy.topics:
        found = now.found["topics"][topic.id]
        rows.append(
            [
                f"{escape(topic.name)} <span class='soft'>{escape(topic.id)}</span>",
                *(_figure(found[cell]) for cell in cells[:3]),
                _interval(found["f1_interval"]),
                *(_figure(found[cell]) for cell in cells[3:]),
                f"{found['review_share']:.1%}",
                # Where topics exclude each other the highest probability wins.
                "–" if now.bundle.taxonomy.exclusive else f"{found['threshold']:.2f}",
                f"{found['support']:,}",
            ]
        )
    total, rest = now.found["overall"], now.found["review"]["share"]
    micro = [_figure(total[f"micro_{cell}"]) for cell in cells[:3]]
    measured = [_figure(total[cell]) for cell in cells[3:]]
    rows.append(
        ["micro", *micro, _interval(total["micro_f1_interval"]), *measured, f"{rest:.1%}", "", ""]
    )
    columns = ("topic", "precision", "recall", "F1", "95 %", "AP", "calibration", "Brier")
    yield html.table([*columns, "review", "threshold", "texts"], rows, totals=1)
    yield html.note(
        "95 %: bootstrap interval of F1, drawing whole groups of texts. AP: average precision, "
        "independent of the threshold. Calibration: mean gap between probability and truth."
    )


def pictures(now: Evaluated) -> Iterator[str]:
    """Three pictures for each topic, with its most useful words."""
    yield html.heading("pictures", "Pictures and words · 图与词")
    yield html.note(
        "Left: precision against recall; the dot is where the threshold stands. Middle: how often "
        "a topic is right at each probability; on the dashed line probabilities are true. Right: "
        "probabilities of texts with the topic (up) and without it (down); the dashed line is the "
        "threshold, counts grow by their logarithm. Words: how much more each adds to texts with "
        "the topic than to others, in log odds."
    )
    outcome, taxonomy = now.outcome, now.bundle.taxonomy
    texts = [example.document for example in now.examples]
    words = useful_words(now.bundle.model, texts, outcome.truth, WORDS)
    for k, topic in enumerate(taxonomy.topics):
        truth, probability = outcome.truth[:, k], outcome.probability[:, k]
        threshold = None if taxonomy.exclusive else float(now.bundle.scorer.thresholds[k])
        drawn = (
            precision_recall_picture(truth, probability, outcome.decided[:, k], topic.name),
            calibration_picture(truth, probability, topic.name),
            histogram_picture(truth, probability, threshold, topic.name),
        )
        yield f"<h3>{escape(topic.name)} <span class='soft'>{escape(topic.id)}</span></h3>"
        yield f'<div class="row">{"".join(drawn)}</div>'
        yield f'<p class="words">{"".join(map(_word, words[k])) or "no text has it"}</p>'


def review_section(now: Evaluated) -> Iterator[str]:
    """What looking at the doubtful texts buys."""
    outcome = now.outcome
    doubt = now.bundle.scorer.decision.distances(outcome.probability).min(axis=1)
    wrong = (outcome.truth != outcome.decided).any(axis=1)
    yield html.heading("review", "Review · 人工复核")
    yield html.note(
        "If a person looks at the most doubtful texts first: how many of the texts with a wrong or "
        "missing topic are left. The dot is the share that goes to review now; on the dashed line "
        "one would look at texts by chance."
    )
    yield review_picture(doubt, wrong, now.found["review"]["share"])


def confusion_section(now: Evaluated) -> Iterator[str]:
    """Which topic is taken for which."""
    names = [topic.name for topic in now.bundle.taxonomy.topics]
    found = confusions(now.outcome.truth, now.outcome.decided)
    most = max((n for (a, b), n in found.items() if a != b), default=1)
    places = [*range(len(names)), -1]
    rows = [
        [escape([*names, "none 无"][a]), *(_heat(found[a, b], a == b, most) for b in places)]
        for a in places
    ]
    yield html.heading("confusion", "Taken for another · 混淆")
    yield html.note(
        "Rows: the topic a text has; columns: what it was given. Blue is right, red is wrong. A "
        "missed topic is paired with those given wrongly in the same text, or with none."
    )
    cells = "".join("<tr>" + f"<td>{row[0]}</td>" + "".join(row[1:]) + "</tr>\n" for row in rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in ["", *names, "none 无"])
    yield f'<div class="scroll"><table>\n<tr>{head}</tr>\n{cells}</table></div>'


def slices(now: Evaluated) -> Iterator[str]:
    """How many texts are right by register, and by difficulty; the worst first."""
    for key, name in (("registers", "Registers · 文体"), ("kinds", "Difficulty · 难度")):
        if key not in now.found:
            continue
        ordered = sorted(now.found[key].items(), key=lambda item: item[1]["subset_accuracy"])
        # A slice of texts without topics has no F1 to speak of.
        f1 = key == "registers"
        rows = [
            [
                escape(slice_name or "–"),
                f"{found['rows']:,}",
                *([_figure(found["micro_f1"]), _figure(found["macro_f1"])] if f1 else []),
                f"{_figure(found['subset_accuracy'])} {html.meter(found['subset_accuracy'])}",
            ]
            for slice_name, found in ordered
        ]
        columns = ("", "texts", *(("micro F1", "macro F1") if f1 else ()), "all topics right")
        yield html.heading(key, name)
        yield html.table(columns, rows)


def mistakes_section(now: Evaluated) -> Iterator[str]:
    """The texts where the model was most sure of its error."""
    found = worst_mistakes(now.bundle.scorer, now.examples, now.outcome, MISTAKES)
    wrong = int((now.outcome.truth != now.outcome.decided).any(axis=1).sum())
    yield html.heading("mistakes", "Worst mistakes · 最严重的误判")
    yield html.note(
        f"{len(found)} of {wrong} texts with a wrong or missing topic, those first where the model "
        "was most sure. Green words spoke for the topic named first, red ones against it."
    )
    names = [topic.name for topic in now.bundle.taxonomy.topics]
    yield from (_case(mistake, names) for mistake in found)


def comparison_section(now: Evaluated, comparison: Comparison | None, why: str) -> Iterator[str]:
    """What got better and what got worse."""
    yield html.heading("comparison", "Against the previous model · 与上一个模型相比")
    if comparison is None:
        yield html.note(why)
        return
    names = OVERALL | {topic.id: topic.name for topic in now.bundle.taxonomy.topics}
    yield html.note(
        f"{comparison.earlier.model_id} before, {now.bundle.model_id} now, the same "
        f"{len(now.examples):,} texts. Change: with its 95 % bootstrap interval; one that holds 0 "
        f"may be chance. {comparison.caution}"
    )
    rows = [_change(change, names) for change in (*comparison.topics, *comparison.overall)]
    totals = len(comparison.overall)
    yield html.table(("", "before", "now", "change", "95 %"), rows, totals=totals)
    better, worse, both = comparison.better, comparison.worse, comparison.both_wrong
    yield (
        f"<p><span class='better'>{len(better)} texts got better</span>, "
        f"<span class='worse'>{len(worse)} got worse</span>, {both} are wrong in both.</p>"
    )
    yield _turned_texts(now, comparison, worse, "What got worse · 变差", "open")
    yield _turned_texts(now, comparison, better, "What got better · 变好", "")


def _turned_texts(
    now: Evaluated, comparison: Comparison, rows: Sequence[int], said: str, folded: str
) -> str:
    """Texts of which one model is right and the other wrong, behind a line to unfold them."""
    shown = [_turned(now, comparison, row) for row in rows[:CHANGED]]
    title = f"<summary>{said} ({len(shown)} of {len(rows)})</summary>"
    return f"<details {folded}>{title}{''.join(shown)}</details>" if rows else ""


def _case(mistake: Mistake, names: Sequence[str]) -> str:
    """A mistake, its worst topic first."""
    topics = sorted((*mistake.missed, *mistake.wrong), key=lambda k: k != mistake.worst)
    tags = "".join(
        html.tag(
            f"{names[k]} {'missed 漏标' if k in mistake.missed else 'wrongly given 误标'}", "bad"
        )
        for k in topics
    )
    text = mistake.example.document[:LONGEST]
    words = [word for word in mistake.words if word[1] <= len(text)]
    return (
        f'<div class="case"><div>{tags} probability {mistake.probability:.2f}</div>'
        f'{_source(mistake.example)}<p class="text">{html.marked(text, words)}'
        f"{_cut(mistake.example)}</p></div>"
    )


def _turned(now: Evaluated, comparison: Comparison, row: int) -> str:
    names = [topic.name for topic in now.bundle.taxonomy.topics]
    example = now.examples[row]
    sides = []
    for said, outcome in (("before", comparison.outcome), ("now", now.outcome)):
        given, has = outcome.decided[row], outcome.truth[row]
        tags = [
            html.tag(name, "good" if has[k] else "bad") for k, name in enumerate(names) if given[k]
        ]
        sides.append(f"{said}: {''.join(tags) or html.tag('none 无', '' if has.any() else 'good')}")
    has_tags = "".join(html.tag(names[k]) for k in range(len(names)) if now.outcome.truth[row, k])
    return (
        f'<div class="case"><div>{" ".join(sides)} has: {has_tags or html.tag("none 无")}</div>'
        f'{_source(example)}<p class="text">{escape(example.document[:LONGEST])}'
        f"{_cut(example)}</p></div>"
    )


def _source(example: Example) -> str:
    said = " · ".join(part for part in (example.id, example.register, example.confusion) if part)
    return f"<div class='soft'>{escape(said)}</div>"


def _cut(example: Example) -> str:
    return "…" if len(example.document) > LONGEST else ""


def _word(word: Word) -> str:
    return f"<span>{escape(word.text)} <small>{word.push:.2f}</small></span>"


def _heat(count: int, right: bool, most: int) -> str:
    if not count:
        return '<td class="heat soft">·</td>'
    colour, strength = ("31,111,139", 0.3) if right else ("179,38,30", 0.08 + 0.6 * count / most)
    return f'<td class="heat" style="background:rgba({colour},{strength:.2f})">{count:,}</td>'


def _change(change: Change, names: dict[str, str]) -> list[str]:
    gain = change.after - change.before
    sure = change.low > 0 or change.high < 0
    kind = ("better" if gain > 0 else "worse") if sure else "soft"
    return [
        escape(names[change.name]),
        f"{change.before:.3f}",
        f"{change.after:.3f}",
        f'<span class="{kind}">{gain:+.3f}</span>',
        f"{change.low:+.3f} to {change.high:+.3f}",
    ]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(bounds: Sequence[float]) -> str:
    return f"{bounds[0]:.3f}–{bounds[1]:.3f}"
