"""Many points: found by a grid, thinned by levels that never take a point's ink away."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.view import FloatArray, MapView

GRID = 256
"""Cells of the index along each axis."""
THIN_FROM = 20_000
"""So many points are drawn one by one; more are thinned."""
CELL_PX = 2.0
"""Of the points in one cell of this size only the uppermost is drawn. Its diagonal is less than the
radius of the smallest symbol, so that every point's pixel stays under ink."""

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class PointIndex:
    """Points in the order in which they are drawn, sorted once into a grid.

    Attributes:
        xy: EPSG:3857 metres, shape ``(n, 2)``; finite.
    """

    xy: FloatArray
    _west: float
    _south: float
    _cell_x: float
    _cell_y: float
    _order: Index
    _starts: Index
    _levels: dict[float, Index] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, xy: FloatArray) -> PointIndex:
        """Sort points into the grid: a counting sort, 30 ms for a million."""
        if not len(xy):
            empty = np.empty(0, dtype=np.intp)
            return cls(xy, 0.0, 0.0, 1.0, 1.0, empty, np.zeros(GRID * GRID + 1, dtype=np.intp))
        low, high = xy.min(axis=0), xy.max(axis=0)
        cell_x = max(float(high[0] - low[0]) / GRID, 1e-6)
        cell_y = max(float(high[1] - low[1]) / GRID, 1e-6)
        ix = np.minimum((xy[:, 0] - low[0]) / cell_x, GRID - 1).astype(np.uint16)
        iy = np.minimum((xy[:, 1] - low[1]) / cell_y, GRID - 1).astype(np.uint16)
        cells = iy * np.uint16(GRID) + ix
        order = np.argsort(cells, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(cells, minlength=GRID * GRID))])
        return cls(xy, float(low[0]), float(low[1]), cell_x, cell_y, order, starts)

    def __len__(self) -> int:
        return len(self.xy)

    def within(self, box: tuple[float, float, float, float]) -> Index:
        """Return the points in a rectangle (EPSG:3857 metres) in the order of drawing."""
        west, south, east, north = box
        x0 = math.floor(min(max((west - self._west) / self._cell_x, 0), GRID))
        x1 = math.floor(min(max((east - self._west) / self._cell_x, -1), GRID - 1))
        y0 = math.floor(min(max((south - self._south) / self._cell_y, 0), GRID))
        y1 = math.floor(min(max((north - self._south) / self._cell_y, -1), GRID - 1))
        # The last row and column hold what lies exactly on the edge.
        x0, y0 = min(x0, GRID - 1), min(y0, GRID - 1)
        if x1 < x0 or y1 < y0 or not len(self.xy):
            return np.empty(0, dtype=np.intp)
        if x0 == 0 and y0 == 0 and x1 == GRID - 1 and y1 == GRID - 1:
            found = np.arange(len(self.xy))
        else:
            slices = [
                self._order[self._starts[y * GRID + x0] : self._starts[y * GRID + x1 + 1]]
                for y in range(y0, y1 + 1)
            ]
            found = np.sort(np.concatenate(slices))
        return found[_in_box(self.xy[found], box)]

    def cells(self, xy: FloatArray) -> FloatArray:
        """Return places in cells of the grid, from its south-west corner, shape ``(n, 2)``."""
        return (xy - (self._west, self._south)) / (self._cell_x, self._cell_y)

    def counts(self) -> NDArray[np.intp]:
        """Return how many points lie in each cell, shape ``(GRID, GRID)`` by row and column."""
        found: NDArray[np.intp] = np.diff(self._starts).reshape(GRID, GRID)
        return found

    def in_cells(self, chosen: NDArray[np.bool_]) -> Index:
        """Return the points of the chosen cells, a mask of shape ``(GRID, GRID)``."""
        cells = np.flatnonzero(chosen.ravel())
        lengths = self._starts[cells + 1] - self._starts[cells]
        ends = np.cumsum(lengths)
        steps = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
        found: Index = self._order[np.repeat(self._starts[cells], lengths) + steps]
        return found

    def drawn(self, view: MapView, margin_px: float) -> Index:
        """Return the points to draw in a view: those near it whose symbol no later one hides."""
        reach = margin_px * view.resolution
        west, south, east, north = view.bounds
        box = (west - reach, south - reach, east + reach, north + reach)
        if len(self.xy) <= THIN_FROM:
            return self.within(box)
        found = self.within(box)
        if 4 * len(found) < len(self.xy):
            # The cells are fixed to the ground, so thinning what is near thins it as if all were.
            return found[uppermost(self.xy[found], CELL_PX * _level_resolution(view.resolution))]
        level = self._level(view.resolution)
        return level[_in_box(self.xy[level], box)]

    def _level(self, resolution: float) -> Index:
        """Return the points that no later one hides at a scale; made once per level."""
        rounded = _level_resolution(resolution)
        found = self._levels.get(rounded)
        if found is None:
            found = uppermost(self.xy, CELL_PX * rounded)
            self._levels[rounded] = found
        return found


def _level_resolution(resolution: float) -> float:
    """Return the resolution of the level to use: levels lie √2 apart, the finer one is taken.

    It depends on the scale alone, never on the view, so that a strip and a whole frame show the
    same points.
    """
    return float(2.0 ** (math.floor(2 * math.log2(resolution)) / 2))


def _in_box(xy: FloatArray, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    west, south, east, north = box
    x, y = xy[:, 0], xy[:, 1]
    inside: NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside


def uppermost(xy: FloatArray, cell: float) -> Index:
    """Return, in order, the last point of each square cell of side `cell` in the unit of `xy`."""
    if not len(xy):
        return np.empty(0, dtype=np.intp)
    low = np.floor(xy.min(axis=0) / cell)
    columns = np.floor(xy / cell) - low
    width, height = (int(v) + 1 for v in columns.max(axis=0))
    key = columns[:, 1].astype(np.int64) * width + columns[:, 0].astype(np.int64)
    if width * height <= 4 * len(xy) + 4_000_000:
        last = np.full(width * height, -1, dtype=np.int64)
        last[key] = np.arange(len(xy))
        kept = np.zeros(len(xy), dtype=bool)
        kept[last[last >= 0]] = True
        return np.flatnonzero(kept)
    # Many more cells than points: sort instead of spreading a table.
    _, first_from_behind = np.unique(key[::-1], return_index=True)
    return np.sort(len(xy) - 1 - first_from_behind)
