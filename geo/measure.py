"""Lengths, areas and distances on the ellipsoid, and what a screen pixel is on the ground.

Everything is geodesic on WGS 84: metres and square metres from lon/lat degrees, the same in every
part of the country, whatever the map's projection does to sizes.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import Polygon

from geo.crs import EARTH_RADIUS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

TILE_SIZE = 256
"""Pixels; the tile that zoom levels are counted by."""
WORLD_WIDTH = 2.0 * math.pi * EARTH_RADIUS
"""Metres of EPSG:3857 around the equator."""
NICE_STEPS = (5.0, 2.0, 1.0)
"""What a scale bar's length may begin with."""
MIN_RING = 3
"""Corners without which there is no area."""


def length_m(lonlat: ArrayLike) -> float:
    """Return the geodesic length of a line in metres.

    Args:
        lonlat: Corners in degrees, shape ``(n, 2)``; fewer than two give 0.
    """
    points = np.asarray(lonlat, dtype=np.float64)
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return 0.0
    return float(wgs84().line_length(points[:, 0], points[:, 1]))


def ring_area_m2(lonlat: ArrayLike) -> float:
    """Return the geodesic area within a ring in square metres, whatever its direction.

    Args:
        lonlat: Corners in degrees, shape ``(n, 2)``, closed or not; fewer than three give 0.
    """
    points = np.asarray(lonlat, dtype=np.float64)
    if len(points) < MIN_RING:
        return 0.0
    area, _ = wgs84().polygon_area_perimeter(points[:, 0], points[:, 1])
    return abs(float(area))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of a polygon or multipolygon in square metres, without its holes.

    Args:
        geometry: Lon/lat degrees. Anything without an area gives 0.
    """
    if isinstance(geometry, Polygon):
        rings = [np.asarray(ring.coords)[:, :2] for ring in geometry.interiors]
        outer = ring_area_m2(np.asarray(geometry.exterior.coords)[:, :2])
        return outer - sum(ring_area_m2(ring) for ring in rings)
    return sum((area_m2(part) for part in getattr(geometry, "geoms", ())), 0.0)


def distances_m(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return geodesic distances in metres between pairs of points.

    Args:
        a: Lon/lat degrees, shape ``(n, 2)`` or ``(2,)``.
        b: The same; a single point is measured to every point of the other array.

    Returns:
        Shape ``(n,)``, or ``(1,)`` for two single points.
    """
    left = np.atleast_2d(np.asarray(a, dtype=np.float64))
    right = np.atleast_2d(np.asarray(b, dtype=np.float64))
    left, right = np.broadcast_arrays(left, right)
    _, _, metres = wgs84().inv(
        left[:, 0].copy(), left[:, 1].copy(), right[:, 0].copy(), right[:, 1].copy()
    )
    return np.asarray(metres, dtype=np.float64)


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance in metres between two lon/lat positions."""
    return float(distances_m(a, b)[0])


def ground_resolution(mercator_metres_per_pixel: float, lat: float) -> float:
    """Return metres on the ground per pixel of a web mercator map.

    Args:
        mercator_metres_per_pixel: Metres of EPSG:3857 per pixel.
        lat: Latitude in degrees at which it is asked; the map stretches by ``1 / cos(lat)``.
    """
    return mercator_metres_per_pixel * math.cos(math.radians(lat))


def zoom_of(mercator_metres_per_pixel: float) -> float:
    """Return the fractional web mercator zoom of a resolution in EPSG:3857 metres per pixel."""
    return math.log2(WORLD_WIDTH / TILE_SIZE / mercator_metres_per_pixel)


def resolution_of(zoom: float) -> float:
    """Return EPSG:3857 metres per pixel of a fractional web mercator zoom."""
    return float(WORLD_WIDTH / TILE_SIZE / 2.0**zoom)


def nice_scale_bar(metres_per_pixel: float, max_px: float) -> tuple[float, float]:
    """Choose the longest scale bar of 1, 2 or 5 times a power of ten that has room.

    Args:
        metres_per_pixel: On the ground, see `ground_resolution`; above 0.
        max_px: Room in pixels; above 0.

    Returns:
        Its length in metres, and in pixels.
    """
    room = metres_per_pixel * max_px
    power = 10.0 ** math.floor(math.log10(room))
    # A hair of tolerance, so that a room of exactly 500 m holds a bar of 500 m.
    metres = next(step * power for step in NICE_STEPS if step * power <= room * (1 + 1e-9))
    return metres, metres / metres_per_pixel


@cache
def wgs84() -> Geod:
    """Return the ellipsoid that everything is measured on."""
    from pyproj import Geod

    return Geod(ellps="WGS84")
