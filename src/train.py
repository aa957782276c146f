"""Second stage: train the topic model on the prepared corpus and write its bundle."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from hydra.utils import instantiate
from omegaconf import DictConfig
from rich.console import Console

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.corpus.schema import Example
from fenmen.evaluation.figures import Outcome, figures
from fenmen.evaluation.report import figure_table, model_card
from fenmen.model.bundle import save
from fenmen.model.calibration import DecisionSettings
from fenmen.model.fitting import Member, Progress
from fenmen.model.tokens import Tokenizer, read_user_dictionary
from fenmen.model.training import Trained, train
from fenmen.model.views import view_from
from fenmen.taxonomy import Taxonomy
from src.stage import own_path, plain, progress, sources, stage, taxonomy_of


@stage
def main(config: DictConfig) -> None:
    """Train, print the table of out-of-fold figures, write the bundle."""
    console = Console()
    settings, taxonomy = plain(config), taxonomy_of(config)
    folder = prepare(settings["corpus"], taxonomy, config.seed)
    examples = read_parts(folder, settings["corpus"]["fit_on"])
    with progress(console) as report:
        trained = fit(settings, taxonomy, examples, report)
    for warning in trained.warnings:
        console.print(f"[yellow]{warning}[/]")
    outcome = out_of_fold(trained, examples, taxonomy)
    found = figures(outcome, taxonomy, trained.model.decision.thresholds.tolist())
    target = own_path(config.bundle)
    digest = save(
        target,
        trained.model,
        card=model_card(settings, taxonomy, found, trained.weights),
        metrics=found,
        sources=sources(settings, folder),
    )
    console.print(figure_table(found, taxonomy, "out of fold, on the training part"))
    console.print(f"bundle: {target}  digest {digest}", soft_wrap=True)


def fit(
    settings: Mapping[str, Any],
    taxonomy: Taxonomy,
    examples: Sequence[Example],
    report: Progress | None = None,
) -> Trained:
    """Train as a configuration says on the given examples."""
    return train(
        [example.document for example in examples],
        label_matrix(examples, taxonomy),
        [example.group for example in examples],
        taxonomy,
        tokenizer(settings["tokens"]),
        [view_from({"name": n} | v, f"features {n}") for n, v in settings["features"].items()],
        {name: member(data) for name, data in settings["model"].items()},
        DecisionSettings(**settings["decision"]),
        folds=settings["folds"],
        seed=settings["seed"],
        n_jobs=settings["jobs"],
        prune=settings["prune"],
        progress=report,
    )


def out_of_fold(trained: Trained, examples: Sequence[Example], taxonomy: Taxonomy) -> Outcome:
    """What the training decided of each example while not seeing it."""
    decision = trained.model.decision
    return Outcome(
        label_matrix(examples, taxonomy),
        trained.probabilities,
        decision.decide(trained.probabilities),
        decision.in_review(trained.probabilities),
        [example.group for example in examples],
    )


def label_matrix(examples: Sequence[Example], taxonomy: Taxonomy) -> npt.NDArray[np.bool_]:
    """Which topics each example has, (n_examples, n_topics)."""
    return np.array([[topic in e.topics for topic in taxonomy.ids] for e in examples], dtype=bool)


def tokenizer(tokens: Mapping[str, Any]) -> Tokenizer:
    """The tokeniser that a `conf/tokens` choice names; a user dictionary of null is none."""
    path = tokens["user_dictionary"]
    return Tokenizer(tokens["engine"], read_user_dictionary(path) if path else ())


def member(data: Mapping[str, Any]) -> Member:
    """An estimator by its `_target_`; `views` names those it looks at, all if it names none."""
    views = tuple(data.get("views", ()))
    return Member(instantiate({k: v for k, v in data.items() if k != "views"}), views)


if __name__ == "__main__":
    main()
