"""The one control that says which operation and period the map, tables and reports are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.command import Operation
from geo.model.vocabulary import OperationState
from gui.panels.top_bar import DutyEntry
from layers.duty import Duty

if TYPE_CHECKING:
    from gui.workbench import Workbench


class DutyActs:
    """Fills the control and obeys it."""

    def __init__(self, bench: Workbench) -> None:
        self._bench, self._model = bench, bench.desk.moment
        bench.top.duty_chosen.connect(self.choose)
        bench.desk.session.opened.connect(self.show)
        bench.desk.session.changed.connect(self.show)
        self._model.changed.connect(self.show)
        self.show()

    def choose(self, duty: Duty) -> None:
        """Look at an operation, or at one of its periods."""
        self._model.look_at(duty.operation_id, duty.period_id)

    def show(self, *_: object) -> None:
        """Offer what the plan has; what is gone is no longer looked at."""
        project = self._bench.desk.session.project
        if project is None:
            return
        entries = []
        for operation in sorted(project.all(Operation), key=lambda o: o.name):
            if operation.state is OperationState.CANCELLED:
                continue
            entries.append(DutyEntry(Duty(operation.id), operation.name))
            entries += [DutyEntry(Duty(operation.id, p.id), p.name) for p in operation.periods]
        chosen = self._model.duty
        if chosen.is_chosen and chosen not in {entry.duty for entry in entries}:
            self._model.look_at()
            return
        self._bench.top.show_duties(entries, chosen)
