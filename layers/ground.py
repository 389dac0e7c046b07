"""What of the plan a place on the map belongs to: its zone, its unit, and what an outline holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel
from layers import content
from layers.clip import contains
from layers.inside import count_inside
from layers.shapes import Shapes, rings_from_wkb
from layers.view import from_mercator, to_mercator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.table import Table
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

Ring = list[tuple[float, float]]
LEVELS: Final = (AdminLevel.COMMUNE, AdminLevel.DISTRICT, AdminLevel.PROVINCE)
"""The levels whose outlines a plan may hold, the smallest first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit with an outline.

    Attributes:
        code: Of the gazetteer.
        names: In English and Khmer.
        rings: Corners in degrees; holes among them.
    """

    code: str
    names: tuple[str, str]
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    rows: tuple[int, ...]
    shapes: Shapes


def unit_at(request: DrawRequest, lon: float, lat: float) -> Unit | None:
    """Return the smallest unit whose outline holds a place, or None where none is known."""
    table = request.table(Kind.ADMIN_UNIT)
    x, y = (float(v) for v in to_mercator(lon, lat))
    for level in LEVELS:
        known = table.kept(f"unit ground {level.value}", (), partial(_of, table, level))
        for i, row in enumerate(known.rows):
            box = known.shapes.bounds_of(i)
            if box is None or not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
                continue
            if contains(known.shapes, i, x, y):
                rings = tuple(_degrees(ring) for ring in known.shapes.rings_of(i))
                names = (str(table["name_en"][row] or ""), str(table["name_km"][row] or ""))
                return Unit(str(table["code"][row]), names, rings)
    return None


def has_units(table: Table) -> bool:
    """Tell whether a table of units holds any outline that a zone can be made of."""
    return bool(table.kept("has units", (), lambda: any(bool(b) for b in table[AREA_COLUMN])))


def _of(table: Table, level: AdminLevel) -> _Level:
    rows = [
        int(row) for row in np.flatnonzero(table["level"] == level.value) if table[AREA_COLUMN][row]
    ]
    return _Level(tuple(rows), Shapes.of(rings_from_wkb(table[AREA_COLUMN][r]) for r in rows))


def zone_at(request: DrawRequest, lon: float, lat: float) -> str:
    """Return the id of the uppermost zone that holds a place, or an empty one."""
    shapes = content.zones(request).shapes
    x, y = (float(v) for v in to_mercator(lon, lat))
    for i in reversed(range(len(shapes))):
        if contains(shapes, i, x, y):
            return str(request.table(Kind.ZONE).ids[i])
    return ""


def zone_rings(request: DrawRequest, zone_id: str) -> tuple[Ring, ...]:
    """Return the rings of a zone that is shown, in degrees; none if it is not."""
    table = request.table(Kind.ZONE)
    if zone_id not in table:
        return ()
    shapes = content.zones(request).shapes
    return tuple(_degrees(ring) for ring in shapes.rings_of(table.index[zone_id]))


def inside(request: DrawRequest, rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[int, int]:
    """Return how many sites and allegations lie inside rings in degrees.

    Only what is known to the point counts: what may lie anywhere in an area of doubt, may not lie
    in the outline.
    """
    xy = [
        np.column_stack(to_mercator(np.array(r)[:, 0], np.array(r)[:, 1]))
        for r in rings
        if len(r) > 2  # noqa: PLR2004 - an area
    ]
    points = (content.sites(request), content.allegations(request))
    sites, allegations = (count_inside(p.index, xy) for p in points)
    return sites, allegations


def _degrees(xy: FloatArray) -> Ring:
    lon, lat = from_mercator(xy[:, 0], xy[:, 1])
    return list(zip(lon.tolist(), lat.tolist(), strict=True))
