"""Shapes that are drawn: rectangle, circle, ground around sites, moved, turned, simplified.

All pure: lon/lat degrees in and out, metres on the ellipsoid, no plan and no Qt.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import from_utm, parse, to_utm
from geo.errors import GeometryError, InputError
from geo.measure import wgs84
from geo.snapping import MIN_RING, polygons_of, rings_of
from geo.territory import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray
    from shapely import Polygon

    from geo.crs import LonLat
    from geo.model.entity import Area

CIRCLE_CORNERS = 120
"""A circle of so many corners lacks 0.05 % of its area."""
MAX_RADIUS_M = 200_000.0
"""Larger than any province; more is a slip of the hand."""
FULL_TURN = 360.0

_GRID_DEGREES = 1e-6
"""About a decimetre: edges that should be one and are not quite, close."""
_GAP_DEGREES2 = 1e-5
"""About 0.1 km²: smaller holes are gaps between neighbours, larger ones another unit's ground."""


def rectangle(first: LonLat, second: LonLat) -> Polygon:
    """Return the rectangle between two opposite corners, its sides along the grid of UTM 48.

    Raises:
        GeometryError: The corners are on one line of the grid.
    """
    (a_east, a_north), (b_east, b_north) = to_utm(np.array([first, second]))
    if math.isclose(a_east, b_east, abs_tol=0.1) or math.isclose(a_north, b_north, abs_tol=0.1):
        raise GeometryError("error.zone.empty")
    west, east = sorted((a_east, b_east))
    south, north = sorted((a_north, b_north))
    ring = from_utm(np.array([(west, south), (east, south), (east, north), (west, north)]))
    return shapely.Polygon(ring)


def circle(centre: LonLat, radius_m: float) -> Polygon:
    """Return a circle on the ellipsoid: each corner is `radius_m` from the centre.

    Raises:
        GeometryError: The radius is not above 0, or larger than any province.
    """
    return shapely.Polygon(_circles(np.array([centre]), radius_m)[0])


def around(lonlat: ArrayLike, radius_m: float) -> Area:
    """Return the ground within a distance of any of some positions, joined.

    Many thousand positions take a second: not for the main thread.

    Args:
        lonlat: Degrees, shape ``(n, 2)``; rows with NaN are left out.
        radius_m: Metres on the ellipsoid.

    Raises:
        GeometryError: There is no position, or the radius is not above 0 or too large.
    """
    points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        raise GeometryError("error.zone.no_positions")
    circles = shapely.polygons(_circles(np.unique(points, axis=0), radius_m))
    return polygons_of(shapely.union_all(circles))


def moved(area: Area, east_m: float, north_m: float) -> Area:
    """Return an area carried over the ellipsoid; its form, lengths and area stay.

    Args:
        area: Lon/lat degrees.
        east_m: Metres to the east.
        north_m: Metres to the north.
    """
    start = _middle(area)
    azimuth = math.degrees(math.atan2(east_m, north_m))
    lon, lat, _ = wgs84().fwd(start[0], start[1], azimuth, math.hypot(east_m, north_m))
    return _carried(area, start, (float(lon), float(lat)), 0.0)


def rotated(area: Area, degrees: float) -> Area:
    """Return an area turned about its centroid, clockwise as a compass; lengths and area stay."""
    middle = _middle(area)
    return area if degrees % FULL_TURN == 0 else _carried(area, middle, middle, degrees)


def with_hole(area: Area, hole: Polygon) -> Area:
    """Return an area without what a polygon inside it encloses.

    Raises:
        GeometryError: The hole is no area, or not wholly inside one part.
    """
    if not hole.is_valid or hole.is_empty or hole.geom_type != "Polygon":
        raise GeometryError("error.zone.crosses_itself")
    filled = shapely.Polygon(hole.exterior)
    if not any(shapely.contains_properly(part, filled) for part in shapely.get_parts(area)):
        raise GeometryError("error.zone.hole_outside")
    return polygons_of(shapely.difference(area, filled))


def without_hole(area: Area, at: LonLat) -> Area:
    """Return an area with the hole at a position filled.

    Raises:
        GeometryError: There is no hole.
    """
    point = shapely.Point(at)
    for part in shapely.get_parts(area):
        for ring in rings_of(part)[1:]:
            hole = shapely.Polygon(ring)
            if hole.intersects(point):
                return polygons_of(shapely.union_all([area, hole]))
    raise GeometryError("error.zone.no_hole")


