"""Existing corners that a new outline should meet exactly: of zones, units and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo import crs
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from layers import content
from layers.basemap import basemap
from layers.shapes import rings_from_wkb
from layers.view import from_mercator

if TYPE_CHECKING:
    from collections.abc import Collection

    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

SNAP_PX = 10.0
SAME_PLACE_M = 0.01
BORDERS_FROM_ZOOM = 8.0
"""Below this scale a border has a corner at every pixel, and a pointer could go nowhere else."""


def snap(
    request: DrawRequest,
    px: float,
    py: float,
    reach: float = SNAP_PX,
    *,
    exclude: Collection[tuple[float, float]] = (),
) -> tuple[float, float] | None:
    """Return the nearest corner, in degrees, within reach of a pixel, or None.

    Corners of zones and of the plan's units come before those of the basemap's borders; those in
    `exclude` (degrees) do not count: a corner that is dragged must not be caught by where it was.
    """
    own_places = crs.to_mercator(np.array(list(exclude)).reshape(-1, 2))
    west, _, _, north = request.view.bounds
    at = np.array([west + px * request.view.resolution, north - py * request.view.resolution])
    far = reach * request.view.resolution
    own = [content.zones(request).shapes.xy, _unit_corners(request)]
    borders = [basemap()[name].shapes.xy for name in ("borders", "province_borders")]
    for group in (own, borders if request.view.zoom >= BORDERS_FROM_ZOOM else []):
        found = [c for c in (_nearest(xy, at, far, own_places) for xy in group) if c is not None]
        if found:
            x, y = min(found, key=lambda c: float(np.hypot(*(c - at))))
            lon, lat = from_mercator(float(x), float(y))
            return round(float(lon), 9), round(float(lat), 9)
    return None


def _nearest(xy: FloatArray, at: FloatArray, far: float, without: FloatArray) -> FloatArray | None:
    near = xy[(np.abs(xy - at) <= far).all(axis=1)]
    if len(without) and len(near):
        apart = np.abs(near[:, None, :] - without[None, :, :]).max(axis=2).min(axis=1)
        near = near[apart > SAME_PLACE_M]
    if not len(near):
        return None
    away = np.hypot(*(near - at).T)
    return near[away.argmin()] if away.min() <= far else None


def _unit_corners(request: DrawRequest) -> FloatArray:
    blobs = [blob for blob in request.table(Kind.ADMIN_UNIT)[AREA_COLUMN] if blob]
    rings = [ring for blob in blobs for ring in rings_from_wkb(blob)]
    return np.concatenate(rings) if rings else np.empty((0, 2))
