"""Point symbols: vectors on paper and in the legend, sprites from one sheet on screen."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from layers.style import Mark, Shape, SymbolSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

SPRITE_MARGIN = 4
"""Logical pixels around a sprite's body for its ring and its strike."""


def draw_symbol(painter: QPainter, spec: SymbolSpec, x: float, y: float, size: float) -> None:
    """Draw a symbol around a centre.

    Args:
        painter: Antialiased; its pen and brush are changed.
        spec: What it looks like.
        x: Centre in logical pixels.
        y: Centre in logical pixels.
        size: Diameter of a symbol of scale 1 in logical pixels.
    """
    radius = size * spec.scale / 2
    painter.save()
    painter.translate(x, y)
    outline = _outline(spec.shape, radius)
    line = max(radius * 0.26, 1.1)
    if spec.ring:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((spec.edge, line * 1.7), (spec.fill, line * 0.7)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPath(_outline(spec.shape, radius * 1.32))
    if spec.hollow:
        _draw_hollow(painter, spec, outline, line)
    else:
        _draw_solid(painter, spec, outline, radius)
    _draw_mark(painter, spec, radius)
    if spec.struck:
        _strike(painter, spec, radius)
    painter.restore()


def _draw_solid(painter: QPainter, spec: SymbolSpec, outline: QPainterPath, radius: float) -> None:
    edge = QPen(QColor(spec.edge), max(radius * 0.16, 0.8))
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if spec.mark is Mark.QUESTION:
        # A ring: pale within, so that it never weighs as much as a decided status.
        painter.setPen(QPen(QColor(spec.edge), max(radius * 0.62, 1.8)))
        painter.setBrush(QColor(_pale(spec.fill)))
        painter.drawPath(outline)
        painter.setPen(QPen(QColor(spec.fill), max(radius * 0.3, 1.1)))
        painter.drawPath(outline)
        return
    painter.setPen(edge)
    painter.setBrush(QColor(spec.fill))
    painter.drawPath(outline)
    if spec.second:
        painter.save()
        painter.setClipPath(_outline(spec.shape, radius * 0.9), Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRectF(0, -2 * radius, 2 * radius, 4 * radius), QColor(spec.second))
        painter.restore()
        if spec.second == spec.edge:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(spec.fill), max(radius * 0.26, 1.1)))
            painter.drawPath(_outline(spec.shape, radius * 0.9))


def _draw_hollow(painter: QPainter, spec: SymbolSpec, outline: QPainterPath, line: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    casing = QColor(spec.edge)
    casing.setAlphaF(0.85)
    painter.setPen(QPen(casing, line * 2.1))
    painter.drawPath(outline)
    pen = QPen(QColor(spec.fill), line)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if spec.dotted:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.05, 2.1])
        pen.setWidthF(line * 1.15)
    painter.setPen(pen)
    painter.drawPath(outline)
    if spec.second:
        # The second half keeps its own colour, or the middle line if it has none.
        half = QPainterPath()
        reach = outline.boundingRect().width()
        half.addRect(QRectF(0, -reach, reach, 2 * reach))
        if spec.second == spec.edge:
            painter.drawLine(
                QLineF(0, outline.boundingRect().top(), 0, -outline.boundingRect().top())
            )
        else:
            painter.save()
            painter.setClipPath(half, Qt.ClipOperation.IntersectClip)
            pen.setColor(QColor(spec.second))
            painter.setPen(pen)
            painter.drawPath(outline)
            painter.restore()


def _draw_mark(painter: QPainter, spec: SymbolSpec, radius: float) -> None:
    if spec.mark is Mark.NONE:
        return
    on_body = spec.hollow or spec.mark is Mark.QUESTION
    colour = QColor(_dark(spec.fill) if on_body else spec.edge)
    pen = QPen(colour, max(radius * 0.27, 1.0), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    r = radius
    if spec.mark is Mark.QUESTION:
        painter.drawPath(_question(r))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(0, r * 0.55), max(r * 0.15, 0.6), max(r * 0.15, 0.6))
    elif spec.mark is Mark.PAUSE:
        painter.drawLine(QLineF(-r * 0.3, -r * 0.4, -r * 0.3, r * 0.4))
        painter.drawLine(QLineF(r * 0.3, -r * 0.4, r * 0.3, r * 0.4))
    elif spec.mark is Mark.CROSS:
        painter.drawLine(QLineF(-r * 0.38, -r * 0.38, r * 0.38, r * 0.38))
        painter.drawLine(QLineF(-r * 0.38, r * 0.38, r * 0.38, -r * 0.38))
    elif spec.mark is Mark.CHECK:
        corners = [QPointF(-r * 0.42, 0), QPointF(-r * 0.1, r * 0.34), QPointF(r * 0.42, -r * 0.32)]
        painter.drawPolyline(QPolygonF(corners))
    elif spec.mark is Mark.BAR:
        painter.drawLine(QLineF(-r * 0.45, 0, r * 0.45, 0))
    elif spec.mark is Mark.PLUS:
        painter.drawLine(QLineF(-r * 0.5, 0, r * 0.5, 0))
        painter.drawLine(QLineF(0, -r * 0.5, 0, r * 0.5))
    elif spec.mark is Mark.FLAME:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(_flame(r))


