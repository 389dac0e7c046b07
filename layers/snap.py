"""What a new outline should meet exactly: corners and edges of zones, boundaries, the border."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geo import crs
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from layers import content
from layers.basemap import basemap
from layers.lines import Lines
from layers.shapes import rings_from_wkb
from layers.view import from_mercator

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

SNAP_PX = 10.0
SAME_PLACE_M = 0.01
BORDERS_FROM_ZOOM = 8.0
"""Below this scale a border has a corner at every pixel, and a pointer could go nowhere else."""


class Caught(StrEnum):
    """What a pointer was caught by; each has a sign of its own on the map."""

    VERTEX = "vertex"
    EDGE = "edge"
    BOUNDARY = "boundary"
    PROVINCE = "province"
    BORDER = "border"


@dataclass(frozen=True, slots=True)
class Snap:
    """A place that a pointer is drawn to.

    Attributes:
        lonlat: Degrees.
        caught: By what.
    """

    lonlat: tuple[float, float]
    caught: Caught


def snap(
    request: DrawRequest,
    px: float,
    py: float,
    reach: float = SNAP_PX,
    *,
    exclude: Collection[tuple[float, float]] = (),
) -> Snap | None:
    """Return what is nearest within reach of a pixel, or None.

    A corner comes before an edge, a zone before a boundary, and what the plan holds before the
    basemap. Corners in `exclude` (degrees) and the edges at them do not count: a corner that is
    dragged must not be caught by where it was.
    """
    without = crs.to_mercator(np.array(list(exclude)).reshape(-1, 2))
    west, _, _, north = request.view.bounds
    at = np.array([west + px * request.view.resolution, north - py * request.view.resolution])
    far = reach * request.view.resolution
    lines = tuple(followed(request))
    for caught, group in lines:
        found = group.nearest_corner(at, far, without, SAME_PLACE_M)
        if found is not None:
            return Snap(_degrees(found), Caught.VERTEX if caught is Caught.EDGE else caught)
    for caught, group in lines:
        found = group.nearest_place(at, far, without, SAME_PLACE_M)
        if found is not None:
            return Snap(_degrees(found), caught)
    return None


def followed(request: DrawRequest) -> Iterator[tuple[Caught, Lines]]:
    """Yield what can be snapped to and followed at a scale, zones first."""
    yield Caught.EDGE, zone_lines(request)
    yield Caught.BOUNDARY, unit_lines(request)
    if request.view.zoom >= BORDERS_FROM_ZOOM:
        yield Caught.BORDER, base_lines("borders")
        yield Caught.PROVINCE, base_lines("province_borders")


def zone_lines(request: DrawRequest) -> Lines:
    """Return the edges of the zones that are shown, made once per table."""
    table = request.table(Kind.ZONE)
    shapes = content.zones(request).shapes
    return table.kept(
        "zone edges",
        (shapes.xy,),
        lambda: Lines.of(ring for i in range(len(shapes)) for ring in shapes.rings_of(i)),
    )


def unit_lines(request: DrawRequest) -> Lines:
    """Return the edges of the plan's administrative units, made once per table."""
    table = request.table(Kind.ADMIN_UNIT)
    return table.kept(
        "unit edges",
        (),
        lambda: Lines.of(r for blob in table[AREA_COLUMN] if blob for r in rings_from_wkb(blob)),
    )


BASE: Final = ("borders", "province_borders")


@cache
def base_lines(name: str) -> Lines:
    """Return the edges of the basemap's lines, one of `BASE`."""
    shapes = basemap()[name].shapes
    return Lines.of(ring for i in range(len(shapes)) for ring in shapes.rings_of(i))


def _degrees(xy: FloatArray) -> tuple[float, float]:
    lon, lat = from_mercator(float(xy[0]), float(xy[1]))
    return round(float(lon), 9), round(float(lat), 9)
