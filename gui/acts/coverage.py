"""What Plan and Operate put on the map besides: sites not covered, ambulances and fire trucks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from geo.model.support import SupportUnit
from geo.model.table import Table
from gui.acts.doing import Acts
from gui.panels.operation_next import looked_at

if TYPE_CHECKING:
    from geo.errors import PlanError
    from geo.progress import Progress
    from gui.tasks.runner import Task
    from gui.workbench import Workbench
    from layers.coverage import Marks
    from layers.progress import VisitMarks

WORKSPACES: Final = frozenset({"plan", "operate"})
KINDS: Final = (
    Kind.SITE,
    Kind.ZONE,
    Kind.OPERATION,
    Kind.ASSIGNMENT,
    Kind.COORDINATION,
    Kind.SUPPORT_UNIT,
)
"""What the marks are made of; a change of anything else leaves them."""


class CoverageActs(Acts):
    """Keeps the marks up to date, off the main thread, while a workspace shows them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._task: Task | None = None
        self._made_of: tuple[object, ...] = ()
        self._bare: tuple[str, ...] = ()
        self._visits: VisitMarks | None = None
        self._shown: tuple[object, ...] | None = None
        self.desk.intents.answer("map.visits", self.show_visits)
        bench.workspace_changed.connect(lambda _name: self.look())
        self.desk.moment.changed.connect(self.look)
        self.desk.session.changed.connect(lambda _edit: self.look())
        self.desk.session.opened.connect(self._forget)
        self.desk.session.closed.connect(self._forget)
        self.desk.selection.changed.connect(self._show)

    def _forget(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._made_of, self._bare = (), ()
        self._put(None)

    def show_visits(self, visits: VisitMarks | None) -> None:
        """Show how far the day is besides, or no longer."""
        if visits is not self._visits:
            self._visits = visits
            self._show()

    def look(self) -> None:
        """Ask anew which sites are covered, if anything that matters is another one."""
        project, duty = self.project, self.desk.moment.duty
        if project is None or self.bench.workspace not in WORKSPACES:
            self._put(None)
            return
        operation = looked_at(project, duty.operation_id)
        tables: tuple[Table, ...] = tuple(project.table(kind) for kind in KINDS)
        made_of = (*map(id, tables), operation.id if operation else "", duty.period_id)
        if self._made_of and made_of == self._made_of[:-1]:
            self._show()
            return
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._made_of = (*made_of, tables)  # held, so that no other table gets the same address
        if operation is None:
            self._bare = ()
            self._show()
            return
        self._begin(operation.id, duty.period_id)

    def _begin(self, operation_id: str, period_id: str) -> None:
        from geo.clock import today
        from layers.read_only import ShownPlan

        project = self.project
        if project is None:
            return
        still = ShownPlan(project, {}, today())

        def work(progress: Progress) -> tuple[str, ...]:
            from geo.analysis.readiness.authorisation import coverage_of

            return coverage_of(still, operation_id, period_id, progress)

        def done(bare: tuple[str, ...]) -> None:
            if task is self._task:
                self._task, self._bare = None, bare
                self._show()

        def failed(_error: PlanError) -> None:
            # Nothing is marked as covered or not by what is not known; the readiness says why.
            if task is self._task:
                self._task, self._bare = None, ()
                self._show()

        task = self._task = self.desk.runner.run(work, done, failed)

    def _show(self) -> None:
        from layers.coverage import marks_of

        project = self.project
        if project is None or self.bench.workspace not in WORKSPACES:
            return
        zone_id = self.desk.selection.one(Kind.ZONE)
        zone = project.find(Zone, zone_id) if zone_id else None
        own = project.find(Operation, zone.operation_id) if zone is not None else None
        limits = own.limits if own is not None else None
        sites, units = project.table(Kind.SITE), project.table(Kind.SUPPORT_UNIT)
        # Another object is another picture: a mere choice of something else draws nothing anew.
        shown = (sites, units, self._bare, limits, zone, self._visits)
        if self._shown is not None and all(map(_same, shown, self._shown)):
            return
        self._put(
            marks_of(
                sites,
                self._bare,
                project.all(SupportUnit),
                limits,
                self._visits,
                zone=zone.outline if zone is not None else None,
            )
        )
        self._shown = shown

    def _put(self, marks: Marks | None) -> None:
        self._shown = None
        canvas = self.bench.map.canvas
        if marks is None and canvas.request().marks is None:
            return
        canvas.set_marks(marks)
        self.bench.layer_panel.set_marks(marks)


def _same(a: object, b: object) -> bool:
    """Compare tables by identity: they never change in place; the few small things by value."""
    return a is b or (not isinstance(a, Table) and a == b)
