"""Operations: the next step, what stands in its way, and changing name, periods and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.operations import edit_operation
from geo.edit.states import OVER, SIGNED
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Operation
from geo.model.vocabulary import OperationState
from gui.acts.doing import Acts
from gui.models.operation_words import counted
from gui.panels.operation_next import NAMES, build, final, looked_at
from gui.panels.readiness_watch import ReadinessWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.workbench import Workbench


class OperationActs(Acts):
    """Fills the operation card of the Plan panel and does what it asks for.

    Attributes:
        watch: The readiness of the operations, for whoever shows it.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.card = bench.plan.operation_card
        self.watch = ReadinessWatch(self.desk, self)
        self.card.act_asked.connect(self.step)
        self.card.edit_asked.connect(self.edit)
        self.card.page_asked.connect(lambda name: self.desk.intents.ask(f"command.{name}"))
        bench.plan.refreshed.connect(self._refreshed)
        self.watch.changed.connect(self._show_readiness)
        self.desk.intents.answer("operation.edit", self.edit)
        self.desk.intents.answer("operation.step", self.step)

    @property
    def operation(self) -> Operation | None:
        """The operation that is looked at."""
        project = self.project
        return looked_at(project, self.desk.moment.duty.operation_id) if project else None

    # --- the card -------------------------------------------------------------------------------

    def _refreshed(self) -> None:
        project = self.project
        if project is not None:
            self.card.show_operation(project, self.operation)
            self.watch.look()
            self._show_readiness()

    def _show_readiness(self) -> None:
        operation = self.operation
        found = self.watch.found.get(operation.id) if operation is not None else None
        self.card.show_readiness(operation, found, busy=self.watch.busy)
        gaps = dict(self._gaps())
        for zone_id, card in self.bench.plan.zone_cards.items():
            card.show_gaps(gaps.get(zone_id), busy=self.watch.busy)

    def _gaps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield each zone with how many gaps stand there and how many were overridden."""
        project = self.project
        for operation_id, found in self.watch.found.items():
            operation = project.find(Operation, operation_id) if project is not None else None
            if operation is not None:
                yield from ((z.zone_id, counted(operation, z.gaps)) for z in found.zones)

    # --- acts -----------------------------------------------------------------------------------

    def step(self, operation_id: str, to: OperationState) -> None:
        """Take an operation to another state; what cannot be taken back is asked once."""
        project = self.project
        operation = project.find(Operation, operation_id) if project is not None else None
        if project is None or operation is None:
            return
        if to is OperationState.RELEASED:
            self.desk.intents.ask("operation.release", operation_id)
            return
        if not final(operation):
            self.desk.session.do(build(operation_id, to), self.tell)
            return
        from gui.dialogs.operation_step import StepDialog

        dialog = StepDialog(self.bench.window_, operation, NAMES[to])
        dialog.ready.connect(lambda: self.do(dialog, build(operation_id, to)))
        self.ask(dialog)

    def edit(self, operation_id: str) -> None:
        """Ask for other names, periods and limits of an operation and enter them."""
        from gui.dialogs.operation_edit import EditOperationDialog

        project = self.project
        operation = project.find(Operation, operation_id) if project is not None else None
        if project is None or operation is None or not self.may(Verb.EDIT_OPERATION):
            return
        if operation.state in SIGNED | OVER:
            code = (
                "error.operation.over" if operation.state in OVER else "error.operation.submitted"
            )
            self.desk.toast.fail(InputError(code, name=operation.name))
            return
        dialog = EditOperationDialog(operation, self.bench.window_)
        dialog.ready.connect(lambda new: self.do(dialog, lambda plan: edit_operation(plan, new)))
        self.ask(dialog)
