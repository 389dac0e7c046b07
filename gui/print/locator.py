"""Where a map lies: a small picture of the country with the province and the map's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from geo.model.command import Zone
from gui.map.painter import polygon_of
from gui.print.text import ACCENT
from layers.basemap import province_outlines
from layers.export.frame import CAMBODIA, shown_points
from layers.palette import palette
from layers.view import FloatArray, MapView

if TYPE_CHECKING:
    from layers.export.content import Bounds, ReportContent

SHARE = 0.19
"""Width of the locator for the width of the map."""
WIDEST = 180.0
GAP = 8.0
NORTH_ARROW = 44.0
FOOT = 30.0
"""Room of scale bar and sources at the foot of a map."""
LEAST_FRAME = 7.0
"""A frame on the locator is drawn at least so wide: it must be found."""
PLATE = "#FFFFFF"
HERE = "#BFD8D5"
COARSE = 0.4
"""Corners of outlines are drawn to so many pixels: more would only make the file large."""


def paint_locator(painter: QPainter, content: ReportContent, view: MapView) -> None:
    """Paint the locator into the corner of a map in which there is least to hide.

    Args:
        painter: Its origin is the map's top left corner, its unit a map pixel.
        content: The report.
        view: The map's view.
    """
    width = min(view.width * SHARE, WIDEST)
    plate = free_corner(content, view, width, width * 0.86)
    painter.save()
    try:
        painter.setClipRect(plate, Qt.ClipOperation.IntersectClip)
        painter.translate(plate.topLeft())
        code = content.map.province_code
        _paint_country(painter, plate.width(), plate.height(), view.bounds_lonlat, code)
    finally:
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#4B5563"), 0.8))
    painter.drawRect(plate)


def free_corner(content: ReportContent, view: MapView, width: float, height: float) -> QRectF:
    """Return the corner of a map that hides the fewest points and zones."""
    right, foot = view.width - width - GAP, view.height - height - FOOT
    corners = (
        QRectF(GAP, GAP, width, height),
        QRectF(GAP, foot, width, height),
        QRectF(right, foot, width, height),
        QRectF(right - NORTH_ARROW, GAP, width, height),
    )
    lonlat = np.concatenate([shown_points(content.map.project), content.map.cells.centres])
    x, y = view.to_pixel(lonlat[:, 0], lonlat[:, 1])
    zones = [
        QRectF(QPointF(*view.to_pixel(w, n)), QPointF(*view.to_pixel(e, s)))
        for w, s, e, n in (zone.outline.bounds for zone in content.map.project.all(Zone))
    ]

    def hidden(box: QRectF) -> int:
        inside = (x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())
        return int(inside.sum()) + 50 * sum(box.intersects(zone) for zone in zones)

    return min(corners, key=hidden)


def _paint_country(
    painter: QPainter, width: float, height: float, frame: Bounds, code: str
) -> None:
    colours = palette("light")
    painter.fillRect(QRectF(0, 0, width, height), QColor(PLATE))
    view = MapView.fit(CAMBODIA, int(width), int(height), 4)
    edge = QPen(QColor("#9CA3AF"), 0.5)
    for name, (shapes, _, _) in province_outlines().items():
        painter.setPen(edge)
        painter.setBrush(QColor(HERE if name == code else colours.land))
        path = QPainterPath()
        for i in range(len(shapes)):
            for ring in shapes.rings_of(i):
                path.addPolygon(polygon_of(_coarse(view.mercator_to_pixel(ring))))
                path.closeSubpath()
        painter.drawPath(path)
    west, south, east, north = frame
    box = QRectF(QPointF(*view.to_pixel(west, north)), QPointF(*view.to_pixel(east, south)))
    wider = max(LEAST_FRAME - box.width(), 0.0) / 2
    higher = max(LEAST_FRAME - box.height(), 0.0) / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(ACCENT), 1.4))
    painter.drawRect(box.adjusted(-wider, -higher, wider, higher))


def _coarse(xy: FloatArray) -> FloatArray:
    rounded = np.round(xy / COARSE) * COARSE
    changes = np.any(np.diff(rounded, axis=0, prepend=rounded[:1] - 1) != 0, axis=1)
    return rounded[changes]
