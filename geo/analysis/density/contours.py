"""Classes of a density as polygons: the smallest areas that hold a share of what was counted.

A level drawn at "half of the highest value" means nothing to a reader; "half of the allegations lie
in here" does (Hyndman 1996, highest density regions, doi:10.1080/00031305.1996.10474359).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.analysis.columns import FloatArray
    from geo.analysis.density.raster import Raster
    from geo.model.entity import Area

SHARES: Final = (0.25, 0.5, 0.75, 0.9)
"""Shares of what was counted that the classes hold, the densest first."""
_PLATEAU: Final = 0.98
"""So much less than a level still belongs to it: the kernel of a point far off may take as much."""
_CRUMB: Final = 4
"""Cells: a smaller part of a class, or hole in it, is a ripple and not worth a line."""
_GRID_M: Final = 1e-3
"""Ends of two pieces of one line are the same to the millimetre."""
# For each way in which four corners (north-west, north-east, south-east, south-west: bits 1, 2, 4,
# 8) lie above the level, the sides (0 north, 1 east, 2 south, 3 west) that the line joins. Two
# corners opposite each other are kept apart.
_SIDES: Final = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),),
    13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip


def levels(values: FloatArray, shares: Sequence[float] = SHARES) -> tuple[float, ...]:
    """Return the densities from which on at least each share of the whole lies.

    Ground over which something was spread evenly is one plateau, whose cells differ by next to
    nothing: it lies within a level as a whole or not at all.
    """
    ordered = np.sort(values, axis=None)[::-1]
    held = np.cumsum(ordered)
    at = np.searchsorted(held, np.asarray(shares) * held[-1])
    found: list[float] = (ordered[np.minimum(at, len(ordered) - 1)] * _PLATEAU).tolist()
    return tuple(found)


def above(values: FloatArray, raster: Raster, level: float) -> Area:
    """Return the area in which a density is at least `level`, above 0, by marching squares.

    Args:
        values: Density at the cells' middles, shape ``raster.shape``.
        raster: The grid.
        level: Above 0.

    Returns:
        Polygons in metres, holes left out; empty if it is nowhere so dense.
    """
    padded = np.pad(values, 1)
    at = _pieces(padded, level)
    metres = _metres(at.reshape(-1, 2), raster).reshape(at.shape)
    lines = shapely.multilinestrings(np.asarray(shapely.linestrings(metres)))
    found = cast("Area", shapely.build_area(shapely.line_merge(lines)))
    return _without_crumbs(found, _CRUMB * raster.cell**2)


def _without_crumbs(area: Area, least: float) -> Area:
    kept = []
    for part in shapely.get_parts(area).tolist():
        if part.area < least:
            continue
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= least]
        kept.append(shapely.Polygon(part.exterior, holes))
    if not kept:
        return shapely.Polygon()
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def _pieces(values: FloatArray, level: float) -> FloatArray:
    """Return the pieces of the line at a level, shape ``(m, 2, 2)``: column and row."""
    high = values >= level
    case = high[:-1, :-1] + 2 * high[:-1, 1:] + 4 * high[1:, 1:] + 8 * high[1:, :-1]
    found = []
    for kind, joined in _SIDES.items():
        row, column = np.nonzero(case == kind)
        for one, other in joined:
            ends = [_crossing(values, level, row, column, side) for side in (one, other)]
            found.append(np.stack(ends, axis=1))
    return np.concatenate(found)


def _crossing(
    values: FloatArray,
    level: float,
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    side: int,
) -> FloatArray:
    """Return where the line crosses a side of each square; the same from both squares."""
    down, right = (side == 2, side == 1)  # noqa: PLR2004 - sides as in `_SIDES`
    level_side = side in {0, 2}
    first = values[row + down, column + right]
    last = values[row + (1 if not level_side else down), column + (1 if level_side else right)]
    part = (level - first) / (last - first)
    if level_side:
        return np.stack([column + part, row + down + 0.0 * part], axis=1)
    return np.stack([column + right + 0.0 * part, row + part], axis=1)


def _metres(at: FloatArray, raster: Raster) -> FloatArray:
    """Return metres of a column and row of the padded grid, whose first is outside."""
    east = raster.west + (at[:, 0] - 0.5) * raster.cell
    north = raster.north - (at[:, 1] - 0.5) * raster.cell
    return np.round(np.stack([east, north], axis=1) / _GRID_M) * _GRID_M
