"""First stage: read, check and split the corpus into data/prepared."""

from omegaconf import DictConfig
from rich.console import Console

from fenmen.corpus.prepared import prepare
from src.stage import plain, stage, taxonomy_of


@stage
def main(config: DictConfig) -> None:
    """Prepare the corpus that the configuration names."""
    folder = prepare(plain(config.corpus), taxonomy_of(config), config.seed)
    Console().print(f"prepared corpus: {folder}")


if __name__ == "__main__":
    main()
