"""Snapping to a grid: how a place leaves without pointing at a door.

Deterministic: the same plan gives the same cells each time. Random jitter is no protection, since
repeated exports average back to the point. The grid stands still in EPSG:32648 (metres), cells are
squares of 1, 2, 4 … km, each of four of the next finer size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.privacy.grades import K_PREMISES

BASE_M = 1000.0
MAX_LEVEL = 6
"""Cells grow to 64 km at most; what needs more is withheld."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Occupied cells that do not overlap and the points that could not be put into any.

    Attributes:
        lonlat: Corners in degrees, shape ``(n, 4, 2)``, counter-clockwise from the south-west.
        size_m: Side of each cell in metres, shape ``(n,)``.
        counts: Points in each cell, shape ``(n,)``.
        withheld: Points in cells that hold too few premises even at the coarsest size.
    """

    lonlat: FloatArray
    size_m: FloatArray
    counts: IntArray
    withheld: int


@cache
def _transformers() -> tuple[Any, Any]:
    from pyproj import Transformer

    forward = Transformer.from_crs(4326, 32648, always_xy=True)
    back = Transformer.from_crs(32648, 4326, always_xy=True)
    return forward, back


def snap(lon: FloatArray, lat: FloatArray, *, level: int = 0) -> IntArray:
    """Return the column and row of the cell that holds each point, by floor, shape ``(n, 2)``.

    Args:
        lon: Degrees, shape ``(n,)``.
        lat: Degrees, shape ``(n,)``.
        level: 0 for cells of 1 km, 1 for 2 km …
    """
    easting, northing = _transformers()[0].transform(lon, lat)
    fine = np.floor(np.column_stack([easting, northing]) / BASE_M).astype(np.int64)
    return fine >> level


def corners(column: int, row: int, level: int) -> FloatArray:
    """Return a cell's corners in degrees, counter-clockwise from the south-west: ``(4, 2)``."""
    side = BASE_M * 2**level
    x = np.array([column, column + 1, column + 1, column]) * side
    y = np.array([row, row, row + 1, row + 1]) * side
    lon, lat = _transformers()[1].transform(x, y)
    return np.column_stack([lon, lat])


def cover(
    points: tuple[FloatArray, FloatArray],
    premises: tuple[FloatArray, FloatArray],
    *,
    k: int = K_PREMISES,
) -> Cells:
    """Put points into cells of 1 km or wider until each cell holds `k` premises.

    A cell with too few premises gives way to the next wider one, which then swallows every finer
    cell within it: cells never overlap, so that none can be subtracted from another.

    Args:
        points: Longitudes and latitudes of what is to be shown.
        premises: Longitudes and latitudes of all premises that the plan knows.
        k: Fewest premises in a cell.
    """
    fine = snap(*points)
    around = snap(*premises)
    cells: dict[tuple[int, int, int], int] = {}
    for column, row in fine.tolist():
        cells[0, column, row] = cells.get((0, column, row), 0) + 1
    for level in range(MAX_LEVEL):
        held = _tally(around >> level)
        poor = [c for c in cells if c[0] == level and held.get(c[1:], 0) < k]
        wider = {(c[1] >> 1, c[2] >> 1) for c in poor}
        cells = _merged(cells, level + 1, wider)
    held = _tally(around >> MAX_LEVEL)
    poor = [c for c in cells if c[0] == MAX_LEVEL and held.get(c[1:], 0) < k]
    withheld = sum(cells.pop(c) for c in poor)
    order = sorted(cells, key=lambda c: (c[1] << c[0], c[2] << c[0]))
    return Cells(
        lonlat=np.array([corners(c[1], c[2], c[0]) for c in order], dtype=np.float64).reshape(
            -1, 4, 2
        ),
        size_m=np.array([BASE_M * 2 ** c[0] for c in order], dtype=np.float64),
        counts=np.array([cells[c] for c in order], dtype=np.int64),
        withheld=withheld,
    )


def _tally(cells: IntArray) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for column, row in cells.tolist():
        found[column, row] = found.get((column, row), 0) + 1
    return found


def _merged(
    cells: dict[tuple[int, int, int], int], level: int, wider: set[tuple[int, int]]
) -> dict[tuple[int, int, int], int]:
    """Let each cell of `wider` (at `level`) take up every finer cell within it."""
    merged: dict[tuple[int, int, int], int] = {}
    for (own, column, row), count in cells.items():
        shift = level - own
        parent = (column >> shift, row >> shift)
        key = (level, *parent) if parent in wider else (own, column, row)
        merged[key] = merged.get(key, 0) + count
    return merged
