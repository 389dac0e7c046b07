"""Snapping to a grid: how a place leaves without pointing at a door.

Deterministic: the same plan gives the same cells each time. Random jitter is no protection, since
repeated exports average back to the point. The grid stands still in EPSG:32648 (metres), cells are
squares of 1, 2, 4 … km, each of four of the next finer size.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import from_utm, to_utm
from geo.privacy.grades import K_PREMISES

BASE_M = 1000.0
MAX_LEVEL = 4
"""Cells grow to 16 km at most; what needs more is withheld."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Occupied cells that do not overlap and the points that could not be put into any.

    Attributes:
        outlines: Polygons in degrees, shape ``(n,)``: a square less the finer cells within it.
        centres: Where a cell's number is written, degrees inside its outline, shape ``(n, 2)``.
        size_m: Side of each square in metres, shape ``(n,)``; the widest first.
        counts: Points in each cell, shape ``(n,)``.
        withheld: Points in cells that hold too few premises even at the coarsest size.
    """

    outlines: NDArray[np.object_]
    centres: FloatArray
    size_m: FloatArray
    counts: IntArray
    withheld: int


def snap(lon: FloatArray, lat: FloatArray, *, level: int = 0) -> IntArray:
    """Return the column and row of the cell that holds each point, by floor, shape ``(n, 2)``.

    Args:
        lon: Degrees, shape ``(n,)``.
        lat: Degrees, shape ``(n,)``.
        level: 0 for cells of 1 km, 1 for 2 km …
    """
    metres = to_utm(np.column_stack([lon, lat]))
    fine = np.floor(metres / BASE_M).astype(np.int64)
    return fine >> level


def corners(column: int, row: int, level: int) -> FloatArray:
    """Return a cell's corners in degrees, counter-clockwise from the south-west: ``(4, 2)``."""
    side = BASE_M * 2**level
    x = np.array([column, column + 1, column + 1, column]) * side
    y = np.array([row, row, row + 1, row + 1]) * side
    return from_utm(np.column_stack([x, y]))


def cover(
    points: tuple[FloatArray, FloatArray],
    premises: tuple[FloatArray, FloatArray],
    *,
    k: int = K_PREMISES,
) -> Cells:
    """Put points into cells of 1 km or wider until each cell holds `k` premises.

    What a cell with too few premises holds, points and premises, goes into the next wider one.
    Finer cells in which there were enough are cut out of a wider one and do not count for it: cells
    never overlap, so that none can be had by subtracting others, and each holds `k` on its own.

    Args:
        points: Longitudes and latitudes of what is to be shown.
        premises: Longitudes and latitudes of all premises that the plan knows.
        k: Fewest premises in a cell.
    """
    loose, around = snap(*points), snap(*premises)
    placed: list[tuple[int, int, int, int]] = []
    for level in range(MAX_LEVEL + 1):
        held = _tally(around)
        rich = {cell: count for cell, count in _tally(loose).items() if held.get(cell, 0) >= k}
        placed += [(level, *cell, count) for cell, count in rich.items()]
        loose, around = _without(loose, rich) >> 1, _without(around, rich) >> 1
    placed.sort(key=lambda cell: (-cell[0], cell[1], cell[2]))
    outlines = np.empty(len(placed), dtype=object)
    finer = [shapely.Polygon(corners(*cell[1:3], cell[0])) for cell in placed]
    for i, cell in enumerate(placed):
        inner = [finer[j] for j in range(i + 1, len(placed)) if placed[j][0] < cell[0]]
        outlines[i] = finer[i].difference(shapely.union_all(inner)) if inner else finer[i]
    inside = shapely.point_on_surface(outlines)
    return Cells(
        outlines=outlines,
        centres=np.column_stack([shapely.get_x(inside), shapely.get_y(inside)]),
        size_m=np.array([BASE_M * 2 ** cell[0] for cell in placed], dtype=np.float64),
        counts=np.array([cell[3] for cell in placed], dtype=np.int64),
        withheld=len(loose),
    )


def _tally(cells: IntArray) -> dict[tuple[int, int], int]:
    return dict(Counter((column, row) for column, row in cells.tolist()))


def _without(cells: IntArray, taken: dict[tuple[int, int], int]) -> IntArray:
    kept = [(column, row) not in taken for column, row in cells.tolist()]
    remaining: IntArray = cells[np.array(kept, dtype=bool)]
    return remaining
