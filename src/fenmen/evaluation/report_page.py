"""report.html: everything that is known of a model on its test part, in one file."""

from collections.abc import Iterator
from html import escape

from fenmen.evaluation import html, sections
from fenmen.evaluation.comparison import Comparison
from fenmen.evaluation.evaluate import Evaluated

CONTENTS = (
    ("topics", "各主题"),
    ("comparison", "与上一个模型相比"),
    ("pictures", "图与词"),
    ("confusion", "混淆"),
    ("review", "人工复核"),
    ("registers", "文体"),
    ("mistakes", "误判"),
)


def report_page(
    now: Evaluated, comparison: Comparison | None, why: str, name: str, caution: str = ""
) -> str:
    """The report as HTML; the same evaluation gives the same bytes.

    Args:
        comparison: with the model before this one, or none; `why` says why.
        name: what the test texts are called.
        caution: what makes the figures unfair, if anything does.
    """
    return html.page(f"{name}: {now.bundle.model_id}", _body(now, comparison, why, name, caution))


def _body(
    now: Evaluated, comparison: Comparison | None, why: str, name: str, caution: str
) -> Iterator[str]:
    yield f"<h1>{escape(name)} · {escape(now.bundle.taxonomy.name)}</h1>"
    yield (
        f'<p class="soft">model {now.bundle.model_id}, {len(now.examples):,} texts of the test '
        "part, which no choice has seen</p>"
    )
    if caution:
        yield f'<p class="worse">{escape(caution)}</p>'
    present = [
        (anchor, said)
        for anchor, said in CONTENTS
        if anchor != "registers" or "registers" in now.found
    ]
    yield "<nav>" + "".join(f'<a href="#{a}">{escape(s)}</a>' for a, s in present) + "</nav>"
    yield from sections.summary(now)
    yield from sections.topic_table(now)
    yield from sections.comparison_section(now, comparison, why)
    yield from sections.pictures(now)
    yield from sections.confusion_section(now)
    yield from sections.review_section(now)
    yield from sections.slices(now)
    yield from sections.mistakes_section(now)
