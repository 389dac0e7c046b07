"""Which share of an area lies within another: what is known by a unit only counts by it.

The unit's ground is taken as equally likely everywhere. A unit whose outline nobody has loaded
counts over the one above it, so that never less ground is taken than the evidence allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import to_utm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.model.entity import Area

FloatArray = NDArray[np.float64]
Geometries = NDArray[np.object_]


def in_metres(geometries: Sequence[BaseGeometry] | Geometries) -> Geometries:
    """Return geometries in metres of UTM zone 48 (EPSG:32648), from lon/lat degrees."""
    given = np.empty(len(geometries), dtype=object)
    given[:] = list(geometries)
    made: Geometries = shapely.transform(given, to_utm)
    return made


def in_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry of UTM zone 48 metres in lon/lat degrees."""
    from geo.crs import from_utm

    made: BaseGeometry = shapely.transform(geometry, from_utm)
    return made


def shares_within(
    units: Sequence[str], outlines: Mapping[str, Area], areas: Sequence[BaseGeometry] | Geometries
) -> FloatArray:
    """Return the share of each unit's ground that lies within each area.

    Args:
        units: Codes, shape ``(n,)``.
        outlines: Of the units, or of the units above them, lon/lat degrees.
        areas: Metres of UTM zone 48, shape ``(m,)``.

    Returns:
        From 0 to 1, shape ``(n, m)``; 0 for a unit of which nobody knows an outline.
    """
    found = np.zeros((len(units), len(areas)))
    known = [code for code in dict.fromkeys(units) if code in outlines]
    if not known or not len(areas):
        return found
    grounds = in_metres([outlines[code] for code in known])
    grounds = np.asarray(shapely.make_valid(grounds))
    sizes = shapely.area(grounds)
    tree = shapely.STRtree(grounds)
    table = np.zeros((len(known), len(areas)))
    for number, area in enumerate(areas):
        near = tree.query(area, predicate="intersects")
        common = shapely.area(shapely.intersection(grounds[near], area))
        table[near, number] = common / sizes[near]
    place = {code: n for n, code in enumerate(known)}
    rows = np.array([place.get(code, -1) for code in units], dtype=np.int64)
    found[rows >= 0] = np.clip(table[rows[rows >= 0]], 0.0, 1.0)
    return found


def shares_of_discs(
    xy: FloatArray, radius_m: FloatArray, areas: Sequence[BaseGeometry] | Geometries
) -> FloatArray:
    """Return the share of each disc of doubt that lies within each area.

    Args:
        xy: Middles in metres of UTM zone 48, shape ``(n, 2)``.
        radius_m: Of each, above 0, shape ``(n,)``.
        areas: The same metres, shape ``(m,)``.

    Returns:
        From 0 to 1, shape ``(n, m)``.
    """
    found = np.zeros((len(xy), len(areas)))
    if not len(xy):
        return found
    discs = shapely.buffer(shapely.points(xy), radius_m)
    sizes = shapely.area(discs)
    for number, area in enumerate(areas):
        shapely.prepare(area)
        near = np.flatnonzero(shapely.intersects(discs, area))
        common = shapely.area(shapely.intersection(discs[near], area))
        found[near, number] = common / sizes[near]
    return found
