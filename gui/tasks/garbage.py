"""Garbage is collected on the main thread, between two events.

Python's collector runs on whichever thread happens to allocate. On a worker it would destroy the
widgets it finds there while Qt draws with them on the main thread, and in the middle of a call of
Qt it would destroy what Qt is just walking through: either ends the program at once, with whatever
was being typed. So it is switched off for as long as the window runs, and asked for from a timer.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from geo.collector import look_at_all, pass_by, resting

if TYPE_CHECKING:
    from gui.session import PlanSession

LOOK_MS: Final = 50
"""Often enough that what gathers in between is collected in a few milliseconds."""
_YOUNG, _MIDDLE, _OLD = range(3)
_GROWTH: Final = 1.25
"""Python's own rule for its longest collection: a quarter more objects than after the last one."""
_FEW: Final = 40_000
"""So many objects are walked through in 20 ms; the 140,000 of an open window take 90."""


class GarbageTimer(QObject):
    """Collects cyclic garbage in the event loop of the thread that made it, and nowhere else."""

    def __init__(self, parent: QObject) -> None:
        """Switch Python's own collector off; it is on again when `parent` is gone."""
        super().__init__(parent)
        gc.disable()
        self._lived = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.destroyed.connect(lambda _gone: gc.enable())

    def tend(self, session: PlanSession) -> None:
        """Pass by all that a window with its plan is made of, until the plan is closed."""
        session.opened.connect(pass_by)
        session.closed.connect(look_at_all)

    def look(self) -> None:
        """Collect what is due, by the thresholds that Python would go by."""
        if resting():
            return
        young, middle, old = gc.get_count()
        first, second, third = (max(limit, 1) for limit in gc.get_threshold())
        if young <= first:
            return
        # Between two looks more can be made than Python would have let pass uncollected.
        middle += young // first
        if middle <= second:
            gc.collect(_YOUNG)
        elif old + middle // second <= third or self._grew_little():
            gc.collect(_MIDDLE)
        else:
            gc.collect(_OLD)
            self._lived = len(gc.get_objects(_OLD))

    def _grew_little(self) -> bool:
        return len(gc.get_objects(_OLD)) < max(self._lived, _FEW) * _GROWTH
