"""Operate: the day itself — which team is where, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from geo.edit.assign import PLANNED
from geo.edit.states import RUNNING
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, Role
from gui import i18n
from gui.i18n import tr
from gui.panels.base import Desk, Panel
from gui.panels.team_parts import short
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, card, clear, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project

# What needs somebody's attention comes first; what is over comes last.
ORDER = (
    AssignmentState.UNDER_WAY,
    AssignmentState.DRAFT,
    AssignmentState.PREPARED,
    AssignmentState.ACCEPTED,
    AssignmentState.COMPLETED,
    AssignmentState.DEBRIEFED,
    AssignmentState.ABORTED,
)
TONES = {AssignmentState.UNDER_WAY: "true", AssignmentState.ABORTED: "warning"}


class OperatePanel(Panel):
    """The assignments and their states.

    Attributes:
        plan_asked: The user wants to give a zone a team.
        accept_asked: The deputy governor accepts an assignment (its id).
    """

    plan_asked = Signal()
    accept_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._list = column(gap=8)
        outer = column(self._list, None)
        outer.setContentsMargins(12, 4, 8, 8)
        self.states = StateView(scrolling(boxed(outer)))
        self._summary = Data(role="caption", wrap=True)
        self.box.addLayout(
            column(Text("action.operate", role="title"), self._summary, margin=12, gap=2)
        )
        self.box.addWidget(self.states, 1)

    def refresh(self, project: Project) -> None:
        clear(self._list)
        zones = {z.id: z.name for z in project.all(Zone)}
        assignments = sorted(
            project.all(Assignment),
            key=lambda a: (ORDER.index(a.state), zones.get(a.zone_id, ""), a.period_id),
        )
        counts = {s: sum(a.state is s for a in assignments) for s in ORDER}
        self._summary.setText(
            " · ".join(f"{i18n.label(s)} {i18n.number(n)}" for s, n in counts.items() if n)
        )
        if not assignments:
            self.states.show_empty(
                "panel.operate.empty",
                "panel.operate.empty_next",
                icon="checklist",
                button="panel.operate.to_plan",
                press=self.plan_asked.emit,
            )
            return
        for assignment in assignments:
            self._list.addWidget(self._card(project, assignment))
        self.states.show_full()

    def _card(self, project: Project, assignment: Assignment) -> QWidget:
        zone = project.find(Zone, assignment.zone_id)
        team = project.find(Team, assignment.team_id)
        head = row(
            Chip(short(team) if team else "–"),
            Elided(team.name if team else "–", role="heading"),
            Chip(i18n.label(assignment.state), TONES.get(assignment.state, "plain")),
        )
        head.setStretch(1, 1)
        to_zone = Button("", look="link")
        to_zone.setText((zone.name if zone else "–").replace("&", "&&"))
        to_zone.clicked.connect(
            lambda: self.desk.selection.select(Kind.ZONE, [assignment.zone_id], zoom=True)
        )
        parts: list[QWidget] = [
            to_zone,
            Data(period_words(project, zone, assignment), role="caption", wrap=True),
        ]
        inner = column(head, *parts, margin=10, gap=4)
        if assignment.state in PLANNED:
            accept = Button("panel.operate.accept", "user-check")
            accept.clicked.connect(lambda: self.accept_asked.emit(assignment.id))
            explain(accept, self._why_not(project, assignment, zone, team))
            inner.addLayout(row(accept, None))
        return card(inner)

    def _why_not(
        self, project: Project, assignment: Assignment, zone: Zone | None, team: Team | None
    ) -> str:
        """Return why the user cannot accept, as a text's code, or empty if he can."""
        user = project.user
        if user is None:
            return "panel.why.nobody"
        if user.role is not Role.DEPUTY_GOVERNOR:
            return "panel.why.only_deputy"
        if team is not None and team.lead_user_id != user.id:
            return "panel.why.not_your_team"
        operation = project.find(Operation, zone.operation_id) if zone is not None else None
        released = operation is not None and operation.state in RUNNING
        if not released or assignment.state is not AssignmentState.PREPARED:
            return "panel.why.not_released"
        return ""


def period_words(project: Project, zone: Zone | None, assignment: Assignment) -> str:
    """Return the period of an assignment with its times, or that it is for the whole operation."""
    operation = project.find(Operation, zone.operation_id) if zone and zone.operation_id else None
    for period in operation.periods if operation else ():
        if period.id == assignment.period_id:
            same_day = period.starts.date() == period.ends.date()
            until = i18n.digits(f"{period.ends:%H:%M}") if same_day else i18n.moment(period.ends)
            return f"{period.name}: {i18n.moment(period.starts)} – {until}"
    return tr("panel.operate.whole")
