"""What lies over the map for a moment: a tool's sketch, a note, the hint line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.map.painter import polygon_of
from gui.map.text import font_of, is_khmer
from layers.palette import palette
from layers.style import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.tools.tool import Corner, Sketch
    from layers.palette import Palette, Theme
    from layers.view import FloatArray, MapView

HANDLE_PX = 4.5
_REFUSED = "#D55E00"
_NOTE = TextStyle(12.0, "#FFFFFF", "#1F2937")
_NOTE_HEAD = TextStyle(12.0, "#FFFFFF", "#1F2937", bold=True)


def paint_sketch(painter: QPainter, sketch: Sketch, view: MapView, theme: Theme) -> None:
    """Draw what a tool is making."""
    colours = palette(theme)
    accent = QColor(_REFUSED if sketch.refused else colours.highlight)
    if sketch.rectangle is not None:
        left, top, right, bottom = sketch.rectangle
        box = QRectF(QPointF(left, top), QPointF(right, bottom)).normalized()
        fill = QColor(accent)
        fill.setAlphaF(0.12)
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        painter.drawRect(box)
    for line in sketch.lines:
        if len(line) > 1:
            _paint_line(painter, line, view, accent, colours, closed=sketch.closed)
    _paint_handles(painter, sketch, view, accent, colours)


def _pixels(corners: Sequence[Corner], view: MapView) -> FloatArray:
    degrees = np.array(corners, dtype=np.float64).reshape(-1, 2)
    return np.column_stack(view.to_pixel(degrees[:, 0], degrees[:, 1]))


def _paint_line(
    painter: QPainter,
    corners: Sequence[Corner],
    view: MapView,
    accent: QColor,
    colours: Palette,
    *,
    closed: bool,
) -> None:
    line: QPolygonF = polygon_of(_pixels(corners, view))
    painter.setPen(Qt.PenStyle.NoPen)
    if closed and len(corners) > 2:  # noqa: PLR2004 - an area has three corners
        fill = QColor(accent)
        fill.setAlphaF(0.16)
        painter.setBrush(fill)
        painter.drawPolygon(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(colours.highlight_casing), 4.5), (accent, 2.0)):
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if closed:
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)


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
    if sketch.snapped is not None:
        ((x, y),) = _pixels([sketch.snapped], view).tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((casing, 5.0), (accent, 2.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(x, y), 9.0, 9.0)


def paint_note(
    painter: QPainter, lines: Sequence[str], x: float, y: float, room: tuple[int, int]
) -> None:
    """Write a note beside a pixel, as plain text, turned so that it stays inside `room`."""
    styles = [_NOTE_HEAD, *[_NOTE] * (len(lines) - 1)]
    fonts = [font_of(s, khmer=is_khmer(line)) for s, line in zip(styles, lines, strict=True)]
    metrics = [QFontMetricsF(font) for font in fonts]
    width = max(m.horizontalAdvance(line) for m, line in zip(metrics, lines, strict=True)) + 18
    heights = [
        m.height() * (0.9 if is_khmer(t) else 1.0) for m, t in zip(metrics, lines, strict=True)
    ]
    height = sum(heights) + 12
    left = x + 14 if x + 14 + width < room[0] else x - 14 - width
    top = y + 16 if y + 16 + height < room[1] else y - 12 - height
    plate = QRectF(max(left, 4), max(top, 4), width, height)
    ground = QColor(_NOTE.halo)
    ground.setAlphaF(0.94)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 6, 6)
    painter.setPen(QColor(_NOTE.colour))
    at = plate.top() + 6
    for line, font, line_height in zip(lines, fonts, heights, strict=True):
        painter.setFont(font)
        painter.drawText(
            QRectF(plate.left() + 9, at, width - 9, line_height),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            line,
        )
        at += line_height


def paint_hint(painter: QPainter, line: str, room: tuple[int, int]) -> None:
    """Write what the next click does, at the bottom in the middle."""
    _paint_plate(painter, line, room[0], room[1] - 64)


def paint_banner(painter: QPainter, line: str, width: float) -> None:
    """Write what must not be overlooked, at the top in the middle."""
    _paint_plate(painter, line, width, 12)


def _paint_plate(painter: QPainter, line: str, room: float, top: float) -> None:
    style = TextStyle(12.5, _NOTE.colour, _NOTE.halo)
    font = font_of(style, khmer=is_khmer(line))
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(line) + 28
    plate = QRectF((room - width) / 2, top, width, 28)
    ground = QColor(style.halo)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 14, 14)
    painter.setFont(font)
    painter.setPen(QColor(style.colour))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, line)
