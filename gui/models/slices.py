"""Work of many short steps on the main thread: a few milliseconds at a time, then the window lives.

Another thread would not help: what takes long here is Python on many values, and while a thread
holds the interpreter every cell that Qt asks for has to wait its turn.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

BUDGET_S: Final = 0.008


class Slices(QObject):
    """One piece of work at a time; a new one takes the place of the old one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._steps is not None

    def start(self, steps: Iterator[object], *, at_once: bool = False) -> None:
        """Begin work and drop what was under way; `at_once` does all of it before returning."""
        self._steps = steps
        if at_once:
            self.finish()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Drop the work."""
        self._timer.stop()
        self._steps = None

    def finish(self) -> None:
        """Do all that is left."""
        steps, self._steps = self._steps, None
        self._timer.stop()
        if steps is not None:
            for _ in steps:
                pass

    def _turn(self) -> None:
        end = time.perf_counter() + BUDGET_S
        steps = self._steps
        while steps is not None and time.perf_counter() < end:
            if next(steps, _OVER) is _OVER:
                if self._steps is steps:  # its last step may have begun something new
                    self.stop()
                return


_OVER: Final = object()
