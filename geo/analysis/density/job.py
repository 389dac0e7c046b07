"""Kernel density of allegations, as it runs in the computing process."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

from geo.analysis.density.areas import spread
from geo.analysis.density.bandwidth import WIDEST, abramson, default_radius, effective_n
from geo.analysis.density.contours import SHARES, above, levels
from geo.analysis.density.raster import Raster
from geo.analysis.density.result import AreaOnly, Bandwidth, Density, DensityClass
from geo.analysis.density.smoothing import BEYOND, COARSEST, smooth, smooth_each, volume
from geo.analysis.shares import in_degrees, in_metres
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.columns import FloatArray
    from geo.analysis.density.result import DensityWish
    from geo.analysis.points import Points
    from geo.analysis.shares import Geometries
    from geo.model.entity import Area
    from geo.progress import Progress

FEWEST: Final = 30
"""Allegations without which no density is drawn: fewer make a picture of the radius."""
MOST_CELLS: Final = 6_000_000
"""Cells of the largest grid; more would fill the memory."""
_WANTED: Final = {Bandwidth.FIXED: 1_500_000, Bandwidth.ADAPTIVE: 500_000}
"""Cells of the largest grid if nobody sets their size; an adaptive one is folded some 25 times."""
_FINE: Final = 20.0
"""Cells that a radius spans if nobody sets their size, and the grid does not grow too large."""
_TINY: Final = 1e-9


def density(
    points: Points, outlines: Mapping[str, Area], wish: DensityWish, progress: Progress
) -> Density:
    """Return the density of allegations.

    Args:
        points: What counts.
        outlines: Of the units, lon/lat degrees.
        wish: How it is wanted.
        progress: Told after each part.

    Raises:
        InputError: Fewer than `FEWEST` allegations, none of them with a position, or a grid too
            fine.
    """
    progress.step(0, 3, "density.step.grid")
    known = np.array([code in outlines for code in points.units.tolist()], dtype=bool)
    known &= wish.area_only is AreaOnly.SPREAD
    n = len(points) + int(known.sum())
    if n < FEWEST:
        raise InputError("error.density.few", n=n, fewest=FEWEST)
    if not len(points):
        raise InputError("error.density.no_points", n=n)
    codes, place = np.unique(points.units[known], return_inverse=True)
    areas = np.asarray(shapely.make_valid(in_metres([outlines[c] for c in codes.tolist()])))
    radius = wish.radius_m or default_radius(points.xy, points.weight, points.accuracy_m)
    raster = _raster(points, areas, radius, wish)
    # A point's mass and that of an area are alike: places with weights.
    mass = np.zeros(len(codes))
    np.add.at(mass, place, points.unit_weight[known])
    ground, held = spread(areas.tolist(), mass, raster)
    xy = np.concatenate([points.xy, ground])
    weight = np.concatenate([points.weight, held])
    radii = np.full(len(xy), radius)
    progress.step(1, 3, "density.step.smooth")
    values = smooth(xy, weight, raster, radius) / volume(radius)
    if wish.bandwidth is Bandwidth.ADAPTIVE:
        at = raster.places(points.xy)[0]
        pilot = np.maximum(values.ravel()[at], _TINY / volume(radius))
        least = max(radius / WIDEST, COARSEST * raster.cell)
        radii[: len(points)] = abramson(pilot, radius, points.accuracy_m, least)
        values = smooth_each(xy, weight, raster, radii, progress) / volume(1.0)
    progress.step(2, 3, "density.step.classes")
    values *= 1e6
    return Density(
        raster=raster,
        per_km2=values,
        classes=classes(values, raster, points.xy),
        bandwidth=wish.bandwidth,
        radius_m=radius,
        radii_m=(float(radii.min()), float(radii.max())),
        chosen=wish.radius_m is not None,
        points=len(points),
        spread=int(known.sum()),
        nowhere=len(points.units) - int(known.sum()),
        effective=effective_n(points.weight),
    )


def classes(values: FloatArray, raster: Raster, xy: FloatArray) -> tuple[DensityClass, ...]:
    """Return the classes of a density, none of them inside another."""
    found: list[DensityClass] = []
    denser: Area = shapely.Polygon()
    for share, level in zip(SHARES, levels(values), strict=True):
        whole = above(values, raster, level)
        ring = shapely.difference(whole, denser)
        shapely.prepare(whole)
        found.append(
            DensityClass(
                share=share,
                per_km2=level,
                area=cast("Area", in_degrees(ring)),
                km2=float(whole.area) / 1e6,
                n=int(shapely.contains_xy(whole, xy[:, 0], xy[:, 1]).sum()),
            )
        )
        denser = whole
    return tuple(found)


def _raster(points: Points, areas: Geometries, radius: float, wish: DensityWish) -> Raster:
    widest = radius * WIDEST * BEYOND if wish.bandwidth is Bandwidth.ADAPTIVE else radius
    corners = points.xy
    if len(areas):
        corners = np.concatenate([corners, shapely.bounds(areas).reshape(-1, 2)])
    cell, most = wish.cell_m or radius / _FINE, _WANTED[wish.bandwidth]
    raster = Raster.around(corners, widest, cell)
    if wish.cell_m is None and raster.rows * raster.columns > most:
        cell *= math.sqrt(raster.rows * raster.columns / most)
        cell = min(cell, radius / COARSEST)
        raster = Raster.around(corners, widest, cell)
    if radius / cell < COARSEST * (1 - 1e-9):
        raise InputError("error.density.coarse", cell=round(cell), most=round(radius / COARSEST))
    if raster.rows * raster.columns > MOST_CELLS:
        raise InputError("error.density.fine", cells=raster.rows * raster.columns, most=MOST_CELLS)
    return raster
