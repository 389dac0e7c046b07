"""Where a unit of the gazetteer lies, for whoever wants to be shown it.

By the outline that the plan has, else by what the gazetteer knows, else by the unit above it: and
then it is said, because a village that nobody can place must not look as if it had been found.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import shapely

from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer, Hit, Unit
    from geo.model.table import Table
    from geo.project import Project

Bounds = tuple[float, float, float, float]

REACH_KM = {
    AdminLevel.PROVINCE: 60.0,
    AdminLevel.DISTRICT: 20.0,
    AdminLevel.COMMUNE: 6.0,
    AdminLevel.VILLAGE: 2.0,
}
PLACE_KM = 3.0
KM_OF_DEGREE = 111.0


class UnitPlaces:
    """Finds the part of the map that shows a place."""

    def __init__(self) -> None:
        self._table: Table | None = None
        self._rows: dict[str, int] = {}
        self._gazetteer: Gazetteer | None = None

    def follow(self, project: Project | None, gazetteer: Gazetteer) -> None:
        """Look into the plan as it is now."""
        self._gazetteer = gazetteer
        table = project.table(Kind.ADMIN_UNIT) if project is not None else None
        if table is not self._table:
            codes = table["code"] if table is not None else ()
            self._table, self._rows = table, {str(c): i for i, c in enumerate(codes)}

    def bounds_of(self, hit: Hit) -> tuple[Bounds | None, Unit | None]:
        """Return what to show (west, south, east, north in degrees), and of which unit.

        Returns:
            The unit is None where the place itself is shown; without any place, both are None.
        """
        found = self._outline(hit.code)
        if found is None and hit.kind == AdminLevel.PROVINCE and self._gazetteer is not None:
            found = self._gazetteer.extent(hit.code)
        if found is None and hit.lon is not None and hit.lat is not None:
            found = _around(hit.lon, hit.lat, _reach(hit.kind))
        if found is not None:
            return found, None
        for unit in hit.within:
            around = self._unit(unit)
            if around is not None:
                return around, unit
        return None, None

    def bounds_of_code(self, code: str) -> Bounds | None:
        """Return what to show of a unit by its code; if nobody knows where, of one above it."""
        if self._gazetteer is None:
            return None
        unit = self._gazetteer.unit(code)
        units = (unit, *self._gazetteer.parents(unit)) if unit is not None else ()
        found = (self._unit(each) for each in units)
        return next((bounds for bounds in found if bounds is not None), None)

    def _unit(self, unit: Unit) -> Bounds | None:
        outline = self._outline(unit.code)
        if outline is not None or self._gazetteer is None:
            return outline
        if unit.level is AdminLevel.PROVINCE:
            return self._gazetteer.extent(unit.code)
        centre = self._gazetteer.centre(unit.code)
        return None if centre is None else _around(*centre, _reach(unit.level))

    def _outline(self, code: str) -> Bounds | None:
        if not code or self._table is None or code not in self._rows:
            return None
        blob = self._table[AREA_COLUMN][self._rows[code]]
        if not blob:
            return None
        west, south, east, north = shapely.from_wkb(blob).bounds
        return west, south, east, north


def _reach(kind: str) -> float:
    return REACH_KM[AdminLevel(kind)] if kind in set(AdminLevel) else PLACE_KM


def _around(lon: float, lat: float, km: float) -> Bounds:
    high = km / KM_OF_DEGREE
    wide = high / cos(radians(lat))
    return lon - wide, lat - high, lon + wide, lat + high
