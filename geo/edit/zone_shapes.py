"""Changing the form of a zone: a line along its edge, holes, moving, turning, chosen communes.

Each is a new outline from `geo.shapes` or `geo.cutting`, taken by the rules of `reshape_zone`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import shapely

from geo import cutting, shapes
from geo.edit.zones import reshape_zone, zone_of
from geo.errors import GeometryError
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike
    from shapely import Polygon

    from geo.crs import LonLat
    from geo.edit.edit import Edit
    from geo.edit.ground import Cut
    from geo.edit.reading import PlanRows
    from geo.model.entity import Area


def reshape_by_line(
    plan: PlanRows,
    zone_id: str,
    line: ArrayLike,
    *,
    cut: Cut = False,
    with_neighbours: bool = False,
) -> Edit:
    """Return the edit that lets a zone's edge run along a line, see `geo.cutting.reshaped`.

    Args:
        plan: The plan.
        zone_id: The zone.
        line: Corners in degrees, shape ``(n, 2)``.
        cut: Cut away what other zones of the operation hold.
        with_neighbours: Who shares the edge follows it.

    Raises:
        GeometryError: The line does not cross an edge twice; see `reshape_zone` for more.
        InputError: There is no such zone, or its operation is over.
    """
    outline = cutting.reshaped(zone_of(plan, zone_id).outline, line)
    return reshape_zone(plan, zone_id, outline, cut=cut, with_neighbours=with_neighbours)


def move_zone(
    plan: PlanRows, zone_id: str, east_m: float, north_m: float, *, cut: Cut = False
) -> Edit:
    """Return the edit that moves a zone by metres to the east and to the north.

    Raises:
        OverlapError: Another zone of the operation is there, and it is not to be cut.
        GeometryError: It leaves Cambodia, or see `reshape_zone`.
        InputError: There is no such zone, or its operation is over.
    """
    outline = shapes.moved(zone_of(plan, zone_id).outline, east_m, north_m)
    return reshape_zone(plan, zone_id, outline, cut=cut)


def rotate_zone(plan: PlanRows, zone_id: str, degrees: float, *, cut: Cut = False) -> Edit:
    """Return the edit that turns a zone about its centroid, clockwise as a compass.

    Raises:
        OverlapError: Another zone of the operation is there, and it is not to be cut.
        GeometryError: See `reshape_zone`.
        InputError: There is no such zone, or its operation is over.
    """
    outline = shapes.rotated(zone_of(plan, zone_id).outline, degrees)
    return reshape_zone(plan, zone_id, outline, cut=cut)


def add_hole(plan: PlanRows, zone_id: str, hole: Polygon) -> Edit:
    """Return the edit that takes the inside of a polygon out of a zone.

    Raises:
        GeometryError: The hole crosses itself or is not wholly inside.
        InputError: There is no such zone, or its operation is over.
    """
    return reshape_zone(plan, zone_id, shapes.with_hole(zone_of(plan, zone_id).outline, hole))


def fill_hole(plan: PlanRows, zone_id: str, at: LonLat, *, cut: Cut = False) -> Edit:
    """Return the edit that fills the hole of a zone at a position.

    Raises:
        OverlapError: Another zone of the operation lies in the hole, and it is not to be cut.
        GeometryError: There is no hole at the position.
        InputError: There is no such zone, or its operation is over.
    """
    outline = shapes.without_hole(zone_of(plan, zone_id).outline, at)
    return reshape_zone(plan, zone_id, outline, cut=cut)


def outline_of_units(plan: PlanRows, codes: Sequence[str]) -> Area:
    """Return the ground of some administrative units whose outlines the plan holds, as one.

    Args:
        plan: The plan.
        codes: NCDD codes, of any level.

    Raises:
        GeometryError: No unit was chosen, or one has no outline; its code is told.
    """
    table = plan.table(Kind.ADMIN_UNIT)
    wanted = np.isin(table["code"].astype(str), list(codes))
    known = dict(zip(table["code"][wanted], table[AREA_COLUMN][wanted], strict=True))
    outlines: list[Area] = []
    for code in dict.fromkeys(codes):
        if known.get(code) is None:
            raise GeometryError("error.zone.unit_without_outline", code=code)
        outlines.append(cast("Area", shapely.from_wkb(known[code])))
    return shapes.joined(outlines)
