"""Parts of a report that only an analysis has: its signs, its charts, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from geo.catalogue import text
from gui.map.painter import STROKES
from gui.print.charts import paint_chart
from gui.print.flow import Piece, gap
from gui.print.text import LINE, MUTED, POINT, Paragraph
from layers.style import Hatch

if TYPE_CHECKING:
    from layers.export.charts import Chart
    from layers.export.content import Bounds, LegendEntry, ReportContent
    from layers.style import LineStyle

WIDE, HIGH = 12 * POINT, 8 * POINT
CHART_HIGH: Final = 190 * POINT
"""Height of a chart; as wide as the page."""
BASIS_PT: Final = 6.5
WIDE_DEG: Final = 2.5
"""Degrees from which on a map needs no locator: half of the country."""


def paint_result_sign(painter: QPainter, entry: LegendEntry, x: float, y: float) -> None:
    """Paint an area or a line of a result around a point, as it lies on the map."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(x - WIDE / 2, y - HIGH / 2, WIDE, HIGH)
    if entry.area is not None:
        fill = QColor(entry.area.fill) if entry.area.fill else QColor("#FFFFFF")
        fill.setAlphaF(entry.area.alpha)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRect(box)
        if entry.area.hatch is not Hatch.NONE:
            painter.setBrush(QBrush(QColor(entry.area.ink), STROKES[entry.area.hatch]))
            painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if entry.area.edge is not None:
            painter.setPen(_pen(entry.area.edge))
            painter.drawRect(box)
    elif entry.line is not None:
        painter.setPen(_pen(entry.line))
        painter.drawLine(QLineF(box.left(), y, box.right(), y))


def wide(bounds: Bounds) -> bool:
    """Return whether a map shows so much of the country that nobody asks where it lies."""
    return bounds[2] - bounds[0] > WIDE_DEG


def chart_pieces(content: ReportContent, width: float) -> list[Piece]:
    """Return the charts of a report as pieces of its pages."""
    pieces: list[Piece] = []
    for chart in content.charts:
        pieces += [_chart_piece(chart, width), *_notes(chart, width), gap(10)]
    return pieces


def basis_height(content: ReportContent, width: float) -> float:
    """Return the room that a page keeps for what an analysis rests on; 0 for other reports."""
    return _basis(content, width).height + 4 * POINT if content.basis else 0.0


def paint_basis(painter: QPainter, content: ReportContent, room: QRectF) -> None:
    """Paint method, parameters, n, grades and precision at the foot of a page's room."""
    if not content.basis:
        return
    said = _basis(content, room.width())
    painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
    top = room.bottom() - said.height
    painter.drawLine(QLineF(room.left(), top - 2 * POINT, room.right(), top - 2 * POINT))
    said.draw(painter, room.left(), top)


def _basis(content: ReportContent, width: float) -> Paragraph:
    words = " ".join((text("report.basis", content.language), *content.basis))
    return Paragraph(words, width, points=BASIS_PT, colour=MUTED)


def _chart_piece(chart: Chart, width: float) -> Piece:
    height = CHART_HIGH

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.save()
        painter.translate(x, y)
        painter.scale(POINT, POINT)
        paint_chart(painter, chart, width / POINT, height / POINT)
        painter.restore()

    return Piece(height, draw)


def _notes(chart: Chart, width: float) -> list[Piece]:
    laid = [Paragraph(note, width, points=7.5, colour=MUTED) for note in chart.notes]
    return [Piece(note.height, note.draw) for note in laid]


def _pen(style: LineStyle) -> QPen:
    colour = QColor(style.colour)
    colour.setAlphaF(style.alpha)
    pen = QPen(colour, min(style.width, 3.0) * POINT * 0.7)
    if style.dash:
        pen.setDashPattern([part / max(style.width, 0.5) for part in style.dash])
    return pen
