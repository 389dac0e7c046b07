"""The readiness of the operations that are looked at, computed anew with each change.

It is asked of the plan as it was when the work began, on a worker thread. What was found last is
shown meanwhile, and said to be old.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from geo.errors import CancelledError
from geo.model.entity import Kind
from geo.model.vocabulary import OperationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.analysis.readiness.ready import Readiness
    from geo.errors import PlanError
    from geo.model.command import Operation
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

SPEAKS: Final = frozenset(
    {
        OperationState.DRAFT,
        OperationState.SUBMITTED,
        OperationState.RELEASED,
        OperationState.ACTIVE,
        OperationState.SUSPENDED,
    }
)
"""States of an operation in which anybody needs to know what is missing."""


class ReadinessWatch(QObject):
    """What stands in the way of each operation, as far as it is known.

    Attributes:
        changed: Something was found, or what was found is old now, or it failed.
        found: By the id of the operation.
        error: Why it could not be found, or None.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: dict[str, Readiness] = {}
        self.error: PlanError | None = None
        self._task: Task | None = None
        self._seen: tuple[Table, ...] = ()
        desk.session.opened.connect(self.forget)
        desk.session.closed.connect(self.forget)

    @property
    def busy(self) -> bool:
        """Whether what was found is being computed anew."""
        return self._task is not None

    @property
    def task(self) -> Task | None:
        """The work under way."""
        return self._task

    def forget(self) -> None:
        """Another plan: nothing is known of it."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.found, self.error, self._seen = {}, None, ()

    def look(self, *, again: bool = False) -> None:
        """Compute anew if the plan is another one than what was found is about.

        While one computation runs another is not begun: it follows when the first has ended, so
        that a burst of changes never keeps the answer away.
        """
        project = self._desk.session.project
        if project is None or self._task is not None:
            return
        seen = tuple(project.table(kind) for kind in Kind)
        known = len(seen) == len(self._seen) and all(map(_same, seen, self._seen))
        if known and not again:
            return
        self._seen, self.error = seen, None
        ids = [o.id for o in _operations(project) if o.state in SPEAKS]
        if not ids:
            self.found = {}
            self.changed.emit()
            return
        self._begin(project, ids)

    def _begin(self, project: Project, ids: Iterable[str]) -> None:
        from geo.clock import now, today
        from layers.read_only import ShownPlan

        still = ShownPlan(project, {}, today())

        def work(progress: Progress) -> dict[str, Readiness]:
            from geo.analysis.readiness.ready import readiness

            return {i: readiness(still, i, now=now(), progress=progress) for i in ids}

        def done(found: dict[str, Readiness]) -> None:
            if task is self._task:
                self.found = found
                self._ended()

        def failed(error: PlanError) -> None:
            if task is self._task:
                self.error = error
                self._ended()

        task = self._task = self._desk.runner.run(work, done, failed)
        self.changed.emit()

    def _ended(self) -> None:
        self._task = None
        if not isinstance(self.error, CancelledError):
            self.look()  # the plan may be another one by now
        self.changed.emit()


def _operations(project: Project) -> tuple[Operation, ...]:
    from geo.model.command import Operation

    return project.all(Operation)


def _same(a: object, b: object) -> bool:
    return a is b
