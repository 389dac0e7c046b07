"""How far the day is and what it brought, counted on a worker whenever the plan changed."""

from __future__ import annotations

from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from geo.model.entity import Kind
from gui.panels.operate_totals import Totals
from layers.day_progress import DayProgress
from layers.duty import Duty

if TYPE_CHECKING:
    from datetime import date

    from geo.errors import PlanError
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

KINDS: Final = (
    Kind.SITE,
    Kind.ZONE,
    Kind.OPERATION,
    Kind.ASSIGNMENT,
    Kind.INSPECTION,
    Kind.OUTCOME,
    Kind.FINE,
)


@dataclass(frozen=True, slots=True)
class DayFound:
    """What was counted.

    Attributes:
        duty: Of which operation and period.
    """

    duty: Duty
    progress: DayProgress
    totals: Totals


class DayWatch(QObject):
    """Knows how far the day is, or counts it.

    Attributes:
        changed: Something was found, or it failed.
        found: What is known of the duty that is looked at, also while it is counted anew, or None.
        error: Why it could not be counted, or None.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: DayFound | None = None
        self.error: PlanError | None = None
        self.task: Task | None = None
        self._seen: tuple[Table, ...] = ()
        self._asked: tuple[Duty, date | None] = (Duty(), None)
        desk.session.opened.connect(self.forget)
        desk.session.closed.connect(self.forget)

    def forget(self) -> None:
        """Know nothing any more."""
        if self.task is not None:
            self.task.cancel()
        self.task, self.found, self.error, self._seen = None, None, None, ()

    def look(self, project: Project, duty: Duty, *, again: bool = False) -> None:
        """Count, if anything that matters is another one.

        Args:
            project: The plan.
            duty: Its operation must be named.
            again: Count in any case: the last time it failed.
        """
        moment = self._desk.moment.moment
        until = moment.on if moment.is_past else None
        seen = tuple(project.table(kind) for kind in KINDS)
        same = (duty, until) == self._asked and len(seen) == len(self._seen)
        if not again and same and all(map(is_, seen, self._seen)):
            return
        if self.found is not None and self.found.duty != duty:
            self.found = None
        self._seen, self._asked, self.error = seen, (duty, until), None
        if self.task is not None:
            self.task.cancel()
        self._begin(project, duty, until)

    def _begin(self, project: Project, duty: Duty, until: date | None) -> None:
        from geo.clock import today
        from layers.read_only import ShownPlan

        still = ShownPlan(project, {kind: project.table(kind) for kind in KINDS}, today())

        def work(progress: Progress) -> DayFound:
            from gui.panels.operate_totals import totals_of
            from layers.day_progress import day_progress

            day = day_progress(still, duty, progress, until)
            return DayFound(duty, day, totals_of(still, duty, day, until, progress))

        def done(found: DayFound) -> None:
            if task is self.task:
                self.task, self.found = None, found
                self.changed.emit()

        def failed(error: PlanError) -> None:
            if task is self.task:
                self.task, self.error = None, error
                self.changed.emit()

        task = self.task = self._desk.runner.run(work, done, failed)
