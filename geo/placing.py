"""Where a person puts something: read from what was typed, checked, and its unit found.

No unit is guessed from the nearest name: what holds the point is an outline that the plan has, and
else the province by its approximate outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo import crs
from geo.errors import InputError
from geo.model.entity import LonLat
from geo.model.vocabulary import AdminLevel
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.model.table import Table

_DEEPEST_FIRST = (
    AdminLevel.VILLAGE,
    AdminLevel.COMMUNE,
    AdminLevel.DISTRICT,
    AdminLevel.PROVINCE,
)
_LETTERS = str.maketrans("NEWSnews", "ENSWensw")
_PAIR_PARTS = 2
_GRID_PARTS = 3


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A point in Cambodia and what holds it.

    Attributes:
        point: Degrees.
        admin_code: NCDD code of the smallest unit whose outline holds it, or empty.
        approximate: The outline is not an official one.
    """

    point: LonLat
    admin_code: str
    approximate: bool


def look_at(units: Table, lon: float, lat: float) -> PlaceFound:
    """Return a point with the smallest unit that holds it; from any thread.

    Args:
        units: The plan's administrative units.
        lon: Degrees.
        lat: Degrees.

    Raises:
        InputError: It does not lie in Cambodia.
    """
    demand_inside(lon, lat)
    code, approximate = _unit_at(units, lon, lat)
    if not code:
        code, approximate = Territory.load().province_at(lon, lat) or "", True
    return PlaceFound(LonLat(lon, lat), code, approximate)


def demand_inside(lon: float, lat: float) -> None:
    """Refuse a point outside Cambodia; at the border and the coast a kilometre is let through.

    Raises:
        InputError: It lies outside.
    """
    if not inside(lon, lat):
        raise InputError("error.place.outside", position=crs.format_decimal(lon, lat))


def inside(lon: float, lat: float) -> bool:
    """Tell whether a point lies in Cambodia or within a kilometre of it."""
    return bool(Territory.load().contains(lon, lat))


def read_place(text: str) -> LonLat:
    """Read a position in Cambodia as people write it; see `crs.parse`.

    Raises:
        InputError: Not a position, or one outside Cambodia.
    """
    lon, lat = crs.parse(text)
    demand_inside(lon, lat)
    return LonLat(lon, lat)


def exchanged(text: str) -> str:
    """Return a position with its two numbers or letters exchanged if that puts it in Cambodia.

    Returns:
        The text to read instead, or empty if exchanging does not help.
    """
    parts = text.replace(",", " ").split()
    candidates = [text.translate(_LETTERS)]
    if len(parts) == _PAIR_PARTS:
        candidates.append(f"{parts[1]} {parts[0]}")
    elif len(parts) == _GRID_PARTS:
        candidates.append(f"{parts[0]} {parts[2]} {parts[1]}")
    for candidate in candidates:
        try:
            read_place(candidate)
        except InputError:
            continue
        return candidate
    return ""


def _unit_at(units: Table, lon: float, lat: float) -> tuple[str, bool]:
    """Return code and whether it is approximate of the smallest outlined unit at a point."""
    known = [i for i, outline in enumerate(units["geom"]) if outline]
    if not known:
        return "", False
    shapes = shapely.from_wkb([units["geom"][i] for i in known])
    holding = {known[i] for i in shapely.contains_xy(shapes, lon, lat).nonzero()[0]}
    for level in _DEEPEST_FIRST:
        for i in sorted(holding):
            if units["level"][i] == level.value:
                return str(units["code"][i]), bool(units["approximate"][i])
    return "", False
