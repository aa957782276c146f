"""The search itself: Optuna asked trial by trial, its memory in SQLite: a stop costs nothing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fenmen.errors import FenmenError

if TYPE_CHECKING:
    import optuna

OVERRIDES, REFUSED, QUESTION = "overrides", "refused", "question"


@dataclass(frozen=True, slots=True)
class Found:
    """A finished trial: its place in the order, its overrides, its score or why it had none."""

    number: int
    overrides: tuple[str, ...]
    score: float | None
    refused: str = ""


class Search:
    """One search in one SQLite file.

    Every trial is asked of a sampler that is seeded anew by the number of trials finished before,
    so a search that was killed goes on exactly as if it had not been.

    Args:
        question: what the scores depend on beside the trials; a file is never used for another.

    Raises:
        FenmenError: E_TUNE if the file belongs to another question, E_MISSING without Optuna.
    """

    def __init__(self, file: Path, name: str, question: str, seed: int) -> None:
        self._optuna = _optuna()
        self._seed = seed
        file.parent.mkdir(parents=True, exist_ok=True)
        self._study = self._optuna.create_study(
            storage=f"sqlite:///{file}",
            study_name=name,
            direction="maximize",
            load_if_exists=True,
        )
        known = self._study.user_attrs.get(QUESTION, question)
        if known != question:
            raise FenmenError(
                "E_TUNE",
                where=file,
                what="remembers trials of another space, corpus or configuration",
                fix="give another tune.name, or remove the file to begin anew",
            )
        self._study.set_user_attr(QUESTION, question)
        self._bury()

    def run(
        self,
        trials: int,
        standing: Mapping[str, Any],
        suggest: Callable[["optuna.Trial"], list[str]],
        score: Callable[[list[str]], float],
        tell: Callable[[Found], None],
    ) -> None:
        """Go on until so many trials are finished.

        Args:
            standing: parameters of the first trial.
            suggest: overrides for a trial.
            score: how good overrides are; a FenmenError refuses them.
            tell: called with every trial as it finishes.
        """
        if not self.finished() and not self._in_state("WAITING"):
            self._study.enqueue_trial(dict(standing))
        while len(self.finished()) < trials:
            tell(self._one(suggest, score))

    def finished(self) -> list[Found]:
        """The finished trials in order."""
        trials = self._in_state("COMPLETE", "PRUNED")
        return [
            Found(
                number,
                tuple(json.loads(trial.user_attrs[OVERRIDES])),
                trial.value,
                trial.user_attrs.get(REFUSED, ""),
            )
            for number, trial in enumerate(trials, start=1)
        ]

    def best(self) -> Found:
        """The best finished trial, of equals the first.

        Raises:
            FenmenError: E_TUNE if every trial was refused.
        """
        scored = [found for found in self.finished() if found.score is not None]
        if not scored:
            reasons = {found.refused for found in self.finished()}
            raise FenmenError(
                "E_TUNE",
                where="search",
                what="no trial could be trained: " + "; ".join(sorted(reasons)[:3]),
                fix="mend conf/tune",
            )
        return max(scored, key=lambda found: (found.score, -found.number))

    def _one(
        self, suggest: Callable[["optuna.Trial"], list[str]], score: Callable[[list[str]], float]
    ) -> Found:
        before = self.finished()
        self._study.sampler = self._sampler(len(before))
        trial = self._study.ask()
        overrides = suggest(trial)
        trial.set_user_attr(OVERRIDES, json.dumps(overrides))
        known = {found.overrides: found.score for found in before}.get(tuple(overrides))
        try:
            # The same settings have the same score: a repeated suggestion costs nothing.
            self._study.tell(trial, score(overrides) if known is None else known)
        except FenmenError as error:
            trial.set_user_attr(REFUSED, str(error))
            self._study.tell(trial, state=self._optuna.trial.TrialState.PRUNED)
        return self.finished()[-1]

    def _sampler(self, finished: int) -> "optuna.samplers.TPESampler":
        # No account of running trials: one of a killed process would change what is asked next.
        return self._optuna.samplers.TPESampler(
            seed=self._seed * 1_000_003 + finished, constant_liar=False, multivariate=False
        )

    def _bury(self) -> None:
        """Close trials that a killed process left running; they are asked for again."""
        standing = [t for t in self._in_state("RUNNING") if "fixed_params" in t.system_attrs]
        for trial in self._in_state("RUNNING"):
            self._study.tell(trial.number, state=self._optuna.trial.TrialState.FAIL)
        for trial in standing:  # what was given is not found by asking again
            self._study.enqueue_trial(trial.system_attrs["fixed_params"])

    def _in_state(self, *names: str) -> list["optuna.trial.FrozenTrial"]:
        states = [self._optuna.trial.TrialState[name] for name in names]
        return self._study.get_trials(deepcopy=False, states=states)


def _optuna() -> Any:
    try:
        import optuna
    except ImportError:
        raise FenmenError(
            "E_MISSING",
            where="optuna",
            what="is not installed",
            fix="pip install -e '.[experiments]'",
        ) from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna
