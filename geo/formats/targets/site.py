"""Sites. What a register says of their legality is kept as its claim, never as the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.formats.places import Where, located
from geo.formats.targets.visit import visits
from geo.formats.text import has_chinese, has_khmer
from geo.formats.values.numbers import parse_count
from geo.masking import mask
from geo.measure import distance_m
from geo.model.vocabulary import Activity, LegalStatus, Precision, SiteKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.formats.work import Work
    from geo.model.codec import Scalar

PREMISES_RADIUS_M = 3_000.0
"""A plantation may be as large as that; whatever is larger is a district of some sort."""
_DAY = len("2022-09-17")
_TRIAL = frozenset(("test", "test test", "testing", "xxx", "asdf", "តេស្ត", "សាកល្បង"))


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows as `codec.columns_of(Kind.SITE)` wants them.

    Bad rows' values do not matter.
    """
    names = _names(work)
    where = located(work)
    codes = work.texts("code")
    work.unique("code", codes, "import.reason.same_code")
    points = _footprints(work, where)
    for i in range(work.n):
        if where.lon[i] is None and not work.problems[i]:
            _without_point(work, i, where.admin_code[i], asked=where.asked)
    visited = work.dates("visited_on")
    columns = visits(work, visited)
    for i, day in enumerate(visited):
        if day is not None and day > work.existing.today:
            work.fail(i, "visited_on", "import.reason.future", value=day, ask=True)
    return {
        "code": list(codes),
        **names,
        "kind": [k.value for k in work.words("kind", SiteKind, SiteKind.OTHER)],
        "lon": list(where.lon),
        "lat": list(where.lat),
        "footprint": list(points),
        "precision": [
            Precision.POINT.value if x is not None else p.value
            for x, p in zip(where.lon, where.precision, strict=True)
        ],
        "accuracy_m": list(where.accuracy_m),
        "admin_code": list(where.admin_code),
        "address": [mask(a) for a in work.texts("address")],
        "capacity": list(work.parsed("capacity", parse_count, None)),
        "owner": [mask(o) for o in work.texts("owner")],
        "legal_status": [LegalStatus.UNVERIFIED.value] * work.n,
        "claimed_status": [mask(c) for c in work.texts("claimed_status")],
        "activity": [a.value for a in work.words("activity", Activity, Activity.OPERATING)],
        "visited_on": [
            day.isoformat() if day else (str(moment)[:_DAY] if moment else None)
            for day, moment in zip(visited, columns["_inspected_at"], strict=True)
        ],
        **columns,
    }


def _names(work: Work) -> dict[str, list[Scalar]]:
    km, en, zh = work.texts("name_km"), work.texts("name_en"), work.texts("name_zh")
    for i, name in enumerate(work.texts("name")):
        if not name:
            continue
        if has_khmer(name):
            km[i] = km[i] or name
        elif has_chinese(name):
            zh[i] = zh[i] or name
        else:
            en[i] = en[i] or name
    for i in range(work.n):
        if not (km[i] or en[i] or zh[i]):
            work.fail(i, "name", "import.reason.no_name", ask=True)
        elif (en[i] or km[i]).casefold().strip() in _TRIAL:
            work.fail(i, "name", "import.reason.trial", value=en[i] or km[i], ask=True)
    return {"name_km": list(km), "name_en": list(en), "name_zh": list(zh)}


def _footprints(work: Work, where: Where) -> list[bytes | None]:
    """Return the outlines; a site with an outline alone gets a point inside of it.

    An outline beyond any premises, such as a commune's, says how little is known of the place.
    """
    lon, lat = where.lon, where.lat
    outlines: list[bytes | None] = list(work.raw.areas)
    for i, wkb in enumerate(outlines):
        if wkb is None:
            continue
        area = shapely.from_wkb(wkb)
        if not shapely.is_valid(area):
            work.fail(i, "geometry", "import.reason.crosses_itself", ask=True)
            continue
        if lon[i] is None:
            inner = area.centroid if area.contains(area.centroid) else area.representative_point()
            if work.gazetteer.in_cambodia(inner.x, inner.y, tolerance_m=3000.0):
                lon[i], lat[i] = inner.x, inner.y
                radius = _radius_m(area)
                if radius > PREMISES_RADIUS_M:
                    where.accuracy_m[i] = max(radius, where.accuracy_m[i] or 0.0)
            else:
                work.fail(i, "geometry", "import.reason.outside")
    return outlines


def _radius_m(area: BaseGeometry) -> float:
    """Return half the diagonal of an area's bounds."""
    west, south, east, north = area.bounds
    return distance_m((west, south), (east, north)) / 2


def _without_point(work: Work, i: int, code: str, *, asked: bool) -> None:
    """Make a row without a point wait, unless the whole file has none and its unit is known."""
    name = (
        "coordinate" if work.has("coordinate") else ("geometry" if work.raw.has_geometry else "lat")
    )
    if not code:
        work.fail(i, name, "import.reason.no_place", ask=True)
    elif asked:
        work.fail(i, name, "import.reason.no_point", ask=True, proposal=code)
