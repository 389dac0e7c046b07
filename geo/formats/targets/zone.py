"""Zones. An outline that crosses itself waits with a repair that can be seen.

It is never repaired silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely import MultiPolygon, Polygon

from geo.formats.values.numbers import parse_number
from geo.formats.values.problem import ValueProblemError
from geo.formats.work import Work, as_text, key_of
from geo.model.vocabulary import ZoneState

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.model.codec import Scalar

COLOURS = 4
_OUTSIDE = 0.5


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows as `codec.columns_of(Kind.ZONE)` wants them."""
    names = [
        en or km or plain or code
        for en, km, plain, code in zip(
            work.texts("name_en"),
            work.texts("name_km"),
            work.texts("name"),
            work.texts("code"),
            strict=True,
        )
    ]
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        if not name:
            work.fail(i, "name", "import.reason.no_name", ask=True)
        elif key_of(name) in first or key_of(name) in work.existing.keys:
            work.fail(i, "name", "import.reason.in_plan", value=name, ask=True)
        first.setdefault(key_of(name), i)
    outlines = [_outline(work, i, wkb) for i, wkb in enumerate(work.raw.areas)]
    _note_overlaps(work, outlines)
    priorities = work.parsed("priority", parse_number, None)
    return {
        "name": list(names),
        "geom": [None if o is None else shapely.to_wkb(o, byte_order=1) for o in outlines],
        "colour": list(_colours(work)),
        "priority": [1 if p is None else max(1, int(p)) for p in priorities],
        "state": [ZoneState.DRAFT.value] * work.n,
    }


def _outline(work: Work, i: int, wkb: bytes | None) -> BaseGeometry | None:
    if wkb is None:
        if not any(p.field == "geometry" for p in work.problems[i]):
            work.fail(i, "geometry", "import.reason.no_outline", ask=True)
        return None
    area = shapely.from_wkb(wkb)
    if not shapely.is_valid(area):
        repaired = shapely.make_valid(area)
        shapes = [
            p
            for p in getattr(repaired, "geoms", [repaired])
            if p.geom_type in {"Polygon", "MultiPolygon"}
        ]
        proposal = shapely.to_wkt(shapely.union_all(shapes), rounding_precision=6) if shapes else ""
        work.fail(i, "geometry", "import.reason.crosses_itself", ask=True, proposal=proposal)
        return None
    if not isinstance(area, Polygon | MultiPolygon) or area.area == 0:
        work.fail(i, "geometry", "import.reason.no_outline", ask=True)
        return None
    centre = area.representative_point()
    if not work.gazetteer.in_cambodia(centre.x, centre.y, tolerance_m=3000.0):
        work.fail(i, "geometry", "import.reason.outside")
        return None
    return area


def _note_overlaps(work: Work, outlines: list[BaseGeometry | None]) -> None:
    known = [i for i, o in enumerate(outlines) if o is not None]
    shapes = [o for o in outlines if o is not None]
    tree = shapely.STRtree(shapes)
    pairs = tree.query(shapes, predicate="overlaps").T.tolist() if known else []
    for a, b in pairs:
        if b < a:
            work.mend(known[a], "geometry", "import.repair.overlap")


def _colours(work: Work) -> list[int]:
    """Return one of the four zone colours.

    A number as it is, other colours by the order in which they come.
    """
    seen: dict[str, int] = {}
    found = []
    for i, cell in enumerate(work.cells("colour") if work.has("colour") else [None] * work.n):
        try:
            number = parse_number(cell)
            found.append(i % COLOURS if number is None else int(number) % COLOURS)
        except ValueProblemError:
            text = as_text(cell)
            found.append(seen.setdefault(text, len(seen)) % COLOURS)
    return found
