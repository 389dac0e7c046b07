"""What came of a visit or a duty: counts, and what was shut. Nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from geo.clock import today
from geo.edit.outcomes import Counts, ringleaders_named
from geo.model.vocabulary import PersonRole
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form
from gui.i18n import retext, tr
from gui.widgets.buttons import Segments
from gui.widgets.layouts import card, column
from gui.widgets.spins import DayField, NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from geo.model.result import Outcome
    from geo.project import Project

MOST: Final = 99_999


class OutcomeDialog(FormDialog):
    """Asks for counts.

    Attributes:
        ready: `Counts`, the day, and what became of the site: ``""``, ``closed`` or ``sealed``.
    """

    ready = Signal(object, object, str)

    def __init__(
        self,
        project: Project,
        name: str,
        parent: QWidget,
        *,
        told: Outcome | None = None,
        of_site: bool = True,
        day: date | None = None,
    ) -> None:
        """Ask for an outcome.

        Args:
            project: The plan.
            name: Of the site or the zone.
            parent: The window over which it stands.
            told: What was entered already; None asks for a new one.
            of_site: It is of one site, which may have been shut.
            day: Of the visit that it came of.
        """
        title = "operate.outcome.title" if told is None else "operate.outcome.correct"
        super().__init__(parent, title, title, width=480)
        self.day = DayField(told.recorded_on if told is not None else day or today(), today())
        self.rescued = NumberField(told.rescued if told is not None else 0, 0, MOST)
        self.referred = NumberField(told.referred if told is not None else 0, 0, MOST)
        self.cases = NumberField(told.cases_to_court if told is not None else 0, 0, MOST)
        before = {a.role: a.count for a in told.arrested} if told is not None else {}
        # Nobody is called a ringleader here: the ledger decides who is one.
        led = before.get(PersonRole.RINGLEADER, 0)
        most = {PersonRole.RINGLEADER: max(ringleaders_named(project), led)}
        self.arrested = {
            role: NumberField(before.get(role, 0), 0, most.get(role, MOST)) for role in PersonRole
        }
        self.shut = Segments(
            [
                ("open", "operate.outcome.not_shut"),
                ("closed", "operate.outcome.closed"),
                ("sealed", "operate.outcome.sealed"),
            ],
            "operate.outcome.shut",
        )
        self.shut.choose("open")
        self._of_site = of_site and told is None
        self._shut_before = told is not None and bool(told.sites_closed or told.sites_sealed)
        self.body.addWidget(
            card(
                column(
                    Data(name, role="heading", wrap=True),
                    Text("operate.no_names", wrap=True),
                    margin=12,
                    gap=4,
                )
            )
        )
        self._arrange()
        retext(self, self._word)
        for field in (self.rescued, self.referred, self.cases, *self.arrested.values()):
            field.valueChanged.connect(lambda _n: self.check())
        self.shut.chosen.connect(lambda _key: self.check())
        self.rescued.setFocus()
        self.check()

    def _arrange(self) -> None:
        fields = form()
        add_field(fields, "operate.total.rescued", self.rescued)
        add_field(fields, "operate.total.referred", self.referred)
        self.body.addLayout(fields)
        arrests = form()
        self._roles: dict[PersonRole, Text] = {}
        for role, field in self.arrested.items():
            self._roles[role] = Text(f"vocab.PersonRole.{role.value}")
            self._roles[role].setBuddy(field)
            self._roles[role].setMinimumWidth(130)
            arrests.addRow(self._roles[role], field)
        self.body.addLayout(column(Text("operate.outcome.arrested", role="heading"), arrests))
        if not self.arrested[PersonRole.RINGLEADER].maximum():
            self.arrested[PersonRole.RINGLEADER].setEnabled(False)
            self.body.addWidget(Text("operate.outcome.ringleader", role="caption", wrap=True))
        last = form()
        if self._of_site:
            add_field(last, "operate.outcome.shut", self.shut)
        add_field(last, "operate.total.cases", self.cases)
        add_field(last, "operate.outcome.day", self.day)
        self.body.addLayout(last)

    def _word(self) -> None:
        for role, field in self.arrested.items():
            field.setAccessibleName(f"{tr('operate.outcome.arrested')}: {i18n.label(role)}")

    def missing(self) -> str:
        numbers = (self.rescued, self.referred, self.cases, *self.arrested.values())
        shut = self._shut_before or (self._of_site and self.shut.choice() != "open")
        return "" if shut or any(f.value() for f in numbers) else "error.outcome.nothing"

    def finish(self) -> None:
        counts = Counts(
            rescued=self.rescued.value(),
            referred=self.referred.value(),
            arrested={role: f.value() for role, f in self.arrested.items() if f.value()},
            cases_to_court=self.cases.value(),
        )
        shut = self.shut.choice() if self._of_site else "open"
        self.ready.emit(counts, self.day.day(), "" if shut == "open" else shut)
