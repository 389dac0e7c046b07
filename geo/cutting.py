"""Areas and a line drawn across them: divided by it, or given a new edge along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

from geo.errors import GeometryError
from geo.sharing import SNAP_M, is_thin
from geo.snapping import polygons_of, rings_of
from geo.territory import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray
    from shapely import LinearRing, LineString, Polygon

    from geo.model.entity import Area

_REACH = SNAP_M / METRES_PER_DEGREE
_TWICE = 2
_HAIR = 1e-12
"""Degrees: a corner computed on a line is not farther from it than this."""


def divided(outline: Area, line: ArrayLike) -> tuple[Area, ...]:
    """Return the areas into which a line divides one, the largest first.

    The line may cross several times. Its ends are lengthened by `SNAP_M`, so that one snapped to
    the edge reaches it; what ends inside divides nothing. Parts and strips that the line does not
    make stay with the largest piece.

    Args:
        outline: Valid, lon/lat degrees.
        line: Corners in degrees, shape ``(n, 2)``.

    Raises:
        GeometryError: The line is none, or does not cross the area from edge to edge.
    """
    drawn = _line_of(line)
    pieces: list[Area] = []
    rest: list[Area] = []
    for part in _parts(outline):
        cuts = shapely.union_all([part.boundary, drawn])
        faces = shapely.get_parts(shapely.polygonize([cuts]))
        mine = list(faces[shapely.intersects(part, shapely.point_on_surface(faces))])
        wide = [f for f in mine if not is_thin(f)]
        (pieces if len(wide) > 1 else rest).extend(wide)
        rest += [f for f in mine if is_thin(f)]
    if len(pieces) < _TWICE:
        raise GeometryError("error.zone.line_divides_nothing")
    pieces.sort(key=shapely.area, reverse=True)
    return (polygons_of(shapely.union_all([pieces[0], *rest])) if rest else pieces[0], *pieces[1:])


def reshaped(outline: Area, line: ArrayLike) -> Area:
    """Return an area whose edge runs along a line between its first and its last crossing.

    Of the two areas that this leaves, the larger is meant: a line through the inside cuts the
    smaller side off, one outside adds what it encloses. The edge of a hole may be reshaped too.

    Args:
        outline: Valid, lon/lat degrees.
        line: Corners in degrees, shape ``(n, 2)``.

    Raises:
        GeometryError: The line is none, or does not cross an edge twice.
    """
    drawn = _line_of(line)
    parts = _parts(outline)
    for position, part in enumerate(parts):
        for number, ring in enumerate(rings_of(part)):
            new = _reshaped_ring(ring, drawn)
            if new is None:
                continue
            changed = _with_ring(part, number, new)
            others = parts[:position] + parts[position + 1 :]
            return polygons_of(shapely.union_all([changed, *others])) if others else changed
    raise GeometryError("error.zone.line_crosses_not_twice")


def _line_of(line: ArrayLike) -> LineString:
    """Return a line with its ends lengthened, or refuse what is none."""
    xy = np.asarray(line, dtype=np.float64).reshape(-1, 2)
    xy = xy[np.concatenate(([True], (xy[1:] != xy[:-1]).any(axis=1)))] if len(xy) else xy
    if len(xy) < _TWICE or not np.isfinite(xy).all():
        raise GeometryError("error.zone.line_too_short")
    first = xy[0] + _towards(xy[1], xy[0])
    last = xy[-1] + _towards(xy[-2], xy[-1])
    return shapely.linestrings(np.concatenate(([first], xy[1:-1], [last])))  # type: ignore[return-value]


def _towards(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    way = b - a
    return np.asarray(way / np.hypot(*way) * _REACH)


def _parts(outline: Area) -> list[Polygon]:
    return list(shapely.get_parts(outline))


def _reshaped_ring(ring: LinearRing, line: LineString) -> Polygon | None:
    """Return what a ring encloses once its edge follows the line, or None if it cannot."""
    met = shapely.get_coordinates(shapely.intersection(ring, line))
    along = np.sort(shapely.line_locate_point(line, shapely.points(met))) if len(met) else met
    if len(along) < _TWICE or along[-1] - along[0] <= _HAIR:
        return None
    way = shapely.get_coordinates(substring(line, along[0], along[-1]))
    candidates = [
        area
        for chain in _chains(ring, way[0], way[-1])
        if (area := shapely.Polygon(_joined(chain, way))).is_valid and area.area > 0
    ]
    return max(candidates, key=shapely.area, default=None)


def _chains(
    ring: LinearRing, first: NDArray[np.float64], last: NDArray[np.float64]
) -> Iterable[NDArray[np.float64]]:
    """Yield both ways along a ring from `first` to `last`, corners only, without the ends."""
    corners = shapely.get_coordinates(ring)[:-1]
    at = shapely.line_locate_point(ring, shapely.points(corners))
    start, end = (shapely.line_locate_point(ring, shapely.Point(p)) for p in (first, last))
    whole = shapely.length(ring)
    for sign in (1, -1):
        past = np.mod(sign * (at - start), whole)
        until = np.mod(sign * (end - start), whole)
        order = np.argsort(past)
        yield corners[order[(past[order] > _HAIR) & (past[order] < until - _HAIR)]]


def _joined(chain: NDArray[np.float64], way: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ring that goes along a chain to the end of the way, and back on the way."""
    return np.concatenate((way[:1], chain, way[::-1]))


def _with_ring(part: Polygon, number: int, new: Polygon) -> Area:
    areas = [shapely.Polygon(ring) for ring in rings_of(part)]
    areas[number] = new
    return polygons_of(shapely.difference(areas[0], shapely.union_all(areas[1:])))
