"""Which polygon each of many points lies in, and how many lie in each.

Points are sorted into the cells of a grid once, so that a polygon asks only for the runs of points
in its own rows; only these are tested, exactly, by GEOS.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.columns import FloatArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

IntArray = NDArray[np.int64]
_PER_CELL: Final = 4
"""Points that a cell of the grid should hold."""
_MOST_CELLS: Final = 512
"""Cells of the grid on each side."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Points by the cells of a grid, row by row.

    Attributes:
        order: Position of each point among the given ones.
        x: Of the points in that order.
        y: The same.
        start: Where the points of each cell begin, shape ``(rows * columns + 1,)``.
        corner: West and south.
        size: Width and height of a cell.
        side: Rows and columns alike.
    """

    order: IntArray
    x: FloatArray
    y: FloatArray
    start: IntArray
    corner: FloatArray
    size: FloatArray
    side: int

    @classmethod
    def of(cls, xy: FloatArray) -> _Sorted:
        side = max(1, min(_MOST_CELLS, math.isqrt(len(xy) // _PER_CELL)))
        corner = xy.min(axis=0)
        size = (xy.max(axis=0) - corner) / side
        size[size == 0] = 1.0  # all on one line
        at = np.minimum(((xy - corner) / size).astype(np.int64), side - 1)
        cell = at[:, 1] * side + at[:, 0]
        order = np.argsort(cell)
        counts = np.bincount(cell, minlength=side * side)
        start = np.concatenate([[0], np.cumsum(counts)])
        return cls(order, xy[order, 0], xy[order, 1], start, corner, size, side)

    def near(self, box: FloatArray) -> IntArray:
        """Return where in `order` the points lie whose cells touch a box."""
        low = (box[:2] - self.corner) / self.size
        high = (box[2:] - self.corner) / self.size
        if (high < 0).any() or (low > self.side).any():
            return np.empty(0, dtype=np.int64)
        first, last = np.clip(np.floor([low, high]), 0, self.side - 1).astype(np.int64)
        rows = np.arange(first[1], last[1] + 1) * self.side
        begin, end = self.start[rows + first[0]], self.start[rows + last[0] + 1]
        length = end - begin
        skipped = np.repeat(begin - np.concatenate([[0], np.cumsum(length)[:-1]]), length)
        found: IntArray = np.arange(int(length.sum())) + skipped
        return found


def polygon_of_each(xy: FloatArray, polygons: Sequence[BaseGeometry]) -> IntArray:
    """Return in which polygon each point lies.

    A point on the edge of two belongs to the first of them, and one in several to the first.

    Args:
        xy: Shape ``(n, 2)``, in the same coordinates as the polygons, finite.
        polygons: Any areas, shape ``(m,)``; an empty one holds nothing.

    Returns:
        Position of the polygon, -1 outside all, shape ``(n,)``.
    """
    found = np.full(len(xy), -1, dtype=np.int64)
    for number, inside in _inside(xy, polygons):
        free = inside[found[inside] < 0]
        found[free] = number
    return found


def count_in_each(
    xy: FloatArray, polygons: Sequence[BaseGeometry], weight: FloatArray | None = None
) -> FloatArray:
    """Return how many points, or what weight, each polygon holds, its edge included.

    Args:
        xy: Shape ``(n, 2)``, in the same coordinates as the polygons, finite.
        polygons: Any areas, shape ``(m,)``; they may overlap, a point counting for each.
        weight: Shape ``(n,)``; None is 1 each.
    """
    counts = np.zeros(len(polygons))
    for number, inside in _inside(xy, polygons):
        counts[number] = len(inside) if weight is None else float(weight[inside].sum())
    return counts


def _inside(xy: FloatArray, polygons: Sequence[BaseGeometry]) -> Iterator[tuple[int, IntArray]]:
    """Yield each polygon that holds points, with the positions of these."""
    if not len(xy):
        return
    sorted_ = _Sorted.of(xy)
    areas = np.empty(len(polygons), dtype=object)
    areas[:] = list(polygons)
    boxes = shapely.bounds(areas)
    for number in np.flatnonzero(np.isfinite(boxes[:, 0])).tolist():
        near = sorted_.near(boxes[number])
        if not len(near):
            continue
        shapely.prepare(areas[number])
        held = shapely.intersects_xy(areas[number], sorted_.x[near], sorted_.y[near])
        shapely.destroy_prepared(areas[number])
        if held.any():
            yield number, sorted_.order[near[held]]
