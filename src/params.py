"""Write params.yaml: conf/ composed, for DVC, which composes nothing itself on `dvc repro`."""

from pathlib import Path

import yaml
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from src.stage import CONF

PARAMS = CONF.parent / "params.yaml"
HEADER = (
    "# Written by `make params` from conf/; edit there. The stages of dvc.yaml read this file.\n"
)


def composed() -> str:
    """The text of params.yaml that conf/ gives now."""
    with initialize_config_dir(str(CONF), version_base="1.3"):
        data = OmegaConf.to_container(compose("config"), resolve=True, throw_on_missing=True)
    return HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def main(path: Path = PARAMS) -> None:
    """Write the file."""
    path.write_text(composed(), "utf-8")


if __name__ == "__main__":
    main()
