"""Third stage: score the bundle on the test part, which no choice has seen; write metrics.json."""

import json

from omegaconf import DictConfig
from rich.console import Console

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.evaluation.evaluate import evaluate
from fenmen.evaluation.report import figure_table
from fenmen.model.bundle import load
from src.stage import own_path, plain, stage, taxonomy_of


@stage
def main(config: DictConfig) -> None:
    """Evaluate, print the table, write the figures."""
    settings, taxonomy = plain(config), taxonomy_of(config)
    folder = prepare(settings["corpus"], taxonomy, config.seed)
    bundle = load(own_path(config.bundle))
    found = evaluate(bundle, read_parts(folder, ["test"]))
    target = own_path(config.metrics)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    Console().print(figure_table(found, bundle.taxonomy, "on the test part"))
    Console().print(f"figures: {target}")


if __name__ == "__main__":
    main()
