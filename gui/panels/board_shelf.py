"""The shelf beside the board: teams to be carried into a cell; what is put on it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from geo.edit.verbs import Verb
from geo.model.command import Team
from gui.models.team_words import lacks
from gui.panels.team_parts import TeamCard, no_teams_note
from gui.rights import permit
from gui.widgets.buttons import IconButton
from gui.widgets.drag import DUTY, carried
from gui.widgets.layouts import boxed, clear, column, restyle, row, scrolling
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from geo.model.command import Operation
    from geo.project import Project

WIDTH = 268


class Shelf(QFrame):
    """The teams of the plan: those that are free first, with what each lacks.

    Attributes:
        taken: An assignment was put back onto the shelf (its id).
        picked: A team was chosen (its id).
        edit_asked: A team is to be changed (its id).
        add_asked: A team is to be added.
    """

    taken = Signal(str)
    picked = Signal(str)
    edit_asked = Signal(str)
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAcceptDrops(True)
        self.setProperty("card", "true")
        self.may_change = False
        self.cards: dict[str, TeamCard] = {}
        self.add_button = IconButton("plus", "action.add_team", look="small")
        self.add_button.clicked.connect(self.add_asked)
        head = row(Text("panel.plan.teams", role="heading"), None, self.add_button)
        head.setContentsMargins(10, 4, 6, 0)
        tip = Text("board.shelf_tip", role="caption", wrap=True)
        tip.setContentsMargins(10, 0, 8, 0)
        self._list = column(gap=4)
        inner = column(self._list, None)
        inner.setContentsMargins(8, 2, 6, 6)
        self.setLayout(column(head, tip, scrolling(boxed(inner)), gap=2))

    def show_teams(
        self, project: Project, operation: Operation, busy: Mapping[str, list[str]]
    ) -> None:
        """Show the teams, its own province's first; `busy` says which zones each one has."""
        clear(self._list)
        self.cards = {}
        permit(self.add_button, project, Verb.ADD_TEAM)
        teams = sorted(
            project.all(Team),
            key=lambda t: (
                bool(busy.get(t.id)),
                t.province_code not in {"", operation.province_code},
                len(t.empty_mandatory_groups()),
                t.name,
            ),
        )
        for team in teams:
            card = TeamCard(team, sorted(busy.get(team.id, [])), lacks(team))
            card.picked.connect(self.picked)
            card.edit_asked.connect(self.edit_asked)
            self.cards[team.id] = card
            self._list.addWidget(card)
        if not teams:
            self._list.addWidget(no_teams_note())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.may_change and carried(event.mimeData(), DUTY):
            restyle(self, "card", "drop")
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, "card", "true")

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "card", "true")
        event.accept()
        self.taken.emit(carried(event.mimeData(), DUTY))
