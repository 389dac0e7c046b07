"""The assignment board: giving, moving and taking back, each one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from gui.acts.doing import Acts
from gui.panels.board import BoardPage

if TYPE_CHECKING:
    from gui.workbench import Workbench

PAGE = "board"


class BoardActs(Acts):
    """Opens the board, and does what is decided there."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.drawers.bring(PAGE, self._make)
        bench.on("board", self.toggle)
        bench.rail.chosen.connect(lambda _name: self._leave_full())
        for name, act in (
            ("board.show", self.show),
            ("board.give", self.give),
            ("board.move", self.move),
            ("board.take", self.take),
        ):
            self.desk.intents.answer(name, act)

    def _make(self) -> BoardPage:
        page = BoardPage(self.desk)
        page.full_asked.connect(self.bench.drawers.set_full)
        page.closed.connect(self._leave_full)
        page.draw_asked.connect(self._draw)
        page.add_operation_asked.connect(self.bench.edits.add_operation)
        page.add_team_asked.connect(self.bench.edits.add_team)
        return page

    def toggle(self) -> None:
        """Open the board below the map, or close it."""
        self._leave_full()
        self.bench.drawers.toggle(PAGE)

    def show(self) -> None:
        """Open the board."""
        self.bench.drawers.show_page(PAGE)

    def _draw(self) -> None:
        self._leave_full()
        self.bench.tools.take("draw_zone")

    def _leave_full(self) -> None:
        page = self.bench.drawers.made(PAGE)
        if isinstance(page, BoardPage):
            page.full_button.setChecked(False)

    # --- edits ----------------------------------------------------------------------------------

    def give(self, zone_id: str, period_id: str, team_id: str) -> None:
        """Give a zone a team for a period, in place of whoever has it."""
        from geo.edit.assign import assign_team

        if self.may(Verb.ASSIGN_TEAM):
            self.desk.session.do(
                lambda plan: assign_team(plan, zone_id, team_id, period_id), self.tell
            )

    def move(self, assignment_id: str, zone_id: str, period_id: str) -> None:
        """Take a team from where it is and give it another zone or period."""
        from geo.edit.moving import move_assignment

        if self.may(Verb.ASSIGN_TEAM):
            self.desk.session.do(
                lambda plan: move_assignment(plan, assignment_id, zone_id, period_id), self.tell
            )

    def take(self, assignment_id: str) -> None:
        """Take a team back."""
        from geo.edit.assign import unassign

        if self.may(Verb.UNASSIGN_TEAM):
            self.desk.session.do(lambda plan: unassign(plan, assignment_id), self.tell)
