"""The header of a table: a click sorts, the funnel filters, a drag moves, the right button asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from gui import i18n, icons, theme
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent

FUNNEL_PX: Final = 14
PAD_PX: Final = 12
ROOM_PX: Final = 22
"""Width of a section that belongs to its funnel."""


class FilterHeader(QHeaderView):
    """A header with a funnel in each section.

    Attributes:
        filter_asked: The user wants to filter by a column (its number).
        menu_asked: The user wants the menu of a column (its number), at a place of the screen.
    """

    filter_asked = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(48)
        self._active: frozenset[int] = frozenset()
        self._under = -1
        self._pressed = False

    def show_active(self, columns: Collection[int]) -> None:
        """Show by which columns the table is filtered."""
        self._active = frozenset(columns)
        self.viewport().update()

    def funnel_area(self, column: int) -> QRect:
        """Return where the funnel of a column is, in the header's own pixels."""
        left = self.sectionViewportPosition(column)
        return self._room(column, QRect(left, 0, self.sectionSize(column), self.height()))

    def _room(self, column: int, section: QRect) -> QRect:
        """Return the place beside the heading of a section, on the side where it has room."""
        orientation, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
        side = self.model().headerData(column, orientation, role.TextAlignmentRole)
        words = str(self.model().headerData(column, orientation, role.DisplayRole))
        font = theme.font(theme.CAPTION_PX, bold=True, language=i18n.language())
        width = QFontMetrics(font).horizontalAdvance(words) + PAD_PX
        if int(side) & int(Qt.AlignmentFlag.AlignRight):
            sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == column
            arrow = ROOM_PX if sorted_by else 0
            left = max(section.right() - width - arrow - ROOM_PX, section.left() + 1)
        else:
            left = min(section.left() + width, section.right() - ROOM_PX + 1)
        return QRect(left, section.top() + 1, ROOM_PX - 2, section.height() - 3)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own signature
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        active = logicalIndex in self._active
        if not active and logicalIndex != self._under:
            return
        tones = theme.current()
        room = self._room(logicalIndex, rect)
        painter.fillRect(room, QColor(tones.surface))
        colour = tones.accent if active else tones.muted
        picture = icons.pixmap("filter", colour, FUNNEL_PX, self.devicePixelRatioF())
        at = room.center() - QPoint(FUNNEL_PX // 2, FUNNEL_PX // 2)
        painter.drawPixmap(at, picture)

    def _funnel_at(self, at: QPoint) -> int:
        column = self.logicalIndexAt(at)
        return column if column >= 0 and self.funnel_area(column).contains(at) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look(self.logicalIndexAt(event.position().toPoint()))
        on_funnel = self._funnel_at(event.position().toPoint()) >= 0
        self.setToolTip(tr("table.filter.tip") if on_funnel else "")
        if not self._pressed:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        column = self._funnel_at(at)
        if event.button() == Qt.MouseButton.LeftButton and column >= 0 and not self._on_edge(at):
            self._pressed = True
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pressed:
            super().mouseReleaseEvent(event)
            return
        self._pressed = False
        column = self._funnel_at(event.position().toPoint())
        if column >= 0:
            self.filter_asked.emit(column)

    def _on_edge(self, at: QPoint) -> bool:
        """Tell whether the pointer is where a drag makes the section wider."""
        return self.cursor().shape() == Qt.CursorShape.SplitHCursor and not self._pressed

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._look(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.menu_asked.emit(column, event.globalPos())

    def _look(self, column: int) -> None:
        if column != self._under:
            self._under = column
            self.viewport().update()
