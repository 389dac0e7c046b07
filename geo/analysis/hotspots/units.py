"""The small areas that hotspots are looked for in: whole H3 hexagons, or communes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.hexagons import cell_outlines, covering, resolution_for
from geo.analysis.split.coverage import borders
from geo.analysis.split.units import UnitKind, clean
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.model.entity import Area

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Geometries = NDArray[np.object_]

FEWEST: Final = 350
"""Hexagons that a province is looked at in, at least."""
MOST: Final = 60_000
COARSEST, MOST_RESOLUTION = 3, 10
MOST_RINGS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Who is near whom, without itself, as compressed rows: binary weights.

    Attributes:
        start: Where the neighbours of each unit begin in `of`, shape ``(n + 1,)``.
        of: Positions of the neighbours, in order, shape ``(pairs,)``.
    """

    start: IntArray
    of: IntArray

    @classmethod
    def from_pairs(cls, a: IntArray, b: IntArray, count: int) -> Neighbours:
        """Return the neighbours of `count` units from pairs, each given once or twice."""
        both = np.concatenate([np.column_stack((a, b)), np.column_stack((b, a))])
        both = np.unique(both[both[:, 0] != both[:, 1]], axis=0)
        start = np.searchsorted(both[:, 0], np.arange(count + 1))
        return cls(start.astype(np.int64), both[:, 1].astype(np.int64))

    @property
    def counts(self) -> IntArray:
        """How many neighbours each unit has, shape ``(n,)``."""
        return np.diff(self.start)

    def sums(self, values: FloatArray, *, own: bool) -> FloatArray:
        """Return the sum of the values over each neighbourhood.

        Args:
            values: Shape ``(n,)`` or ``(n, k)``.
            own: The unit itself is counted among its neighbours.
        """
        from scipy.sparse import csr_array

        n = len(self.start) - 1
        ones = np.ones(len(self.of))
        total: FloatArray = csr_array((ones, self.of, self.start), shape=(n, n)) @ values
        return total + values if own else total

    def wider(self, rings: int) -> Neighbours:
        """Return who can be reached in so many steps."""
        from scipy.sparse import csr_array, eye_array

        n = len(self.start) - 1
        step = csr_array((np.ones(len(self.of)), self.of, self.start), shape=(n, n))
        step = (step + eye_array(n, format="csr")).tocsr()
        reached = step
        for _ in range(rings - 1):
            reached = (reached @ step).tocsr()
        rows, columns = reached.nonzero()
        return Neighbours.from_pairs(rows.astype(np.int64), columns.astype(np.int64), n)

    def only(self, kept: NDArray[np.bool_]) -> Neighbours:
        """Return the neighbours among the units that are kept, which are counted anew."""
        new = np.cumsum(kept) - 1
        row = np.repeat(np.arange(len(kept)), self.counts)
        both = kept[row] & kept[self.of]
        return Neighbours.from_pairs(new[row[both]], new[self.of[both]], int(kept.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class HotUnits:
    """The units in the order of their ids.

    Attributes:
        kind: Communes or hexagons.
        ids: Commune codes or H3 cells.
        outlines: Lon/lat degrees, shape ``(n,)``. Hexagons are whole, also where they reach over
            the border: only units of equal size have counts that can be compared.
        neighbours: Within the rings that were asked for.
        resolution: Of the hexagons, or -1.
        rings: How many steps the neighbourhood reaches.
    """

    kind: UnitKind
    ids: tuple[str, ...]
    outlines: Geometries
    neighbours: Neighbours
    resolution: int = -1
    rings: int = 1

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.ids)


def hexagon_units(area: Area, resolution: int | None = None, *, rings: int = 1) -> HotUnits:
    """Return the hexagons that touch an area.

    Args:
        area: Lon/lat degrees.
        resolution: H3 resolution; None is the coarsest with about `FEWEST` hexagons.
        rings: How far a neighbourhood reaches; 1 is the six hexagons around.

    Raises:
        InputError: There would be too many, or the size or the rings lie outside their limits.
    """
    _check_rings(rings)
    chosen = resolution_for(area, FEWEST) if resolution is None else resolution
    if not COARSEST <= chosen <= MOST_RESOLUTION:
        raise InputError("error.hotspots.resolution", least=COARSEST, most=MOST_RESOLUTION)
    if area.area * 1.2e10 / h3.average_hexagon_area(chosen, "m^2") > MOST:
        raise InputError("error.hotspots.too_many_units", most=MOST)
    cells = covering(area, chosen)
    position = {cell: n for n, cell in enumerate(cells)}
    pairs = [
        (n, position[other])
        for n, cell in enumerate(cells)
        for other in h3.grid_disk(cell, rings)
        if other in position
    ]
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    near = Neighbours.from_pairs(a, b, len(cells))
    return HotUnits(UnitKind.HEXAGON, tuple(cells), cell_outlines(cells), near, chosen, rings)


def shares_inside(outlines: Geometries, area: Area) -> FloatArray:
    """Return the share of each unit that lies in an area, shape ``(n,)``.

    Args:
        outlines: Lon/lat degrees, shape ``(n,)``.
        area: The same.
    """
    shapely.prepare(area)
    share = np.ones(len(outlines))
    rim = np.flatnonzero(~shapely.contains_properly(area, outlines))
    common = shapely.area(shapely.intersection(outlines[rim], area))
    share[rim] = common / shapely.area(outlines[rim])
    return share


def commune_units(outlines: Mapping[str, Area], *, rings: int = 1) -> HotUnits:
    """Return communes, near those with which they share a border.

    Args:
        outlines: By their codes.
        rings: How far a neighbourhood reaches.
    """
    _check_rings(rings)
    codes = sorted(outlines)
    cleaned = clean([outlines[code] for code in codes])
    pairs = borders(cleaned).pairs
    near = Neighbours.from_pairs(pairs[:, 0], pairs[:, 1], len(codes))
    if rings > 1:
        near = near.wider(rings)
    return HotUnits(UnitKind.COMMUNE, tuple(codes), cleaned, near, -1, rings)


def _check_rings(rings: int) -> None:
    if not 1 <= rings <= MOST_RINGS:
        raise InputError("error.hotspots.rings", most=MOST_RINGS)
