"""Fines of a visit: proposed from the dated table, decided by the labour inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from geo.clock import today
from geo.edit.fines import for_prosecutor
from geo.model.result import FineRate
from geo.model.vocabulary import FineBasis, FineState
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.models.fine_words import formula, rate_words, riel, violation_words
from gui.widgets.buttons import Segments
from gui.widgets.layouts import card, column, row
from gui.widgets.spins import DayField, NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from geo.edit.fines import Proposal
    from geo.model.result import Fine
    from geo.project import Project

MOST_UNITS: Final = 99_999
MOST_RIEL: Final = 2_000_000_000


class ProposalLine(QFrame):
    """What the table says to one violation.

    Attributes:
        changed: Another number, or whether it is proposed.
    """

    changed = Signal()

    def __init__(self, told: Proposal) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.told = told
        self.take = QCheckBox()
        retext(self.take, lambda: self.take.setText(violation_words(told.violation)))
        per_site = told.rate is not None and told.rate.basis is FineBasis.PER_SITE
        self.units = NumberField(told.units or 1, 1, 1 if per_site else MOST_UNITS)
        can = told.rate is not None and told.fine is None
        self.take.setEnabled(can)
        # A number that nobody counted is not taken for granted.
        self.take.setChecked(can and told.units is not None)
        self.said = Data(wrap=True)
        self.source = Data(role="caption", wrap=True)
        self.take.toggled.connect(lambda _on: self._say())
        self.units.valueChanged.connect(lambda _n: self._say())
        texts = column(self.said, self.source, gap=2)
        texts.setContentsMargins(26, 0, 0, 0)
        head = row(self.take, None, self.units)
        self.setLayout(column(head, texts, margin=10, gap=4))
        self.units.setVisible(can)
        retext(self, self._say)

    def _say(self) -> None:
        rate, fine = self.told.rate, self.told.fine
        self.units.setAccessibleName(tr("operate.fine.units"))
        self.units.setEnabled(self.take.isChecked())
        if rate is None:
            self.said.setText(tr("operate.fine.no_rate"))
        elif fine is not None:
            self.said.setText(tr("operate.fine.already", amount=riel(fine.amount_riel)))
        else:
            units = self.units.value()
            words = formula(rate, units, rate.amount_riel * units)
            if self.told.units is None and not self.take.isChecked():
                words = tr("operate.fine.not_counted")
            self.said.setText(words)
        parts = [rate_words(rate)] if rate is not None else []
        if for_prosecutor(self.told.violation):
            parts.append(tr("operate.fine.prosecutor"))
        self.source.setText(" ".join(parts))
        self.source.setVisible(bool(parts))
        self.changed.emit()


class FineDialog(FormDialog):
    """Shows what the table says to each violation, and asks which of it to propose.

    Attributes:
        ready: Violation → units.
    """

    ready = Signal(object)

    def __init__(self, parent: QWidget, name: str, told: Sequence[Proposal]) -> None:
        super().__init__(parent, "operate.fine.title", "operate.fine.propose", width=560)
        self.body.addWidget(Data(name, role="heading", wrap=True))
        self.body.addWidget(Text("operate.fine.proposes", role="caption", wrap=True))
        self.lines = [ProposalLine(each) for each in told]
        self.total = Data(role="heading")
        for each in self.lines:
            each.changed.connect(self.check)
            self.body.addWidget(each)
        if not told:
            self.body.addWidget(Text("operate.fine.none", wrap=True))
        self.body.addWidget(self.total)
        self.check()

    def units(self) -> dict[str, int]:
        """Return the units of what is to be proposed."""
        return {x.told.violation: x.units.value() for x in self.lines if x.take.isChecked()}

    def check(self) -> None:
        amounts = [
            x.told.rate.amount_riel * x.units.value()
            for x in self.lines
            if x.take.isChecked() and x.told.rate is not None
        ]
        self.total.setText(tr("operate.fine.total", amount=riel(sum(amounts))))
        super().check()

    def missing(self) -> str:
        return "" if self.units() else "error.fine.nothing"

    def finish(self) -> None:
        self.ready.emit(self.units())


class FineDecisionDialog(FormDialog):
    """Asks what the labour inspector decided.

    Attributes:
        ready: What goes to `decide_fine`, by the names of its parameters.
    """

    ready = Signal(object)

    def __init__(self, parent: QWidget, project: Project, fine: Fine) -> None:
        super().__init__(parent, "operate.fine.decision", "operate.fine.enter", width=520)
        self._fine, self._rate = fine, project.find(FineRate, fine.rate_id)
        self.state = Segments(
            [("confirmed", "operate.fine.confirm"), ("rejected", "operate.fine.reject")],
            "operate.fine.decision",
        )
        self.state.choose("confirmed" if fine.state is not FineState.REJECTED else "rejected")
        self.inspector = line(self.check, fine.inspector)
        self.day = DayField(today(), today())
        per_site = self._rate is not None and self._rate.basis is FineBasis.PER_SITE
        self.units = NumberField(fine.units, 1, 1 if per_site else MOST_UNITS)
        self.amount = NumberField(fine.amount_riel, 1, MOST_RIEL)
        self.amount.setGroupSeparatorShown(True)
        self.amount.setSuffix(" ៛")
        self.note = line(self.check)
        self.said = Data(role="caption", wrap=True)
        lines = [Data(violation_words(fine.violation), role="heading", wrap=True), self.said]
        if for_prosecutor(fine.violation):
            lines.append(Data(tr("operate.fine.prosecutor"), role="caption", wrap=True))
        self.body.addWidget(card(column(*lines, margin=12, gap=4)))
        fields = form()
        add_field(fields, "operate.fine.decision", self.state)
        add_field(fields, "operate.fine.inspector", self.inspector)
        add_field(fields, "operate.fine.day", self.day)
        add_field(fields, "operate.fine.units", self.units)
        add_field(fields, "operate.fine.amount", self.amount)
        add_field(fields, "operate.fine.note", self.note)
        self.body.addLayout(fields)
        self.units.valueChanged.connect(self._count)
        self.amount.valueChanged.connect(lambda _n: self.check())
        self.state.chosen.connect(lambda _key: self.check())
        retext(self, self._word)
        self.inspector.setFocus()
        self.check()

    def _word(self) -> None:
        self.inspector.setPlaceholderText(tr("operate.fine.inspector_example"))
        fine, rate = self._fine, self._rate
        if rate is None:
            self.said.setText(riel(fine.amount_riel))
            return
        words = formula(rate, fine.units, rate.amount_riel * fine.units)
        self.said.setText(f"{words} {rate_words(rate)}")

    def _count(self, units: int) -> None:
        """What the inspector counts changes the amount by the same rate."""
        if self._rate is not None:
            self.amount.setValue(min(self._rate.amount_riel * units, MOST_RIEL))
        self.check()

    def check(self) -> None:
        confirmed = self.state.choice() == "confirmed"
        for field in (self.units, self.amount):
            field.setEnabled(confirmed)
        super().check()

    def missing(self) -> str:
        if not self.inspector.text().strip():
            return "error.fine.no_inspector"
        return "" if self.note.text().strip() or not self._needs_note() else "error.fine.no_note"

    def _needs_note(self) -> bool:
        fine = self._fine
        rejected = self.state.choice() == "rejected"
        altered = (self.units.value(), self.amount.value()) != (fine.units, fine.amount_riel)
        return rejected or altered or fine.state is not FineState.PROPOSED

    def finish(self) -> None:
        told: dict[str, object] = {
            "state": FineState(self.state.choice()),
            "inspector": self.inspector.text(),
            "decided_on": self.day.day(),
            "note": self.note.text(),
        }
        if told["state"] is FineState.CONFIRMED:
            told |= {"units": self.units.value(), "amount_riel": self.amount.value()}
        self.ready.emit(told)
