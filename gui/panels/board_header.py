"""The heads of the board's columns: each period with its time; a click chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from gui import i18n, icons, theme
from gui.i18n import tr
from gui.models.board import BoardModel, period_name, period_times
from gui.models.board_rows import WHOLE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

HEIGHT_PX: Final = 38
LEAST_PX: Final = 132
MARK_PX: Final = 3
SIGN_PX: Final = 14


class PeriodHeader(QHeaderView):
    """The heads.

    Attributes:
        chosen: Column of the period that the window looks at, or -1.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.chosen = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST_PX)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT_PX)

    def choose(self, column: int) -> None:
        """Mark the column of the period that the window looks at; -1 marks none."""
        self.chosen = column
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT_PX)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own signature
        model = self.model()
        rows = model.rows if isinstance(model, BoardModel) else None
        if rows is None or logicalIndex >= len(rows.columns):
            return
        tones, chosen = theme.current(), logicalIndex == self.chosen
        period_id = rows.columns[logicalIndex]
        period = rows.period(period_id) if period_id != WHOLE else None
        name = period_name(rows, period_id)
        second = period_times(period) if period else tr("board.column.whole_note")
        painter.save()
        painter.fillRect(rect, QColor(tones.tint if chosen else tones.surface))
        if chosen:
            mark = QRect(rect.left(), rect.bottom() - MARK_PX + 1, rect.width(), MARK_PX)
            painter.fillRect(mark, QColor(tones.accent))
            ratio = painter.device().devicePixelRatioF()
            sign = icons.pixmap("eye", tones.accent, SIGN_PX, ratio)
            painter.drawPixmap(rect.right() - SIGN_PX - 6, rect.top() + 5, sign)
        painter.setPen(QColor(tones.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if not chosen:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        half = rect.height() // 2
        upper = QRect(rect.left() + 10, rect.top() + 2, rect.width() - SIGN_PX - 22, half)
        lower = QRect(upper.left(), rect.top() + half - 1, rect.width() - 16, half - 2)
        for area, words, bold, colour in (
            (upper, name, True, tones.accent if chosen else tones.text),
            (lower, second, False, tones.muted),
        ):
            font = theme.font(theme.CAPTION_PX, bold=bold, language=i18n.language())
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
