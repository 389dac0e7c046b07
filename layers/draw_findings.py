"""How a result lies on the map, which of its shapes is chosen, and what lies under the pointer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.clip import contains, drawn_lines, drawn_rings
from layers.drawlist import Areas, Halos, Lines, Op, Symbols
from layers.palette import palette
from layers.style import LineStyle, symbol_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.findings import FindingClass, Findings, FoundPoints, FoundShapes
    from layers.palette import Theme
    from layers.shapes import Shapes
    from layers.view import FloatArray, MapView

    Classes = tuple[FindingClass, ...]

EDGES_FROM_PX: Final = 9.0
"""Cells smaller than this are drawn without edges, which would be all that is seen."""
MARGIN_PX: Final = 24.0
REACH_PX: Final = 8.0
"""A click so near to a point or a line means it."""
SYMBOL_SHARE: Final = 0.8
"""A chosen point's ring in parts of its symbol."""
HATCH_PX: Final = 8
"""The strokes of a hatch come again after so many pixels."""
CASING_PX, RING_PX = 5.0, 2.6


def finding_ops(findings: Findings, view: MapView, theme: Theme) -> Iterator[Op]:
    """Yield what is painted for a result: areas, then lines, then points."""
    classes = tuple(each.on_theme(theme) for each in findings.classes)
    if findings.areas is not None:
        yield from _areas(classes, findings.areas, view)
    if findings.lines is not None:
        yield from _lines(classes, findings.lines, view)
    points = findings.points
    if points is not None:
        for code, found in enumerate(classes):
            if found.symbol is None:
                continue
            near = _near(points.index.xy[points.codes == code], view)
            kind = np.zeros(len(near), dtype=np.uint8)
            size = symbol_size(view.zoom)
            yield Symbols(view.mercator_to_pixel(near), kind, (found.symbol,), size)


def chosen_ops(findings: Findings, key: str, view: MapView, theme: Theme) -> Iterator[Op]:
    """Yield what sets the chosen shape off."""
    colours = palette(theme)
    both = ((colours.highlight_casing, CASING_PX), (colours.highlight, RING_PX))
    for found, close in ((findings.areas, True), (findings.lines, False)):
        if found is None or key not in found.keys:
            continue
        only = np.array([found.keys.index(key)])
        if close:
            rings = drawn_rings(found.shapes, view, only)
            drawn = [ring for i in only.tolist() for ring in rings.rings_of(i)]
            runs = [np.vstack([ring, ring[:1]]) for ring in drawn]
        else:
            runs, _ = drawn_lines(found.shapes, view, only)
        for colour, width in both:
            yield Lines(tuple(runs), (0.0,) * len(runs), LineStyle(colour, width))
    points = findings.points
    if points is not None and key in points.keys:
        xy = view.mercator_to_pixel(points.index.xy[[points.keys.index(key)]])
        symbol = findings.classes[int(points.codes[points.keys.index(key)])].symbol
        scale = symbol.scale if symbol is not None else 1.0
        radius = symbol_size(view.zoom) * SYMBOL_SHARE * scale + 2.0
        yield Halos(xy, radius, colours.highlight, colours.highlight_casing)


def finding_at(findings: Findings, view: MapView, px: float, py: float) -> str:
    """Return the key of what lies at a pixel: points first, then lines, then areas; or empty."""
    west, _, _, north = view.bounds
    x, y = west + px * view.resolution, north - py * view.resolution
    far = REACH_PX * view.resolution
    if findings.points is not None:
        key = _point_at(findings, findings.points, view, (x, y))
        if key:
            return key
    if findings.lines is not None:
        lines = findings.lines
        near = {
            _away(lines.shapes.rings_of(i)[0], x, y): lines.keys[i]
            for i in _boxed(lines.boxes, x, y, far)
        }
        if near and min(near) <= far:
            return near[min(near)]
    if findings.areas is not None:
        areas = findings.areas
        for i in reversed(_boxed(areas.boxes, x, y, 0.0)):
            if contains(areas.shapes, i, x, y):
                return areas.keys[i]
    return ""


def _areas(classes: Classes, found: FoundShapes, view: MapView) -> Iterator[Op]:
    wide = found.boxes[:, 2] - found.boxes[:, 0]
    small = len(wide) > 0 and float(np.nanmedian(wide)) / view.resolution < EDGES_FROM_PX
    zero = view.mercator_to_pixel(np.zeros((1, 2)))[0] % HATCH_PX
    for code, (_, shapes) in enumerate(found.by_class):
        style = classes[code].area if code < len(classes) else None
        if style is None or not len(shapes):
            continue
        if small:
            style = replace(style, edge=None)
        drawn = _kept(drawn_rings(found.merged[code] if small and found.merged else shapes, view))
        yield Areas(drawn, style, origin=(float(zero[0]), float(zero[1])), tiled=True)


def _kept(shapes: Shapes) -> Shapes:
    """Drop the features that are not in view, so that the painter need not ask each of them."""
    has = np.diff(shapes.features) > 0
    kept = np.concatenate([shapes.features[:-1][has], shapes.features[-1:]])
    return replace(shapes, features=kept)


def _lines(classes: Classes, found: FoundShapes, view: MapView) -> Iterator[Op]:
    for code, (own, shapes) in enumerate(found.by_class):
        style = classes[code].line if code < len(classes) else None
        if style is None or not len(shapes):
            continue
        widths = np.full(len(own), style.width) if found.widths is None else found.widths[own]
        for width in np.unique(np.round(widths, 1)):
            alike = np.flatnonzero(np.round(widths, 1) == width)
            runs, before = drawn_lines(shapes, view, alike)
            yield Lines(tuple(runs), tuple(before), replace(style, width=float(width)))


def _near(xy: FloatArray, view: MapView) -> FloatArray:
    west, south, east, north = view.grown(int(MARGIN_PX)).bounds
    inside = (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
    return xy[inside]


def _point_at(
    findings: Findings, points: FoundPoints, view: MapView, at: tuple[float, float]
) -> str:
    away = np.hypot(points.index.xy[:, 0] - at[0], points.index.xy[:, 1] - at[1])
    if not len(away):
        return ""
    scale = max((c.symbol.scale for c in findings.classes if c.symbol is not None), default=1.0)
    reach = max(REACH_PX, symbol_size(view.zoom) * scale / 2) * view.resolution
    nearest = int(away.argmin())
    return points.keys[nearest] if away[nearest] <= reach else ""


def _boxed(boxes: FloatArray, x: float, y: float, far: float) -> list[int]:
    inside = (
        (boxes[:, 0] <= x + far)
        & (boxes[:, 2] >= x - far)
        & (boxes[:, 1] <= y + far)
        & (boxes[:, 3] >= y - far)
    )
    found: list[int] = np.flatnonzero(inside).tolist()
    return found


def _away(line: FloatArray, x: float, y: float) -> float:
    """Return how far a point is from a line, in the line's unit."""
    a, b = line[:-1], line[1:]
    if not len(a):
        return float("inf")
    step = b - a
    length = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(((np.array([x, y]) - a) * step).sum(axis=1) / length, 0.0, 1.0)
    nearest = a + step * share[:, None]
    return float(np.hypot(nearest[:, 0] - x, nearest[:, 1] - y).min())
