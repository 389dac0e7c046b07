"""Which unit each allegation lies in, and over which units what is known by an area is spread.

A position that may be off by more than its unit is large is an area too: a disc. A thousand of them
at the middle of a town would else be a hotspot there that nobody has reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.hotspots.locating import NOWHERE, beside, locator
from geo.analysis.split.coverage import totals
from geo.analysis.split.units import UnitKind
from geo.territory import PLANE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.evidence import Evidence
    from geo.analysis.hotspots.locating import Locator
    from geo.analysis.hotspots.units import HotUnits
    from geo.model.entity import Area

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

WHOLE: Final = 0.999
"""A place of which so much lies in one unit lies in that unit."""
COMMUNE_DIGITS: Final = 6
METRES_PER_DEGREE: Final = 111_320.0
SAMPLES: Final = 256
"""Places in a disc: a share is right to about a hundredth."""
AT_ONCE: Final = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each of m allegations is, as far as the units go.

    Attributes:
        unit: The unit that each surely lies in, or -1, shape ``(m,)``.
        area: The area over which each is spread instead, or -1, shape ``(m,)``.
        start: Where the units of each area begin in `cells`, shape ``(areas + 1,)``.
        cells: Units of the areas.
        share: How much of the area lies in each of them; together at most 1.
        count: How many units there are.
    """

    unit: IntArray
    area: IntArray
    start: IntArray
    cells: IntArray
    share: FloatArray
    count: int

    @property
    def anywhere(self) -> NDArray[np.bool_]:
        """Which lie in a unit or are spread over some."""
        found: NDArray[np.bool_] = (self.unit >= 0) | (self.area >= 0)
        return found

    def sure(self, weight: FloatArray) -> FloatArray:
        """Return the weight that surely lies in each unit, shape ``(count,)``."""
        here = self.unit >= 0
        return totals(self.unit[here], weight[here], self.count)

    def spread(self, weight: FloatArray) -> FloatArray:
        """Return the weight that is spread over each unit, shape ``(count,)``."""
        wide = self.area >= 0
        of_area = totals(self.area[wide], weight[wide], len(self.start) - 1)
        part = np.repeat(of_area, np.diff(self.start)) * self.share
        return totals(self.cells, part, self.count)

    def only(self, mask: NDArray[np.bool_]) -> Places:
        """Return the places of some of the allegations."""
        return Places(
            self.unit[mask], self.area[mask], self.start, self.cells, self.share, self.count
        )


def placed(
    said: Evidence, units: HotUnits, outlines: Mapping[str, Area], province: str = ""
) -> tuple[Places, Locator]:
    """Return where evidence lies among units, and what finds the unit of a position.

    Args:
        said: Only allegations with a place.
        units: Hexagons or communes.
        outlines: Of the units by which some are known, or of the units above them, by code.
        province: Code: what belongs to it and lies just beside the units counts to the nearest.
    """
    finder = locator(units)
    unit = np.full(len(said), NOWHERE, dtype=np.int64)
    exact = np.flatnonzero(said.placed)
    lonlat = np.column_stack([said.lon, said.lat])
    unit[exact] = finder.units_at(lonlat[exact])
    left = exact[(unit[exact] == NOWHERE) & np.strings.startswith(said.unit[exact], province)]
    if len(left) and province:
        unit[left] = beside(units, lonlat[left])
    area = np.full(len(said), NOWHERE, dtype=np.int64)
    wide = np.flatnonzero(said.area_only)
    codes, which = np.unique(said.unit[wide], return_inverse=True)
    start, cells, share = _areas(codes.tolist(), units, outlines)
    size = np.diff(start)
    area[wide] = np.where(size[which] > 0, which, NOWHERE) if len(wide) else NOWHERE
    single = np.full(len(codes), NOWHERE, dtype=np.int64)
    for number in np.flatnonzero(size).tolist():
        own = slice(start[number], start[number + 1])
        if share[own].max() >= WHOLE:
            single[number] = cells[own][share[own].argmax()]
    if len(wide):
        unit[wide] = single[which]
        area[wide[single[which] >= 0]] = NOWHERE
    vague = _vague(said, unit, units)
    if len(vague):
        area[vague], unit[vague] = len(codes) + np.arange(len(vague)), NOWHERE
        size, cell, part = _discs(lonlat[vague], said.accuracy_m[vague], finder, len(units))
        start = np.concatenate([start, start[-1] + np.cumsum(size)])
        cells, share = np.concatenate([cells, cell]), np.concatenate([share, part])
    return Places(unit, area, start, cells, share, len(units)), finder


