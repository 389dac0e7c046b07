"""What may lie in a zone: rows that are known by their village, commune or district only.

Such a row is an area, its unit's outline where the plan knows it, else a circle of a usual unit's
size. It may lie in every zone that this area touches, and it lies in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.gazetteer import Gazetteer
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from geo.territory import METRES_PER_DEGREE, PLANE, Territory

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_PIECE: Final = 5_000
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


class Around(NamedTuple):
    """A circle that stands for a unit or a place: its middle in degrees, its radius in metres."""

    lon: float
    lat: float
    metres: float


def may_lie(
    plan: PlanRows, table: Table, rows: NDArray[np.intp], zones: Sequence[BaseGeometry]
) -> Pairs:
    """Return which rows may lie in which zones; one of which nothing is known is in none.

    Args:
        plan: Whose administrative units are known.
        table: Sites or allegations.
        rows: Positions of rows that are not known exactly, shape ``(n,)``.
        zones: Outlines, lon/lat degrees.

    Returns:
        Positions of zones and of rows, each of shape ``(m,)``, a pair for each touch.
    """
    codes, of_code = np.unique(table["admin_code"][rows].astype(str), return_inverse=True)
    outlines = _outlines(plan.table(Kind.ADMIN_UNIT))
    units = [_unit(str(code), outlines) for code in codes]
    alone = np.array([unit is None for unit in units], dtype=np.bool_)[of_code]
    placed = np.isfinite(table["lon"][rows]) & np.isfinite(table["lat"][rows])
    # A unit that nobody can place lies somewhere in the one above it: a larger doubt.
    meant = [u or _above(str(c), outlines) for c, u in zip(codes, units, strict=True)]
    found = [_by_point(table, rows[alone & placed], zones)]
    by_unit = np.flatnonzero(~alone | ~placed)
    for zone, code in zip(*_touching(meant, zones), strict=True):
        touched = rows[by_unit[of_code[by_unit] == code]]
        found.append((np.full(len(touched), zone, dtype=np.intp), touched))
    zone_of, row_of = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return zone_of, row_of


def _touching(
    units: Sequence[BaseGeometry | Around | None], zones: Sequence[BaseGeometry]
) -> Pairs:
    """Return positions of zones and of units, a pair for each touch."""
    drawn = [(i, u) for i, u in enumerate(units) if not (u is None or isinstance(u, Around))]
    circles = [(i, u) for i, u in enumerate(units) if isinstance(u, Around)]
    shapes = np.empty(len(drawn), dtype=object)
    shapes[:] = [u for _, u in drawn]
    shape, zone = shapely.STRtree(zones).query(shapes, predicate="intersects")
    middles = np.array([u for _, u in circles], dtype=np.float64).reshape(-1, 3)
    near, circle = _within(middles, zones)
    unit = np.array([i for i, _ in drawn], dtype=np.intp)[shape]
    middle = np.array([i for i, _ in circles], dtype=np.intp)[circle]
    return np.concatenate((zone, near)), np.concatenate((unit, middle))


def _by_point(table: Table, rows: NDArray[np.intp], zones: Sequence[BaseGeometry]) -> Pairs:
    """Return the touches of rows whose unit nobody can place, by the point that they have."""
    usual = np.zeros(len(rows))
    for precision, metres in RADIUS_M.items():
        usual[table["precision"][rows] == precision] = metres
    said = table["accuracy_m"][rows].astype(np.float64)  # None becomes NaN
    circles = np.column_stack((table["lon"][rows], table["lat"][rows], np.fmax(usual, said)))
    zone, row = _within(circles, zones)
    return zone, rows[row]


def _within(circles: NDArray[np.float64], zones: Sequence[BaseGeometry]) -> Pairs:
    """Return positions of zones and of circles, shape ``(n, 3)``, that touch them."""
    plane = shapely.STRtree(shapely.transform(np.asarray(zones), lambda xy: xy * PLANE))
    touches = [np.zeros((2, 0), dtype=np.intp)]
    for start in range(0, len(circles), _PIECE):
        piece = circles[start : start + _PIECE]
        touch = plane.query(
            shapely.points(piece[:, :2] * PLANE),
            predicate="dwithin",
            distance=piece[:, 2] / METRES_PER_DEGREE,
        )
        touches.append(touch + np.array([[start], [0]]))
    circle, zone = np.concatenate(touches, axis=1)
    return zone, circle


def _above(code: str, outlines: dict[str, bytes]) -> BaseGeometry | Around | None:
    units = (_unit(code[:length], outlines) for length in _PARENTS if length < len(code))
    return next((unit for unit in units if unit is not None), None)


def _unit(code: str, outlines: dict[str, bytes]) -> BaseGeometry | Around | None:
    if not code:
        return None
    if code in outlines:
        return shapely.from_wkb(outlines[code])
    if len(code) == _PROVINCE_DIGITS:
        return Territory.load().provinces.get(code)
    middle = Gazetteer.load().centre(code)
    if middle is None:
        return None
    return Around(*middle, RADIUS_M[_OF_CODE.get(len(code), Precision.UNKNOWN.value)])


def _outlines(units: Table) -> dict[str, bytes]:
    return {
        str(code): blob
        for code, blob in zip(units["code"], units[AREA_COLUMN], strict=True)
        if blob
    }