def freehand(lonlat: ArrayLike, tolerance_m: float) -> Polygon:
    """Return what a line drawn by hand encloses, with only the corners that matter.

    The line is closed; where it crosses itself its loops are joined and the largest part stays.

    Args:
        lonlat: Degrees, shape ``(n, 2)``.
        tolerance_m: How far an edge may lie from the line, metres.

    Raises:
        GeometryError: It encloses nothing.
    """
    points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    if len(points) < MIN_RING:
        raise GeometryError("error.zone.empty")
    ring = shapely.LineString(np.concatenate((points, points[:1])))
    faces = shapely.get_parts(shapely.polygonize([shapely.node(ring)]))
    if not len(faces):
        raise GeometryError("error.zone.empty")
    loops = shapely.get_parts(shapely.union_all(faces))
    largest = max(loops, key=shapely.area)
    simple = simplified(shapely.get_coordinates(shapely.get_rings(largest)[0]), tolerance_m)
    return shapely.Polygon(simple)


def simplified(lonlat: ArrayLike, tolerance_m: float) -> NDArray[np.float64]:
    """Return a line or ring with only the corners that matter, and never crossing itself anew.

    Args:
        lonlat: Degrees, shape ``(n, 2)``; a ring ends where it begins.
        tolerance_m: How far the line may move, metres.

    Returns:
        Some of the corners in their order.
    """
    points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    closed = len(points) > MIN_RING and bool((points[0] == points[-1]).all())
    shape = shapely.Polygon(points) if closed else shapely.linestrings(points)
    simple = shapely.simplify(shape, tolerance_m / METRES_PER_DEGREE, preserve_topology=True)
    return shapely.get_coordinates(simple)


def typed(text: str) -> tuple[LonLat, ...]:
    """Return positions that were typed, one a line, in any format that `geo.crs.parse` reads.

    On a single line they may stand between semicolons. A last one that repeats the first is left
    out.

    Raises:
        InputError: A line is no position; its number and text are told.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and lines[0].count(";") > 1:
        lines = [part.strip() for part in lines[0].split(";") if part.strip()]
    found: list[LonLat] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(parse(line))
        except InputError as error:
            raise InputError("error.zone.typed_line", line=number, text=line) from error
    return tuple(found[:-1] if len(found) > 1 and found[0] == found[-1] else found)


def typed_outline(text: str) -> Polygon:
    """Return the polygon of typed corners, see `typed`.

    Raises:
        InputError: A line is no position.
        GeometryError: There are fewer than three corners.
    """
    corners = typed(text)
    if len(set(corners)) < MIN_RING:
        raise GeometryError("error.zone.too_few_corners")
    return shapely.Polygon(corners)


def joined(areas: Iterable[Area]) -> Area:
    """Return the ground of several areas as one, for example that of the chosen communes.

    Edges that should be one and are not quite are closed, as are gaps under 0.1 km².

    Raises:
        GeometryError: There is none.
    """
    found = [a for a in areas if not a.is_empty]
    if not found:
        raise GeometryError("error.zone.no_units")
    whole = shapely.union_all(found, grid_size=_GRID_DEGREES)
    parts = [_without_gaps(p) for p in shapely.get_parts(whole) if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _without_gaps(part: Polygon) -> Polygon:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > _GAP_DEGREES2]
    return shapely.Polygon(part.exterior, holes)


def _circles(centres: NDArray[np.float64], radius_m: float) -> NDArray[np.float64]:
    """Return the rings of circles, shape ``(n, CIRCLE_CORNERS, 2)``."""
    if not 0 < radius_m <= MAX_RADIUS_M:
        raise GeometryError("error.zone.radius", most=int(MAX_RADIUS_M / 1000))
    # Against the clock, as outer rings are written.
    azimuths = np.linspace(FULL_TURN, 0.0, CIRCLE_CORNERS, endpoint=False)
    lon, lat = (np.repeat(centres[:, i], CIRCLE_CORNERS) for i in (0, 1))
    turns = np.tile(azimuths, len(centres))
    east, north, _ = wgs84().fwd(lon, lat, turns, np.full(len(turns), float(radius_m)))
    return np.column_stack((east, north)).reshape(len(centres), CIRCLE_CORNERS, 2)


def _middle(area: Area) -> LonLat:
    middle = shapely.centroid(area)
    return float(middle.x), float(middle.y)


def _carried(area: Area, start: LonLat, end: LonLat, turn: float) -> Area:
    """Return an area with each corner as far from `end`, and in the same direction, as before."""

    def carry(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = (np.full(len(points), value) for value in start)
        azimuth, _, metres = wgs84().inv(lon, lat, points[:, 0].copy(), points[:, 1].copy())
        lon, lat = (np.full(len(points), value) for value in end)
        east, north, _ = wgs84().fwd(lon, lat, np.asarray(azimuth) + turn, metres)
        return np.column_stack((east, north))

    return polygons_of(shapely.transform(area, carry))
