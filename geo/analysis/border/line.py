"""The land border as stretches of equal length, and how much ground belongs to each.

The shipped border keeps every bend of a river. It is simplified first, so that a stretch of five
kilometres is one on the ground and not a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from geo.analysis.shares import FloatArray, Geometries, in_metres
from geo.crs import from_utm
from geo.territory import Territory

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

IntArray = NDArray[np.int64]

SIMPLER_M: Final = 250.0
GRID_M: Final = 500.0
"""Side of the squares by which ground is counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of the border in the order of the line, arrays of shape ``(n,)``.

    Attributes:
        lines: UTM metres.
        neighbour: ``TH``, ``VN`` or ``LA``.
        province: NCDD code of the Cambodian side.
        part: Which line of the border; only stretches of one can follow each other.
    """

    lines: Geometries
    neighbour: NDArray[np.str_]
    province: NDArray[np.str_]
    part: IntArray

    def nearest(self, xy: FloatArray, reach_m: float) -> tuple[IntArray, NDArray[np.bool_]]:
        """Return the nearest stretch of each position, and whether it is within reach.

        Args:
            xy: UTM metres, shape ``(n, 2)``.
            reach_m: Farther away it belongs to no stretch, and the number of its stretch is 0.
        """
        stretch, near = np.zeros(len(xy), dtype=np.int64), np.zeros(len(xy), dtype=np.bool_)
        if len(xy):
            point, line = shapely.STRtree(self.lines).query_nearest(
                np.asarray(shapely.points(xy)), max_distance=reach_m, all_matches=False
            )
            stretch[point], near[point] = line, True
        return stretch, near


@lru_cache(maxsize=4)
def stretches(length_m: float) -> Stretches:
    """Return the whole land border, cut into stretches as near to a length as its lines allow.

    Args:
        length_m: Metres along the simplified line.
    """
    territory = Territory.load()
    lines: list[BaseGeometry] = []
    neighbours: list[str] = []
    parts: list[int] = []
    for neighbour, border in territory.borders.items():
        (whole,) = in_metres([border])
        merged = shapely.line_merge(whole)
        for line in shapely.get_parts(shapely.simplify(merged, SIMPLER_M)):
            count = max(round(line.length / length_m), 1)
            ends = np.linspace(0.0, line.length, count + 1)
            pieces = [substring(line, a, b) for a, b in pairwise(ends)]
            number = (parts[-1] + 1) if parts else 0
            lines += pieces
            neighbours += [neighbour] * count
            parts += [number] * count
    made = np.empty(len(lines), dtype=object)
    made[:] = lines
    middles = from_utm(
        shapely.get_coordinates(shapely.line_interpolate_point(made, 0.5, normalized=True))
    )
    return Stretches(
        lines=made,
        neighbour=np.array(neighbours),
        province=territory.provinces_at(middles[:, 0], middles[:, 1]),
        part=np.array(parts, dtype=np.int64),
    )


@lru_cache(maxsize=16)
def ground_of(
    length_m: float,
    provinces: tuple[str, ...],
    reach_m: float,
    clear: tuple[tuple[float, float], ...],
    clear_m: float,
) -> FloatArray:
    """Return the square kilometres of Cambodia that belong to each stretch; kept for the next time.

    Args:
        length_m: Of the stretches, see `stretches`.
        provinces: Of which stretches it is asked; those of others have 0.
        reach_m: Ground farther from the line belongs to none.
        clear: Places in UTM metres around which ground belongs to none.
        clear_m: How far around them.
    """
    found = stretches(length_m)
    chosen = np.isin(found.province, provinces)
    area = np.zeros(len(found.lines))
    if not chosen.any():
        return area
    near = shapely.union_all(shapely.buffer(found.lines[chosen], reach_m, quad_segs=4))
    shapely.prepare(near)
    west, south, east, north = near.bounds
    x = np.arange(np.floor(west / GRID_M) + 0.5, np.ceil(east / GRID_M)) * GRID_M
    for row in np.arange(np.floor(south / GRID_M) + 0.5, np.ceil(north / GRID_M)) * GRID_M:
        here = x[shapely.contains_xy(near, x, row)]
        xy = np.column_stack((here, np.full(len(here), row)))
        for place in clear:
            xy = xy[np.hypot(*(xy - place).T) > clear_m]
        if not len(xy):
            continue
        lonlat = from_utm(xy)
        xy = xy[Territory.load().contains(lonlat[:, 0], lonlat[:, 1], tolerance_m=0.0)]
        stretch, near_line = found.nearest(xy, reach_m)
        np.add.at(area, stretch[near_line], GRID_M**2 / 1e6)
    area[~chosen] = 0.0
    area.flags.writeable = False
    return area
