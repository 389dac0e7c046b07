"""Areas of doubt: what is known only by its village, commune or district is an area, never a point.

Rows of one kind and one place share one area, which says how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer import Gazetteer
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from layers.basemap import province_outlines
from layers.features import is_exact, on_map
from layers.shapes import Shapes, rings_from_wkb
from layers.view import from_mercator, to_mercator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model.table import Table

UNIT_RADIUS_M = {
    Precision.VILLAGE: 800.0,
    Precision.COMMUNE: 4_500.0,
    Precision.DISTRICT: 14_000.0,
    Precision.UNKNOWN: 14_000.0,
}
"""What stands for a unit whose outline the plan does not know: a circle of a usual unit's size
(Cambodia's area by the number of its communes and districts)."""

PROVINCE_CODE_LENGTH = 2
_PRECISION_OF_CODE = {4: Precision.DISTRICT, 6: Precision.COMMUNE, 8: Precision.VILLAGE}


@dataclass(frozen=True, slots=True)
class Doubt:
    """An area somewhere in which things are said to be.

    Attributes:
        kind: Kind of the rows.
        ids: Their ids.
        x: Middle, EPSG:3857 metres.
        y: Middle, EPSG:3857 metres.
        radius: EPSG:3857 metres; what stands for the unit if `outline` is None.
        outline: The unit's outline, or None.
    """

    kind: Kind
    ids: tuple[str, ...]
    x: float
    y: float
    radius: float
    outline: Shapes | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    lon: float
    lat: float
    radius_m: float
    outline: Shapes | None = None


def doubts(table: Table, units: Table) -> tuple[Doubt, ...]:
    """Return the areas of doubt of the rows that are not known exactly.

    Args:
        table: Sites or allegations.
        units: Administrative units whose outlines the plan knows.
    """
    shown = ~is_exact(table)
    if table.kind is Kind.ALLEGATION:
        shown &= on_map(table)
    outlines = _outlines(units)
    grouped: dict[_Place, list[str]] = {}
    keyed: dict[tuple[object, ...], _Place | None] = {}
    for row in np.flatnonzero(shown):
        lon, lat = float(table["lon"][row]), float(table["lat"][row])
        code = table["admin_code"][row] or ""
        precision = Precision(table["precision"][row])
        accuracy = table["accuracy_m"][row] or 0.0
        key = (code, precision, round(lon, 5), round(lat, 5), accuracy)
        if key not in keyed:
            keyed[key] = _place(code, precision, (lon, lat), accuracy, outlines)
        place = keyed[key]
        if place is not None:
            grouped.setdefault(place, []).append(table.ids[row])
    return tuple(_doubt(table.kind, place, ids) for place, ids in grouped.items())


def _place(
    code: str,
    precision: Precision,
    point: tuple[float, float],
    accuracy: float,
    outlines: dict[str, _Place],
) -> _Place | None:
    known = bool(np.isfinite(point[0]) and np.isfinite(point[1]))
    if precision is Precision.POINT and known:
        return _Place(*point, accuracy)
    unit = _unit(code, outlines)
    if unit is not None:
        return unit
    if known:
        return _Place(*point, max(UNIT_RADIUS_M.get(precision, 0.0), accuracy))
    # A unit that nobody can place lies somewhere in the one above it: a larger doubt.
    parents = (_unit(code[:length], outlines) for length in (6, 4, 2) if length < len(code))
    return next((parent for parent in parents if parent is not None), None)


def _unit(code: str, outlines: dict[str, _Place]) -> _Place | None:
    """Return the place of a unit by its outline, else by the middle that the gazetteer knows."""
    if code in outlines:
        return outlines[code]
    if len(code) == PROVINCE_CODE_LENGTH and code in province_outlines():
        outline, lon, lat = province_outlines()[code]
        return _Place(lon, lat, 0.0, outline)
    middle = Gazetteer.load().centre(code) if code else None
    if middle is None:
        return None
    return _Place(*middle, UNIT_RADIUS_M[_PRECISION_OF_CODE.get(len(code), Precision.UNKNOWN)])


def _outlines(units: Table) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    pairs: Iterable[tuple[str, bytes | None]] = zip(units["code"], units[AREA_COLUMN], strict=True)
    for code, blob in pairs:
        if not blob:
            continue
        shapes = Shapes.of([rings_from_wkb(blob)])
        box = shapes.bounds_of(0)
        if box is not None:
            lon, lat = _lonlat((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            found[code] = _Place(lon, lat, 0.0, shapes)
    return found


def _lonlat(x: float, y: float) -> tuple[float, float]:
    lon, lat = from_mercator(x, y)
    return float(lon), float(lat)


def _doubt(kind: Kind, place: _Place, ids: list[str]) -> Doubt:
    x, y = to_mercator(place.lon, place.lat)
    radius = place.radius_m / cos(radians(place.lat))
    return Doubt(kind, tuple(ids), float(x), float(y), radius, place.outline)
