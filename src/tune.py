"""Search for better settings by cross-validation on the training part; `--help` tells how."""

import functools
from pathlib import Path

from omegaconf import DictConfig
from rich.console import Console

from fenmen.tagging.locking import hold
from src.search.overlay import refuse_foreign
from src.search.study import Found, Search
from src.search.trials import Trials
from src.stage import CONF, progress, stage


@functools.partial(stage, config_name="tune")
def main(config: DictConfig) -> None:
    """Search, tell of every trial, write the winner as an experiment."""
    console, tune = Console(highlight=False, soft_wrap=True, markup=False), config.tune
    target, memory = CONF / "experiment" / f"{tune.name}.yaml", Path(tune.storage)
    refuse_foreign(target)
    trials = Trials(config)
    memory.parent.mkdir(parents=True, exist_ok=True)
    with hold(memory.with_suffix(".lock"), memory), progress(console) as report:
        search = Search(memory, tune.name, trials.question, config.seed)

        def tell(found: Found) -> None:
            report("trials", found.number, tune.trials)
            console.print(trials.line(found))

        report("trials", len(search.finished()), tune.trials)
        search.run(
            tune.trials,
            trials.standing,
            lambda trial: trials.space.suggest(trial, trials.compose),
            lambda overrides: trials.score(overrides, report),
            tell,
        )
    best = search.best()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(trials.experiment(best, len(search.finished())), "utf-8")
    console.print(f"\nbest {trials.figure}: {trials.line(best)}")
    console.print(f"written: {target}\ntrain it: python -m src.train experiment={tune.name}")


if __name__ == "__main__":
    main()
