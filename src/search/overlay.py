"""The winner as a file: conf/experiment/<name>.yaml, which Hydra lays over the configuration."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from hydra.core.override_parser.overrides_parser import OverridesParser

from fenmen.errors import FenmenError

MARK = "# Found by python -m src.tune"


def overlay(overrides: Sequence[str], groups: Collection[str], remark: str) -> str:
    """The text of an overlay that has the effect of overrides.

    Args:
        groups: names of the conf/ groups; every other override sets a key.
        remark: one line of where it comes from.
    """
    defaults: list[Any] = []
    keys: dict[str, Any] = {}
    for override in OverridesParser.create().parse_overrides(list(overrides)):
        name, value = override.key_or_group, override.value()
        if name == "experiment":
            defaults.insert(0, value)
        elif name in groups:
            defaults.append({f"override /{name}": value})
        else:
            _set(keys, name.split("."), value)
    body: Mapping[str, Any] = {"defaults": [*defaults, "_self_"]} | keys
    head = f"# @package _global_\n{MARK}: {remark}\n"
    return head + yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def refuse_foreign(path: Path) -> None:
    """An experiment that somebody wrote by hand is never overwritten.

    Raises:
        FenmenError: E_TUNE if the file does not come from a search.
    """
    if path.exists() and MARK not in path.read_text("utf-8"):
        raise FenmenError(
            "E_TUNE",
            where=path,
            what="was not written by a search and would be overwritten",
            fix="give another tune.name",
        )


def _set(keys: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for part in path[:-1]:
        keys = keys.setdefault(part, {})
    keys[path[-1]] = value


class _Dumper(yaml.SafeDumper):
    """Lists of plain values on one line, mappings as blocks, as the files of conf/ have them."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> yaml.Node:
        if flow_style is None:
            nested = any(isinstance(item, Mapping | list) for item in sequence)
            flow_style = not nested and "_self_" not in sequence
        return super().represent_sequence(tag, sequence, flow_style)
