"""Painting the map's window: the last frame where it belongs now, and what lies over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from geo.catalogue import text
from gui.map.furniture import (
    EDGE,
    coordinate_text,
    paint_attribution,
    paint_readout,
    paint_scale_bar,
)
from gui.map.overlay import paint_hint, paint_note, paint_sketch
from gui.map.painter import paint_steps
from gui.map.text import draw_label_picture
from layers.draw_plan import selection_ops
from layers.palette import palette

if TYPE_CHECKING:
    from gui.map.canvas import MapCanvas
    from gui.map.frames import Frame, Writing
    from layers.view import MapView

READOUT_LEFT = 165.0


def paint_scene(canvas: MapCanvas) -> None:
    """Paint a canvas; costs a few milliseconds whatever the plan holds."""
    view = canvas.view
    colours = palette(canvas.theme)
    painter = QPainter(canvas)
    try:
        painter.fillRect(canvas.rect(), QColor(colours.sea))
        frame = canvas.maker.frame
        if canvas.maker.overview is not None and not canvas.maker.covers(view, 0):
            paint_frame(painter, canvas.maker.overview, view, canvas.devicePixelRatioF())
        if frame is not None:
            paint_frame(painter, frame, view, canvas.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if canvas.selection() is not None:
            for _ in paint_steps(painter, selection_ops(canvas.request(), view)):
                pass
        if canvas.maker.writing is not None:
            paint_writing(painter, canvas.maker.writing, view, canvas.devicePixelRatioF())
        paint_sketch(painter, canvas.tool.sketch(), view, canvas.theme)
        _paint_furniture(painter, canvas)
        if canvas.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.highlight), 2.0))
            painter.drawRect(QRectF(canvas.rect()).adjusted(1, 1, -1, -1))
    finally:
        painter.end()


def paint_frame(painter: QPainter, frame: Frame, view: MapView, dpr: float) -> None:
    """Draw a frame's picture where it belongs in a view, scaled while a zoom waits for its own."""
    west, south, east, north = frame.view.bounds
    left, _, _, top = view.bounds
    x, y = (west - left) / view.resolution, (top - north) / view.resolution
    if frame.view.resolution == view.resolution:
        painter.drawImage(QPointF(round(x * dpr) / dpr, round(y * dpr) / dpr), frame.image)
        return
    width, height = (east - west) / view.resolution, (north - south) / view.resolution
    # Only what is seen is scaled: far inside a picture the rest would be millions of pixels.
    seen = QRectF(0, 0, view.width, view.height)
    target = QRectF(x, y, width, height).intersected(seen)
    share = frame.image.width() / width
    source = QRectF(
        (target.x() - x) * share,
        (target.y() - y) * share,
        target.width() * share,
        target.height() * share,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, frame.image, source)


def paint_writing(painter: QPainter, writing: Writing, view: MapView, dpr: float) -> None:
    """Draw the labels at their places; they keep their size while a zoom waits for its frame."""
    left, _, _, top = writing.view.bounds
    west, _, _, north = view.bounds
    scale = writing.view.resolution / view.resolution
    dx, dy = (left - west) / view.resolution, (north - top) / view.resolution
    for label in writing.labels:
        x, y = label.x * scale + dx, label.y * scale + dy
        if -200 < x < view.width + 200 and -40 < y < view.height + 40:  # noqa: PLR2004 - half a label
            draw_label_picture(painter, label, x, y, dpr)


def _paint_furniture(painter: QPainter, canvas: MapCanvas) -> None:
    view, room = canvas.view, (canvas.width(), canvas.height())
    paint_scale_bar(
        painter, view, EDGE, view.height - EDGE, language=canvas.language, theme=canvas.theme
    )
    paint_attribution(painter, view, language=canvas.language, theme=canvas.theme)
    if canvas.cursor_lonlat is not None:
        line = coordinate_text(*canvas.cursor_lonlat, canvas.language)
        paint_readout(painter, line, READOUT_LEFT, view.height - 6, theme=canvas.theme)
    if canvas.hint_visible and canvas.tool.hint:
        paint_hint(painter, text(canvas.tool.hint, canvas.language), room)
    if canvas.note is not None:
        paint_note(painter, *canvas.note, room)
