"""Coordination, below the map: what was asked of whom, what they answered, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem

from geo.edit.states import OVER
from geo.edit.verbs import Verb
from geo.model.command import Coordination, Zone
from geo.model.vocabulary import CoordinationResult
from gui import i18n, icons, theme
from gui.i18n import tr
from gui.models.operation_words import days_late
from gui.panels.base import Desk, Panel
from gui.panels.operation_next import looked_at
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.line_table import LineTable
from gui.widgets.states import StateView
from gui.widgets.texts import Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from geo.model.command import Authorisation
    from geo.project import Project

COLUMNS: Final = ("authority", "asked", "due", "replied", "reference", "result", "authorises")
SIGNS: Final = {
    CoordinationResult.OPEN: "hourglass",
    CoordinationResult.AGREED: "circle-check",
    CoordinationResult.REFUSED: "circle-x",
}


class CoordinationPage(Panel):
    """The questions of one operation.

    Attributes:
        closed: The user closes the page.
        coordination_ids: Of the rows, from the top.
    """

    closed = Signal()
    wanted_px = 260

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.coordination_ids: list[str] = []
        self.title = Elided(role="caption")
        self.record = Button("command.coordinate.record", "plus", look="primary")
        self.answer = Button("command.coordinate.reply", "mail")
        self.correct = Button("command.coordinate.correct", "edit")
        self.table = self._table()
        self.states = StateView(boxed(column(self.table)))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        ask = desk.intents.ask
        self.record.clicked.connect(lambda: ask("coordination.record"))
        self.answer.clicked.connect(self._open)
        self.correct.clicked.connect(self._open)
        desk.moment.changed.connect(self.mark_stale)
        theme.on_theme(self, self.mark_stale)

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        title = Text("command.coordination", role="heading")
        head = row(title, 8, self.title, self.record, self.answer, self.correct, close, margin=8)
        head.setStretch(2, 1)
        return head

    def _table(self) -> LineTable:
        heads = [f"command.column.{name}" for name in COLUMNS]
        table = LineTable("command.coordination", heads, wide=len(COLUMNS) - 1)
        table.itemSelectionChanged.connect(self._advise)
        table.opened.connect(self._open)
        return table

    # --- showing --------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        operation = looked_at(project, self.desk.moment.duty.operation_id)
        for button in (self.record, self.answer, self.correct):
            button.setVisible(operation is not None)
        self.title.setText(operation.name if operation is not None else "")
        if operation is None:
            self.coordination_ids = []
            self.states.show_empty(
                "command.no_operation", "command.no_operation_next", icon="gavel"
            )
            return
        if permit(self.record, project, Verb.COORDINATE) and operation.state in OVER:
            explain(self.record, "error.operation.over", name=operation.name)
        told = [c for c in project.all(Coordination) if c.operation_id == operation.id]
        told.sort(key=lambda c: (-days_late(c), str(c.asked_on or ""), c.id))
        self._fill(project, told)
        if told:
            self.states.show_full()
        else:
            may = not why_not(project, Verb.COORDINATE)[0] and operation.state not in OVER
            self.states.show_empty(
                "command.nothing_asked",
                "command.nothing_asked_next",
                icon="gavel",
                button="command.coordinate.record",
                press=(lambda: self.desk.intents.ask("coordination.record")) if may else None,
            )
        self._advise()

    def _fill(self, project: Project, told: list[Coordination]) -> None:
        chosen = self.chosen_id
        self.coordination_ids = [c.id for c in told]
        self.table.blockSignals(True)
        self.table.setRowCount(len(told))
        for at, each in enumerate(told):
            for place, item in enumerate(_items(project, each)):
                self.table.setItem(at, place, item)
        self.table.blockSignals(False)
        if told:
            at = self.coordination_ids.index(chosen) if chosen in self.coordination_ids else 0
            self.table.setCurrentCell(at, 0)

    # --- what the user does ---------------------------------------------------------------------

    @property
    def chosen_id(self) -> str:
        """Id of the entry that is selected, or empty."""
        at = self.table.currentRow()
        return self.coordination_ids[at] if 0 <= at < len(self.coordination_ids) else ""

    def _advise(self) -> None:
        """Offer the answer of an open question, and the correction of any other."""
        project = self.project
        told = project.find(Coordination, self.chosen_id) if project and self.chosen_id else None
        operation = (
            looked_at(project, self.desk.moment.duty.operation_id) if project is not None else None
        )
        is_open = told is not None and told.result is CoordinationResult.OPEN
        self.answer.setVisible(is_open)
        self.correct.setVisible(told is not None and not is_open)
        for button in (self.answer, self.correct):
            if permit(button, project, Verb.COORDINATE) and operation is not None:
                over = operation.state in OVER
                explain(button, "error.operation.over" if over else "", name=operation.name)

    def _open(self) -> None:
        if self.chosen_id:
            self.desk.intents.ask("coordination.open", self.chosen_id)


def _items(project: Project, told: Coordination) -> list[QTableWidgetItem]:
    late = days_late(told)
    due = i18n.day(told.due_on)
    if late:
        due = tr("command.late", day=due, n=i18n.number(late))
    words = (
        i18n.label(told.authority),
        i18n.day(told.asked_on),
        due,
        i18n.day(told.replied_on),
        told.reference or "–",
        i18n.label(told.result),
        authorises(project, told.authorisation),
    )
    items = [QTableWidgetItem(each) for each in words]
    if late:
        items[2].setIcon(icons.icon("alert-triangle", theme.current().warning))
    items[5].setIcon(icons.icon(SIGNS[told.result], theme.current().muted))
    return items


def authorises(project: Project, given: Authorisation | None) -> str:
    """Return what an authorisation covers, in words."""
    if given is None:
        return "–"
    parts = []
    if given.zone_id:
        zone = project.find(Zone, given.zone_id)
        parts.append(zone.name if zone is not None else "–")
    if given.site_ids:
        parts.append(tr("command.auth.count", n=i18n.number(len(given.site_ids))))
    if given.valid_from is not None and given.valid_to is not None:
        parts.append(f"{i18n.moment(given.valid_from)} – {i18n.moment(given.valid_to)}")
    if given.hours_from is not None and given.hours_to is not None:
        parts.append(i18n.digits(f"{given.hours_from:%H:%M}–{given.hours_to:%H:%M}"))
    if given.witnesses:
        parts.append(tr("command.auth.witnesses_n", n=i18n.number(given.witnesses)))
    return " · ".join(parts)
