"""Areas that share their edges: snapped to their neighbours, no ground held twice, no slivers.

Everything is in lon/lat degrees and stays bit for bit what it was wherever nothing has to move, so
that neighbours hold the very same corners (a coverage, as `shapely.coverage_is_valid` tells it). A
neighbour is never moved: it only gets the corners that the new outline has on its edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.measure import area_m2
from geo.model.entity import Area
from geo.snapping import Edges, polygons_of, rings_of, snapped, with_corners
from geo.territory import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

SNAP_M = 5.0
"""Corners and edges closer to a neighbour than this are meant to be the neighbour's."""
LEAST_OVERLAP_M2 = 1.0
"""Less than this is rounding and no ground."""

_MILLIMETRE = 0.001 / METRES_PER_DEGREE


class Overlap(NamedTuple):
    """Ground that two areas both hold: positions of both, and geodesic square metres."""

    first: int
    second: int
    square_metres: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """An area among its neighbours.

    Attributes:
        outline: As it lies now; empty if its neighbours hold all of its ground.
        neighbours: The neighbours in their order, with the corners that the outline has on their
            edges; those without any are the same objects as before.
        overlaps: Position of each neighbour whose ground it still holds, and square metres.
    """

    outline: Area
    neighbours: tuple[Area, ...]
    overlaps: tuple[tuple[int, float], ...] = ()


def fitted(
    outline: Area, neighbours: Sequence[Area], *, cut: bool = False, snap_m: float = SNAP_M
) -> Fitted:
    """Return an area with its edges laid on those of its neighbours.

    Args:
        outline: Valid, lon/lat degrees.
        neighbours: Valid areas that do not overlap each other.
        cut: Take what the neighbours hold away; otherwise more than a strip of it is only told.
        snap_m: How close is meant to be the same, in metres.
    """
    reach = snap_m / METRES_PER_DEGREE
    near = _near(outline, neighbours, reach)
    if not near:
        return Fitted(outline, tuple(neighbours))
    ground = [neighbours[i] for i in near]
    edges = Edges.of(ground, shapely.box(*shapely.bounds(outline)).buffer(reach).bounds)
    laid = snapped(outline, edges, reach)
    over = [_held_twice(laid, g) for g in ground]
    told = [
        (i, area_m2(o))
        for i, o in zip(near, over, strict=True)
        if o is not None and not is_thin(o, snap_m)
    ]
    told = [(i, m2) for i, m2 in told if m2 > LEAST_OVERLAP_M2]
    if told and not cut:
        return Fitted(laid, tuple(neighbours), tuple(told))
    for other, shared in zip(ground, over, strict=True):
        if shared is not None:
            laid = polygons_of(shapely.difference(laid, other))
    if told:
        # Where it was cut, whiskers between its new edge and an old one may be left.
        laid = _without_slivers(snapped(_without_slivers(laid, snap_m), edges, reach), snap_m)
        for other in ground:
            if _held_twice(laid, other) is not None:
                laid = polygons_of(shapely.difference(laid, other))
    fit = _noded(laid, neighbours, near)
    gaps = _gaps(fit, near, snap_m)
    return (
        fit
        if not gaps
        else _noded(polygons_of(shapely.union_all([fit.outline, *gaps])), fit.neighbours, near)
    )


def overlaps(
    areas: Sequence[Area], changed: Sequence[int] | None = None, *, least_m2: float = 0.0
) -> tuple[Overlap, ...]:
    """Return which of some areas hold the same ground, by more than `least_m2`.

    Args:
        areas: Valid, lon/lat degrees.
        changed: Positions of those that are asked about; None is all.
        least_m2: Square metres up to which nothing is said.
    """
    if len(areas) < 2:  # noqa: PLR2004 - it takes two
        return ()
    array = np.asarray(areas, dtype=object)
    asked = np.arange(len(array)) if changed is None else np.asarray(changed, dtype=np.int64)
    mine, others = shapely.STRtree(array).query(array[asked], predicate="intersects")
    pairs = np.column_stack((asked[mine], others))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    shared = shapely.intersection(array[pairs[:, 0]], array[pairs[:, 1]])
    found = []
    for (first, second), ground in zip(pairs, shared, strict=True):
        # Half of a generous planar measure first: neighbours that only touch are the many.
        if shapely.area(ground) * METRES_PER_DEGREE**2 * 2 <= least_m2:
            continue
        square_metres = area_m2(ground)
        if square_metres > least_m2:
            found.append(Overlap(int(first), int(second), square_metres))
    return tuple(found)


def is_thin(area: BaseGeometry, width_m: float = SNAP_M) -> bool:
    """Tell whether an area is nowhere as wide as `width_m` metres: a sliver."""
    return bool(shapely.buffer(area, -width_m / METRES_PER_DEGREE / 2, quad_segs=2).is_empty)


def _near(outline: Area, neighbours: Sequence[Area], reach: float) -> list[int]:
    if not neighbours:
        return []
    low, high = np.split(np.asarray(shapely.bounds(np.asarray(neighbours, dtype=object))), 2, 1)
    west, south, east, north = shapely.bounds(outline)
    near = (low <= (east + reach, north + reach)) & (high >= (west - reach, south - reach))
    return [int(i) for i in np.flatnonzero(near.all(axis=1))]


def _held_twice(a: Area, b: Area) -> Area | None:
    """Return the ground that both hold, or None if there is not a speck of it."""
    shared = polygons_of(shapely.intersection(a, b)) if shapely.intersects(a, b) else None
    return None if shared is None or shared.is_empty else shared


def _without_slivers(outline: Area, width_m: float) -> Area:
    parts = shapely.get_parts(outline)
    return polygons_of(shapely.MultiPolygon([p for p in parts if not is_thin(p, width_m)]))


def _gaps(fit: Fitted, near: Sequence[int], width_m: float) -> list[Polygon]:
    """Return the narrow holes between an area and its neighbours."""
    if fit.outline.is_empty:
        return []
    areas = [fit.outline, *(fit.neighbours[i] for i in near)]
    try:
        whole = shapely.coverage_union_all(areas)
    except shapely.GEOSException:
        # Zones of an older plan need not share their corners; this takes any, and ten times longer.
        whole = shapely.union_all(areas)
    holes = (shapely.Polygon(r) for p in shapely.get_parts(whole) for r in rings_of(p)[1:])
    gaps = [hole for hole in holes if is_thin(hole, width_m)]
    edge = fit.outline.boundary
    return [g for g in gaps if shapely.length(shapely.intersection(g.exterior, edge)) > 0]


def _noded(outline: Area, neighbours: Sequence[Area], near: Sequence[int]) -> Fitted:
    """Give outline and neighbours each other's corners where they share an edge."""
    if outline.is_empty:
        return Fitted(outline, tuple(neighbours))
    box = shapely.box(*shapely.bounds(outline)).buffer(_MILLIMETRE).bounds
    laid = snapped(outline, Edges.of([neighbours[i] for i in near], box), _MILLIMETRE)
    corners = shapely.get_coordinates(laid)
    new = list(neighbours)
    for i in near:
        new[i] = with_corners(neighbours[i], corners)
    return Fitted(laid, tuple(new))
