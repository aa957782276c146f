"""Which files a path stands for: all of a folder, whatever their endings, but for by-work."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from fenmen.errors import FenmenError

STANDARD_INPUT = "-"
_GIVE_TEXT = "give a file, a folder of them, or - for standard input"
# What browsers and desktops leave beside the material; nobody means it to be read.
_BYWORK = frozenset(
    (
        *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".cur"),
        *(".db", ".ini", ".lnk", ".url", ".download"),
    )
)
_PAGES = (".html", ".htm", ".xhtml")
_PARTS = ("_files", ".files", "_文件")  # how browsers call the folder of a saved page's parts
NOTHING: frozenset[str] = frozenset()


def page_files(
    path: str | Path, own: frozenset[str] = NOTHING
) -> Iterator[str | Path | FenmenError]:
    """The file itself, or the files of a folder and its sub-folders in sorted order.

    Hidden ones, those that belong to a saved page, and such as fonts and scripts are left out.

    Args:
        own: absolute paths of what we write ourselves, which is no input.
    """
    if path == STANDARD_INPUT:
        yield STANDARD_INPUT
        return
    path = Path(path)
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        yield unreadable(path, error)
        return
    if not exists:
        yield FenmenError("E_MISSING", where=path, what="does not exist", fix=_GIVE_TEXT)
    elif is_folder:
        yield from _walk(path, own)
    else:
        yield path


def unreadable(path: str | Path, error: Exception) -> FenmenError:
    """The error for a file that cannot be opened."""
    reason = getattr(error, "strerror", None) or str(error)
    fix = "check the path and its permissions"
    return FenmenError("E_READ", where=path, what=f"cannot be read ({reason})", fix=fix)


def _walk(folder: Path, own: frozenset[str]) -> Iterator[Path | FenmenError]:
    faults: list[OSError] = []
    found = False
    for root, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not _is_bywork(name, names, folder=True))
        for name in sorted(names):
            path = Path(root) / name
            if not _is_bywork(name) and os.path.abspath(path) not in own:  # noqa: PTH100 - no links
                found = True
                yield _regular(path)
    yield from (unreadable(fault.filename or folder, fault) for fault in faults)
    if not found and not faults:
        yield FenmenError("E_MISSING", where=folder, what="holds no file", fix=_GIVE_TEXT)


def _is_bywork(name: str, beside: list[str] | None = None, *, folder: bool = False) -> bool:
    if name.startswith((".", "~$")):  # hidden, or the lock of a document that somebody has open
        return True
    if not folder:
        return Path(name).suffix.lower() in _BYWORK
    page = next((name.removesuffix(end) for end in _PARTS if name.endswith(end)), "")
    return bool(page) and any(page + end in (beside or ()) for end in _PAGES)


def _regular(path: Path) -> Path | FenmenError:
    """The path, unless reading it could wait for ever."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return unreadable(path, error)
    if stat.S_ISREG(kind):
        return path
    return FenmenError("E_READ", where=path, what="is no regular file", fix="take it out")
