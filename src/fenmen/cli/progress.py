"""The progress bars of a batch."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


def progress_bar(total: int, done: int, what: str = "") -> tuple[Progress, TaskID]:
    """A bar on standard error: rows, rows a second, errors so far, time that remains."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]} rows"),
        TextColumn("{task.fields[speed]} a second"),
        TextColumn("{task.fields[errors]} errors"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,  # its thread would forbid to fork workers
    )
    task = bar.add_task(what, total=total or None, completed=done, rows="0", speed="0", errors=0)
    bar.start()
    return bar, task
