"""Coordination: asking other authorities, entering and correcting what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shiboken6 import isValid

from geo.edit.coordination import correct_coordination, record_coordination
from geo.edit.states import OVER
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Coordination
from geo.model.entity import Kind
from gui.acts.doing import Acts
from gui.panels.coordination import CoordinationPage
from gui.panels.operation_next import looked_at

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.errors import PlanError
    from geo.model.command import Operation
    from geo.progress import Progress
    from geo.project import Project
    from gui.dialogs.authorisation import Bare
    from gui.dialogs.coordination import CoordinationDialog
    from gui.tasks.runner import Task
    from gui.workbench import Workbench

PAGE: Final = "coordination"


class CoordinationActs(Acts):
    """Opens the page of questions and answers, and does what is asked for there."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._preview: Task | None = None
        bench.drawers.bring(PAGE, lambda: CoordinationPage(self.desk))
        bench.on("coordination", lambda: bench.drawers.toggle(PAGE))
        self.desk.intents.answer("command.coordination", lambda: bench.drawers.show_page(PAGE))
        self.desk.intents.answer("coordination.record", self.record)
        self.desk.intents.answer("coordination.open", self.open)

    def record(self) -> None:
        """Ask what was asked of whom, and enter it."""
        self._ask(None)

    def open(self, coordination_id: str) -> None:
        """Ask for the answer to a question, or for what is right instead of what was entered."""
        project = self.project
        told = project.find(Coordination, coordination_id) if project is not None else None
        if told is not None:
            self._ask(told)

    def _ask(self, told: Coordination | None) -> None:
        from gui.dialogs.coordination import CoordinationDialog

        project = self.project
        if project is None or not self.may(Verb.COORDINATE):
            return
        operation = looked_at(project, self.desk.moment.duty.operation_id)
        if operation is None:
            self.desk.toast.fail(InputError("error.operation.gone"))
            return
        if operation.state in OVER:
            self.desk.toast.fail(InputError("error.operation.over", name=operation.name))
            return
        chosen = self.desk.selection
        selected = chosen.ids if chosen.kind is Kind.SITE else ()
        dialog = CoordinationDialog(self.bench.window_, project, operation, told, selected)

        enter = record_coordination if told is None else correct_coordination
        dialog.ready.connect(lambda new: self.do(dialog, lambda plan: enter(plan, new)))
        dialog.preview_asked.connect(lambda new: self._show_preview(dialog, operation, new))
        self.ask(dialog)

    # --- what an authorisation leaves bare ------------------------------------------------------

    def _show_preview(
        self, dialog: CoordinationDialog, operation: Operation, told: Coordination
    ) -> None:
        """Say for each period what nothing would cover if it were agreed to; the newest wins."""
        from geo.clock import today
        from layers.read_only import ShownPlan

        project = self.project
        if project is None:
            return
        if self._preview is not None:
            self._preview.cancel()
        dialog.show_preview(None)
        still = ShownPlan(project, {}, today())

        def done(bare: tuple[Bare, ...]) -> None:
            if task is self._preview and isValid(dialog):
                dialog.show_preview(bare)

        def failed(error: PlanError) -> None:
            del error  # cancelled, or the form is not whole yet: the dialog says what is missing
            if task is self._preview and isValid(dialog):
                dialog.show_preview(())

        task = self._preview = self.desk.runner.run(
            lambda progress: left_bare(still, operation, told, progress), done, failed
        )


def left_bare(
    plan: Project, operation: Operation, told: Coordination, progress: Progress
) -> tuple[Bare, ...]:
    """Return for each period how many sites nothing covers once `told` is agreed to."""
    from dataclasses import replace

    from geo.analysis.readiness.authorisation import coverage_of
    from geo.analysis.readiness.inside import exact_rows, inside, zones_of
    from geo.clock import today
    from geo.edit.edit import inserting, updating
    from geo.edit.reading import PlanAfter
    from geo.model.vocabulary import CoordinationResult
    from gui.dialogs.authorisation import Bare

    agreed = replace(told, result=CoordinationResult.AGREED, replied_on=told.replied_on or today())
    old = plan.find(Coordination, told.id)
    after: PlanRows = PlanAfter(
        plan, [updating(old, agreed) if old is not None else inserting([agreed])]
    )
    sites = plan.table(Kind.SITE)
    outlines = [z.outline for z in zones_of(plan, operation.id)]
    of = len(inside(sites, outlines, exact_rows(sites), progress).any())
    periods = [(p.id, p.name) for p in operation.periods]
    return tuple(
        Bare(name, len(coverage_of(after, operation.id, period_id, progress)), of)
        for period_id, name in periods
    )
