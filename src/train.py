"""Second stage: train the topic model on the prepared corpus and write its bundle."""

from typing import Any

from hydra.utils import instantiate
from omegaconf import DictConfig
from rich.console import Console

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.evaluation.figures import Outcome, figures
from fenmen.evaluation.report import figure_table, model_card
from fenmen.model.bundle import save
from fenmen.model.calibration import DecisionSettings
from fenmen.model.tokens import Tokenizer, read_user_dictionary
from fenmen.model.training import Member, train
from fenmen.model.views import view_from
from src.stage import label_matrix, own_path, plain, progress, sources, stage, taxonomy_of


@stage
def main(config: DictConfig) -> None:
    """Train, print the table of out-of-fold figures, write the bundle."""
    console = Console()
    settings, taxonomy = plain(config), taxonomy_of(config)
    folder = prepare(settings["corpus"], taxonomy, config.seed)
    examples = read_parts(folder, settings["corpus"]["fit_on"])
    labels = label_matrix(examples, taxonomy)
    groups = [example.group for example in examples]
    with progress(console) as report:
        trained = train(
            [example.document for example in examples],
            labels,
            groups,
            taxonomy,
            tokenizer(settings["tokens"]),
            [view_from({"name": n} | v, f"features {n}") for n, v in settings["features"].items()],
            {name: member(data) for name, data in settings["model"].items()},
            DecisionSettings(**settings["decision"]),
            folds=config.folds,
            seed=config.seed,
            n_jobs=config.jobs,
            prune=config.prune,
            progress=report,
        )
    for warning in trained.warnings:
        console.print(f"[yellow]{warning}[/]")
    decision = trained.model.decision
    found = figures(
        Outcome(
            labels,
            trained.probabilities,
            decision.decide(trained.probabilities),
            decision.in_review(trained.probabilities),
            groups,
        ),
        taxonomy,
        decision.thresholds.tolist(),
    )
    target = own_path(config.bundle)
    digest = save(
        target,
        trained.model,
        card=model_card(settings, taxonomy, found, trained.weights),
        metrics=found,
        sources=sources(settings, folder),
    )
    console.print(figure_table(found, taxonomy, "out of fold, on the training part"))
    console.print(f"bundle: {target}  digest {digest}")


def tokenizer(tokens: dict[str, Any]) -> Tokenizer:
    """The tokeniser that a `conf/tokens` choice names."""
    return Tokenizer(tokens["engine"], read_user_dictionary(tokens["user_dictionary"]))


def member(data: dict[str, Any]) -> Member:
    """An estimator by its `_target_`; `views` names those it looks at, all if it names none."""
    views = tuple(data.get("views", ()))
    return Member(instantiate({k: v for k, v in data.items() if k != "views"}), views)


if __name__ == "__main__":
    main()
