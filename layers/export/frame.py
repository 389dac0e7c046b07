"""What the map of a report frames: where its data lies, not where its province reaches.

A province with far islands would be drawn as sea, and one hamlet far away would make a town a
blot. So the main map shows nine tenths of what is on it where that makes it much clearer, says how
much lies outside, and an overview shows all. Only rows that may leave are looked at: a frame tells
of what is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.gazetteer import Gazetteer
from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from layers.export.content import Bounds
from layers.features import is_exact, on_map

if TYPE_CHECKING:
    from geo.privacy.grid import Cells
    from geo.privacy.scope import Scope
    from geo.project import Project
    from layers.view import FloatArray

CAMBODIA: Bounds = (102.2, 9.9, 107.8, 14.8)
KM_PER_DEGREE = 111.32
MARGIN = 0.08
"""How far a map goes beyond its data, as a share of its size."""
ZONE_MARGIN = 0.15
LEAST_KM = 10.0
LEAST_ZONE_KM = 2.0
TAILS = (2.0, 98.0)
"""Per cent of the points between which the map reaches; a wrong coordinate is not followed."""
CORE = 0.9
"""Share of the points that the clearer map must hold."""
CLEARER = 1.8
"""How many times larger the core must be drawn to be worth leaving the rest to an overview."""
ASPECT = 1.4
"""Width of a map on a lying page for its height."""
STEP = 0.01
"""Share of the points that is left out at a time."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What the maps of a report show, in degrees.

    Attributes:
        main: The map on the first page.
        overview: All of the province and of the data.
        outside: Points of sites and allegations that are not within `main`.
        province_code: Province in which they lie, or empty.
    """

    main: Bounds
    overview: Bounds
    outside: int
    province_code: str


def framing(released: Project, cells: Cells, scope: Scope) -> Framing:
    """Return what the maps of a report show."""
    zones = tuple(released.all(Zone))
    points = shown_points(released)
    code = scope.province_code or _operation_province(released, scope)
    whole = Gazetteer.load().extent(code) if code else CAMBODIA
    if scope.operation_id and zones:
        main = _grown(_box(_corners(zones)), ZONE_MARGIN, LEAST_KM)
        return Framing(main, _union(whole, main), _outside(points, main), code)
    fixed = np.concatenate([_corners(zones), _cell_corners(cells)])
    if not len(points) and not len(fixed):
        return Framing(whole, whole, 0, code)
    best = _trimmed(points, fixed)
    if scope.province_code:
        core = _core(points, fixed)
        if _size(best) > CLEARER * _size(core):
            best = core
    main = _grown(best, MARGIN, LEAST_KM)
    return Framing(main, _union(whole, main), _outside(points, main), code)


def _operation_province(released: Project, scope: Scope) -> str:
    """Return the province of an operation, which need not be the plan's."""
    operation = released.find(Operation, scope.operation_id) if scope.operation_id else None
    return (operation.province_code or released.info.province_code) if operation else ""


def zone_frame(zone: Zone) -> Bounds:
    """Return what the map of one zone shows."""
    return _grown(zone.outline.bounds, ZONE_MARGIN, LEAST_ZONE_KM)


def shown_points(released: Project) -> FloatArray:
    """Return lon, lat of the sites and allegations that the map shows as points, ``(n, 2)``."""
    sites, allegations = released.table(Kind.SITE), released.table(Kind.ALLEGATION)
    found = [
        np.column_stack([table["lon"][mask], table["lat"][mask]]).astype(np.float64)
        for table, mask in (
            (sites, is_exact(sites)),
            (allegations, is_exact(allegations) & on_map(allegations)),
        )
    ]
    return np.concatenate(found)


def _corners(zones: tuple[Zone, ...]) -> FloatArray:
    boxes = np.array([zone.outline.bounds for zone in zones], dtype=np.float64).reshape(-1, 4)
    return np.concatenate([boxes[:, :2], boxes[:, 2:]])


def _cell_corners(cells: Cells) -> FloatArray:
    boxes = shapely.bounds(cells.outlines).reshape(-1, 4)
    corners: FloatArray = np.concatenate([boxes[:, :2], boxes[:, 2:]])
    return corners


def _trimmed(points: FloatArray, fixed: FloatArray) -> Bounds:
    if not len(points):
        return _box(fixed)
    ends = np.percentile(points, TAILS, axis=0)
    return _box(np.concatenate([ends, fixed]))


def _core(points: FloatArray, fixed: FloatArray) -> Bounds:
    """Return the box of most points: again and again the side that makes it smaller gives way."""
    kept = points
    step = max(int(len(points) * STEP), 1)
    while len(kept) - step >= CORE * len(points) and len(kept) > step:
        choices = []
        for axis in (0, 1):
            order = np.argsort(kept[:, axis], kind="stable")
            choices += [kept[order[step:]], kept[order[:-step]]]
        sizes = [_extent_km(np.concatenate([choice, fixed])) for choice in choices]
        kept = choices[min(range(len(choices)), key=sizes.__getitem__)]
    return _box(np.concatenate([kept, fixed]))


def _extent_km(points: FloatArray) -> tuple[float, float]:
    """Return the width of a map that holds the points, then its area to tell equals apart."""
    box = _box(points)
    width, height = _kilometres(box)
    return _size(box), width * height


def _size(box: Bounds) -> float:
    width, height = _kilometres(box)
    return max(width, height * ASPECT, LEAST_KM)


def _kilometres(box: Bounds) -> tuple[float, float]:
    west, south, east, north = box
    across = KM_PER_DEGREE * float(np.cos(np.radians((south + north) / 2)))
    return (east - west) * across, (north - south) * KM_PER_DEGREE


def _box(points: FloatArray) -> Bounds:
    west, south = points.min(axis=0).tolist()
    east, north = points.max(axis=0).tolist()
    return west, south, east, north


def _grown(box: Bounds, margin: float, least_km: float) -> Bounds:
    west, south, east, north = box
    width, height = _kilometres(box)
    across = KM_PER_DEGREE * float(np.cos(np.radians((south + north) / 2)))
    more = margin * max(width, height)
    dx = max(more, (least_km - width) / 2) / across
    dy = more / KM_PER_DEGREE
    return west - dx, south - dy, east + dx, north + dy


def _union(a: Bounds, b: Bounds) -> Bounds:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _outside(points: FloatArray, box: Bounds) -> int:
    west, south, east, north = box
    lon, lat = points[:, 0], points[:, 1]
    return int(np.sum((lon < west) | (lon > east) | (lat < south) | (lat > north)))
