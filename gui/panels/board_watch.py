"""Looks for the conflicts of the board's operation, on a worker, whenever the plan changed."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from geo.errors import CancelledError
from geo.model.entity import Kind
from gui.facts import local_now
from gui.models.board_trial import Findings, find
from layers.read_only import ShownPlan

if TYPE_CHECKING:
    from geo.errors import PlanError
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task, TaskRunner

ASKED: Final = (
    Kind.OPERATION,
    Kind.ZONE,
    Kind.TEAM,
    Kind.ASSIGNMENT,
    Kind.SITE,
    Kind.SUPPORT_UNIT,
)
"""Kinds of rows that conflicts follow from."""


class ConflictWatch(QObject):
    """Knows the conflicts of one operation, or looks for them.

    Attributes:
        begun: It looks for them.
        found: They are known; see `findings`.
        failed: They could not be found (a `PlanError`).
        findings: What is known of the operation, also while it is looked for anew, or None.
    """

    begun = Signal()
    found = Signal()
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.findings: Findings | None = None
        self._runner = runner
        self._task: Task | None = None
        self._operation_id = ""
        self._seen: tuple[Table, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether it looks for them."""
        return self._task is not None

    def keep_up(self, project: Project, operation_id: str) -> None:
        """Look again if anything changed that conflicts follow from, else tell what is known."""
        seen = tuple(project.table(kind) for kind in ASKED)
        same = operation_id == self._operation_id
        if not same:
            self.findings = None
        same = same and len(seen) == len(self._seen) and all(map(is_, seen, self._seen))
        self._operation_id, self._seen = operation_id, seen
        if not same or (self.findings is None and self._task is None):
            self.look(project)
        elif self._task is None:
            self.found.emit()

    def look(self, project: Project) -> None:
        """Look for them."""
        self.stop()
        operation_id = self._operation_id
        # Its tables never change, so that the worker sees one state of the plan.
        frozen = ShownPlan(project, {k: project.table(k) for k in Kind}, local_now().date())

        def work(progress: Progress) -> Findings:
            return find(frozen, operation_id, progress)

        def done(found: Findings) -> None:
            if task is self._task:
                self._task = None
                self.findings = found
                self.found.emit()

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task = None
                if not isinstance(error, CancelledError):
                    self.failed.emit(error)

        task = self._task = self._runner.run(work, done, failed)
        self.begun.emit()

    def stop(self) -> None:
        """Stop looking."""
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()

    def forget(self) -> None:
        """Know nothing any more."""
        self.stop()
        self.findings, self._operation_id, self._seen = None, "", ()
