"""A new operation: its name, who commands it, and its first operational period."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from geo.model.command import Operation, Period, new_period
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.facts import local_now
from gui.i18n import retext, tr
from gui.widgets.layouts import boxed
from gui.widgets.spins import MomentField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FIRST_HOUR, HOURS = 6, 12


class OperationDialog(FormDialog):
    """Asks for an operation.

    Attributes:
        ready: The `Operation`.
    """

    ready = Signal(object)

    def __init__(self, province_code: str, parent: QWidget) -> None:
        super().__init__(parent, "panel.plan.add_operation", "dialog.operation.add")
        self._province = province_code
        self.name = line(self.check)
        self.commander = line(self.check)
        self.with_period = QCheckBox()
        self.with_period.setChecked(True)
        retext(
            self.with_period, lambda: self.with_period.setText(tr("dialog.operation.with_period"))
        )
        start = (local_now() + timedelta(days=1)).replace(
            hour=FIRST_HOUR, minute=0, second=0, microsecond=0
        )
        self.starts = MomentField(start)
        self.ends = MomentField(start + timedelta(hours=HOURS))
        self.starts.dateTimeChanged.connect(lambda _t: self.check())
        self.ends.dateTimeChanged.connect(lambda _t: self.check())
        fields = form()
        add_field(fields, "dialog.operation.name", self.name)
        add_field(fields, "dialog.operation.commander", self.commander)
        self.body.addLayout(fields)
        self.body.addWidget(self.with_period)
        times = form()
        add_field(times, "dialog.operation.starts", self.starts)
        add_field(times, "dialog.operation.ends", self.ends)
        part = boxed(times)
        self.body.addWidget(part)
        self.with_period.toggled.connect(part.setVisible)
        self.with_period.toggled.connect(lambda _on: self.check())
        self.name.setFocus()
        self.check()

    def missing(self) -> str:
        if not self.name.text().strip():
            return "dialog.operation.no_name"
        if self.with_period.isChecked() and self.ends.dateTime() <= self.starts.dateTime():
            return "dialog.operation.backwards"
        return ""

    def finish(self) -> None:
        periods: tuple[Period, ...] = ()
        if self.with_period.isChecked():
            name = tr("dialog.operation.first_period")
            periods = (new_period(name, self.starts.moment(), self.ends.moment()),)
        self.ready.emit(
            Operation(
                name=self.name.text().strip(),
                province_code=self._province,
                commander=self.commander.text().strip(),
                periods=periods,
            )
        )
