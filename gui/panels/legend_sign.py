"""The sign of one line of the legend: a symbol, an area or a line, as on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.map.painter import STROKES
from gui.widgets.entity_list import symbol_picture
from layers.style import Hatch

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from layers.findings import FindingClass
    from layers.legend import LegendEntry
    from layers.style import LineStyle

SIZE = 18


class Sign(QWidget):
    """Draws what the map draws."""

    def __init__(self, entry: LegendEntry | FindingClass) -> None:
        super().__init__()
        self._entry = entry
        self.setFixedSize(SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            entry = self._entry
            if entry.symbol is not None:
                symbol_picture(painter, entry.symbol, QPoint(0, 0), SIZE)
            elif entry.area is not None:
                fill = QColor(entry.area.fill)
                fill.setAlphaF(entry.area.alpha)
                painter.setBrush(fill if entry.area.fill else Qt.BrushStyle.NoBrush)
                edge = entry.area.edge
                painter.setPen(_pen(edge) if edge is not None else Qt.PenStyle.NoPen)
                box = QRectF(1.5, 2.5, SIZE - 3, SIZE - 5)
                painter.drawRoundedRect(box, 3, 3)
                if entry.area.hatch is not Hatch.NONE:
                    painter.setBrush(QBrush(QColor(entry.area.ink), STROKES[entry.area.hatch]))
                    painter.drawRoundedRect(box, 3, 3)
            elif entry.line is not None:
                painter.setPen(_pen(entry.line))
                painter.drawLine(1, SIZE // 2, SIZE - 1, SIZE // 2)
        finally:
            painter.end()


def _pen(style: LineStyle) -> QPen:
    colour = QColor(style.colour)
    colour.setAlphaF(style.alpha)
    pen = QPen(colour, min(style.width, 4.0))
    if style.dash:
        pen.setDashPattern([part / max(style.width, 0.5) for part in style.dash])
    return pen
