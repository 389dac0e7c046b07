"""A row of a file as the plan keeps it until somebody answers, and back.

The file may be gone by then, so the row is kept as text: its cells, its place, and what was
answered already.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import shapely
from shapely import Point
from shapely.errors import GEOSException

from geo.formats.raw import RawTable
from geo.formats.team_groups import GROUPS
from geo.formats.values.admin import DITTO
from geo.formats.work import as_text, masked
from geo.masking import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.formats.mapping import Mapping
    from geo.formats.raw import Cell
    from geo.model.plan import ImportRow

# No column of a file is called so: names of columns are trimmed, and these begin with a space.
GEOMETRY, BASE_1904, SETTLED = " geometry", " date1904", " settled"
_FILLED_DOWN = ("province", "district", "commune", "village")
_DECIMALS = 7


def kept_row(raw: RawTable, mapping: Mapping, position: int) -> dict[str, str | None]:
    """Return a row as text: the columns that a field takes, free text masked, and its geometry.

    What no field takes is left out: an unknown column may hold the name of a person.
    """
    values: dict[str, str | None] = {}
    for name, column in mapping.columns.items():
        cell = filled_down(raw, column, position) if name in _FILLED_DOWN else None
        cell = raw.column(column)[position] if cell is None else cell
        values[column] = None if cell is None else masked(name, as_text(cell))
    if raw.has_geometry:
        values[GEOMETRY] = _geometry(raw, position)
    if raw.date1904:
        values[BASE_1904] = "1"
    if GROUPS in raw.columns:
        values[GROUPS] = mask(as_text(raw.column(GROUPS)[position])) or None
    return values


def filled_down(raw: RawTable, column: str, position: int) -> Cell:
    """Return a cell, or for a ditto mark what stands above it in the same sheet."""
    cells, sheet = raw.column(column), raw.sheet_of(position)
    for i in range(position, -1, -1):
        if raw.sheet_of(i) != sheet:
            return None
        cell = cells[i]
        if cell is not None and as_text(cell).strip().casefold() not in DITTO:
            return cell
        if cell is None and i == position:
            return None
    return None


def rows_again(rows: Sequence[ImportRow], mapping: Mapping) -> RawTable:
    """Return rows of one import as they were read, for another check."""
    values = [json.loads(row.values) for row in rows]
    own = (GROUPS,) if any(GROUPS in v for v in values) else ()
    columns = (*dict.fromkeys(mapping.columns.values()), *own)
    shapes = [_shape(v.get(GEOMETRY)) for v in values]
    points = [s if isinstance(s, Point) else None for s in shapes]
    return RawTable(
        columns=columns,
        cells=tuple([v.get(c) for v in values] for c in columns),
        numbers=[row.row for row in rows],
        sheets=[row.sheet for row in rows],
        lon=[None if p is None else p.x for p in points],
        lat=[None if p is None else p.y for p in points],
        areas=[
            shapely.to_wkb(s, byte_order=1) if s is not None and p is None else None
            for s, p in zip(shapes, points, strict=True)
        ],
        has_geometry=any(GEOMETRY in v for v in values),
        date1904=any(BASE_1904 in v for v in values),
    )


def settled_of(row: ImportRow) -> frozenset[str]:
    """Return the codes of the questions about a row that were answered with yes before."""
    return frozenset(str(json.loads(row.values).get(SETTLED, "")).split())


def _geometry(raw: RawTable, position: int) -> str | None:
    area = raw.areas[position] if raw.areas else None
    lon, lat = (raw.lon[position], raw.lat[position]) if raw.lon else (None, None)
    if lon is not None and lat is not None:
        return f"POINT ({lon:.{_DECIMALS}f} {lat:.{_DECIMALS}f})"
    if area is None:
        return None
    return str(shapely.to_wkt(shapely.from_wkb(area), rounding_precision=_DECIMALS))


def _shape(text: str | None) -> BaseGeometry | None:
    try:
        return shapely.from_wkt(text) if text else None
    except GEOSException:
        return None
