"""The grid that a density stands on: square cells in metres, rows from the north."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.analysis.columns import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A grid of square cells in metres of UTM zone 48.

    Attributes:
        west: Easting of its left edge.
        north: Northing of its upper edge.
        cell: Edge of a cell.
        rows: From the north.
        columns: From the west.
    """

    west: float
    north: float
    cell: float
    rows: int
    columns: int

    @classmethod
    def around(cls, xy: FloatArray, margin: float, cell: float) -> Raster:
        """Return the grid that QGIS's heatmap makes of the same points, radius and cell.

        Args:
            xy: Metres, shape ``(n, 2)``, at least one.
            margin: What is added on each side: the radius of the kernel, in metres.
            cell: Edge of a cell in metres.
        """
        (west, south), (east, north) = xy.min(axis=0) - margin, xy.max(axis=0) + margin
        return cls(
            west=float(west),
            north=float(north),
            cell=cell,
            rows=math.ceil((north - south) / cell) + 1,
            columns=math.ceil((east - west) / cell) + 1,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def km2(self) -> float:
        """Size of a cell in square kilometres."""
        return self.cell**2 / 1e6

    def centres(self) -> tuple[FloatArray, FloatArray]:
        """Return the eastings of the columns' and the northings of the rows' middles."""
        east = self.west + (np.arange(self.columns, dtype=np.float64) + 0.5) * self.cell
        north = self.north - (np.arange(self.rows, dtype=np.float64) + 0.5) * self.cell
        return east, north

    def places(self, xy: FloatArray) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        """Return in which cell each point lies, and where in it.

        Args:
            xy: Metres, shape ``(n, 2)``, all within the grid.

        Returns:
            Position of the cell, row by row; and how far the point lies east and south of the
            cell's middle, in cells, −½ to ½.
        """
        across = (xy[:, 0] - self.west) / self.cell
        down = (self.north - xy[:, 1]) / self.cell
        column, row = across.astype(np.int64), down.astype(np.int64)
        return row * self.columns + column, across - column - 0.5, down - row - 0.5