def _flame(r: float) -> QPainterPath:
    path = QPainterPath(QPointF(r * 0.05, -r * 0.65))
    path.cubicTo(QPointF(r * 0.1, -r * 0.2), QPointF(r * 0.55, 0), QPointF(r * 0.45, r * 0.3))
    path.cubicTo(
        QPointF(r * 0.35, r * 0.7), QPointF(-r * 0.35, r * 0.7), QPointF(-r * 0.45, r * 0.3)
    )
    path.cubicTo(QPointF(-r * 0.5, 0), QPointF(-r * 0.3, -r * 0.1), QPointF(-r * 0.25, -r * 0.3))
    path.cubicTo(QPointF(-r * 0.1, -r * 0.2), QPointF(0, -r * 0.3), QPointF(r * 0.05, -r * 0.65))
    return path


def _question(r: float) -> QPainterPath:
    path = QPainterPath(QPointF(-r * 0.3, -r * 0.28))
    path.cubicTo(
        QPointF(-r * 0.3, -r * 0.72), QPointF(r * 0.36, -r * 0.72), QPointF(r * 0.32, -r * 0.25)
    )
    path.cubicTo(QPointF(r * 0.28, r * 0.02), QPointF(0, -r * 0.02), QPointF(0, r * 0.2))
    return path


def _strike(painter: QPainter, spec: SymbolSpec, radius: float) -> None:
    reach = radius * 1.15
    for colour, width in ((spec.edge, radius * 0.55), (_dark(spec.fill), radius * 0.24)):
        pen = QPen(QColor(colour), max(width, 1.1))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(-reach, reach, reach, -reach))


def _outline(shape: Shape, r: float) -> QPainterPath:
    path = QPainterPath()
    if shape is Shape.CIRCLE:
        path.addEllipse(QPointF(0, 0), r, r)
    elif shape is Shape.SQUARE:
        path.addRoundedRect(QRectF(-0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r), 0.25 * r, 0.25 * r)
    elif shape is Shape.GATE:
        _gate(path, r)
    else:
        _polygon(path, _CORNERS[shape], r)
    return path


_CORNERS: dict[Shape, Sequence[tuple[float, float]]] = {
    Shape.DIAMOND: [(0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0)],
    Shape.TRIANGLE: [(0, -1.1), (1.1, 0.85), (-1.1, 0.85)],
    Shape.OCTAGON: [
        (math.cos(math.pi * (k + 0.5) / 4), math.sin(math.pi * (k + 0.5) / 4)) for k in range(8)
    ],
}


def _polygon(path: QPainterPath, corners: Sequence[tuple[float, float]], r: float) -> None:
    path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in corners]))
    path.closeSubpath()


def _gate(path: QPainterPath, r: float) -> None:
    # Two posts under a lintel: what a border gate looks like from the road.
    corners = [
        (-1.1, -0.95), (1.1, -0.95), (1.1, -0.4), (0.85, -0.4), (0.85, 0.95), (0.35, 0.95),
        (0.35, -0.4), (-0.35, -0.4), (-0.35, 0.95), (-0.85, 0.95), (-0.85, -0.4), (-1.1, -0.4),
    ]  # fmt: skip
    _polygon(path, corners, r)


def _pale(colour: str) -> str:
    full = QColor(colour)
    red, green, blue = full.redF(), full.greenF(), full.blueF()
    return QColor.fromRgbF(*(0.2 * part + 0.8 for part in (red, green, blue))).name()


def _dark(colour: str) -> str:
    return QColor(colour).darker(125).name()


def sprite_size(spec_scale: float, size: float) -> int:
    """Return the side of the square cell that a symbol needs, in logical pixels."""
    return math.ceil(size * spec_scale * 1.45) + 2 * SPRITE_MARGIN


@lru_cache(maxsize=256)
def symbol_pixmap(spec: SymbolSpec, size: float, dpr: float = 1.0) -> QPixmap:
    """Return a picture of one symbol for legends and lists.

    Args:
        spec: What it looks like.
        size: Diameter of the symbol in logical pixels; the picture is larger by its margin.
        dpr: Device pixels per logical pixel.
    """
    picture = symbol_sheet((spec,), size, dpr).copy()
    picture.setDevicePixelRatio(dpr)
    return picture


@lru_cache(maxsize=64)
def symbol_sheet(specs: tuple[SymbolSpec, ...], size: float, dpr: float) -> QPixmap:
    """Return symbols side by side in square cells, so that all points are drawn in one call."""
    cell = sprite_size(max(spec.scale for spec in specs), size)
    side = math.ceil(cell * dpr)
    sheet = QPixmap(side * len(specs), side)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, spec in enumerate(specs):
            painter.save()
            painter.setBrush(QBrush())
            painter.translate(i * side + side / 2, side / 2)
            painter.scale(dpr, dpr)
            draw_symbol(painter, spec, 0, 0, size)
            painter.restore()
    finally:
        painter.end()
    return sheet
