"""A bar on stderr for whoever waits: what is being done, how far it is, and how fast it goes.

Only on a terminal, and only from the second second on: what is quicker needs no bar. It goes when
the work is done.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID

__all__ = ["Bar"]

_PATIENCE = 1.0  # seconds


class Bar:
    """Shows what it is told; end it with :meth:`close`."""

    def __init__(self, file: TextIO | None = None, patience: float = _PATIENCE) -> None:
        """Wait before anything is shown.

        Args:
            file: Where to show it; stderr if none is given.
            patience: Seconds to wait.
        """
        self._file = file or sys.stderr
        self._start = time.monotonic() + patience
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._doing = ""

    def __call__(self, doing: str, unit: str, done: int, total: int) -> None:
        """Show how far the work is; each kind of work takes the line of the one before."""
        if time.monotonic() < self._start:
            return
        progress = self._progress = self._progress or self._open()
        if doing != self._doing:
            if self._task is not None:
                progress.remove_task(self._task)
            self._task = progress.add_task(doing, unit=unit, total=total or None)
            self._doing = doing
        assert self._task is not None
        progress.update(self._task, completed=done, total=total or None)

    def _open(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn
        from rich.text import Text

        class Rate(ProgressColumn):
            def render(self, task: Task) -> Text:
                unit = task.fields["unit"]
                if not unit:
                    return Text()
                known = f" of {task.total:,.0f}" if task.total else ""
                rate = f", {task.speed:,.0f}/s" if task.speed else ""
                return Text(f"{task.completed:,.0f}{known} {unit}{rate}")

        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            Rate(),
            TimeElapsedColumn(),
            console=Console(file=self._file, force_terminal=True),
            transient=True,
        )
        progress.start()
        return progress

    def close(self) -> None:
        """Take the bar away."""
        if self._progress:
            self._progress.stop()
