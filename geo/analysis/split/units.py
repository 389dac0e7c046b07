"""The small areas that a split moves: communes where their outlines are known, else H3 hexagons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import h3
import numpy as np
import shapely

from geo.analysis.hexagons import cell_outlines, covering, resolution_for
from geo.analysis.split.coverage import (
    Borders,
    FloatArray,
    Geometries,
    IntArray,
    borders,
    cut,
    joined,
    largest_of,
    owners,
)
from geo.analysis.split.links import Links, linked
from geo.crs import to_utm
from geo.errors import InputError
from geo.measure import area_m2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model.entity import Area

FEWEST: Final = 300
"""Hexagons that a split should have at least; one resolution is seven times as fine as the next."""
CRUMB: Final = 0.1
"""A piece of a hexagon smaller than this share of it is no unit of its own."""
SNAP_DEGREES: Final = 1e-7
"""About a centimetre: vertices of two communes that should be one and are not quite."""


class UnitKind(StrEnum):
    """What the units are; ids of communes have six digits, those of H3 cells fifteen."""

    COMMUNE = "commune"
    HEXAGON = "hexagon"


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of an area in the order of their ids.

    Attributes:
        kind: Communes or hexagons.
        ids: Commune codes or H3 cells.
        outlines: Lon/lat degrees, edges exactly shared, shape ``(n,)``.
        borders: Who shares an edge with whom.
        links: Pairs that belong together although water or land of others lies between them.
        square_km: Area on the ellipsoid, shape ``(n,)``.
        centres: Middles in metres of UTM zone 48, shape ``(n, 2)``.
    """

    kind: UnitKind
    ids: tuple[str, ...]
    outlines: Geometries
    borders: Borders
    links: Links
    square_km: FloatArray
    centres: FloatArray

    def neighbours(self) -> list[list[int]]:
        """Return the positions of the units beside each one, links included, in order."""
        near: list[list[int]] = [[] for _ in self.ids]
        for a, b in np.concatenate([self.borders.pairs, self.links.pairs]).tolist():
            near[a].append(b)
            near[b].append(a)
        return [sorted(others) for others in near]


def hexagons(area: Area, fewest: int = FEWEST, resolution: int | None = None) -> Units:
    """Return hexagons of the coarsest size of which at least `fewest` lie in the area.

    Args:
        area: The area.
        fewest: See above.
        resolution: Take hexagons of this size instead.

    Raises:
        InputError: The area is empty.
    """
    if area_m2(area) <= 0:
        raise InputError("error.split.no_area")
    size_of = resolution_for(area, fewest) if resolution is None else resolution
    cells = covering(area, size_of)
    pieces = cut(cell_outlines(cells), [area])
    size = shapely.area(pieces.outlines)
    full = shapely.area(cell_outlines(cells))[pieces.cell]
    main = largest_of(pieces.cell, size) & (size >= CRUMB * full)
    return _units(UnitKind.HEXAGON, cells, pieces.outlines, owners(pieces, main))


def communes(outlines: Mapping[str, Area], area: Area | None = None) -> Units:
    """Return communes as units.

    Args:
        outlines: By their codes, as the plan knows them.
        area: Cut to this area; None takes the communes as they are.

    Raises:
        InputError: Nothing of them lies in the area.
    """
    codes = sorted(outlines)
    cells = clean([outlines[code] for code in codes])
    if area is None:
        return _units(UnitKind.COMMUNE, codes, cells, np.arange(len(codes)))
    pieces = cut(cells, [area])
    if not len(pieces.outlines):
        raise InputError("error.split.no_area")
    main = largest_of(pieces.cell, shapely.area(pieces.outlines))
    return _units(UnitKind.COMMUNE, codes, pieces.outlines, owners(pieces, main))


def units_of_zones(
    zones: Sequence[tuple[Area, Sequence[str]]], outlines: Mapping[str, Area]
) -> tuple[Units, IntArray]:
    """Return the units that zones are made of, and the zone of each.

    What a hand has changed at a zone since is respected: its units fill its outline exactly.

    Args:
        zones: Outline and unit ids of each.
        outlines: Of the communes among them, by code.

    Raises:
        InputError: A zone has no unit or an unknown one, or one unit is in two zones.
    """
    ids = [unit for _, units in zones for unit in units]
    if len(set(ids)) != len(ids) or not all(units for _, units in zones):
        raise InputError("error.split.not_of_units")
    hexagonal = all(h3.is_valid_cell(unit) for unit in ids)
    if not hexagonal and not all(unit in outlines for unit in ids):
        raise InputError("error.split.not_of_units")
    ids.sort()
    cells = cell_outlines(ids) if hexagonal else clean([outlines[code] for code in ids])
    pieces = cut(cells, [outline for outline, _ in zones], rest=True)
    zone_of_unit = {unit: z for z, (_, units) in enumerate(zones) for unit in units}
    own = np.array([zone_of_unit[unit] for unit in ids], dtype=np.int64)
    mine = (pieces.cell >= 0) & (own[pieces.cell] == pieces.area)
    apart = np.where(mine, pieces.cell, -1 - np.arange(len(mine)))
    main = mine & largest_of(apart, shapely.area(pieces.outlines))
    owner = owners(pieces, main)
    kind = UnitKind.HEXAGON if hexagonal else UnitKind.COMMUNE
    units = _units(kind, ids, pieces.outlines, owner)
    return units, np.array([zone_of_unit[unit] for unit in units.ids], dtype=np.int64)


def clean(outlines: Sequence[Area]) -> Geometries:
    """Return outlines whose common edges have the same vertices, without overlaps."""
    given = np.empty(len(outlines), dtype=object)
    given[:] = outlines
    if len(given) < 2 or shapely.coverage_is_valid(given):  # noqa: PLR2004 - two make a border
        return given
    cleaned: Geometries = shapely.coverage_clean(  # type: ignore[attr-defined]
        given, gap_width=SNAP_DEGREES * 10, snapping_distance=SNAP_DEGREES
    )
    return cleaned


def _units(kind: UnitKind, ids: Sequence[str], pieces: Geometries, owner: IntArray) -> Units:
    present = np.unique(owner)
    made = np.empty(len(present), dtype=object)
    for position, cell in enumerate(present.tolist()):
        mine = pieces[owner == cell]
        parts = shapely.get_parts(mine)
        # A part that touches another of its own unit along an edge melts into it.
        made[position] = mine[0] if len(mine) == 1 else joined(parts)
    found = borders(made)
    centres = to_utm(shapely.get_coordinates(shapely.centroid(made)))
    return Units(
        kind=kind,
        ids=tuple(ids[cell] for cell in present.tolist()),
        outlines=made,
        borders=found,
        links=linked(made, found.pairs),
        square_km=np.array([area_m2(outline) / 1e6 for outline in made]),
        centres=centres,
    )
