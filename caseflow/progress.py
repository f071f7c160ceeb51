"""How far something long is: a bar on a terminal, now and then a line elsewhere; on standard error."""

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from caseflow.console import ERR, say

LINE_EVERY_S = 5.0


class Meter:
    """Shows one piece of work. Use as `with Meter("publishing", "rows") as meter`."""

    def __init__(self, what: str, unit: str) -> None:
        """Name the work and what it counts."""
        self._what, self._unit = what, unit
        self._began = self._said = time.monotonic()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=ERR, transient=True) if ERR.is_terminal else None
        self._task = self._bar.add_task(what, total=None, note="") if self._bar else None

    def __enter__(self) -> Self:
        """Begin to show."""
        self._began = self._said = time.monotonic()
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away; the caller says what came of it."""
        if self._bar is not None:
            self._bar.stop()

    @property
    def seconds(self) -> float:
        """Return how long it has taken so far."""
        return max(1e-9, time.monotonic() - self._began)

    def at(self, done: int, total: int | None, count: int) -> None:
        """Show that `done` of `total` is behind us (None: nobody knows), which is `count` units so far."""
        note = f"{count:,} {self._unit}, {count / self.seconds:,.0f}/s"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, note=note)
        elif time.monotonic() - self._said >= LINE_EVERY_S:
            self._said = time.monotonic()
            share = f"{done / total:.0%}, " if total else ""
            say(f"{self._what}: {share}{note}")
