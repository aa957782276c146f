"""What people read of an evaluation: the table, and the card that travels with a model."""

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.table import Table

from fenmen.evaluation.figures import table_rows
from fenmen.taxonomy import Taxonomy

COLUMNS = ("topic", "precision", "recall", "F1", "threshold", "support")


def figure_table(found: Mapping[str, Any], taxonomy: Taxonomy, title: str) -> Table:
    """The figures of each topic, then micro, macro and subset."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == "topic" else "right")
    for row in table_rows(found, taxonomy):
        table.add_row(*row)
    return table


def model_card(
    settings: Mapping[str, Any],
    taxonomy: Taxonomy,
    found: Mapping[str, Any],
    weights: Mapping[str, float],
) -> str:
    """The text of MODEL_CARD.md, written from the run.

    Args:
        weights: how much each member counts.
    """
    rows = [COLUMNS, ("---",) * len(COLUMNS), *table_rows(found, taxonomy)]
    lines = [
        f"# {settings['corpus']['name']} / {taxonomy.name}",
        "",
        f"Files Chinese texts under {len(taxonomy.topics)} topics. Trained on {found['rows']} "
        f"texts of `{settings['corpus']['name']}` (parts {settings['corpus']['fit_on']}).",
        "",
        "## Topics",
        "",
        *(f"- `{t.id}` {t.name}: {t.definition}" for t in taxonomy.topics),
        "",
        "## How it decides",
        "",
        f"Views: {', '.join(settings['features'])}. Members and their weights: "
        + ", ".join(f"{name} {weight:.2f}" for name, weight in weights.items())
        + f". Tokens: {settings['tokens']['engine']}. Thresholds: {settings['decision']}.",
        "",
        "All members are linear and folded into one matrix; a probability above the topic's "
        "threshold gives the tag.",
        "",
        "## Figures, out of fold on the training part",
        "",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        f"Sent to review: {found['review']['share']:.1%} of the texts; of the others "
        f"{found['review']['error_rate_outside']:.1%} have a wrong or missing topic.",
        "",
        "## Not good for",
        "",
        "Other languages, poetry, tables without sentences, topics outside the list. Thresholds "
        "are chosen on the same out-of-fold scores that the figures are counted on; the stage "
        "`evaluate` reports a part that no choice has seen.",
        "",
    ]
    return "\n".join(lines)
