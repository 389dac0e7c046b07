"""How many points lie inside an outline: fast enough to be told while it is being drawn.

The cells of the points' grid that no edge of the outline touches are wholly inside or outside and
counted as a whole; only the points of the others are looked at one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.points import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.points import PointIndex
    from layers.view import FloatArray

_LEVEL = 1e-9
"""An edge that rises by less, in cells, lies in one row as a whole."""
FEW = 2_000
"""So few points are looked at one by one at once."""


def count_inside(index: PointIndex, rings: Sequence[FloatArray]) -> int:
    """Return how many points lie inside rings.

    Args:
        index: The points.
        rings: Closed or not, EPSG:3857 metres, each of shape ``(n, 2)``; what lies in an odd number
            of them is inside, so holes and parts need not be told apart.
    """
    closed = [np.concatenate((r, r[:1])) for r in rings if len(r) > 2]  # noqa: PLR2004 - an area
    if not closed or not len(index):
        return 0
    low = np.min([r.min(axis=0) for r in closed], axis=0)
    high = np.max([r.max(axis=0) for r in closed], axis=0)
    if len(index) <= FEW:
        return _looked_at(index.within((*low, *high)), index, closed)
    starts = np.concatenate([r[:-1] for r in closed])
    ends = np.concatenate([r[1:] for r in closed])
    touched = _touched(index.cells(starts), index.cells(ends))
    whole = _inside(index.cells(starts), index.cells(ends)) & ~touched
    counts = index.counts()
    return int(counts[whole].sum()) + _looked_at(index.in_cells(touched), index, closed)


def _looked_at(rows: NDArray[np.intp], index: PointIndex, rings: list[FloatArray]) -> int:
    if not len(rows):
        return 0
    found = np.zeros(len(rows), dtype=np.bool_)
    x, y = index.xy[rows, 0], index.xy[rows, 1]
    for ring in rings:
        outline = shapely.Polygon(ring)
        shapely.prepare(outline)
        found ^= shapely.contains_xy(outline, x, y)
    return int(found.sum())


def _touched(a: FloatArray, b: FloatArray) -> NDArray[np.bool_]:
    """Return which cells edges pass through, shape ``(GRID, GRID)`` by row and column.

    Args:
        a: Where the edges begin, in cells, shape ``(n, 2)``.
        b: Where they end.
    """
    upward = (a[:, 1] <= b[:, 1])[:, None]
    low, high = np.where(upward, a, b).T, np.where(upward, b, a).T
    first = np.clip(np.floor(low[1]), 0, GRID - 1).astype(np.int64)
    last = np.clip(np.floor(high[1]), 0, GRID - 1).astype(np.int64)
    rows_of = last - first + 1
    edge = np.repeat(np.arange(len(a)), rows_of)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(rows_of) - rows_of, rows_of) + first[edge]
    height = np.maximum(high[1] - low[1], 1e-12)
    slope = (high[0] - low[0]) / height
    # Within each row an edge runs from where it enters to where it leaves.
    y0 = np.clip(row, low[1][edge], high[1][edge])
    y1 = np.clip(row + 1, low[1][edge], high[1][edge])
    x0 = low[0][edge] + slope[edge] * (y0 - low[1][edge])
    x1 = low[0][edge] + slope[edge] * (y1 - low[1][edge])
    level = height[edge] < _LEVEL
    x0, x1 = np.where(level, low[0][edge], x0), np.where(level, high[0][edge], x1)
    west, east = np.minimum(x0, x1), np.maximum(x0, x1)
    marks = np.zeros((GRID, GRID + 1), dtype=np.int64)
    # A cell more on each side: what rounding moves across a line stays on the safe side.
    np.add.at(marks, (row, np.clip(np.floor(west - 1e-6), 0, GRID - 1).astype(np.int64)), 1)
    np.add.at(marks, (row, np.clip(np.floor(east + 1e-6), 0, GRID - 1).astype(np.int64) + 1), -1)
    return marks.cumsum(axis=1)[:, :GRID] > 0


def _inside(a: FloatArray, b: FloatArray) -> NDArray[np.bool_]:
    """Return whether the middle of each cell lies in an odd number of rings."""
    low = np.minimum(a[:, 1], b[:, 1])
    high = np.maximum(a[:, 1], b[:, 1])
    # Rows whose middle line the edge crosses: low <= row + 0.5 < high.
    first = np.clip(np.ceil(low - 0.5), 0, GRID).astype(np.int64)
    last = np.clip(np.ceil(high - 0.5), 0, GRID).astype(np.int64)
    rows_of = np.maximum(last - first, 0)
    edge = np.repeat(np.arange(len(a)), rows_of)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(rows_of) - rows_of, rows_of) + first[edge]
    share = (row + 0.5 - a[edge, 1]) / (b[edge, 1] - a[edge, 1])
    x = a[edge, 0] + share * (b[edge, 0] - a[edge, 0])
    turns = np.zeros((GRID, GRID + 1), dtype=np.int64)
    np.add.at(turns, (row, np.clip(np.ceil(x - 0.5), 0, GRID).astype(np.int64)), 1)
    inside: NDArray[np.bool_] = turns.cumsum(axis=1)[:, :GRID] % 2 == 1
    return inside
