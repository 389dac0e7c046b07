"""Where each row is: point, administrative unit and precision.

Never more exact than what the file says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.formats.units import unit_codes
from geo.formats.values.coordinates import (
    EASTINGS,
    LAT_RANGE,
    LON_RANGE,
    NORTHINGS,
    Position,
    from_metres,
    parse_position,
    system_of,
)
from geo.formats.values.numbers import parse_degrees, parse_number
from geo.formats.values.problem import ValueProblemError
from geo.formats.work import Work, as_text
from geo.measure import distances_m
from geo.model.vocabulary import Precision
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.formats.raw import Cell

# Gates and the houses beside them stand on the border itself.
BORDER_TOLERANCE_M = 3_000.0
# The basemap's province borders are approximate: a point a little outside is no question, nor is
# one
# farther outside whose district has its centre, or the file's other rows of its commune, near.
PROVINCE_TOLERANCE_DEGREES = 0.03
DISTRICT_REACH_M = 40_000.0
_ENOUGH_ROWS = 5
OTHER_PROVINCE = "import.reason.other_province"
_NEAR_ZERO = 0.01
LEVELS = {8: Precision.VILLAGE, 6: Precision.COMMUNE, 4: Precision.DISTRICT}


@dataclass(slots=True)
class Where:
    """Where the rows are.

    Attributes:
        lon: Degrees, or None.
        lat: Degrees, or None.
        accuracy_m: Of the position, or None.
        admin_code: NCDD code of the smallest unit known, or empty.
        precision: How exactly the place is known.
        asked: Whether the file has coordinates at all, so that none in a row is a gap.
    """

    lon: list[float | None]
    lat: list[float | None]
    accuracy_m: list[float | None]
    admin_code: list[str]
    precision: list[Precision]
    asked: bool


def located(work: Work) -> Where:
    """Find point and unit of every row; what cannot stand fails its row."""
    lon: list[float | None] = [None] * work.n
    lat: list[float | None] = [None] * work.n
    # A form whose pin was set by hand says 0: that is no measurement.
    accuracy = [metres or None for metres in work.parsed("accuracy_m", parse_number, None)]
    asked = work.raw.has_geometry
    if work.raw.has_geometry:
        system = system_of(work.mapping.crs)
        for i, (x, y) in enumerate(zip(work.raw.lon, work.raw.lat, strict=True)):
            if x is None or y is None:
                continue
            if _are_metres(x, y):
                # A file without its .prj, or one that forgot to say its system.
                _from_metre_columns(work, i, x, y, system, lon, lat)
            else:
                lon[i], lat[i] = _in_order(work, i, x, y)
    if work.has("coordinate"):
        asked = True
        _from_text(work, lon, lat, accuracy)
    for east, north in (("lon", "lat"), ("easting", "northing")):
        if work.has(east) and work.has(north):
            asked = True
            _from_columns(work, lon, lat, east, north)
    _check_points(work, lon, lat)
    codes = unit_codes(work, [x is not None for x in lon])
    _check_provinces(work, lon, lat, codes)
    precision = [
        Precision.POINT if x is not None else LEVELS.get(len(code), Precision.UNKNOWN)
        for x, code in zip(lon, codes, strict=True)
    ]
    return Where(lon, lat, accuracy, codes, precision, asked)


def _from_text(
    work: Work,
    lon: list[float | None],
    lat: list[float | None],
    accuracy: list[float | None],
) -> None:
    systems = work.texts("crs") if work.has("crs") else [""] * work.n
    for i, cell in work.each(work.cells("coordinate")):
        if cell is None or lon[i] is not None:
            continue
        try:
            place = parse_position(as_text(cell), systems[i] or work.mapping.crs)
        except ValueProblemError as problem:
            work.fail(
                i,
                "coordinate",
                problem.code,
                value=cell,
                ask=problem.ask,
                proposal=problem.proposal,
            )
            continue
        if place is None:
            continue
        if place.swapped and work.has("lat"):
            # The columns beside it say which axis is which, and the text contradicts them.
            _ask_swapped(work, i, "coordinate", cell, place)
        elif place.swapped:
            work.mend(i, "coordinate", "import.repair.swapped", cell)
        lon[i], lat[i] = place.lon, place.lat
        if accuracy[i] is None:
            accuracy[i] = place.accuracy_m


def _from_columns(
    work: Work, lon: list[float | None], lat: list[float | None], east: str, north: str
) -> None:
    parser = parse_degrees if east == "lon" else parse_number
    xs = work.parsed(east, parser, None)
    ys = work.parsed(north, parser, None)
    exchanged = work.mapping.swap_axes and east == "lon"
    if exchanged:
        xs, ys = ys, xs
    systems = [
        system_of(said or work.mapping.crs)
        for said in (work.texts("crs") if work.has("crs") else [""] * work.n)
    ]
    failed = [bool(p) and any(q.field in {east, north} for q in p) for p in work.problems]
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if lon[i] is not None or failed[i] or (x is None and y is None):
            continue
        if x is None or y is None:
            work.fail(i, north if y is None else east, "import.reason.half_position", ask=True)
            continue
        if abs(x) > 180 or abs(y) > 180:  # noqa: PLR2004 - degrees
            _from_metre_columns(work, i, x, y, systems[i], lon, lat)
        else:
            lon[i], lat[i] = _in_order(work, i, x, y, north)
            if exchanged:
                work.mend(i, north, "import.repair.swapped", f"{x} {y}")


def _are_metres(x: float, y: float) -> bool:
    least, most = min(x, y), max(x, y)
    return EASTINGS[0] <= least <= EASTINGS[1] and NORTHINGS[0] <= most <= NORTHINGS[1]


def _from_metre_columns(
    work: Work,
    i: int,
    x: float,
    y: float,
    system: str,
    lon: list[float | None],
    lat: list[float | None],
) -> None:
    name = "coordinate" if "coordinate" in work.mapping.columns else "lat"
    if work.raw.has_geometry:
        name = "geometry"
    easting, northing = min(x, y), max(x, y)
    if not _are_metres(x, y):
        work.fail(i, name, "import.reason.metres", value=f"{x} {y}")
        return
    try:
        place = from_metres(easting, northing, system)
    except ValueProblemError as problem:
        work.fail(
            i, name, problem.code, value=f"{x} {y}", ask=problem.ask, proposal=problem.proposal
        )
        return
    lon[i], lat[i] = place.lon, place.lat


def _in_order(
    work: Work, i: int, x: float, y: float, name: str = "geometry"
) -> tuple[float, float]:
    if LON_RANGE[0] <= y <= LON_RANGE[1] and LAT_RANGE[0] <= x <= LAT_RANGE[1]:
        _ask_swapped(work, i, name, f"{y} {x}", Position(y, x))
        return y, x
    return x, y


def _ask_swapped(work: Work, i: int, name: str, value: Cell, place: Position) -> None:
    work.fail(
        i,
        name,
        "import.reason.swapped",
        value=value,
        ask=True,
        proposal=f"{place.lon:.5f} {place.lat:.5f}",
    )


def _check_points(work: Work, lon: list[float | None], lat: list[float | None]) -> None:
    """Fail rows whose point is no place, or none in Cambodia.

    The mask is taken for all rows at once.
    """
    xs = np.array([math.nan if x is None else x for x in lon])
    ys = np.array([math.nan if y is None else y for y in lat])
    known = np.array([x is not None for x in lon], dtype=bool)
    finite = np.isfinite(xs) & np.isfinite(ys)
    inside = np.zeros(work.n, dtype=bool)
    inside[finite] = work.gazetteer.in_cambodia_mask(
        xs[finite], ys[finite], tolerance_m=BORDER_TOLERANCE_M
    )
    name = (
        "coordinate"
        if work.has("coordinate")
        else ("lat" if work.has("lat") and not work.raw.has_geometry else "geometry")
    )
    for i in np.flatnonzero(known & ~inside).tolist():
        value = f"{ys[i]} {xs[i]}"
        lon[i] = lat[i] = None
        if not finite[i]:
            work.fail(i, name, "import.reason.not_a_number", value=value)
        elif abs(xs[i]) < _NEAR_ZERO and abs(ys[i]) < _NEAR_ZERO:
            work.fail(i, name, "import.reason.zero", value=value)
        elif abs(xs[i]) > 180 or abs(ys[i]) > 90:  # noqa: PLR2004 - degrees
            work.fail(i, name, "import.reason.metres", value=value)
        else:
            work.fail(i, name, "import.reason.outside", value=value)


def _check_provinces(
    work: Work, lon: list[float | None], lat: list[float | None], codes: list[str]
) -> None:
    """Make a row wait whose point lies far from the province that its code names."""
    areas = Territory.load().provinces
    by_province: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        if code and lon[i] is not None:
            by_province.setdefault(code[:2], []).append(i)
    for province, rows in by_province.items():
        if province not in areas:
            continue
        shapely.prepare(areas[province])
        xs = np.array([lon[i] for i in rows], dtype=float)
        ys = np.array([lat[i] for i in rows], dtype=float)
        outside = np.flatnonzero(~shapely.contains_xy(areas[province], xs, ys))
        far = shapely.distance(areas[province], shapely.points(xs[outside], ys[outside]))
        doubtful = outside[far > PROVINCE_TOLERANCE_DEGREES].tolist()
        by_commune: dict[str, list[int]] = {}
        for k in doubtful:
            by_commune.setdefault(codes[rows[k]][:6], []).append(k)
        for commune, ks in by_commune.items():
            middle = _middle(work, lon, lat, codes, commune)
            points = np.column_stack((xs[ks], ys[ks]))
            apart = (
                distances_m(points, np.broadcast_to(middle, points.shape))
                if middle
                else np.full(len(ks), np.inf)
            )
            for k in np.asarray(ks)[apart > DISTRICT_REACH_M].tolist():
                i = rows[k]
                value = codes[i]
                if (i, OTHER_PROVINCE) in work.existing.settled:
                    # A person said that the point is right: its province is all that is known.
                    codes[i] = work.gazetteer.province_at(float(xs[k]), float(ys[k])) or ""
                work.fail(i, "commune_code", OTHER_PROVINCE, value=value, ask=True)


def _middle(
    work: Work, lon: list[float | None], lat: list[float | None], codes: list[str], commune: str
) -> tuple[float, float] | None:
    """Return where a commune is, as far as known: its district's centre, else its rows' median."""
    centre = work.gazetteer.centre(commune[:4])
    if centre is not None:
        return centre
    rows = [k for k, c in enumerate(codes) if c[:6] == commune and lon[k] is not None]
    if len(rows) < _ENOUGH_ROWS:
        return None
    return (
        float(np.median([lon[k] or 0 for k in rows])),
        float(np.median([lat[k] or 0 for k in rows])),
    )
