"""In which unit a position lies: a million of them in a fraction of a second.

A raster of fine pixels knows which unit lies under each. Most pixels lie wholly within one hexagon,
and so do the positions in them; only near an edge is a position held against the six edges, and
handed over the one that it lies beyond. What a unit is, is its outline as it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.split.units import UnitKind
from geo.crs import to_utm
from geo.territory import PLANE

if TYPE_CHECKING:
    from geo.analysis.hotspots.units import HotUnits

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FINE: Final = 4.0
"""Pixels to the radius of a hexagon."""
MOST_PIXELS: Final = 4_000_000
NOWHERE: Final = -1
UNSURE: Final = -2
STEPS: Final = 4
SIDES: Final = 6
OFF_COAST_M: Final = 1000.0
"""How far beside the units a place of the same province still counts: coasts, GPS, jetties."""


class Locator(Protocol):
    """Knows in which unit a position lies."""

    def units_at(self, lonlat: FloatArray) -> IntArray:
        """Return the unit of each position, or -1; degrees, shape ``(m, 2)``."""


def locator(units: HotUnits) -> Locator:
    """Return what finds the unit of a position."""
    if units.kind is UnitKind.HEXAGON and (shapely.get_num_coordinates(units.outlines) == 7).all():  # noqa: PLR2004 - a closed hexagon
        return HexagonLocator(units)
    return OutlineLocator(units)


class OutlineLocator:
    """Finds units of any form by a tree of the positions."""

    def __init__(self, units: HotUnits) -> None:
        """Keep the units."""
        self._outlines = units.outlines

    def units_at(self, lonlat: FloatArray) -> IntArray:
        """Return the unit of each position, the lower one on a common border, or -1."""
        found = np.full(len(lonlat), NOWHERE, dtype=np.int64)
        if not len(lonlat):
            return found
        west, south, east, north = shapely.total_bounds(self._outlines)
        near = np.flatnonzero(
            (lonlat[:, 0] >= west) & (lonlat[:, 0] <= east)
            & (lonlat[:, 1] >= south) & (lonlat[:, 1] <= north)
        )  # fmt: skip
        points = np.asarray(shapely.points(lonlat[near]))
        hit, point = shapely.STRtree(points).query(self._outlines, predicate="intersects")
        order = np.lexsort((-hit, point))
        found[near[point[order]]] = hit[order]
        return found


@dataclass(frozen=True, slots=True)
class _Raster:
    """Which unit lies under each pixel: its position, `NOWHERE`, or `UNSURE` beside `near`."""

    west: float
    south: float
    width: float
    height: float
    unit: NDArray[np.int32]
    near: NDArray[np.int32]


class HexagonLocator:
    """Finds hexagons."""

    def __init__(self, units: HotUnits) -> None:
        """Make the raster and the edges; some tenths of a second for 15,000 hexagons."""
        self._outlines = units.outlines
        corners = shapely.get_coordinates(units.outlines).reshape(-1, SIDES + 1, 2)[:, :SIDES]
        self._centre = corners.mean(axis=1)
        self._edges(corners)
        self._raster = self._drawn(corners)

    def units_at(self, lonlat: FloatArray) -> IntArray:
        """Return the unit of each position, or -1."""
        raster = self._raster
        rows, columns = raster.unit.shape
        with np.errstate(invalid="ignore"):
            column = np.floor((lonlat[:, 0] - raster.west) / raster.width)
            row = np.floor((lonlat[:, 1] - raster.south) / raster.height)
            inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        pixel = np.where(inside, row * columns + column, 0).astype(np.int64)
        found = raster.unit.ravel()[pixel].astype(np.int64)
        found[~inside] = NOWHERE
        unsure = np.flatnonzero(found == UNSURE)
        if len(unsure):
            found[unsure] = self._by_edges(
                lonlat[unsure], raster.near.ravel()[pixel[unsure]].astype(np.int64)
            )
        return found

    def _edges(self, corners: FloatArray) -> None:
        """Make of each edge a line ``a·x + b·y <= c`` and find who lies beyond it."""
        ahead = np.roll(corners, -1, axis=1)
        dx, dy = np.moveaxis(ahead - corners, -1, 0)
        area = (corners[..., 0] * ahead[..., 1] - ahead[..., 0] * corners[..., 1]).sum(axis=1)
        turn = np.where(area > 0, 1.0, -1.0)[:, None]
        a, b = dy * turn, -dx * turn
        middle = self._centre[:, None, :]
        # Measured from the centre: degrees of 100 would cost three digits.
        c = a * (corners[..., 0] - middle[..., 0]) + b * (corners[..., 1] - middle[..., 1])
        self._lines = [(a[:, k] / c[:, k], b[:, k] / c[:, k]) for k in range(SIDES)]
        low = np.where((dx > 0) | ((dx == 0) & (dy > 0)), 1, 0)[..., None]
        keys = np.concatenate(
            [np.where(low, corners, ahead), np.where(low, ahead, corners)], axis=-1
        ).reshape(-1, 4)
        order = np.lexsort(keys.T)
        same = np.flatnonzero((keys[order[:-1]] == keys[order[1:]]).all(axis=1))
        beyond = np.full(len(keys), NOWHERE, dtype=np.int64)
        one, other = order[same], order[same + 1]
        beyond[one], beyond[other] = other // SIDES, one // SIDES
        self._beyond = beyond.reshape(-1, SIDES)

    def _drawn(self, corners: FloatArray) -> _Raster:
        from scipy.spatial import KDTree

        west, south = corners.min(axis=(0, 1))
        east, north = corners.max(axis=(0, 1))
        radius = float(np.median(np.hypot(*((corners[:, 0] - self._centre) * PLANE).T)))
        step = max(radius / FINE, np.sqrt((east - west) * (north - south) / MOST_PIXELS))
        columns = int(np.ceil((east - west) / step * PLANE[0])) + 1
        rows = int(np.ceil((north - south) / step)) + 1
        width, height = (east - west) / (columns - 1), (north - south) / (rows - 1)
        x = west + np.arange(columns + 1) * width
        y = south + np.arange(rows + 1) * height
        knots = np.column_stack([g.ravel() for g in np.meshgrid(x, y)])
        _, near = KDTree(self._centre * PLANE).query(knots * PLANE, distance_upper_bound=2 * radius)
        outside = near == len(self._centre)
        near = np.where(outside, 0, near)
        at = np.where(outside | ~self._holds(knots, near), NOWHERE, near)
        grid = at.reshape(rows + 1, columns + 1).astype(np.int32)
        around = (grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:])
        # A hexagon is convex: it holds a pixel if it holds its four corners.
        pure = (around[0] == around[1]) & (around[0] == around[2]) & (around[0] == around[3])
        void = np.where(outside, -1, 0).reshape(rows + 1, columns + 1)
        empty = (void[:-1, :-1] + void[:-1, 1:] + void[1:, :-1] + void[1:, 1:]) == -4  # noqa: PLR2004 - all corners
        unit = np.where(pure & (around[0] >= 0), around[0], np.where(empty, NOWHERE, UNSURE))
        nearest = near.reshape(rows + 1, columns + 1)[:-1, :-1].astype(np.int32)
        return _Raster(west, south, width, height, unit.astype(np.int32), nearest)

    def _beyond_by(self, lonlat: FloatArray, unit: IntArray) -> tuple[FloatArray, IntArray]:
        """Return how far a position is beyond the edge that it is farthest beyond, and which."""
        x, y = (lonlat - self._centre[unit]).T
        worst = np.full(len(unit), -np.inf)
        which = np.zeros(len(unit), dtype=np.int64)
        for k, (a, b) in enumerate(self._lines):
            by = a[unit] * x + b[unit] * y - 1.0
            more = by > worst
            worst[more], which[more] = by[more], k
        return worst, which

    def _holds(self, lonlat: FloatArray, unit: IntArray) -> NDArray[np.bool_]:
        return self._beyond_by(lonlat, unit)[0] <= 0

    def _by_edges(self, lonlat: FloatArray, guess: IntArray) -> IntArray:
        found = np.full(len(lonlat), NOWHERE, dtype=np.int64)
        waiting, unit = np.arange(len(lonlat)), guess
        for _ in range(STEPS):
            by, which = self._beyond_by(lonlat[waiting], unit)
            inside = by <= 0
            found[waiting[inside]] = unit[inside]
            on = self._beyond[unit, which]
            goes_on = ~inside & (on >= 0)
            waiting, unit = waiting[goes_on], on[goes_on]
            if not len(waiting):
                break
        # At the rim of the units the way to a neighbour may lead through none.
        left = np.flatnonzero(found == NOWHERE)
        if len(left):
            points = np.asarray(shapely.points(lonlat[left]))
            hit, point = shapely.STRtree(points).query(self._outlines, predicate="intersects")
            order = np.lexsort((-hit, point))
            found[left[point[order]]] = hit[order]
        return found


def beside(units: HotUnits, lonlat: FloatArray) -> IntArray:
    """Return the nearest unit of positions that lie in none, up to `OFF_COAST_M`, or -1."""
    metric = shapely.transform(units.outlines, to_utm)
    points = shapely.points(to_utm(lonlat))
    (query, hit), _ = shapely.STRtree(metric).query_nearest(
        points, max_distance=OFF_COAST_M, return_distance=True, all_matches=False
    )
    found = np.full(len(lonlat), NOWHERE, dtype=np.int64)
    found[query] = hit
    return found
