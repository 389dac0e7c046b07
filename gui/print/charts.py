"""A chart painted as vectors, for pages and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPen, QPolygonF

from gui import theme
from layers.export.chart_shapes import Dot, Fill, Item, Stroke, Word, shapes

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from layers.export.charts import Chart

_SHARE: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}


def paint_chart(painter: QPainter, chart: Chart, width: float, height: float) -> None:
    """Paint a chart with its top left corner at the origin.

    Args:
        painter: Of a page or a picture.
        chart: What to paint; its notes are for the page to set.
        width: In the painter's own units.
        height: The same.
    """
    painter.save()
    try:
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        for item in shapes(chart, width, height):
            _paint(painter, item, chart)
    finally:
        painter.restore()


def _paint(painter: QPainter, item: Item, chart: Chart) -> None:
    if isinstance(item, Stroke):
        pen = QPen(QColor(item.colour), item.width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if item.dash:
            pen.setDashPattern([length / item.width for length in item.dash])
        painter.setPen(pen)
        painter.drawPolyline(_polygon(item.points))
    elif isinstance(item, Fill):
        colour = QColor(item.colour)
        colour.setAlphaF(item.alpha)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour))
        painter.drawPolygon(_polygon(item.points))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    elif isinstance(item, Dot):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(item.colour))
        painter.drawEllipse(QPointF(item.x, item.y), item.radius, item.radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        _write(painter, item, chart)


def _write(painter: QPainter, word: Word, chart: Chart) -> None:
    # The painter's units may be larger than pixels: the size is one of them, not of the font.
    scale = word.size / theme.TEXT_PX
    font = theme.font(bold=word.bold, language=chart.language)
    wide = QFontMetricsF(font).horizontalAdvance(word.text) * scale
    painter.save()
    painter.translate(word.x - wide * _SHARE[word.anchor], word.y)
    painter.scale(scale, scale)
    painter.setFont(font)
    painter.setPen(QColor(word.colour))
    painter.drawText(QPointF(0.0, 0.0), word.text)
    painter.restore()


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
