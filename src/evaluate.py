"""Third stage: score the bundle on the test part, which no choice has seen; write the report."""

import json
from pathlib import Path

from omegaconf import DictConfig
from rich.console import Console

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.errors import FenmenError
from fenmen.evaluation.comparison import Comparison, compare
from fenmen.evaluation.evaluate import Evaluated, examine
from fenmen.evaluation.plot_files import write_plots
from fenmen.evaluation.previous import remember
from fenmen.evaluation.report import figure_table
from fenmen.evaluation.report_page import report_page
from fenmen.model.bundle import load
from src.stage import own_path, plain, sources, stage, taxonomy_of

MEMORY = ".cache/evaluated"
STALE = (
    "The model was trained on another state of the corpus and may have seen some of these texts: "
    "train it anew for figures that hold."
)


@stage
def main(config: DictConfig) -> None:
    """Evaluate, print the table, write the figures, the plots' data and the report."""
    settings, taxonomy = plain(config), taxonomy_of(config)
    folder = prepare(settings["corpus"], taxonomy, config.seed)
    now = examine(load(own_path(config.bundle)), read_parts(folder, ["test"]))
    comparison, why = compared(now, config)
    metrics, report = own_path(config.metrics), own_path(config.report)
    write(metrics, json.dumps(now.found, ensure_ascii=False, indent=1) + "\n")
    write_plots(report, now.outcome, now.bundle.taxonomy)
    corpus = sources(settings, folder)["corpus"]
    caution = "" if corpus == now.bundle.manifest["sources"].get("corpus") else STALE
    page = report_page(now, comparison, why, settings["corpus"]["name"], caution)
    write(report / "report.html", page)
    console = Console()
    if caution:
        console.print(f"[yellow]{caution}[/]")
    console.print(figure_table(now.found, now.bundle.taxonomy, "on the test part"))
    console.print(f"figures: {metrics}\nreport: {report / 'report.html'}", soft_wrap=True)


def compared(now: Evaluated, config: DictConfig) -> tuple[Comparison | None, str]:
    """Compare with the model that is asked for, or with the one evaluated before; or say why not.

    Raises:
        FenmenError: if a model that is asked for cannot be compared with.
    """
    if config.compare:
        return compare(now, load(config.compare)), ""
    bundle = own_path(config.bundle)
    memory = own_path(MEMORY) / "-".join(part for part in bundle.parts if part != bundle.anchor)
    before = remember(bundle, now.bundle.digest, memory)
    if before is None:
        return None, "This is the first model evaluated here; name another with compare=folder."
    try:
        return compare(now, load(before)), ""
    except FenmenError as error:
        return None, f"The model evaluated before cannot be compared with: {error}"


def write(path: Path, text: str) -> None:
    """Write a file, its folders first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
