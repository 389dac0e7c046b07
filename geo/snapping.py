"""Laying corners and edges on those of neighbours, bit for bit, without moving anything else.

Lon/lat degrees; `reach` is in degrees too, of which a hundredth more or less does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import LinearRing, Polygon
    from shapely.geometry.base import BaseGeometry

    from geo.model.entity import Area

MIN_RING = 3
AREA = 2
"""Dimensions of what has an area."""

_SAME_LINE = 1e-10
"""Degrees, a hundredth of a millimetre: a corner computed to lie on an edge lies on it."""
_SPIKE = 1e-9
"""Degrees, a tenth of a millimetre: a tongue of land as narrow as this is none."""
_SPECK = 1e-14
"""Square degrees, a square centimetre: what is left over by rounding."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The corners and edges of some areas, those near a box only.

    Attributes:
        starts: Where each edge begins, shape ``(n, 2)``.
        ends: Where it ends.
        corners: Each corner once, shape ``(m, 2)``.
    """

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    corners: NDArray[np.float64]
    edge_tree: shapely.STRtree
    corner_tree: shapely.STRtree

    @classmethod
    def of(cls, areas: Sequence[Area], box: tuple[float, float, float, float]) -> Edges:
        """Gather the edges of `areas` that come into a box of west, south, east, north."""
        rings = shapely.get_rings(np.asarray(areas, dtype=object))
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[:-1] == ring[1:]
        starts, ends = xy[:-1][same], xy[1:][same]
        low, high = np.minimum(starts, ends), np.maximum(starts, ends)
        inside = ((high >= box[:2]) & (low <= box[2:])).all(axis=1)
        starts, ends = starts[inside], ends[inside]
        corners = np.unique(np.concatenate((starts, ends)), axis=0).reshape(-1, 2)
        corner_tree = shapely.STRtree(np.asarray(shapely.points(corners)))
        return cls(starts, ends, corners, _tree_of(starts, ends), corner_tree)


def snapped(outline: Area, edges: Edges, reach: float) -> Area:
    """Return an area whose corners and edges within `reach` degrees of `edges` lie on them."""
    if outline.is_empty or not len(edges.starts):
        return outline
    parts = []
    for part in shapely.get_parts(outline):
        rings = [
            _snapped_ring(shapely.get_coordinates(r)[:-1], edges, reach) for r in rings_of(part)
        ]
        if len(rings[0]) >= MIN_RING:
            parts.append(shapely.Polygon(rings[0], [r for r in rings[1:] if len(r) >= MIN_RING]))
    laid = polygons_of(shapely.MultiPolygon(parts)) if len(parts) != 1 else polygons_of(parts[0])
    # What was twisted by the snapping stays as it was drawn; overlaps are then cut or told.
    moved = abs(shapely.area(laid) - shapely.area(outline))
    return outline if moved > 2 * reach * shapely.length(outline) else laid


def with_corners(area: Area, corners: NDArray[np.float64]) -> Area:
    """Return an area with those of some corners, shape ``(n, 2)``, that lie on its edges.

    It is the same object if there are none, and bounds the same ground in any case.
    """
    wanted = np.unique(corners, axis=0)
    parts, changed = [], False
    for part in shapely.get_parts(area):
        old = [shapely.get_coordinates(ring)[:-1] for ring in rings_of(part)]
        new = [_led_through(ring, wanted, _SAME_LINE) for ring in old]
        changed |= any(len(a) != len(b) for a, b in zip(old, new, strict=True))
        parts.append(shapely.Polygon(new[0], new[1:]))
    if not changed:
        return area
    with_them = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return with_them if with_them.is_valid else area


def _snapped_ring(ring: NDArray[np.float64], edges: Edges, reach: float) -> NDArray[np.float64]:
    """Return an open ring, shape ``(n, 2)``, snapped to corners, else edges, and led along them."""
    points, moved = shapely.points(ring), ring.copy()
    who, edge = edges.edge_tree.query_nearest(points, max_distance=reach, all_matches=False)
    moved[who] = _nearest_on(ring[who], edges.starts[edge], edges.ends[edge])
    who, corner = edges.corner_tree.query_nearest(points, max_distance=reach, all_matches=False)
    moved[who] = edges.corners[corner]
    led = _led_through(_without_repeats(moved), edges.corners, reach)
    return _without_spikes(_without_repeats(led))


def _nearest_on(
    points: NDArray[np.float64], starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> NDArray[np.float64]:
    along = ends - starts
    length = np.maximum((along**2).sum(axis=1), np.finfo(float).tiny)
    share = np.clip(((points - starts) * along).sum(axis=1) / length, 0.0, 1.0)[:, None]
    return np.where(share == 1.0, ends, starts + share * along)


def _led_through(
    ring: NDArray[np.float64], corners: NDArray[np.float64], reach: float
) -> NDArray[np.float64]:
    """Return an open ring whose edges pass through each corner within `reach` of them."""
    if len(ring) < MIN_RING:
        return ring
    corners = _strange(corners, ring, reach)
    if not len(corners):
        return ring
    starts, ends = ring, np.roll(ring, -1, axis=0)
    tree = _tree_of(starts, ends)
    who, edge = tree.query_nearest(shapely.points(corners), max_distance=reach, all_matches=False)
    along = ends[edge] - starts[edge]
    share = ((corners[who] - starts[edge]) * along).sum(axis=1) / (along**2).sum(axis=1)
    order = np.lexsort((share, edge))
    order = order[(share[order] > 0.0) & (share[order] < 1.0)]
    return np.insert(ring, edge[order] + 1, corners[who[order]], axis=0)


def _strange(
    corners: NDArray[np.float64], ring: NDArray[np.float64], reach: float
) -> NDArray[np.float64]:
    """Return the corners in reach of a ring's box that it does not have itself."""
    close = (corners >= ring.min(axis=0) - reach) & (corners <= ring.max(axis=0) + reach)
    near: NDArray[np.float64] = corners[close.all(axis=1)]
    known = set(map(tuple, ring.tolist()))
    strange = np.array([tuple(c) not in known for c in near.tolist()], dtype=np.bool_)
    return np.asarray(near[strange], dtype=np.float64)


def _without_spikes(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an open ring without corners to which it goes and comes back on the same line."""
    while len(ring) >= MIN_RING:
        before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
        gaps = np.minimum(
            np.abs(after - _nearest_on(after, before, ring)).max(axis=1),
            np.abs(before - _nearest_on(before, ring, after)).max(axis=1),
        )
        spikes = np.flatnonzero(gaps < _SPIKE)
        if not len(spikes):
            break
        ring = np.delete(ring, spikes[0], axis=0)
    return ring


def _tree_of(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> shapely.STRtree:
    return shapely.STRtree(np.asarray(shapely.linestrings(np.stack((starts, ends), axis=1))))


def _without_repeats(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    return ring[(ring != np.roll(ring, 1, axis=0)).any(axis=1)] if len(ring) > 1 else ring


def rings_of(polygon: BaseGeometry) -> list[LinearRing]:
    """Return the outer ring of a polygon and then its holes."""
    return list(shapely.get_rings(polygon))


def polygons_of(geometry: BaseGeometry) -> Area:
    """Return what of a geometry is area, as a valid polygon or multipolygon, perhaps empty."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    flat = shapely.get_parts(shapely.get_parts(geometry))
    area = (shapely.get_dimensions(flat) == AREA) & (shapely.area(flat) > _SPECK)
    parts: list[Polygon] = list(flat[area])
    if len(parts) == 1:
        return parts[0]
    return shapely.MultiPolygon(parts) if parts else shapely.Polygon()
