"""An operation: its name, who commands it, its operational periods, and the limits it sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from geo.edit.operation_checks import LIMITS
from geo.edit.states import RUNNING
from geo.model.command import Limits, Operation, Period, new_period
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.facts import local_now
from gui.i18n import retext, tr
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, column, row, scrolling
from gui.widgets.spins import MomentField, NumberField
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_HOUR, HOURS = 6, 12
WIDTH, PERIODS_PX = 780, 190


class PeriodRow(QFrame):
    """One operational period: its name, when it begins and when it ends."""

    removed = Signal(object)

    def __init__(self, period: Period, changed: Callable[[], object], *, signed: bool) -> None:
        """Show a period; one that was signed can only be made longer."""
        super().__init__()
        self.period = period
        self.name = line(changed, period.name)
        self.starts, self.ends = MomentField(period.starts), MomentField(period.ends)
        self.starts.dateTimeChanged.connect(lambda _t: changed())
        self.ends.dateTimeChanged.connect(lambda _t: changed())
        self.remove = IconButton("x", "command.period.remove", look="small")
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.setLayout(
            row(self.name, self.starts, Text("command.period.to"), self.ends, self.remove)
        )
        if signed:
            for field in (self.name, self.starts, self.remove):
                explain(field, "command.why.signed")
        retext(self, self._word)

    def _word(self) -> None:
        self.name.setAccessibleName(tr("command.period.name"))
        self.starts.setAccessibleName(tr("dialog.operation.starts"))
        self.ends.setAccessibleName(tr("dialog.operation.ends"))

    def value(self) -> Period:
        """Return the period as it stands in the form."""
        return Period(
            id=self.period.id,
            name=self.name.text().strip(),
            starts=self.starts.moment(),
            ends=self.ends.moment(),
        )


class EditOperationDialog(FormDialog):
    """Asks how an operation shall be from now on.

    Attributes:
        ready: The `Operation`.
    """

    ready = Signal(object)

    def __init__(self, operation: Operation, parent: QWidget) -> None:
        super().__init__(parent, "command.edit", "command.edit_accept", width=WIDTH)
        self._operation = operation
        self._signed = operation.state in RUNNING
        self.name = line(self.check, operation.name)
        self.commander = line(self.check, operation.commander)
        self.guidance = line(self.check, operation.ministry_guidance)
        fields = form()
        add_field(fields, "dialog.operation.name", self.name)
        add_field(fields, "dialog.operation.commander", self.commander)
        add_field(fields, "command.guidance", self.guidance)
        self.body.addLayout(fields)
        self.rows: list[PeriodRow] = []
        self._list = column(gap=6)
        self.add = Button("command.period.add", "plus", look="flat")
        self.add.clicked.connect(self.add_period)
        self.body.addLayout(row(Text("command.periods", role="heading"), None, self.add))
        area = scrolling(boxed(column(self._list, None)))
        area.setMinimumHeight(PERIODS_PX)
        self.body.addWidget(area, 1)
        for period in operation.periods:
            self._add_row(period, signed=self._signed)
        self.body.addWidget(Text("command.limits", role="heading"))
        self.limits: dict[str, NumberField] = {}
        self.body.addLayout(self._limits(operation.limits))
        if self._signed:
            explain(self.name, "command.why.signed")
            self.body.addWidget(Text("command.edit_signed", role="caption", wrap=True))
        self.check()

    def _limits(self, limits: Limits) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, (name, (least, most)) in enumerate(LIMITS.items()):
            field = NumberField(round(getattr(limits, name)), least, most)
            field.valueChanged.connect(lambda _n: self.check())
            _word(field, name)
            if self._signed:
                explain(field, "command.why.signed")
            label = Text(f"command.limit.{name}", role="caption", wrap=True)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
            self.limits[name] = field
        return grid

    # --- periods --------------------------------------------------------------------------------

    def add_period(self) -> None:
        """Add a period after the last one."""
        last = self.rows[-1].value() if self.rows else None
        if last is not None:
            starts = last.starts + timedelta(days=1)
            ends = last.ends + timedelta(days=1)
        else:
            starts = (local_now() + timedelta(days=1)).replace(
                hour=FIRST_HOUR, minute=0, second=0, microsecond=0
            )
            ends = starts + timedelta(hours=HOURS)
        self._add_row(new_period(self._next_name(), starts, ends), signed=False)
        self.rows[-1].name.setFocus()
        self.check()

    def _next_name(self) -> str:
        taken = {r.name.text().strip() for r in self.rows}
        n = len(self.rows) + 1
        while (name := tr("command.period.next", n=i18n.number(n))) in taken:
            n += 1
        return name

    def _add_row(self, period: Period, *, signed: bool) -> None:
        made = PeriodRow(period, self.check, signed=signed)
        made.removed.connect(self._remove)
        self.rows.append(made)
        self._list.addWidget(made)

    def _remove(self, gone: PeriodRow) -> None:
        self.rows.remove(gone)
        gone.hide()
        gone.deleteLater()
        self.check()

    # --- what comes of it -----------------------------------------------------------------------

    def missing(self) -> str:
        if not self.name.text().strip():
            return "dialog.operation.no_name"
        periods = [r.value() for r in self.rows]
        if any(not p.name for p in periods):
            return "command.why.period_name"
        if any(p.ends <= p.starts for p in periods):
            return "dialog.operation.backwards"
        return "command.why.nothing_changed" if self.value() == self._operation else ""

    def value(self) -> Operation:
        """Return the operation as it stands in the form."""
        old = self._operation.limits
        numbers = {name: field.value() for name, field in self.limits.items()}
        # A speed with decimals stays as it is until somebody touches it.
        kept = {n: v for n, v in numbers.items() if v != round(getattr(old, n))}
        return replace(
            self._operation,
            name=self.name.text().strip(),
            commander=self.commander.text().strip(),
            ministry_guidance=self.guidance.text().strip(),
            periods=tuple(r.value() for r in self.rows),
            limits=replace(old, **kept) if kept else old,
        )

    def finish(self) -> None:
        self.ready.emit(self.value())


def _word(field: NumberField, name: str) -> None:
    retext(field, lambda: field.setAccessibleName(tr(f"command.limit.{name}")))
