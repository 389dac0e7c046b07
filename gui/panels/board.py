"""The assignment board: zones down, periods across, in each cell who goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal

from geo.edit.verbs import Verb
from geo.model.command import Operation
from geo.model.entity import Kind
from gui.i18n import tr
from gui.models.board import BoardModel
from gui.models.board_ahead import look_ahead
from gui.models.board_rows import BoardRows, operations_of
from gui.models.board_trial import conflicted
from gui.panels.base import Desk, Panel
from gui.panels.board_choice import OperationChoice
from gui.panels.board_menu import CellMenu
from gui.panels.board_paint import Hover
from gui.panels.board_shelf import Shelf
from gui.panels.board_strip import ConflictStrip
from gui.panels.board_view import BoardView
from gui.panels.board_watch import ConflictWatch
from gui.rights import why_closed, why_not
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, column, row
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout

    from geo.analysis.readiness.conflicts import Conflict
    from geo.project import Project
    from gui.models.board_trial import Trial

ROOMY_PX = 420


class BoardPage(Panel):
    """The page below the map.

    Attributes:
        closed: The user closes the page.
        full_asked: The page is to have the whole height, or only its own again.
        draw_asked: There is no zone yet: one is to be drawn.
        add_operation_asked: There is no operation yet: one is to be added.
        add_team_asked: A team is to be added.
        wanted_px: Height without which four zones and their conflicts cannot be seen.
    """

    closed = Signal()
    full_asked = Signal(bool)
    draw_asked = Signal()
    add_operation_asked = Signal()
    add_team_asked = Signal()
    wanted_px = 372

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = BoardModel(self)
        self.view = BoardView(self.model)
        self.shelf = Shelf()
        self.strip = ConflictStrip()
        self.watch = ConflictWatch(desk.runner, self)
        self.menu: CellMenu | None = None
        self.operation = OperationChoice()
        self.operation.chosen.connect(desk.moment.look_at)
        self.why = Data(role="warning", wrap=True)
        self.why.hide()
        self.full_button = IconButton("arrows-maximize", "board.full")
        self.full_button.setCheckable(True)
        self.states = StateView(boxed(self._full()))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        self._connect()

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        parts = (self.operation, 8, self.why, self.full_button, close)
        head = row(Text("action.board", role="heading"), 12, *parts, margin=8)
        head.setStretchFactor(self.why, 1)
        head.insertStretch(5, 0)
        return head

    def _full(self) -> QHBoxLayout:
        left = column(self.view, self.strip, gap=6)
        left.setStretch(0, 1)
        whole = row(boxed(left), self.shelf, gap=8)
        whole.setContentsMargins(8, 0, 8, 8)
        whole.setStretch(0, 1)
        return whole

    def _connect(self) -> None:
        view, desk = self.view, self.desk
        view.given.connect(self.give)
        view.moved.connect(self.move_to)
        view.taken.connect(self.take)
        view.menu_asked.connect(self.open_menu)
        view.hovered.connect(self._hover)
        view.left.connect(self._left)
        view.period_chosen.connect(self._period_chosen)
        view.zone_chosen.connect(lambda i: desk.selection.select(Kind.ZONE, [i]))
        view.selectionModel().currentChanged.connect(lambda *_: self._cell_chosen())
        self.model.modelReset.connect(lambda: view.selectionModel().clear())
        self.shelf.taken.connect(self.take)
        self.shelf.picked.connect(lambda i: desk.selection.select(Kind.TEAM, [i]))
        self.shelf.edit_asked.connect(lambda i: desk.intents.ask("team.edit", i))
        self.shelf.add_asked.connect(self.add_team_asked)
        self.strip.instead.connect(self._instead)
        self.strip.again.connect(self.look)
        self.watch.begun.connect(self.strip.show_looking)
        self.watch.found.connect(self._show_findings)
        self.watch.failed.connect(self.strip.show_error)
        self.strip.shown.connect(self._show_conflict)
        self.full_button.toggled.connect(self.full_asked)
        desk.moment.changed.connect(self.mark_stale)
        desk.session.closed.connect(self._forget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.show_brief(brief=self.height() < ROOMY_PX)

    # --- showing --------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        duty = self.desk.moment.duty
        operations = operations_of(project)
        self.operation.show_operations(operations, duty.operation_id)
        operation = project.find(Operation, duty.operation_id) if duty.operation_id else None
        if operation is None:
            self._show_none(project, operations)
            return
        rows = BoardRows(project, operation)
        if not rows.zones:
            self.watch.stop()
            self.model.show(None)
            self.states.show_empty(
                "board.no_zones",
                "board.no_zones_next",
                icon="polygon",
                button="panel.plan.draw",
                press=None if why_not(project, Verb.DRAW_ZONE)[0] else self.draw_asked.emit,
            )
            return
        why = why_closed(project, operation)
        self.why.setText(tr(why[0], **why[1]) if why[0] else "")
        self.why.setVisible(bool(why[0]))
        self.view.may_change = self.shelf.may_change = not why[0]
        self.model.show(rows)
        chosen = rows.columns.index(duty.period_id) if duty.period_id in rows.columns else -1
        self.view.heads.choose(chosen)
        self.shelf.show_teams(project, operation, rows.busy(duty.period_id))
        self.states.show_full()
        self._show_findings()
        self.watch.keep_up(project, operation.id)

    def _show_none(self, project: Project, operations: list[Operation]) -> None:
        self.watch.stop()
        self.why.hide()
        self.model.show(None)
        if operations:
            first = operations[0].id
            self.states.show_empty(
                "board.no_choice",
                "board.no_choice_next",
                icon="clipboard-list",
                button="board.first",
                press=lambda: self.desk.moment.look_at(first),
            )
            return
        closed = why_not(project, Verb.ADD_OPERATION)[0]
        self.states.show_empty(
            "board.no_operation",
            "board.no_operation_next",
            icon="clipboard-list",
            button="panel.plan.add_operation",
            press=None if closed else self.add_operation_asked.emit,
        )

    def _period_chosen(self, period_id: str) -> None:
        if self.model.rows is not None:
            self.desk.moment.look_at(self.model.rows.operation.id, period_id)

    # --- conflicts ------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for the conflicts again."""
        if self.project is not None:
            self.watch.look(self.project)

    def _show_findings(self) -> None:
        project, rows, found = self.project, self.model.rows, self.watch.findings
        if project is None or rows is None:
            return
        if found is None:
            self.model.mark({})
            self.strip.show_looking()
            return
        self.model.mark(conflicted(found.conflicts))
        self.strip.show_found(project, found.conflicts, why_closed(project, rows.operation))

    def _forget(self) -> None:
        self.watch.forget()
        self.model.show(None)

    def _cell_chosen(self) -> None:
        index = self.view.currentIndex()
        duty = self.model.cell(index).duty if index.isValid() else None
        if duty is not None:
            self.strip.show_of(duty.id)

    def _show_conflict(self, conflict: Conflict) -> None:
        """Go to the first cell of a conflict that is on the board."""
        rows = self.model.rows
        for assignment_id in conflict.assignment_ids:
            place = rows.place_of(assignment_id) if rows is not None else None
            if place is not None:
                self.view.choose(*place)
                return

    # --- carrying -------------------------------------------------------------------------------

    def _hover(self, zone_id: str, period_id: str, team_id: str, duty_id: str) -> None:
        index = self.model.at(zone_id, period_id)
        place, hover = (index.row(), index.column()), self.view.hover
        project, rows = self.project, self.model.rows
        if project is None or rows is None or (hover and (hover.row, hover.column) == place):
            return
        ahead = look_ahead(project, rows, self.trial, (zone_id, period_id), (team_id, duty_id))
        self.strip.show_hint(ahead.words, ahead.tone)
        self.view.show_hover(Hover(*place, ahead.brief, ahead.tone))

    def _left(self) -> None:
        self._show_findings()

    # --- doing ----------------------------------------------------------------------------------

    def give(self, zone_id: str, period_id: str, team_id: str) -> None:
        """Give a cell a team."""
        self.desk.intents.ask("board.give", zone_id, period_id, team_id)

    def move_to(self, assignment_id: str, zone_id: str, period_id: str) -> None:
        """Move who is somewhere to another cell; dropped where he is, nothing happens."""
        rows = self.model.rows
        if rows is not None and rows.place_of(assignment_id) != (zone_id, period_id):
            self.desk.intents.ask("board.move", assignment_id, zone_id, period_id)

    def take(self, assignment_id: str) -> None:
        """Take somebody back."""
        self.desk.intents.ask("board.take", assignment_id)

    def _instead(self, assignment_id: str, team_id: str, period_id: str) -> None:
        rows = self.model.rows
        place = rows.place_of(assignment_id) if rows is not None else None
        if place is None:
            return
        if team_id:
            self.give(*place, team_id)
        else:
            self.move_to(assignment_id, place[0], period_id)

    @property
    def trial(self) -> Trial | None:
        """What tries duties that nobody has yet, as soon as it is made."""
        found = self.watch.findings
        return found.trial if found is not None else None

    def open_menu(self, zone_id: str, period_id: str, at: QPoint) -> None:
        """Offer the teams for a cell, the fittest first, and what else can be done there."""
        project, rows = self.project, self.model.rows
        zone = rows.zone(zone_id) if rows is not None else None
        if project is None or rows is None or zone is None:
            return
        menu = self.menu = CellMenu(self, project, rows, (zone, period_id), self.trial)
        duty = menu.cell.duty
        menu.offer(
            why_closed(project, rows.operation),
            lambda team_id: self.give(zone_id, period_id, team_id),
            lambda z, p: self.move_to(duty.id if duty else "", z, p),
            lambda: self.take(duty.id if duty else ""),
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        menu.choose_first()
