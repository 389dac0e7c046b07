"""From a draw list to paint: one way for the screen, for PNG and for PDF.

Painting can be done in steps of a few milliseconds, so that the window stays quick. On paper
symbols and letters are vectors; on screen they are sprites.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QRadialGradient,
)
from shiboken6 import VoidPtr, wrapInstance

from gui.map.symbols import draw_symbol, symbol_sheet
from gui.map.text import PAPER, draw_label
from layers.drawlist import Areas, Discs, DrawList, Halos, Lines, Op, Symbols
from layers.style import Hatch

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from layers.style import LineStyle
    from layers.view import FloatArray

MANY_RINGS = 200
"""More rings than these are copied from one, not drawn."""
SPRITES_PER_STEP = 4_000
VERTICES_PER_STEP = 4_000
AREA_COSTS = 40
"""A polygon costs as much as so many vertices, however few it has."""
CORNERS_PER_STEP = 100
_FRAGMENT_NUMBERS = 10
STROKES = {
    Hatch.RISING: Qt.BrushStyle.BDiagPattern,
    Hatch.FALLING: Qt.BrushStyle.FDiagPattern,
    Hatch.LEVEL: Qt.BrushStyle.HorPattern,
    Hatch.UPRIGHT: Qt.BrushStyle.VerPattern,
    Hatch.CROSSED: Qt.BrushStyle.DiagCrossPattern,
    Hatch.DOTS: Qt.BrushStyle.Dense6Pattern,
}


def paint(painter: QPainter, draw_list: DrawList, *, background: bool = True) -> None:
    """Paint a whole frame; the painter's unit is the draw list's logical pixel."""
    view = draw_list.view
    painter.save()
    try:
        painter.setClipRect(0, 0, view.width, view.height, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if background:
            painter.fillRect(0, 0, view.width, view.height, QColor(draw_list.background))
        for _ in paint_steps(painter, (*draw_list.ops, *draw_list.selected)):
            pass
        for label in draw_list.labels:
            painter.setOpacity(label.opacity)
            draw_label(painter, label, label.x, label.y)
        painter.setOpacity(1.0)
    finally:
        painter.restore()


def paint_steps(painter: QPainter, ops: Iterable[Op]) -> Generator[None]:
    """Paint operations, pausing after every few thousand vertices or sprites."""
    for op in ops:
        painter.setOpacity(op.opacity if not isinstance(op, Halos) else 1.0)
        if isinstance(op, Areas):
            yield from _paint_areas(painter, op)
        elif isinstance(op, Lines):
            yield from _paint_lines(painter, op)
        elif isinstance(op, Discs):
            yield from _paint_discs(painter, op)
        elif isinstance(op, Symbols):
            yield from _paint_symbols(painter, op)
        else:
            _paint_halos(painter, op)
        yield
    painter.setOpacity(1.0)


def polygon_of(xy: FloatArray) -> QPolygonF:
    """Copy vertices of shape ``(n, 2)`` into a polygon in one go, not point by point."""
    polygon = QPolygonF()
    polygon.resize(len(xy))
    if len(xy):
        # The stubs know neither a pointer as an address nor one that can be written to.
        room: Any = VoidPtr(cast("int", polygon.data()), 16 * len(xy), True)  # type: ignore[call-arg] # see above
        np.frombuffer(room, dtype=np.float64)[:] = np.ascontiguousarray(xy).ravel()
    return polygon


def pen_of(style: LineStyle, before: float = 0.0) -> QPen:
    """Return the pen of a line style; `before` is how far along the line it begins, in pixels."""
    colour = QColor(style.colour)
    colour.setAlphaF(style.alpha)
    pen = QPen(colour, style.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if style.dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([length / style.width for length in style.dash])
        pen.setDashOffset(before % sum(style.dash) / style.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    else:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _paint_areas(painter: QPainter, op: Areas) -> Generator[None]:
    style = op.style
    edge: QPen | Qt.PenStyle = pen_of(style.edge) if style.edge else Qt.PenStyle.NoPen
    fill: QBrush | Qt.BrushStyle = Qt.BrushStyle.NoBrush
    if style.fill and style.alpha > 0:
        colour = QColor(style.fill)
        colour.setAlphaF(style.alpha)
        fill = QBrush(colour)
    smooth = QPainter.RenderHint.Antialiasing
    if not op.tiled:
        yield from _draw_areas(painter, op, edge, fill)
        if style.hatch is not Hatch.NONE:
            yield from _draw_areas(painter, op, Qt.PenStyle.NoPen, _strokes(painter, op))
        return
    painter.setRenderHint(smooth, on=False)
    try:
        yield from _draw_areas(painter, op, Qt.PenStyle.NoPen, fill)
        if style.hatch is not Hatch.NONE:
            yield from _draw_areas(painter, op, Qt.PenStyle.NoPen, _strokes(painter, op))
    finally:
        painter.setRenderHint(smooth)
    if style.edge:
        yield from _draw_areas(painter, op, edge, Qt.BrushStyle.NoBrush)


def _strokes(painter: QPainter, op: Areas) -> QBrush:
    painter.setBrushOrigin(QPointF(*op.origin))
    return QBrush(QColor(op.style.ink), STROKES[op.style.hatch])


def _draw_areas(
    painter: QPainter, op: Areas, pen: QPen | Qt.PenStyle, brush: QBrush | Qt.BrushStyle
) -> Generator[None]:
    painter.setPen(pen)
    painter.setBrush(brush)
    drawn = 0
    for i in range(len(op.shapes)):
        rings = op.shapes.rings_of(i)
        if len(rings) == 1:
            painter.drawPolygon(polygon_of(rings[0]))
        elif rings:
            path = QPainterPath()
            for ring in rings:
                path.addPolygon(polygon_of(ring))
                path.closeSubpath()
            painter.drawPath(path)
        drawn += sum(len(ring) for ring in rings) + AREA_COSTS
        if drawn > VERTICES_PER_STEP:
            drawn = 0
            yield


def _paint_lines(painter: QPainter, op: Lines) -> Generator[None]:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = pen_of(op.style)
    # Round joins cost twice as much, and corners half a pixel apart do not show theirs.
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    painter.setPen(pen)
    # Without dashes or transparency, pieces that share a corner look like the whole line.
    whole = bool(op.style.dash) or op.style.alpha * op.opacity < 1
    step = len(max(op.runs, key=len, default=())) if whole else CORNERS_PER_STEP
    for run, before in zip(op.runs, op.before, strict=True):
        if op.style.dash:
            painter.setPen(pen_of(op.style, before))
        for first in range(0, max(len(run) - 1, 1), step):
            painter.drawPolyline(polygon_of(run[first : first + step + 1]))
            if len(run) > step:
                yield
    yield


def _paint_discs(painter: QPainter, op: Discs) -> Generator[None]:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.save()
    try:
        if op.within is not None:
            land = QPainterPath()
            within = op.within
            rings = (ring for i in range(len(within)) for ring in within.rings_of(i))
            for ring in rings:
                land.addPolygon(polygon_of(ring))
                land.closeSubpath()
            painter.setClipPath(land, Qt.ClipOperation.IntersectClip)
        for i, ((x, y), radius) in enumerate(zip(op.xy.tolist(), op.radius.tolist(), strict=True)):
            soft = QRadialGradient(QPointF(x, y), radius)
            for at, share in ((0.0, 1.0), (0.45, 0.75), (0.8, 0.3), (1.0, 0.0)):
                colour = QColor(op.colour)
                colour.setAlphaF(op.alpha * share)
                soft.setColorAt(at, colour)
            painter.setBrush(soft)
            painter.drawEllipse(QPointF(x, y), radius, radius)
            if i % 50 == 49:  # noqa: PLR2004 - a step's worth
                yield
    finally:
        painter.restore()


def _paint_symbols(painter: QPainter, op: Symbols) -> Generator[None]:
    if not len(op.xy):
        return
    engine = painter.paintEngine()
    if engine.type() in PAPER:
        for (x, y), spec in zip(op.xy.tolist(), op.spec.tolist(), strict=True):
            draw_symbol(painter, op.specs[spec], x, y, op.size)
        return
    dpr = painter.device().devicePixelRatio() * max(painter.worldTransform().m11(), 1.0)
    sheet = symbol_sheet(op.specs, op.size, dpr)
    side = float(sheet.height())
    yield from _paint_sprites(painter, sheet, op.xy, op.spec.astype(np.float64) * side, dpr)


def _paint_sprites(
    painter: QPainter, sheet: QPixmap, xy: FloatArray, left: FloatArray, dpr: float
) -> Generator[None]:
    """Copy squares of a sheet, as high as it is and beginning at `left`, around points."""
    side = float(sheet.height())
    fragments = np.zeros((len(xy), _FRAGMENT_NUMBERS))
    # Centres on whole device pixels: a sprite is copied, not resampled.
    shift = (side % 2) / 2
    fragments[:, 0:2] = (np.round(xy * dpr - shift) + shift) / dpr
    fragments[:, 2] = left
    fragments[:, 4:6] = side
    fragments[:, 6:8] = 1.0 / dpr
    fragments[:, 9] = 1.0
    for first in range(0, len(fragments), SPRITES_PER_STEP):
        part = fragments[first : first + SPRITES_PER_STEP]
        # The binding takes one fragment; what follows it in memory are the others.
        head = cast(
            "QPainter.PixmapFragment",
            wrapInstance(part.ctypes.data, QPainter.PixmapFragment),
        )
        painter.drawPixmapFragments(head, len(part), sheet)
        yield


def _paint_halos(painter: QPainter, op: Halos) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((op.casing, 4.5), (op.colour, 2.5)):
        pen = QPen(QColor(colour), width)
        if len(op.xy) > MANY_RINGS:
            dpr, starts = painter.device().devicePixelRatio(), np.zeros(len(op.xy))
            for _ in _paint_sprites(painter, _ring(pen, op.radius, dpr), op.xy, starts, dpr):
                pass
            continue
        painter.setPen(pen)
        for x, y in op.xy.tolist():
            painter.drawEllipse(QPointF(x, y), op.radius, op.radius)


def _ring(pen: QPen, radius: float, dpr: float) -> QPixmap:
    side = math.ceil((2 * radius + pen.widthF() + 2) * dpr)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(dpr, dpr)
    painter.setPen(pen)
    painter.drawEllipse(QPointF(side / dpr / 2, side / dpr / 2), radius, radius)
    painter.end()
    return picture