def _vague(said: Evidence, unit: IntArray, units: HotUnits) -> IntArray:
    """Return which positions may be off by more than the radius of a disc as large as the unit."""
    there = np.flatnonzero(said.placed & (unit >= 0) & np.isfinite(said.accuracy_m))
    size = shapely.area(shapely.transform(units.outlines, lambda lonlat: lonlat * PLANE))
    radius = np.sqrt(size / np.pi) * METRES_PER_DEGREE
    return there[said.accuracy_m[there] > radius[unit[there]]]


def _discs(
    lonlat: FloatArray, accuracy_m: FloatArray, finder: Locator, count: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return how many units each disc touches, which these are, and the disc's share in each.

    Asked of even places all over the disc: cutting discs by outlines takes thirty times as long.
    """
    same, which = np.unique(np.column_stack([lonlat, accuracy_m]), axis=0, return_inverse=True)
    number = np.arange(SAMPLES) + 0.5
    far, angle = np.sqrt(number / SAMPLES), number * np.pi * (3.0 - np.sqrt(5.0))
    off = np.column_stack([np.cos(angle), np.sin(angle)]) * far[:, None]
    keys, many = [], []
    for first in range(0, len(same), AT_ONCE):
        some = same[first : first + AT_ONCE]
        reach = (some[:, 2:] / METRES_PER_DEGREE)[:, None, :]
        stretch = np.stack([1.0 / np.cos(np.radians(some[:, 1])), np.ones(len(some))], axis=-1)
        at = some[:, None, :2] + off * reach * stretch[:, None, :]
        unit = finder.units_at(at.reshape(-1, 2))
        disc = np.repeat(np.arange(first, first + len(some)), SAMPLES)
        key, held = np.unique(disc[unit >= 0] * count + unit[unit >= 0], return_counts=True)
        keys.append(key)
        many.append(held)
    disc, cell = np.divmod(np.concatenate(keys), count)
    share = np.concatenate(many) / SAMPLES
    touched = np.bincount(disc, minlength=len(same))
    begin, size = (np.cumsum(touched) - touched)[which], touched[which]
    row = np.arange(int(size.sum())) + np.repeat(begin - (np.cumsum(size) - size), size)
    return size, cell[row], share[row]


def _areas(
    codes: list[str], units: HotUnits, outlines: Mapping[str, Area]
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the units under each code's ground and the shares of it, as compressed rows."""
    known = {code: n for n, code in enumerate(units.ids)} if units.kind is UnitKind.COMMUNE else {}
    tree = shapely.STRtree(units.outlines)
    start, cells, shares = [0], [np.empty(0, dtype=np.int64)], [np.empty(0)]
    same: dict[int, tuple[IntArray, FloatArray]] = {}
    for code in codes:
        mine = known.get(code[:COMMUNE_DIGITS])
        outline = outlines.get(code)
        if mine is not None:
            cell, share = np.array([mine]), np.ones(1)
        elif outline is None:
            cell, share = np.empty(0, dtype=np.int64), np.empty(0)
        else:
            # Villages of one commune without an outline of their own share that of the commune.
            if id(outline) not in same:
                same[id(outline)] = _shares(units, tree, outline)
            cell, share = same[id(outline)]
        start.append(start[-1] + len(cell))
        cells.append(cell)
        shares.append(share)
    return np.array(start), np.concatenate(cells).astype(np.int64), np.concatenate(shares)


def _shares(units: HotUnits, tree: shapely.STRtree, outline: Area) -> tuple[IntArray, FloatArray]:
    shapely.prepare(outline)
    hit = np.sort(tree.query(outline, predicate="intersects")).astype(np.int64)
    inside = shapely.contains_properly(outline, units.outlines[hit])
    common = np.where(inside, shapely.area(units.outlines[hit]), 0.0)
    common[~inside] = shapely.area(shapely.intersection(units.outlines[hit[~inside]], outline))
    share = common / outline.area
    kept = share > 0
    return hit[kept], share[kept] / max(float(share.sum()), 1.0)
