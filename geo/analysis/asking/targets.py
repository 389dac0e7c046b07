"""What a place in a question means on the ground: a border, crossings, a site, zones, a unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_utm
from geo.edit.merging import live_sites
from geo.errors import InputError
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import Precision, ZoneState
from geo.question.form import Place
from geo.territory import Territory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from geo.question.form import Near

PROVINCE_DIGITS: Final = 2
VILLAGE_M: Final = 800.0
"""Metres of doubt around a crossing whose point is the village's and not the gate's."""


@dataclass(frozen=True)
class Target:
    """What something is near to or within.

    Attributes:
        shape: In metres of UTM zone 48.
        doubt_m: How far off the shape itself may be.
        code: NCDD code of a unit, which decides before any outline does; empty for others.
        site_id: The site itself, which is not near to itself.
        approximate: Its outline or point is not official.
    """

    shape: BaseGeometry
    doubt_m: float = 0.0
    code: str = ""
    site_id: str = ""
    approximate: bool = False

    @cached_property
    def prepared(self) -> BaseGeometry:
        """The shape, prepared for many points."""
        shapely.prepare(self.shape)
        return self.shape

    def reaches_all(self, area: BaseGeometry, metres: float) -> bool:
        """Tell whether every point of an area lies within a distance.

        Its corners are looked at first: of most areas one of them is too far.
        """
        corners = shapely.points(shapely.get_coordinates(area))
        if not shapely.dwithin(self.prepared, corners, metres).all():
            return False
        west, south, east, north = area.bounds
        near = shapely.clip_by_rect(
            self.shape, west - metres, south - metres, east + metres, north + metres
        )
        return bool(shapely.covers(shapely.buffer(near, metres) if metres else near, area))


class Units:
    """Outlines of units in metres of UTM zone 48, the plan's own before approximate ones."""

    def __init__(self, plan: PlanRows) -> None:
        """Read which outlines the plan has; each is decoded when it is first asked for."""
        table = plan.table(Kind.ADMIN_UNIT)
        self._rows = {str(c): i for i, c in enumerate(table["code"]) if table[AREA_COLUMN][i]}
        self._table = table
        self._known: dict[str, tuple[BaseGeometry, bool] | None] = {}

    def of(self, code: str) -> tuple[BaseGeometry, bool] | None:
        """Return the outline of a unit and whether it is approximate, or None."""
        if code not in self._known:
            self._known[code] = self._made(code)
        return self._known[code]

    def holding(self, code: str) -> tuple[BaseGeometry, bool] | None:
        """Return the outline of a unit, else of the smallest one above it that has one."""
        for digits in range(len(code), 0, -PROVINCE_DIGITS):
            found = self.of(code[:digits])
            if found is not None:
                return found
        return None

    def _made(self, code: str) -> tuple[BaseGeometry, bool] | None:
        row = self._rows.get(code)
        if row is not None:
            outline = shapely.from_wkb(self._table[AREA_COLUMN][row])
            return on_plane(outline), bool(self._table["approximate"][row])
        province = Territory.load().provinces.get(code)
        return (on_plane(province), True) if province is not None else None


def on_plane(shape: BaseGeometry) -> BaseGeometry:
    """Return a geometry of lon/lat degrees in metres of UTM zone 48."""
    made: BaseGeometry = shapely.transform(shape, to_utm)
    return made


def target_of(plan: PlanRows, condition: Near, units: Units) -> Target | None:
    """Return what a condition means, or None if the plan has none of it (no zone, no crossing).

    Raises:
        InputError: There is no such crossing, site, zone or unit, several have the name, or nobody
            knows where it is.
    """
    if condition.near is Place.BORDER:
        return _border(condition.which)
    if condition.near is Place.UNIT:
        found = units.of(condition.which)
        if found is None and condition.metres:
            raise InputError("error.ask.no_outline", unit=condition.which)
        shape, approximate = found or (shapely.Polygon(), False)
        return Target(shape, code=condition.which, approximate=approximate)
    if condition.near is Place.ZONE:
        return _zones(plan.table(Kind.ZONE), condition.which)
    if condition.near is Place.SITE:
        return _site(plan.table(Kind.SITE), condition.which)
    return _crossings(plan.table(Kind.CROSSING), condition.which)


class _Row(NamedTuple):
    names: tuple[str, ...]
    alive: NDArray[np.bool_]


def _rows_of(table: Table, which: str, columns: _Row) -> list[int]:
    """Return the row of an id, else of a code or name; every living row of nothing."""
    if not which:
        return list(np.flatnonzero(columns.alive))
    if which in table:
        return [table.index[which]]
    same = np.zeros(len(table), dtype=bool)
    for name in columns.names:
        same |= table[name] == which
    found = np.flatnonzero(same & columns.alive)
    if len(found) != 1:
        code = "error.ask.several" if len(found) else "error.ask.no_such"
        raise InputError(code, name=which)
    return [int(found[0])]


def _border(neighbour: str) -> Target:
    borders = Territory.load().borders
    lines = [line for key, line in borders.items() if neighbour in {"", key}]
    return Target(on_plane(shapely.union_all(lines) if len(lines) > 1 else lines[0]))


def _zones(table: Table, which: str) -> Target | None:
    alive = np.array([s != ZoneState.CANCELLED.value for s in table["state"]], dtype=bool)
    rows = _rows_of(table, which, _Row(("name",), alive))
    areas = [shapely.from_wkb(table[AREA_COLUMN][i]) for i in rows if table[AREA_COLUMN][i]]
    return Target(on_plane(shapely.union_all(areas))) if areas else None


def _site(table: Table, which: str) -> Target:
    columns = _Row(("code", "name_en", "name_km", "name_zh"), live_sites(table))
    (row,) = _rows_of(table, which, columns)
    lon, lat = float(table["lon"][row]), float(table["lat"][row])
    if table["precision"][row] != Precision.POINT.value or not np.isfinite(lon + lat):
        raise InputError("error.ask.no_point", name=which)
    doubt = float(table["accuracy_m"][row] or 0.0)
    return Target(_points([(lon, lat)]), doubt_m=doubt, site_id=str(table.ids[row]))


def _crossings(table: Table, which: str) -> Target | None:
    alive = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    rows = _rows_of(table, which, _Row(("name_en", "name_km"), alive))
    if which and not alive[rows].all():
        raise InputError("error.ask.no_point", name=which)
    if not rows:
        return None
    # Of several the doubt of the worst one: which is nearest is not asked for.
    rough = any(bool(table["approximate"][i]) for i in rows)
    lonlat = [(float(table["lon"][i]), float(table["lat"][i])) for i in rows]
    return Target(_points(lonlat), doubt_m=VILLAGE_M if rough else 0.0, approximate=rough)


def _points(lonlat: list[tuple[float, float]]) -> BaseGeometry:
    return shapely.MultiPoint(to_utm(np.array(lonlat)))
