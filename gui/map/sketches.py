"""What a tool is making, painted over the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from gui.map.painter import polygon_of
from layers.palette import palette
from layers.snap import Caught

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.tools.tool import Corner, Sketch
    from layers.palette import Palette, Theme
    from layers.snap import Snap
    from layers.view import FloatArray, MapView

HANDLE_PX = 4.5
LEVER_PX = 6.5
SNAP_PX = 9.0
_REFUSED = "#D55E00"
_SIGN_CASING, _SIGN_LINE = 5.0, 2.5
_AREA: Final = 3
"""So many corners has the smallest area."""


def paint_sketch(painter: QPainter, sketch: Sketch, view: MapView, theme: Theme) -> None:
    """Draw what a tool is making."""
    colours = palette(theme)
    accent = QColor(_REFUSED if sketch.refused else colours.highlight)
    if sketch.rectangle is not None:
        _paint_band(painter, sketch.rectangle, accent)
    if sketch.marked:
        _paint_area(painter, sketch.marked, view, colours, faint(accent, 0.10), None)
    if sketch.closed:
        _paint_area(painter, sketch.lines, view, colours, faint(accent, 0.16), accent)
    else:
        for line in sketch.lines:
            _paint_line(painter, polygon_of(_pixels(line, view)), accent, colours)
    if sketch.hatched:
        _paint_hatched(painter, sketch.hatched, view, colours)
    for line in sketch.ghosts:
        _paint_ghost(painter, polygon_of(_pixels(line, view)), accent, colours)
    _paint_handles(painter, sketch, view, accent, colours)
    if sketch.lever is not None:
        _paint_lever(painter, sketch.lever, view, accent, colours)
    if sketch.snapped is not None:
        _paint_snap(painter, sketch.snapped, view, accent, colours)


def faint(colour: QColor, alpha: float) -> QColor:
    """Return a colour that lets the map through."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def _pixels(corners: Sequence[Corner], view: MapView) -> FloatArray:
    degrees = np.array(corners, dtype=np.float64).reshape(-1, 2)
    return np.column_stack(view.to_pixel(degrees[:, 0], degrees[:, 1]))


def _path(rings: Sequence[Sequence[Corner]], view: MapView) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        if len(ring) >= _AREA:
            path.addPolygon(polygon_of(_pixels(ring, view)))
            path.closeSubpath()
    return path


def _paint_band(
    painter: QPainter, rectangle: tuple[float, float, float, float], accent: QColor
) -> None:
    left, top, right, bottom = rectangle
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(faint(accent, 0.12))
    painter.drawRect(QRectF(QPointF(left, top), QPointF(right, bottom)).normalized())


def _paint_area(
    painter: QPainter,
    rings: Sequence[Sequence[Corner]],
    view: MapView,
    colours: Palette,
    fill: QColor,
    edge: QColor | None,
) -> None:
    path = _path(rings, view)
    painter.fillPath(path, fill)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pens = [QPen(faint(QColor(colours.highlight), 0.8), 1.5)]
    if edge is not None:
        pens = [QPen(QColor(colours.highlight_casing), 4.5), QPen(edge, 2.0)]
    for pen in pens:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)


def _paint_line(painter: QPainter, line: QPolygonF, accent: QColor, colours: Palette) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(colours.highlight_casing), 4.5), (accent, 2.0)):
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(line)


def _paint_ghost(painter: QPainter, line: QPolygonF, accent: QColor, colours: Palette) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.highlight_casing), 3.5))
    painter.drawPolyline(line)
    painter.setPen(QPen(accent, 2.0, Qt.PenStyle.DashLine))
    painter.drawPolyline(line)


def _paint_hatched(
    painter: QPainter, rings: Sequence[Sequence[Corner]], view: MapView, colours: Palette
) -> None:
    path = _path(rings, view)
    refused = QColor(_REFUSED)
    painter.fillPath(path, faint(refused, 0.22))
    painter.fillPath(path, QBrush(refused, Qt.BrushStyle.BDiagPattern))
    painter.strokePath(path, QPen(QColor(colours.highlight_casing), 4.0))
    painter.strokePath(path, QPen(refused, 2.0))


def _paint_handles(
    painter: QPainter, sketch: Sketch, view: MapView, accent: QColor, colours: Palette
) -> None:
    casing = QColor(colours.highlight_casing)
    for x, y in _pixels(sketch.midpoints, view).tolist():
        painter.setPen(QPen(accent, 1.2))
        painter.setBrush(casing)
        painter.drawEllipse(QPointF(x, y), HANDLE_PX * 0.7, HANDLE_PX * 0.7)
    for i, (x, y) in enumerate(_pixels(sketch.corners, view).tolist()):
        active = i == sketch.active
        painter.setPen(QPen(accent, 2.0))
        painter.setBrush(accent if active else casing)
        reach = HANDLE_PX * (1.4 if active else 1.0)
        painter.drawRect(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))


def _paint_lever(
    painter: QPainter,
    lever: tuple[Corner, Corner],
    view: MapView,
    accent: QColor,
    colours: Palette,
) -> None:
    middle, handle = (QPointF(x, y) for x, y in _pixels(lever, view).tolist())
    casing = QColor(colours.highlight_casing)
    for pen in (QPen(casing, 3.5), QPen(accent, 1.5, Qt.PenStyle.DotLine)):
        painter.setPen(pen)
        painter.drawLine(middle, handle)
    painter.setPen(QPen(accent, 2.0))
    painter.setBrush(casing)
    painter.drawEllipse(handle, LEVER_PX, LEVER_PX)
    # An arrow around the handle: it turns.
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = QRectF(handle.x() - 12, handle.y() - 12, 24, 24)
    painter.drawArc(around, 35 * 16, 110 * 16)
    painter.drawEllipse(middle, 2.0, 2.0)


def _paint_snap(
    painter: QPainter, snap: Snap, view: MapView, accent: QColor, colours: Palette
) -> None:
    """Draw the sign of what the pointer is caught by: each has one of its own."""
    ((x, y),) = _pixels([snap.lonlat], view).tolist()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    path = _SIGNS[snap.caught](x, y)
    for colour, width in (
        (QColor(colours.highlight_casing), _SIGN_CASING),
        (accent, _SIGN_LINE),
    ):
        painter.strokePath(path, QPen(colour, width))


def _square(x: float, y: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(x - SNAP_PX, y - SNAP_PX, 2 * SNAP_PX, 2 * SNAP_PX))
    return path


def _cross(x: float, y: float) -> QPainterPath:
    path = QPainterPath()
    for dx in (-SNAP_PX, SNAP_PX):
        path.moveTo(x + dx, y - SNAP_PX)
        path.lineTo(x - dx, y + SNAP_PX)
    return path


def _diamond(x: float, y: float) -> QPainterPath:
    reach = SNAP_PX * 1.25
    path = QPainterPath()
    corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0), (0, -reach))
    path.addPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    return path


def _triangle(x: float, y: float) -> QPainterPath:
    reach = SNAP_PX * 1.2
    path = QPainterPath()
    corners = ((0, -reach), (reach, reach * 0.8), (-reach, reach * 0.8), (0, -reach))
    path.addPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    return path


def _rings(x: float, y: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), SNAP_PX * 1.15, SNAP_PX * 1.15)
    path.addEllipse(QPointF(x, y), 2.5, 2.5)
    return path


_SIGNS: Final = {
    Caught.VERTEX: _square,
    Caught.EDGE: _cross,
    Caught.BOUNDARY: _diamond,
    Caught.PROVINCE: _triangle,
    Caught.BORDER: _rings,
}
