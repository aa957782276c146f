"""What a search may choose: files of conf/ groups, and values of dotted keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fenmen.errors import FenmenError

Compose = Callable[[Sequence[str]], Mapping[str, Any]]
FIXED = ("corpus", "taxonomy")  # another corpus is another question, not another answer


class Trial(Protocol):
    """What the space asks of an Optuna trial."""

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """One of the choices."""

    def suggest_int(self, name: str, low: int, high: int, *, log: bool) -> int:
        """A whole number."""

    def suggest_float(self, name: str, low: float, high: float, *, log: bool) -> float:
        """A number."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some values, each as Hydra writes it."""

    name: str
    options: tuple[str, ...]

    def suggest(self, trial: Trial) -> str:
        """The value that the trial takes."""
        return str(trial.suggest_categorical(self.name, self.options))

    def params(self, value: Any) -> dict[str, Any]:
        """The parameters that stand for a value; none if it is not among the options."""
        return {self.name: written(value)} if written(value) in self.options else {}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some of several names, at least one."""

    name: str
    options: tuple[str, ...]

    def suggest(self, trial: Trial) -> str:
        """The names that the trial takes; all of them where it takes none."""
        taken = [o for o in self.options if trial.suggest_categorical(self._of(o), (True, False))]
        return written(taken or self.options)

    def params(self, value: Any) -> dict[str, Any]:
        """The parameters that stand for some names; none if a name is not among the options."""
        if not isinstance(value, Sequence) or set(value) - set(self.options):
            return {}
        return {self._of(option): option in value for option in self.options}

    def _of(self, option: str) -> str:
        return f"{self.name}:{option}"


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two bounds, whole if these are; others have three figures, for readers."""

    name: str
    low: float
    high: float
    log: bool = False

    def suggest(self, trial: Trial) -> str:
        """The number that the trial takes."""
        if isinstance(self.low, int) and isinstance(self.high, int):
            return str(trial.suggest_int(self.name, self.low, self.high, log=self.log))
        value = trial.suggest_float(self.name, float(self.low), float(self.high), log=self.log)
        return repr(float(f"{value:.3g}"))

    def params(self, value: Any) -> dict[str, Any]:
        """The parameter that stands for a number; none outside the bounds."""
        inside = isinstance(value, int | float) and self.low <= value <= self.high
        return {self.name: value} if inside else {}


Choice = OneOf | AnyOf | Range


@dataclass(frozen=True, slots=True)
class Space:
    """Groups are chosen first; then keys, those that the chosen groups have."""

    groups: tuple[Choice, ...]
    keys: tuple[Choice, ...]

    @property
    def names(self) -> set[str]:
        """The groups and keys that the space rules."""
        return {choice.name for choice in (*self.groups, *self.keys)}

    def suggest(self, trial: Trial, compose: Compose) -> list[str]:
        """Hydra overrides for a trial."""
        groups = [f"{group.name}={group.suggest(trial)}" for group in self.groups]
        settings = compose(groups)
        keys = [key for key in self.keys if _has(settings, key.name)]
        # ++ sets a key whether or not a file of conf/ mentions it.
        return groups + [f"++{key.name}={key.suggest(trial)}" for key in keys]

    def standing(self, choices: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of the configuration as it stands, as far as the space holds them.

        Args:
            choices: the file, or files, taken of each group.
            settings: the composed configuration.
        """
        found: dict[str, Any] = {}
        for group in self.groups:
            found |= group.params(choices.get(group.name))
        for key in self.keys:
            found |= key.params(_at(settings, key.name.split(".")))
        return found

    def check(self, compose: Compose) -> None:
        """Compose every choice of a group once.

        Raises:
            FenmenError: E_TUNE for a choice that does not compose or a key that no choice has.
        """
        composed = [compose([])] + [compose([o]) for group in self.groups for o in _each(group)]
        for key in self.keys:
            if not any(_has(settings, key.name) for settings in composed):
                raise _fault(f"key {key.name!r} belongs to none of the groups that are chosen from")


def space_from(data: Mapping[str, Any]) -> Space:
    """A space from the plain data of conf/tune.

    Raises:
        FenmenError: E_TUNE naming every fault.
    """
    faults = list(_faults(data))
    if faults:
        raise _fault("; ".join(faults))
    groups, keys = data.get("groups") or {}, data.get("keys") or {}
    return Space(
        tuple(_choice(name, given) for name, given in groups.items()),
        tuple(_choice(name, given) for name, given in keys.items()),
    )


def written(value: Any) -> str:
    """A value as Hydra's command line takes it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{','.join(map(written, value))}]"
    return str(value)


def _choice(name: str, given: Mapping[str, Any]) -> Choice:
    if "one_of" in given:
        return OneOf(name, tuple(map(written, given["one_of"])))
    if "any_of" in given:
        return AnyOf(name, tuple(given["any_of"]))
    return Range(name, given["from"], given["to"], bool(given.get("log", False)))


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    groups, keys = data.get("groups") or {}, data.get("keys") or {}
    if not groups and not keys:
        yield "has neither groups nor keys to choose"
    for name, given in [*groups.items(), *keys.items()]:
        if name in FIXED:
            yield f"{name} cannot be searched: choose it on the command line"
        elif not _is_choice(given):
            yield f"{name}: needs one_of, any_of (lists) or from and to (numbers)"
        elif "from" in given and given["from"] >= given["to"]:
            yield f"{name}: from {given['from']} is not below to {given['to']}"
        elif given.get("log") and given["from"] <= 0:
            yield f"{name}: a logarithm needs a positive from"


def _is_choice(given: Any) -> bool:
    if not isinstance(given, Mapping):
        return False
    for kind in ("one_of", "any_of"):
        if set(given) == {kind}:
            return isinstance(given[kind], Sequence) and bool(given[kind])
    numbers = all(
        isinstance(given.get(end), int | float) and not isinstance(given.get(end), bool)
        for end in ("from", "to")
    )
    return numbers and set(given) <= {"from", "to", "log"}


def _each(group: Choice) -> list[str]:
    """Overrides that take every choice of a group once."""
    if isinstance(group, OneOf):
        return [f"{group.name}={option}" for option in group.options]
    return [f"{group.name}={written(group.options)}"] if isinstance(group, AnyOf) else []


def _has(settings: Mapping[str, Any], key: str) -> bool:
    """Whether the settings hold what the key belongs to."""
    return isinstance(_at(settings, key.split(".")[:-1]), Mapping)


def _at(settings: Any, path: Sequence[str]) -> Any:
    for part in path:
        settings = settings.get(part) if isinstance(settings, Mapping) else None
    return settings


def _fault(what: str) -> FenmenError:
    return FenmenError("E_TUNE", where="conf/tune", what=what, fix="see python -m src.tune --help")
