"""A list of sites, allegations or crossings with the symbols of the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui import i18n, theme
from gui.i18n import retext
from gui.models.faces import Face, face_of
from gui.models.table_model import POSITION_ROLE, Index, TableModel
from gui.widgets.no_copy import keep_from_clipboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from layers.style import SymbolSpec

ROW_PX = 48
ROW_KHMER_PX = 54
SYMBOL_PX = 18
PAD = 10
BODY = 0.72
"""Part of a symbol's box that its body fills; its ring and strike need the rest."""


def symbol_picture(painter: QPainter, spec: SymbolSpec, at: QPoint, size: int = SYMBOL_PX) -> None:
    """Draw a symbol of the map with its top left corner at a point."""
    from gui.map.symbols import draw_symbol

    middle = size / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_symbol(painter, replace(spec, scale=1.0), at.x() + middle, at.y() + middle, size * BODY)
    painter.restore()


def row_height() -> int:
    """Return how high a row is: Khmer needs room above and below."""
    return ROW_KHMER_PX if i18n.language() == "km" else ROW_PX


class FaceDelegate(QStyledItemDelegate):
    """Draws the face of a row."""

    def __init__(self, parent: QObject, face: Callable[[Index], Face | None]) -> None:
        super().__init__(parent)
        self._face = face

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        face = self._face(index)
        if face is None:
            return
        tones = theme.current()
        area: QRect = option.rect.adjusted(4, 1, -4, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.tint if selected else tones.hover))
            painter.drawRoundedRect(area, theme.CORNER, theme.CORNER)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tones.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, theme.CORNER, theme.CORNER)
        left = area.left() + PAD
        if face.symbol is not None:
            symbol_picture(painter, face.symbol, QPoint(left, area.center().y() - SYMBOL_PX // 2))
            left += SYMBOL_PX + PAD
        self._write(painter, face, QRect(left, area.top(), area.right() - left - 6, area.height()))
        painter.restore()

    def _write(self, painter: QPainter, face: Face, area: QRect) -> None:
        tones, language = theme.current(), i18n.language()
        small = theme.font(theme.CAPTION_PX, language=language)
        plain = theme.font(theme.TEXT_PX, language=language)
        middle = area.center().y()
        upper = QRect(area.left(), area.top() + 3, area.width(), middle - area.top() - 2)
        lower = QRect(area.left(), middle, area.width(), area.bottom() - middle - 3)
        aligned = Qt.AlignmentFlag.AlignVCenter
        right_width = 0
        if face.right:
            right_width = QFontMetrics(small).horizontalAdvance(face.right) + 8
            painter.setFont(small)
            painter.setPen(QColor(tones.allegation if face.held else tones.muted))
            painter.drawText(upper, aligned | Qt.AlignmentFlag.AlignRight, face.right)
        for text, font, colour, where in (
            (face.title, plain, tones.text, upper.adjusted(0, 0, -right_width, 0)),
            (face.subtitle, small, tones.muted, lower),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, aligned | Qt.AlignmentFlag.AlignLeft, shown)


class EntityList(QTableView):
    """A list over a `TableModel`: a table of one column, whose rows are all of one height.

    A `QListView` would ask the model for every row of a big plan after each change.

    Attributes:
        picked: The user chose a row: its id.
        zoom_asked: The user wants to see it on the map (double click or Enter): its id.
    """

    picked = Signal(str)
    zoom_asked = Signal(str)

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        keep_from_clipboard(self)
        self.setItemDelegate(FaceDelegate(self, self._face))
        self._lay_out(model)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.clicked.connect(lambda index: self.picked.emit(model.id_at(index.row())))
        self.activated.connect(lambda index: self.zoom_asked.emit(model.id_at(index.row())))
        self._quiet = False
        self.setProperty("unsearched", True)
        retext(self, self._fit_rows)

    def _lay_out(self, model: TableModel) -> None:
        """Make one column of the table, as wide as the list."""
        across, down = self.horizontalHeader(), self.verticalHeader()
        for header in (across, down):
            header.hide()
            # Qt would ask every row whether its head is to look selected.
            header.setSelectionModel(QItemSelectionModel(model, self))
        for column in range(1, model.columnCount()):
            self.setColumnHidden(column, True)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(0)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._rows.rowCount() - 1,
        }
        if action in ends:
            return self._rows.index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: Qt would word every row; the field above the list finds."""

    def show_picked(self, entity_id: str) -> None:
        """Mark the row of an entity, and bring it into sight if it is there."""
        row = self._rows.row_of(entity_id) if entity_id else -1
        self._quiet = True
        if row < 0:
            self.clearSelection()
        else:
            index = self._rows.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._quiet = False

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override] # Qt's own signature
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet and self.hasFocus():
            self.picked.emit(self._rows.id_at(current.row()))

    def _face(self, index: Index) -> Face | None:
        plan, position = self._rows.plan, index.data(POSITION_ROLE)
        if plan is None or position is None:
            return None
        return face_of(plan, self._rows.table, position)
