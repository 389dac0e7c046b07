"""What is known by its unit only, spread evenly over the ground of that unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.columns import FloatArray
    from geo.analysis.density.raster import Raster
    from geo.model.entity import Area


def spread(
    areas: Sequence[Area], mass: FloatArray, raster: Raster
) -> tuple[FloatArray, FloatArray]:
    """Share the mass of each area out to the middles of the cells that lie in it.

    Args:
        areas: In metres of UTM zone 48, within the grid.
        mass: What each holds, shape ``(len(areas),)``.
        raster: The grid.

    Returns:
        Places in metres, shape ``(m, 2)``, and the mass at each, shape ``(m,)``. An area in which
        no middle lies is one place inside it: it is smaller than a cell.
    """
    east, north = raster.centres()
    places, masses = [], []
    for area, held in zip(areas, mass.tolist(), strict=True):
        west, south, far_east, far_north = area.bounds
        x = east[np.searchsorted(east, west) : np.searchsorted(east, far_east, "right")]
        low, high = np.searchsorted(-north, -far_north), np.searchsorted(-north, -south, "right")
        grid = np.stack(np.meshgrid(x, north[low:high]), axis=-1).reshape(-1, 2)
        shapely.prepare(area)
        inside = grid[shapely.contains_xy(area, grid[:, 0], grid[:, 1])]
        if not len(inside):
            inside = shapely.get_coordinates(area.representative_point())
        places.append(inside)
        masses.append(np.full(len(inside), held / len(inside)))
    if not places:
        return np.empty((0, 2)), np.empty(0)
    return np.concatenate(places), np.concatenate(masses)
