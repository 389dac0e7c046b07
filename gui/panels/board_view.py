"""The cells of the assignment board: teams are carried into them, out of them and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from gui.i18n import retext, tr
from gui.panels.board_header import PeriodHeader
from gui.panels.board_paint import ROW_PX, CellPainter, Hover, chip_picture
from gui.widgets.drag import DUTY, TEAM, carried, carry
from gui.widgets.no_copy import keep_from_clipboard

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
    )

    from gui.models.board import BoardModel

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2})
TAKE: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
ZONE_PX: Final = 190


class BoardView(QTableView):
    """The board.

    Attributes:
        given: A team gets a cell (zone id, period id, team id).
        moved: An assignment goes to another cell (its id, zone id, period id).
        taken: An assignment is taken back (its id).
        menu_asked: What can be done with a cell is asked for (zone id, period id, where).
        hovered: Something is carried over a cell (zone id, period id, team id, assignment id).
        left: Nothing is carried over the board any more.
        zone_chosen: A zone was chosen by its head (its id).
        period_chosen: A period was chosen by its head (its id, empty for the whole operation).
    """

    given = Signal(str, str, str)
    moved = Signal(str, str, str)
    taken = Signal(str)
    menu_asked = Signal(str, str, QPoint)
    hovered = Signal(str, str, str, str)
    left = Signal()
    zone_chosen = Signal(str)
    period_chosen = Signal(str)

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self._board = model
        self._pressed: QPoint | None = None
        self.may_change = False
        self.hover: Hover | None = None
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.heads = PeriodHeader(self)
        self.setHorizontalHeader(self.heads)
        self.heads.sectionClicked.connect(self._head_clicked)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(ROW_PX)
        side.setFixedWidth(ZONE_PX)
        side.setTextElideMode(Qt.TextElideMode.ElideRight)
        side.setHighlightSections(False)
        side.sectionClicked.connect(self._zone_clicked)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        keep_from_clipboard(self)
        retext(self, lambda: self.setAccessibleName(tr("action.board")))

    def choose(self, zone_id: str, period_id: str) -> None:
        """Go to a cell."""
        index = self._board.at(zone_id, period_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def show_hover(self, hover: Hover | None) -> None:
        """Mark the cell over which something is carried."""
        self.hover = hover
        self.viewport().update()

    def _head_clicked(self, section: int) -> None:
        if self._board.rows is not None:
            self.period_chosen.emit(self._board.rows.columns[section])

    def _zone_clicked(self, section: int) -> None:
        if self._board.rows is not None:
            self.zone_chosen.emit(self._board.rows.zones[section].id)

    # --- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in ENTER:
            self._ask_menu(index, self.visualRect(index).bottomLeft())
        elif index.isValid() and event.key() in TAKE:
            duty = self._board.cell(index).duty
            if duty is not None:
                self.taken.emit(duty.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self._ask_menu(index, event.pos())

    def _ask_menu(self, index: QModelIndex, at: QPoint) -> None:
        zone_id, period_id = self._board.place(index)
        self.menu_asked.emit(zone_id, period_id, self.viewport().mapToGlobal(at))

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        moved = event.position().toPoint() - start
        if moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        index = self.indexAt(start)
        duty = self._board.cell(index).duty if index.isValid() else None
        if duty is not None and self.may_change:
            picture = chip_picture(self._board.face(index), self.devicePixelRatioF())
            carry(self, DUTY, duty.id, picture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._pressed = None
            self._ask_menu(index, self.visualRect(index).bottomLeft())

    # --- what is carried ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if self.may_change and (carried(data, TEAM) or carried(data, DUTY)):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        data = event.mimeData()
        team_id, duty_id = carried(data, TEAM), carried(data, DUTY)
        if not (self.may_change and index.isValid() and (team_id or duty_id)):
            self._leave()
            event.ignore()
            return
        self.hovered.emit(*self._board.place(index), team_id, duty_id)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._leave()
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or not self.may_change:
            event.ignore()
            return
        event.acceptProposedAction()
        self.setCurrentIndex(index)
        data = event.mimeData()
        zone_id, period_id = self._board.place(index)
        if duty_id := carried(data, DUTY):
            self.moved.emit(duty_id, zone_id, period_id)
        elif team_id := carried(data, TEAM):
            self.given.emit(zone_id, period_id, team_id)

    def _leave(self) -> None:
        if self.hover is not None:
            self.show_hover(None)
        self.left.emit()
