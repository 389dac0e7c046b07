"""Plan: operations, zones and teams, and giving a zone a team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from geo.edit.verbs import Verb
from geo.model.command import Operation, Team
from geo.model.entity import Kind
from geo.model.vocabulary import OperationState
from gui import facts, i18n
from gui.i18n import retext, tr
from gui.panels.base import Desk, Panel
from gui.panels.operation_card import OperationCard
from gui.panels.team_parts import TeamCard, no_teams_note
from gui.panels.zone_card import ZoneCard
from gui.rights import permit, why_no_zone, why_not
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from geo.project import Project

EVERY = ""
"""The choice that shows the zones of all operations."""
TEAMS_PX: Final = 220
LOW_PX: Final = 460
LOW_TEAMS_PX: Final = 100


class PlanPanel(Panel):
    """Zones above, teams below.

    Attributes:
        draw_asked: The user wants to draw a zone.
        edit_zone_asked: The outline of a zone is to be changed (its id).
        add_team_asked: The user wants to add a team.
        edit_team_asked: A team is to be changed (its id).
        add_operation_asked: The user wants to add an operation.
        assign_asked: A zone is given a team (zone id, team id).
        unassign_asked: An assignment is taken back (its id).
        rename_asked: A zone gets another name (its id, the name).
        delete_asked: A zone is to be removed (its id).
        refreshed: The plan was shown anew.
    """

    draw_asked = Signal()
    edit_zone_asked = Signal(str)
    add_team_asked = Signal()
    edit_team_asked = Signal(str)
    add_operation_asked = Signal()
    assign_asked = Signal(str, str)
    unassign_asked = Signal(str)
    rename_asked = Signal(str, str)
    delete_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.draw_button = Button("panel.plan.draw", "polygon", look="primary")
        self.draw_button.clicked.connect(self.draw_asked)
        self.split_button = IconButton("layers-difference", "action.split_area", flat=False)
        self.split_button.clicked.connect(lambda: desk.intents.ask("zone.split"))
        self.operation = QComboBox()
        self.operation.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        retext(self.operation, lambda: self.operation.setAccessibleName(tr("panel.plan.operation")))
        self.operation.currentIndexChanged.connect(self._operation_chosen)
        self.add_operation = IconButton("plus", "panel.plan.add_operation", flat=False)
        self.add_operation.clicked.connect(self.add_operation_asked)
        self.add_team = Button("action.add_team", "plus", look="flat")
        self.add_team.clicked.connect(self.add_team_asked)
        self.operation_card = OperationCard()
        self.zone_cards: dict[str, ZoneCard] = {}
        self.team_cards: dict[str, TeamCard] = {}
        self._zones = column(gap=8)
        self._teams = column(gap=6)
        self._filling = False
        self._name_next = ""
        self.zone_states = StateView(boxed(column(self._zones, None)))
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        # The card scrolls with the zones: below a tall page there is room for neither beside.
        above = column(self.operation_card, self.zone_states)
        above.setStretch(1, 1)
        self._split.addWidget(scrolling(_padded(above)))
        self._split.addWidget(self._team_part())
        self._split.setSizes([3 * TEAMS_PX // 2, TEAMS_PX])
        self._is_low = False
        line = row(self.operation, self.add_operation)
        line.setStretch(0, 1)
        title = row(Text("action.plan", role="title"), None, self.split_button, self.draw_button)
        head = column(title, line, margin=12, gap=8)
        self.box.addLayout(head)
        self.box.addWidget(self._split, 1)
        desk.selection.changed.connect(self._mark)

    def _team_part(self) -> QWidget:
        board = IconButton("clipboard-list", "action.board", keys="F8")
        board.clicked.connect(lambda: self.desk.intents.ask("board.show"))
        head = row(Text("panel.plan.teams", role="heading"), None, board, self.add_team)
        head.setContentsMargins(12, 4, 8, 0)
        self._tip = Text("panel.plan.drag_tip", role="caption", wrap=True)
        self._tip.setContentsMargins(12, 0, 12, 0)
        return boxed(column(head, self._tip, scrolling(_padded(self._teams)), gap=2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Above an open page there is room for the operation or for its teams, not for both."""
        super().resizeEvent(event)
        is_low = event.size().height() < LOW_PX
        if is_low == self._is_low:
            return
        self._is_low = is_low
        self._tip.setVisible(not is_low)
        room = self._split.height()
        teams = LOW_TEAMS_PX if is_low else min(TEAMS_PX, room // 2)
        self._split.setSizes([room - teams, teams])

    @property
    def operation_id(self) -> str:
        """Id of the operation that new zones belong to, or empty."""
        return self.desk.moment.duty.operation_id

    def name_zone(self, zone_id: str) -> None:
        """Let the user type the name of a zone that was just drawn."""
        self._name_next = zone_id
        if zone_id in self.zone_cards:
            self.refresh_now()

    def refresh(self, project: Project) -> None:
        why, params = why_not(project, Verb.DRAW_ZONE)
        if not why:
            why, params = why_no_zone(project, self.operation_id)
        explain(self.draw_button, why, **params)
        for control, verb in (
            (self.add_operation, Verb.ADD_OPERATION),
            (self.add_team, Verb.ADD_TEAM),
        ):
            permit(control, project, verb)
        self._fill_operations(project)
        self._fill_zones(project)
        self._fill_teams(project)
        self._mark()
        self.refreshed.emit()
        card = self.zone_cards.get(self._name_next)
        if card is not None:
            self._name_next = ""
            card.start_naming()

    def _fill_operations(self, project: Project) -> None:
        chosen = self.operation_id
        self._filling = True
        self.operation.clear()
        self.operation.addItem(tr("panel.plan.all_operations"), EVERY)
        for operation in sorted(project.all(Operation), key=lambda o: o.name):
            if operation.state is not OperationState.CANCELLED:
                words = f"{operation.name} · {i18n.label(operation.state)}"
                self.operation.addItem(words, operation.id)
        self.operation.setCurrentIndex(max(self.operation.findData(chosen), 0))
        self._filling = False

    def _operation_chosen(self) -> None:
        if not self._filling:
            self.desk.moment.look_at(self.operation.currentData() or EVERY)

    def _fill_zones(self, project: Project) -> None:
        clear(self._zones)
        self.zone_cards = {}
        for zone in facts.zones_in_order(project):
            if self.operation_id not in {EVERY, zone.operation_id}:
                continue
            card = ZoneCard(project, zone)
            card.picked.connect(lambda i: self.desk.selection.select(Kind.ZONE, [i]))
            card.assign_asked.connect(self.assign_asked)
            card.unassign_asked.connect(self.unassign_asked)
            card.rename_asked.connect(self.rename_asked)
            card.delete_asked.connect(self.delete_asked)
            card.edit_asked.connect(self.edit_zone_asked)
            card.add_team_asked.connect(self.add_team_asked)
            card.intent_asked.connect(self.desk.intents.ask)
            self.zone_cards[zone.id] = card
            self._zones.addWidget(card)
        if self.zone_cards:
            self.zone_states.show_full()
        else:
            self.zone_states.show_empty(
                "panel.plan.no_zones",
                "panel.plan.no_zones_next",
                icon="polygon",
                button="panel.plan.draw",
                press=None if why_not(project, Verb.DRAW_ZONE)[0] else self.draw_asked.emit,
            )

    def _fill_teams(self, project: Project) -> None:
        clear(self._teams)
        self.team_cards = {}
        zones = {z.id: z.name for z in facts.zones_in_order(project)}
        busy: dict[str, list[str]] = {}
        for zone_id, assigned in facts.current_assignments(project).items():
            for assignment in assigned:
                busy.setdefault(assignment.team_id, []).append(zones.get(zone_id, "–"))
        for team in sorted(project.all(Team), key=lambda t: t.name):
            card = TeamCard(team, sorted(set(busy.get(team.id, ()))))
            card.picked.connect(lambda i: self.desk.selection.select(Kind.TEAM, [i]))
            card.edit_asked.connect(self.edit_team_asked)
            self.team_cards[team.id] = card
            self._teams.addWidget(card)
        if not self.team_cards:
            self._teams.addWidget(no_teams_note())

    def _mark(self) -> None:
        chosen = self.desk.selection
        for zone_id, zone_card in self.zone_cards.items():
            zone_card.mark(selected=chosen.kind is Kind.ZONE and zone_id in chosen.ids)
        for team_id, team_card in self.team_cards.items():
            team_card.mark(selected=chosen.kind is Kind.TEAM and team_id in chosen.ids)


def _padded(inner: QVBoxLayout) -> QWidget:
    outer = column(inner, None)
    outer.setContentsMargins(12, 4, 8, 8)
    return boxed(outer)
