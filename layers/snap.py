"""Existing corners that a new outline should meet exactly: of zones, units and the basemap's borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from layers import content
from layers.basemap import basemap
from layers.shapes import rings_from_wkb
from layers.view import from_mercator

if TYPE_CHECKING:
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

SNAP_PX = 10.0
BORDERS_FROM_ZOOM = 8.0
"""Below this scale a border has a corner at every pixel, and a pointer could go nowhere else."""


def snap(
    request: DrawRequest, px: float, py: float, reach: float = SNAP_PX
) -> tuple[float, float] | None:
    """Return the nearest corner, in degrees, within reach of a pixel, or None.

    Corners of zones and of the plan's units come before those of the basemap's borders.
    """
    west, _, _, north = request.view.bounds
    at = np.array([west + px * request.view.resolution, north - py * request.view.resolution])
    far = reach * request.view.resolution
    own = [content.zones(request).shapes.xy, _unit_corners(request)]
    borders = [basemap()[name].shapes.xy for name in ("borders", "province_borders")]
    for group in (own, borders if request.view.zoom >= BORDERS_FROM_ZOOM else []):
        found = [c for c in (_nearest(xy, at, far) for xy in group) if c is not None]
        if found:
            x, y = min(found, key=lambda c: float(np.hypot(*(c - at))))
            lon, lat = from_mercator(float(x), float(y))
            return round(float(lon), 9), round(float(lat), 9)
    return None


def _nearest(xy: FloatArray, at: FloatArray, far: float) -> FloatArray | None:
    near = np.flatnonzero((np.abs(xy - at) <= far).all(axis=1))
    if not len(near):
        return None
    away = np.hypot(*(xy[near] - at).T)
    return xy[near[away.argmin()]] if away.min() <= far else None


def _unit_corners(request: DrawRequest) -> FloatArray:
    blobs = [blob for blob in request.table(Kind.ADMIN_UNIT)[AREA_COLUMN] if blob]
    rings = [ring for blob in blobs for ring in rings_from_wkb(blob)]
    return np.concatenate(rings) if rings else np.empty((0, 2))
