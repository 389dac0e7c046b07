"""How much there is to do in each unit, and in each zone, part by part of the formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.split.coverage import FloatArray
from geo.analysis.split.weights import Part, Weights
from geo.crs import to_utm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.analysis.split.coverage import IntArray
    from geo.analysis.split.units import Units
    from geo.analysis.split.wanted import Demand
    from geo.model.entity import Area

COLUMNS: Final = tuple(Part)
AREA: Final = COLUMNS.index(Part.AREA)
OFF_COAST_M: Final = 1000.0
"""How far beside the units a site of the same province still counts: coasts, GPS, jetties."""
GRAIN: Final = 1e-6
"""Work is rounded to millionths of a point, so that sums are the same on every machine."""


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """The work of each unit.

    Attributes:
        work: Points by part of the workload (the order of `Part`), shape ``(units, 4)``.
        count: How many sites, allegations and allegations of people held now, and square
            kilometres; fractions where something is known by a wider area only. Shape
            ``(units, 4)``.
        wide: How many open allegations and sites are known by an area only and were spread over it.
        beside: How many with a position lie in no unit.
    """

    work: FloatArray
    count: FloatArray
    wide: float
    beside: int

    @property
    def total(self) -> FloatArray:
        """All parts together, shape ``(units,)``."""
        total: FloatArray = np.round(self.work.sum(axis=1) / GRAIN) * GRAIN
        return total

    def of_zones(self, zone: IntArray, count: int) -> tuple[FloatArray, FloatArray]:
        """Return work and counts of each zone by part, shape ``(count, 4)`` each."""
        work = np.zeros((count, len(COLUMNS)))
        number = np.zeros((count, len(COLUMNS)))
        inside = zone >= 0
        np.add.at(work, zone[inside], self.work[inside])
        np.add.at(number, zone[inside], self.count[inside])
        return work, number


def formula(weights: Weights) -> dict[str, float]:
    """Return the weights by name, for the display of the formula."""
    return {name: float(getattr(weights, name)) for name in Weights.__dataclass_fields__}


def measure(
    units: Units,
    demand: Demand,
    outlines: Mapping[str, Area],
    weights: Weights,
    province_code: str = "",
) -> Load:
    """Return the work of each unit.

    Args:
        units: See there.
        demand: What the plan holds.
        outlines: Of the codes in `demand.spread`.
        weights: Of a square kilometre; the others are in the demand already.
        province_code: What belongs to it and lies just beside the units counts to the nearest.
    """
    work = np.zeros((len(units.ids), len(COLUMNS)))
    count = np.zeros((len(units.ids), len(COLUMNS)))
    unit = _unit_of(units, demand, province_code)
    here = unit >= 0
    np.add.at(work, unit[here], demand.work[here])
    np.add.at(count, unit[here], demand.count[here])
    wide = 0.0
    tree = shapely.STRtree(units.outlines)
    # Where no communes are loaded, many of them have the outline of their district or province.
    same: dict[int, FloatArray] = {}
    for code, (its_work, its_count) in demand.spread.items():
        outline = outlines.get(code)
        if outline is None:
            continue
        if code in units.ids:  # a commune that is itself a unit
            share = np.zeros(len(units.ids))
            share[units.ids.index(code)] = 1.0
        else:
            if id(outline) not in same:
                same[id(outline)] = _shares(units, tree, outline)
            share = same[id(outline)]
        work += share[:, None] * its_work
        count += share[:, None] * its_count
        wide += float(its_count[:2].sum() * share.sum())
    work[:, AREA] = units.square_km * weights.square_km
    count[:, AREA] = units.square_km
    grains = np.round(work / GRAIN) * GRAIN
    return Load(grains, count, wide, int((~here).sum()))


def _shares(units: Units, tree: shapely.STRtree, outline: Area) -> FloatArray:
    """Return how much of an outline lies in each unit: what is known there is anywhere in it."""
    share = np.zeros(len(units.ids))
    shapely.prepare(outline)
    hit = np.sort(tree.query(outline, predicate="intersects"))
    common = shapely.area(units.outlines[hit])
    # Only at its edge is anything to be cut, which takes as long as the outline has corners.
    cut = ~shapely.contains_properly(outline, units.outlines[hit])
    common[cut] = shapely.area(shapely.intersection(units.outlines[hit[cut]], outline))
    share[hit] = common / outline.area
    return share


def _unit_of(units: Units, demand: Demand, province_code: str) -> IntArray:
    """Return the unit of each position, or -1."""
    unit = np.full(len(demand.lonlat), -1, dtype=np.int64)
    west, south, east, north = shapely.total_bounds(units.outlines)
    margin = OFF_COAST_M / 100_000
    near = np.flatnonzero(_inside(demand.lonlat, (west, south, east, north), margin))
    if not len(near):
        return unit
    points = shapely.points(demand.lonlat[near])
    # The tree is of the points: a query prepares what it asks with, here the many corners.
    hit, point = shapely.STRtree(np.asarray(points)).query(units.outlines, predicate="intersects")
    # On a common border: to the lower id, so that nothing counts twice.
    order = np.lexsort((-hit, point))
    unit[near[point[order]]] = hit[order]
    if province_code:
        mine = np.array([str(c).startswith(province_code) for c in demand.code[near]], dtype=bool)
        left = near[(unit[near] < 0) & mine]
        if len(left):
            unit[left] = _nearest(units, demand.lonlat[left])
    return unit


def _nearest(units: Units, lonlat: FloatArray) -> IntArray:
    metric = shapely.transform(units.outlines, to_utm)
    points = shapely.points(to_utm(lonlat))
    (query, hit), _ = shapely.STRtree(metric).query_nearest(
        points, max_distance=OFF_COAST_M, return_distance=True, all_matches=False
    )
    found = np.full(len(lonlat), -1, dtype=np.int64)
    found[query] = hit
    return found


def _inside(
    lonlat: FloatArray, bounds: tuple[float, float, float, float], margin: float
) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    x, y = lonlat[:, 0], lonlat[:, 1]
    within: NDArray[np.bool_] = (
        (x >= west - margin) & (x <= east + margin) & (y >= south - margin) & (y <= north + margin)
    )
    return within
