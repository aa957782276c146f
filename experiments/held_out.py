"""Training without some examples and deciding those: what all experiments on the corpus share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fenmen.corpus.schema import Example, read_corpus
from fenmen.evaluation import metrics
from fenmen.evaluation.figures import Outcome
from fenmen.evaluation.keyword_rule import keyword_rule
from fenmen.model.scorer import Scorer
from fenmen.taxonomy import Taxonomy, parse_taxonomy
from src.params import PARAMS
from src.train import fit, label_matrix

Figure = Callable[[metrics.Bools, metrics.Bools], float]


@dataclass(frozen=True)
class Project:
    """The composed configuration of the project with its taxonomy and its whole corpus."""

    settings: Mapping[str, Any]
    taxonomy: Taxonomy
    examples: Sequence[Example]


def project() -> Project:
    """Read params.yaml and the corpus that it names."""
    settings = yaml.safe_load(PARAMS.read_text("utf-8"))
    taxonomy = parse_taxonomy(settings["taxonomy"], str(PARAMS))
    return Project(settings, taxonomy, read_corpus(settings["corpus"]["folder"], taxonomy))


def without(given: Project, train: Sequence[Example], test: Sequence[Example]) -> Outcome:
    """Train on some examples as the project is configured and decide others."""
    scorer = Scorer(fit(given.settings, given.taxonomy, train).model)
    probability = scorer.probabilities(scorer.score([example.document for example in test]))
    return Outcome(
        truth=label_matrix(test, given.taxonomy),
        probability=probability,
        decided=scorer.decide(probability),
        review=scorer.in_review(probability),
        groups=[example.group for example in test],
    )


def rule_outcome(given: Project, test: Sequence[Example]) -> Outcome:
    """What the keyword rule decides, beside every model."""
    decided = keyword_rule([example.document for example in test], given.taxonomy)
    truth = label_matrix(test, given.taxonomy)
    groups = [example.group for example in test]
    return Outcome(truth, decided.astype(float), decided, decided & False, groups)


def with_interval(figure: Figure, outcome: Outcome) -> str:
    """A figure with its 95 % bootstrap interval, as a table's cell."""
    value = figure(outcome.truth, outcome.decided)
    low, high = metrics.interval(figure, outcome.truth, outcome.decided, outcome.groups)
    return f"{value:.3f} ({low:.3f}–{high:.3f})"


def table(head: Sequence[str], rows: Iterator[Sequence[Any]] | Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


def write(path: Path, parts: Sequence[str]) -> None:
    """Write the result file of an experiment."""
    path.write_text("\n".join(parts), "utf-8")
