"""What may lie in a zone: rows that are known by their village, commune or district only.

Such a row is an area, its unit's outline where the plan knows it, else a circle of a usual unit's
size. It may lie in every zone that this area touches, and it lies in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.gazetteer import Gazetteer
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from geo.territory import METRES_PER_DEGREE, PLANE, Territory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

RADIUS_M: Final = {
    Precision.VILLAGE.value: 800.0,
    Precision.COMMUNE.value: 4_500.0,
    Precision.DISTRICT.value: 14_000.0,
    Precision.UNKNOWN.value: 14_000.0,
}
"""What stands for a unit whose outline the plan does not know, as the map draws it."""
_OF_CODE: Final = {
    4: Precision.DISTRICT.value,
    6: Precision.COMMUNE.value,
    8: Precision.VILLAGE.value,
}
_PARENTS: Final = (6, 4, 2)
_PROVINCE_DIGITS: Final = 2
Key = tuple[str, str, float, float, float]


def may_lie(
    plan: PlanRows, table: Table, rows: NDArray[np.intp], zones: Sequence[BaseGeometry]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which rows may lie in which zones.

    Args:
        plan: Whose administrative units are known.
        table: Sites or allegations.
        rows: Positions of rows that are not known exactly, shape ``(n,)``.
        zones: Outlines, lon/lat degrees.

    Returns:
        Positions of zones and of rows, each of shape ``(m,)``, a pair for each touch.
    """
    outlines = _outlines(plan.table(Kind.ADMIN_UNIT))
    places: dict[Key, list[int]] = {}
    for row in rows:
        places.setdefault(_key(table, int(row)), []).append(int(row))
    areas, held = [], []
    for key, those in places.items():
        area = _area(key, outlines)
        if area is not None:
            areas.append(area)
            held.append(those)
    if not areas:
        none = np.zeros(0, dtype=np.intp)
        return none, none
    zone, place = shapely.STRtree(areas).query(np.asarray(zones), predicate="intersects")
    counts = [len(held[p]) for p in place]
    touched = [row for p in place for row in held[p]]
    return np.repeat(zone, counts), np.asarray(touched, dtype=np.intp)


def _key(table: Table, row: int) -> Key:
    lon, lat = float(table["lon"][row]), float(table["lat"][row])
    known = np.isfinite(lon) and np.isfinite(lat)
    return (
        str(table["admin_code"][row] or ""),
        str(table["precision"][row]),
        round(lon, 5) if known else np.inf,  # NaN is no key: it differs from itself
        round(lat, 5) if known else np.inf,
        float(table["accuracy_m"][row] or 0.0),
    )


def _area(key: Key, outlines: dict[str, bytes]) -> BaseGeometry | None:
    """Return where a row may be; one of which nothing at all is known is nowhere in particular."""
    code, precision, lon, lat, accuracy = key
    unit = _unit(code, outlines)
    if unit is not None:
        return unit
    if np.isfinite(lon):
        return _circle(lon, lat, max(RADIUS_M.get(precision, 0.0), accuracy))
    # A unit that nobody can place lies somewhere in the one above it: a larger doubt.
    above = (_unit(code[:length], outlines) for length in _PARENTS if length < len(code))
    return next((area for area in above if area is not None), None)


def _unit(code: str, outlines: dict[str, bytes]) -> BaseGeometry | None:
    if not code:
        return None
    if code in outlines:
        return shapely.from_wkb(outlines[code])
    if len(code) == _PROVINCE_DIGITS:
        return Territory.load().provinces.get(code)
    middle = Gazetteer.load().centre(code)
    if middle is None:
        return None
    precision = _OF_CODE.get(len(code), Precision.UNKNOWN.value)
    return _circle(*middle, RADIUS_M[precision])


def _circle(lon: float, lat: float, metres: float) -> BaseGeometry:
    circle = shapely.buffer(shapely.points(0.0, 0.0), metres / METRES_PER_DEGREE)
    return shapely.transform(circle, lambda xy: xy / PLANE + (lon, lat))


def _outlines(units: Table) -> dict[str, bytes]:
    return {
        str(code): blob
        for code, blob in zip(units["code"], units[AREA_COLUMN], strict=True)
        if blob
    }
