"""The units above, joined from those of a file: its communes make its districts and provinces."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.boundaries.columns import DIGITS, LEVELS
from geo.boundaries.match import Boundary, How, Matched
from geo.gazetteer import Gazetteer

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

ENOUGH: Final = 0.8
"""Share of a unit's parts that must be there. Not all: units were divided since many a file was
made, and the old ones cover the same ground."""
GRID_DEGREES: Final = 1e-6
"""About a decimetre: edges that should be one and are not quite, close."""
HOLE_DEGREES2: Final = 1e-5
"""About 0.1 km²: smaller holes are gaps between neighbours, larger ones another unit's ground."""


def with_unions(matched: Matched, gazetteer: Gazetteer | None = None) -> Matched:
    """Return `matched` with the units above that enough of its outlines make up."""
    gazetteer = gazetteer or Gazetteer.load()
    made = list(matched.boundaries)
    for level in reversed(LEVELS[: LEVELS.index(matched.level)]):
        parts: dict[str, list[Boundary]] = defaultdict(list)
        for boundary in matched.boundaries:
            parts[boundary.unit.code[: DIGITS[level]]].append(boundary)
        for code, mine in parts.items():
            unit = gazetteer.unit(code)
            listed = [u for u in gazetteer.at_level(matched.level) if u.code.startswith(code)]
            if unit is None or len(mine) < ENOUGH * len(listed):
                continue
            made.append(
                Boundary(
                    unit=unit,
                    outline=_joined([b.outline for b in mine]),
                    how=How.UNION,
                    rows=tuple(row for b in mine for row in b.rows),
                    shown=unit.name_en,
                )
            )
    return replace(matched, boundaries=tuple(made))


def _joined(outlines: list[Polygon | MultiPolygon]) -> Polygon | MultiPolygon:
    whole = shapely.union_all(outlines, grid_size=GRID_DEGREES)
    parts = [_without_gaps(p) for p in shapely.get_parts(whole) if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _without_gaps(part: Polygon) -> Polygon:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > HOLE_DEGREES2]
    return shapely.Polygon(part.exterior, holes)
