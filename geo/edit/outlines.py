"""What an outline must be to be an area of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely.validation import explain_validity

from geo.errors import GeometryError

if TYPE_CHECKING:
    from geo.model.entity import Area

# About a metre on each side; smaller outlines are a slip of the hand.
MIN_AREA_DEGREES2 = 1e-10
# Cambodia with its sea: west, south, east, north in degrees. What lies beyond is exchanged axes or
# another country, where no command of this one has a say.
REACH = (101.8, 9.3, 108.0, 15.0)


def check_outline(outline: Area) -> None:
    """Refuse an outline that cannot be an area of operations.

    Raises:
        GeometryError: It crosses itself, encloses nothing, or leaves Cambodia and its sea.
    """
    if outline.is_empty or outline.geom_type not in {"Polygon", "MultiPolygon"}:
        raise GeometryError("error.zone.empty")
    if not outline.is_valid:
        if "Self-intersection" in explain_validity(outline):
            raise GeometryError("error.zone.crosses_itself")
        raise GeometryError("error.zone.invalid")
    if outline.area < MIN_AREA_DEGREES2:
        raise GeometryError("error.zone.too_small")
    west, south, east, north = shapely.bounds(outline)
    reach_west, reach_south, reach_east, reach_north = REACH
    if west < reach_west or south < reach_south or east > reach_east or north > reach_north:
        raise GeometryError("error.zone.outside_cambodia")
