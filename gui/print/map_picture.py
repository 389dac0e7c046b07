"""The map of a report, painted as vectors wherever the painter paints vectors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from geo.localise import format_number
from geo.model.entity import Kind
from gui.map.furniture import paint_furniture
from gui.map.painter import paint, polygon_of
from gui.map.text import ensure_fonts, font_of, is_khmer, measure
from gui.print.discs import LEAST_ALPHA, flat_discs
from gui.print.locator import paint_locator
from gui.print.text import ACCENT
from layers.draw import draw_list
from layers.drawlist import Areas, Discs, DrawList, Op
from layers.layer_list import LayerList, default_layers
from layers.snapshot import snapshot
from layers.style import PURPLE, TextStyle
from layers.units import all_official
from layers.view import MapView

if TYPE_CHECKING:
    from layers.export.content import Bounds, ReportContent
    from layers.findings import Findings

MARGIN_PX = 14
CELL_ALPHA = 0.22
NUMBER_PX = 12
LEAST_CELL_PX = 14
"""A number is not written into a cell that it would hide."""


def paint_map(
    painter: QPainter,
    content: ReportContent,
    width: int,
    height: int,
    layers: LayerList | None = None,
    bounds: Bounds | None = None,
    findings: Findings | None = None,
) -> MapView:
    """Paint a report's map with scale bar, north arrow and sources; the unit is a map pixel.

    Args:
        painter: Its origin is the map's top left corner.
        content: The report; what is drawn comes from its released rows only.
        width: Map pixels.
        height: Map pixels.
        layers: Visibility, order and opacity; None is as a new map has them.
        bounds: West, south, east, north in degrees; None is the main map's, with a locator.
        findings: The result of an analysis, made of released rows, that is to lie on the map.

    Returns:
        The view that was painted.
    """
    ensure_fonts()
    view = MapView.fit(bounds or content.map.bounds, width, height, MARGIN_PX)
    request = snapshot(
        layers or default_layers(),
        content.map.project,
        view,
        language=content.language,
        on=content.map.day,
        findings=findings,
    )
    painter.save()
    try:
        painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
        paint(painter, _printable(draw_list(request, measure=measure)))
        _paint_cells(painter, content, view)
        paint_furniture(
            painter,
            view,
            language=content.language,
            theme="light",
            official=all_official(request.table(Kind.ADMIN_UNIT)),
        )
        if bounds is None:
            paint_locator(painter, content, view)
    finally:
        painter.restore()
    return view


def _printable(drawn: DrawList) -> DrawList:
    """Return a frame with tints that paper can hold: Qt's PDF makes the faintest opaque."""
    ops: list[Op] = []
    for op in drawn.ops:
        if isinstance(op, Discs):
            ops += flat_discs(op, drawn.view)
        elif isinstance(op, Areas) and op.style.alpha * op.opacity < LEAST_ALPHA:
            ops.append(replace(op, style=replace(op.style, alpha=0.0)))
        else:
            ops.append(op)
    return replace(drawn, ops=tuple(ops))


def _paint_cells(painter: QPainter, content: ReportContent, view: MapView) -> None:
    cells = content.map.cells
    fill, edge = QColor(PURPLE), QColor(PURPLE)
    fill.setAlphaF(CELL_ALPHA)
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(fill)
    for outline in cells.outlines:
        path = QPainterPath()
        for polygon in shapely.get_parts(outline):
            for ring in (polygon.exterior, *polygon.interiors):
                lonlat = shapely.get_coordinates(ring)
                xy = np.column_stack(view.to_pixel(lonlat[:, 0], lonlat[:, 1]))
                path.addPolygon(polygon_of(xy))
                path.closeSubpath()
        painter.drawPath(path)
    for (lon, lat), count, size in zip(
        cells.centres.tolist(), cells.counts.tolist(), cells.size_m.tolist(), strict=True
    ):
        if size / view.ground_resolution < LEAST_CELL_PX:
            continue
        x, y = view.to_pixel(lon, lat)
        _write_number(painter, format_number(count, content.language), x, y)


def _write_number(painter: QPainter, number: str, x: float, y: float) -> None:
    style = TextStyle(NUMBER_PX, PURPLE, "#FFFFFF", bold=True)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font_of(style, khmer=is_khmer(number)), number)
    box = path.boundingRect()
    path.translate(x - box.center().x(), y - box.center().y())
    painter.strokePath(path, QPen(QColor("#FFFFFF"), 3.0))
    painter.fillPath(path, QColor(PURPLE))


def paint_frame(painter: QPainter, view: MapView, bounds: Bounds) -> None:
    """Mark on an overview what another map shows."""
    west, south, east, north = bounds
    corners = QPointF(*view.to_pixel(west, north)), QPointF(*view.to_pixel(east, south))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in (("#FFFFFF", 4.0), (ACCENT, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(QRectF(*corners))
