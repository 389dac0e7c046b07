"""How far the plan and the selection reach: where the map goes when it is told to show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.edit.merging import live_sites
from geo.model.entity import Kind
from geo.model.plan import PlanInfo
from layers import content
from layers.basemap import province_outlines
from layers.view import from_mercator, to_mercator

if TYPE_CHECKING:
    from geo.model.table import Table
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

Bounds = tuple[float, float, float, float]

CAMBODIA: Bounds = (102.3, 9.9, 107.65, 14.7)
"""West, south, east, north in degrees."""
SAMPLE = 20_000
LEAST_DEGREES = 0.004
"""A single point is shown with so much around it, about 400 m."""


def plan_bounds(request: DrawRequest) -> Bounds:
    """Return west, south, east, north of the plan's content, else of its province or country.

    Outliers do not count: a wrong coordinate somewhere in the world would hide everything else.
    """
    points = [_sample(request.table(kind)) for kind in (Kind.SITE, Kind.ALLEGATION)]
    xy = np.concatenate([*points, content.zones(request).shapes.xy])
    if not len(xy):
        return _province(request) or CAMBODIA
    low, high = np.percentile(xy, [1.0, 99.0], axis=0)
    return _degrees(low, high)


def _sample(table: Table) -> FloatArray:
    """Return some of a table's places in EPSG:3857 metres: enough for its extent, at no cost."""
    every = max(len(table) // SAMPLE, 1)
    lon, lat = table["lon"][::every], table["lat"][::every]
    known = np.isfinite(lon) & np.isfinite(lat)
    if table.kind is Kind.SITE:
        known &= live_sites(table)[::every]
    return np.column_stack(to_mercator(lon[known], lat[known]))


def selection_bounds(request: DrawRequest) -> Bounds | None:
    """Return west, south, east, north of what is selected, or None if it is nowhere."""
    selection = request.selection
    if selection is None:
        return None
    if selection.kind is Kind.ZONE:
        table = request.table(Kind.ZONE)
        shapes = content.zones(request).shapes
        boxes = [
            box
            for i in selection.ids
            if i in table and (box := shapes.bounds_of(table.index[i])) is not None
        ]
        if not boxes:
            return None
        array = np.array(boxes)
        return _degrees(array[:, :2].min(axis=0), array[:, 2:].max(axis=0))
    xy = content.selected_points(request)
    return _degrees(xy.min(axis=0), xy.max(axis=0)) if len(xy) else None


def _degrees(low: FloatArray, high: FloatArray) -> Bounds:
    west, south = (float(v) for v in from_mercator(float(low[0]), float(low[1])))
    east, north = (float(v) for v in from_mercator(float(high[0]), float(high[1])))
    grow_x = max(LEAST_DEGREES - (east - west), 0.0) / 2
    grow_y = max(LEAST_DEGREES - (north - south), 0.0) / 2
    return west - grow_x, south - grow_y, east + grow_x, north + grow_y


def _province(request: DrawRequest) -> Bounds | None:
    plans = [plan for plan in request.table(Kind.PLAN).entities() if isinstance(plan, PlanInfo)]
    outline = province_outlines().get(plans[0].province_code) if plans else None
    box = outline[0].bounds_of(0) if outline else None
    if box is None:
        return None
    return _degrees(np.array(box[:2]), np.array(box[2:]))
