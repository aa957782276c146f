"""What was measured and what others have published, as one table in an experiment's README."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from fenmen.errors import FenmenError

PUBLISHED = Path(__file__).parent / "published.yaml"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
NAMES = {
    "plain": "the plain way: jieba, TfidfVectorizer, LinearSVC",
    "fasttext": "fastText, tuned as long as fenmen trains",
    "fenmen": "**fenmen**",
}
QUALITY = {
    "accuracy": "accuracy",
    "micro_f1": "micro-F1",
    "macro_f1": "macro-F1",
    "subset_accuracy": "all right",
    "accuracy_unseen": "accuracy, not in train",
    "micro_f1_unseen": "micro-F1, not in train",
}
COST = {
    "train_seconds": "training s",
    "train_processor_seconds": "processor s",
    "load_seconds": "load s",
    "rows_per_second": "rows/s",
    "train_megabytes": "memory training MB",
    "serve_megabytes": "memory serving MB",
    "model_megabytes": "model MB",
}


def write_table(readme: Path, found: Mapping[str, Any], corpus: str) -> str:
    """Put the table between the marks of a README and return it.

    Raises:
        FenmenError: E_README if the marks are missing.
    """
    text = readme.read_text("utf-8") if readme.exists() else ""
    if BEGIN not in text or END not in text.split(BEGIN, 1)[1]:
        raise FenmenError(
            "E_README", where=readme, what=f"lacks {BEGIN} … {END}", fix="put the marks in"
        )
    lines = table(found, corpus)
    head, rest = text.split(BEGIN, 1)
    readme.write_text(f"{head}{BEGIN}\n{lines}\n{END}{rest.split(END, 1)[1]}", "utf-8")
    return lines


def table(found: Mapping[str, Any], corpus: str) -> str:
    """Published figures, then the measured contenders, in Markdown."""
    contenders = found["contenders"]
    quality = [name for name in QUALITY if any(name in own for own in contenders.values())]
    rows: list[Sequence[str]] = [["", *(QUALITY[q] for q in quality), *COST.values()]]
    rows.append(["---"] * len(rows[0]))
    for own in yaml.safe_load(PUBLISHED.read_text("utf-8"))[corpus]:
        figures = [_share(own.get(name)) for name in quality]
        rows.append([f"{own['name']}, published ({own['source']})", *figures, *["–"] * len(COST)])
    for name, own in contenders.items():
        costs = [f"{own[cost]:,}" for cost in COST]
        rows.append([NAMES[name], *(_share(own.get(q)) for q in quality), *costs])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    machine, plain = found["machine"], next(iter(contenders.values()))
    lines += ["", _remark(machine, plain, contenders)]
    return "\n".join(lines)


def _remark(machine: Mapping[str, Any], one: Mapping[str, Any], all_: Mapping[str, Any]) -> str:
    busy = max(own["load_average_before"] for own in all_.values())
    return (
        f"Measured in one run on {machine['cores']} cores ({machine['processor']}), each contender "
        f"in processes of its own; the load before them was at most {busy}. "
        f"{one['rows']:,} rows, {one['rows_unseen']:,} of which do not stand in the training part."
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}"
