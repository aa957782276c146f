"""One error type for everything a user can mend."""

from pathlib import Path
from typing import Any


class FenmenError(Exception):
    """A fault with a stable code, its place, what is wrong and what to do about it.

    `str()` gives the one line that the command line prints:
    `E_COLUMN day.csv: needs a column "text"; found ["标题"]; pass --text-column 标题`.
    """

    def __init__(self, code: str, *, where: str | Path, what: str, fix: str) -> None:
        super().__init__(code, str(where), what, fix)
        self.code = code
        self.where = str(where)
        self.what = what
        self.fix = fix

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.code, self.where, self.what, self.fix)

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.what}; {self.fix}"


def _again(code: str, where: str, what: str, fix: str) -> FenmenError:
    """An error on its way from one process to another; pickle knows no keyword arguments."""
    return FenmenError(code, where=where, what=what, fix=fix)
