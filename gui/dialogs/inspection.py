"""The visit of a site: when, what was found, and never who."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout

from geo.clock import now
from geo.edit.inspections import NOT_YET, local
from geo.masking import mask
from geo.model.command import Assignment, Team, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import Violation
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form
from gui.i18n import retext, tr
from gui.models.faces import site_title
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.masked_text import TabbedText
from gui.widgets.spins import MomentField, NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.result import Inspection
    from geo.project import Project

MOST_PEOPLE: Final = 99_999
WIDE: Final = 640
WORDS_PX: Final = 64


class InspectionDialog(FormDialog):
    """Asks for a visit.

    Attributes:
        ready: The `Inspection`.
    """

    ready = Signal(object)

    def __init__(
        self, project: Project, visit: Inspection, parent: QWidget, *, is_new: bool
    ) -> None:
        """Ask for a new visit, or for what is right in place of what was entered."""
        title = "operate.visit.title" if is_new else "operate.visit.correct"
        accept = "operate.visit.enter" if is_new else "operate.visit.keep"
        super().__init__(parent, title, accept, width=WIDE)
        self._project, self._visit = project, visit
        sites = project.table(Kind.SITE)
        name = site_title(sites, sites.index[visit.site_id]) if visit.site_id in sites else "–"
        self.site = Data(name, role="heading", wrap=True)
        self.duty = QComboBox()
        self._offer_duties()
        at = local(visit.inspected_at) if visit.inspected_at is not None else now()
        self.at = MomentField(at)
        self.counted = QCheckBox()
        self.counted.setChecked(visit.people_min is not None or visit.people_max is not None)
        least = visit.people_min if visit.people_min is not None else visit.people_max or 0
        most = visit.people_max if visit.people_max is not None else least
        self.least = NumberField(least, 0, MOST_PEOPLE)
        self.most = NumberField(most, 0, MOST_PEOPLE)
        self.violations = {v: QCheckBox() for v in Violation}
        for violation, box in self.violations.items():
            box.setChecked(violation.value in visit.violations)
        self.findings = _words(visit.findings)
        self.evidence = _words(visit.evidence)
        self.masked = Data(role="warning", wrap=True)
        self.masked.hide()
        self._arrange()
        retext(self, self._word)
        self._connect()
        self.at.setFocus()
        self.check()

    def _offer_duties(self) -> None:
        """Offer the duties whose teams accepted: first the one that the visit is of."""
        for duty in self._project.all(Assignment):
            if duty.state in NOT_YET and duty.id != self._visit.assignment_id:
                continue
            team = self._project.find(Team, duty.team_id)
            zone = self._project.find(Zone, duty.zone_id)
            words = " · ".join(each.name for each in (team, zone) if each is not None)
            self.duty.addItem(words or "–", duty.id)
        self.duty.addItem("", "")
        self.duty.setCurrentIndex(max(self.duty.findData(self._visit.assignment_id), 0))

    def _arrange(self) -> None:
        self.body.addWidget(
            card(column(self.site, Text("operate.no_names", wrap=True), margin=12, gap=4))
        )
        fields = form()
        add_field(fields, "operate.visit.duty", self.duty)
        add_field(fields, "operate.visit.at", self.at)
        people = row(self.counted, self.least, Text("operate.visit.to"), self.most, None, gap=8)
        fields.addRow(Text("operate.visit.people"), boxed(people))
        self.body.addLayout(fields)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for at, box in enumerate(self.violations.values()):
            grid.addWidget(box, at // 2, at % 2)
        self.body.addLayout(column(Text("operate.visit.violations", role="heading"), grid, gap=4))
        texts = form()
        add_field(texts, "operate.visit.findings", self.findings)
        add_field(texts, "operate.visit.evidence", self.evidence)
        self.body.addLayout(texts)
        self.body.addWidget(self.masked)
        self.body.addWidget(Text("operate.visit.no_verdict", role="caption", wrap=True))

    def _connect(self) -> None:
        self.at.dateTimeChanged.connect(lambda _at: self.check())
        self.counted.toggled.connect(lambda _on: self.check())
        self.duty.currentIndexChanged.connect(lambda _at: self.check())
        self.least.valueChanged.connect(self._least_changed)
        self.most.valueChanged.connect(lambda _n: self.check())
        for field in (self.findings, self.evidence):
            field.textChanged.connect(self._say_masked)

    def _least_changed(self, n: int) -> None:
        """Who found so many found no fewer at most."""
        self.most.setValue(max(n, self.most.value()))
        self.check()

    def _word(self) -> None:
        self.duty.setItemText(self.duty.count() - 1, tr("operate.visit.no_duty"))
        self.counted.setText(tr("operate.visit.counted"))
        self.least.setAccessibleName(tr("operate.visit.least"))
        self.most.setAccessibleName(tr("operate.visit.most"))
        for violation, box in self.violations.items():
            box.setText(i18n.label(violation))

    def _say_masked(self) -> None:
        typed = [f.toPlainText().strip() for f in (self.findings, self.evidence)]
        stored = [mask(words) for words in typed]
        changed = [new for old, new in zip(typed, stored, strict=True) if old != new]
        self.masked.setText(tr("dialog.allegation.masked", text=" · ".join(changed)))
        self.masked.setVisible(bool(changed))
        self.check()
        self.grow()

    def check(self) -> None:
        for field in (self.least, self.most):
            field.setEnabled(self.counted.isChecked())
        super().check()

    def missing(self) -> str:
        # The field is exact to the minute, and this minute is not over yet.
        if self.at.moment() > now() + timedelta(minutes=1):
            return "error.inspection.future"
        if self.counted.isChecked() and self.least.value() > self.most.value():
            return "error.inspection.people"
        return ""

    def value(self) -> Inspection:
        """Return the visit as it stands in the form."""
        told = {v.value for v, box in self.violations.items() if box.isChecked()}
        older = {v for v in self._visit.violations if v not in set(Violation)}
        at = min(self.at.moment(), now().replace(microsecond=0))
        if self._visit.inspected_at is not None:
            before = local(self._visit.inspected_at)
            if before.replace(second=0, microsecond=0) == self.at.moment():
                at = before  # what was not touched is not rounded
        counted = self.counted.isChecked()
        return replace(
            self._visit,
            assignment_id=str(self.duty.currentData() or ""),
            inspected_at=at,
            findings=self.findings.toPlainText().strip(),
            violations=tuple(sorted(told | older)),
            evidence=self.evidence.toPlainText().strip(),
            people_min=self.least.value() if counted else None,
            people_max=self.most.value() if counted else None,
        )

    def finish(self) -> None:
        self.ready.emit(self.value())


def _words(text: str) -> TabbedText:
    made = TabbedText(stored=bool(text))
    made.setPlainText(text)
    made.setFixedHeight(WORDS_PX)
    return made
