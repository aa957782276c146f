"""Say where to get a public corpus that is missing, before DVC says only that it is.

    python -m experiments.at_hand experiments/tnews

writes the names of the files that are there, so that the stage runs once.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from fenmen.errors import FenmenError


def main() -> None:
    """Look for the corpus of an experiment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the experiment")
    folder = parser.parse_args().folder
    corpus = yaml.safe_load((folder / "params.yaml").read_text("utf-8"))["corpus"]
    try:
        names = files(corpus)
    except FenmenError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    note = Path(f"{corpus['prepared']}.txt")
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text("".join(f"{name}\n" for name in names), "utf-8")


def files(corpus: Mapping[str, Any]) -> list[str]:
    """The files of a corpus.

    Raises:
        FenmenError: E_MISSING if one is not there.
    """
    names = [f"{corpus['folder']}/{name}" for name in corpus["files"].values()]
    if missing := [name for name in names if not Path(name).is_file()]:
        raise FenmenError(
            "E_MISSING",
            where=", ".join(missing),
            what="this public corpus is not part of the project",
            fix=f"get it from {corpus['available']} and put it there",
        )
    return names


if __name__ == "__main__":
    main()
