"""What all stages share: Hydra's start, errors as one line, the taxonomy, where results go."""

import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from rich.console import Console
from rich.progress import Progress, TaskID

from fenmen.corpus.prepared import DIGEST
from fenmen.errors import FenmenError
from fenmen.taxonomy import Taxonomy, parse_taxonomy

CONF = Path(__file__).resolve().parent.parent / "conf"
# Where results are written, what they are compared with, how many cores are used.
SHAPES_NO_MODEL = ("bundle", "metrics", "report", "compare", "jobs")


def stage(run: Callable[[DictConfig], None], config_name: str = "config") -> Callable[[], None]:
    """Make a stage of a function: configured by Hydra, a user's fault printed as one line."""

    @functools.wraps(run)
    def reported(config: DictConfig) -> None:
        try:
            run(config)
        except FenmenError as error:
            print(error, file=sys.stderr)  # noqa: T201 - what a user has to read, on standard error
            sys.exit(2)

    # version_base is set so that Hydra does not move into the folder of the run.
    start: Callable[[], None] = hydra.main(
        version_base="1.3", config_path=str(CONF), config_name=config_name
    )(reported)
    return start


def plain(config: DictConfig) -> dict[str, Any]:
    """The configuration as plain data, interpolations resolved."""
    data = OmegaConf.to_container(config, resolve=True)
    assert isinstance(data, dict)
    return {str(key): value for key, value in data.items()}


def taxonomy_of(config: DictConfig) -> Taxonomy:
    """The taxonomy that the configuration names."""
    return parse_taxonomy(plain(config.taxonomy), "conf/taxonomy")


def own_path(path: str) -> Path:
    """A result's path: as given, but inside the job's own folder under --multirun.

    Two jobs of one sweep must never write to one path.
    """
    hydra_config = HydraConfig.get()
    if hydra_config.mode == RunMode.MULTIRUN:
        return Path(hydra_config.runtime.output_dir) / path
    return Path(path)


def sources(settings: Mapping[str, Any], prepared: Path) -> dict[str, str]:
    """Hashes of the configuration and of the data that a model is trained with."""
    shaping = {k: v for k, v in settings.items() if k not in SHAPES_NO_MODEL}
    text = json.dumps(shaping, sort_keys=True, ensure_ascii=False)
    return {
        "configuration": hashlib.sha256(text.encode()).hexdigest(),
        "corpus": (prepared / DIGEST).read_text("utf-8").strip(),
    }


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each step of a long run is."""
    with Progress(console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=of)
            bars.update(tasks[step], completed=done, total=of)

        yield report
