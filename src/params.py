"""Write params.yaml: conf/ composed, for DVC, which composes nothing itself on `dvc repro`.

An experiment whose metrics lie under experiments/ has a pipeline there and a params.yaml beside it.
"""

from pathlib import Path

import yaml
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from src.stage import CONF

ROOT = CONF.parent
PARAMS = ROOT / "params.yaml"
HEADER = (
    "# Written by `make params` from conf/; edit there. The stages of dvc.yaml read this file.\n"
)


def composed(*overrides: str) -> str:
    """The text of params.yaml that conf/ gives now."""
    with initialize_config_dir(str(CONF), version_base="1.3"):
        config = compose("config", list(overrides))
        data = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    return HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def all_params() -> dict[Path, str]:
    """Every params.yaml with its text: the main pipeline's and the experiments'."""
    texts = {PARAMS: composed()}
    for overlay in sorted((CONF / "experiment").glob("*.yaml")):
        text = composed(f"experiment={overlay.stem}")
        folder = (ROOT / yaml.safe_load(text)["metrics"]).parent
        if (folder / "dvc.yaml").exists() and folder != ROOT:
            texts[folder / "params.yaml"] = text
    return texts


def main() -> None:
    """Write the files."""
    for path, text in all_params().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
