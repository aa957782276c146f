"""What a trial is: the configuration with overrides, trained and scored on the training part."""

import json
from collections.abc import Sequence
from typing import Any

from hydra import compose
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from fenmen.corpus.prepared import prepare, read_parts
from fenmen.errors import FenmenError
from fenmen.evaluation import metrics
from src.search.overlay import overlay
from src.search.space import Space, space_from
from src.search.study import Found
from src.stage import SHAPES_NO_MODEL, plain, sources, taxonomy_of
from src.train import Progress, fit, out_of_fold


class Trials:
    """The trials of one search: what they share, how one is composed and scored."""

    def __init__(self, config: DictConfig) -> None:
        hydra_config = HydraConfig.get()
        tune = plain(config.tune)
        self.space: Space = space_from(tune)
        self._groups = GlobalHydra.instance().config_loader().list_groups("")
        self._choices = dict(hydra_config.runtime.choices)
        given = [o for o in hydra_config.overrides.task if _top(o) not in ("tune", "hydra")]
        self._fixed = [o for o in given if _key(o) not in self.space.names]
        self.space.check(self.compose)
        self.settings = self.compose([])
        self.taxonomy = taxonomy_of(config)
        folder = prepare(self.settings["corpus"], self.taxonomy, config.seed)
        self._examples = read_parts(folder, self.settings["corpus"]["fit_on"])
        asked = {name: tune.get(name) for name in ("groups", "keys")}
        self.question = json.dumps(asked | sources(self.settings, folder), sort_keys=True)

    @property
    def figure(self) -> str:
        """The name of what is maximised."""
        return "accuracy" if self.taxonomy.exclusive else "macro-F1"

    @property
    def standing(self) -> dict[str, Any]:
        """The parameters of the configuration as it stands, as far as the space holds them."""
        # Hydra does not tell which files a list took; each holds one entry of the file's name.
        lists = {name: list(part) for name, part in self.settings.items() if isinstance(part, dict)}
        return self.space.standing(lists | self._choices, self.settings)

    def compose(self, overrides: Sequence[str]) -> dict[str, Any]:
        """The configuration that overrides give beside what the user gave.

        Raises:
            FenmenError: E_TUNE if Hydra cannot compose them.
        """
        try:
            return plain(compose("config", [*self._fixed, *overrides]))
        except (HydraException, OmegaConfBaseException) as error:
            raise FenmenError(
                "E_TUNE",
                where=" ".join(overrides) or "configuration",
                what=str(error).splitlines()[0],
                fix="mend conf/tune, or what was given on the command line",
            ) from error

    def score(self, overrides: Sequence[str], report: Progress) -> float:
        """The figure, out of fold."""
        trained = fit(self.compose(overrides), self.taxonomy, self._examples, report)
        outcome = out_of_fold(trained, self._examples, self.taxonomy)
        measure = metrics.subset_accuracy if self.taxonomy.exclusive else metrics.macro_f1
        return measure(outcome.truth, outcome.decided)

    def line(self, found: Found) -> str:
        """A finished trial for people."""
        score = f"refused: {found.refused}" if found.score is None else f"{found.score:.4f}"
        return f"trial {found.number}  {score}  {' '.join(o.lstrip('+') for o in found.overrides)}"

    def experiment(self, best: Found, of: int) -> str:
        """The text of the overlay that trains as a trial did."""
        remark = (
            f"trial {best.number} of {of}, {self.figure} {best.score:.4f} out of fold "
            f"({self.settings['folds']} folds, seed {self.settings['seed']}) on "
            f"{len(self._examples)} texts of {self.settings['corpus']['name']}."
        )
        kept = [o for o in self._fixed if _top(o) not in SHAPES_NO_MODEL]
        return overlay([*kept, *best.overrides], self._groups, remark)


def _key(override: str) -> str:
    return override.lstrip("+~").split("=")[0]


def _top(override: str) -> str:
    return _key(override).split(".")[0]
