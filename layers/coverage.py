"""What Plan and Operate put on the map besides: sites not covered, and who stands by within reach.

It is no layer of its own: it speaks of one operation and period, and only where these are planned
or carried out. No export ever gets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.model.command import Limits
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind
from layers.drawlist import Lines, Op, Symbols, TextLine
from layers.labels import LabelWish
from layers.palette import palette
from layers.points import PointIndex
from layers.progress import VisitMarks, visit_ops
from layers.style import LineStyle, Mark, Shape, SymbolSpec, TextStyle, symbol_size
from layers.view import to_mercator

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from geo.model.entity import Area
    from geo.model.table import Table
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray, MapView

INK: Final = "#1F2937"
TEAL: Final = "#0F766E"
NOT_COVERED: Final = SymbolSpec(Shape.CIRCLE, INK, mark=Mark.BAR, scale=0.8)
"""The sign of no entry, at the shoulder of the site's own symbol, which stays whole."""
SUPPORT_SPECS: Final = {
    VehicleKind.AMBULANCE: SymbolSpec(Shape.SQUARE, TEAL, mark=Mark.PLUS, scale=1.3),
    VehicleKind.FIRE_TRUCK: SymbolSpec(Shape.SQUARE, TEAL, mark=Mark.FLAME, scale=1.3),
}
REACH_LINES: Final = {
    VehicleKind.AMBULANCE: LineStyle(TEAL, 1.6, dash=(8.0, 5.0)),
    VehicleKind.FIRE_TRUCK: LineStyle(TEAL, 1.6, dash=(2.0, 4.0)),
}
SHOULDER: Final = 0.55
MARGIN_PX: Final = 24.0
CORNERS: Final = 96
NAMES_FROM: Final = 12.0
MINUTES_PER_HOUR: Final = 60.0
_EVERY: Final = PointIndex.of(np.empty((0, 2)))


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What is put on the map; never changed, so that the same object is the same picture.

    Attributes:
        bare: Sites that no authorisation covers, EPSG:3857 metres.
        units: Support units whose place is known.
        limits: Of the operation of the zone that is selected: the reach is drawn; None draws none.
        reaching: The unit of each kind that is nearest to that zone.
        visits: How far the day is; None outside Operate.
    """

    bare: PointIndex = _EVERY
    units: tuple[SupportUnit, ...] = ()
    limits: Limits | None = None
    reaching: tuple[SupportUnit, ...] = ()
    visits: VisitMarks | None = None


def marks_of(
    sites: Table,
    bare: Collection[str],
    units: Sequence[SupportUnit],
    limits: Limits | None = None,
    visits: VisitMarks | None = None,
    *,
    zone: Area | None = None,
) -> Marks:
    """Return the marks of some sites and support units."""
    rows = np.array([sites.index[i] for i in bare if i in sites], dtype=np.intp)
    xy = np.column_stack(to_mercator(sites["lon"][rows], sites["lat"][rows]))
    known = tuple(u for u in units if u.point is not None and u.kind in SUPPORT_SPECS)
    reaching = _nearest(known, zone) if limits is not None and zone is not None else ()
    return Marks(PointIndex.of(xy[np.isfinite(xy).all(axis=1)]), known, limits, reaching, visits)


def mark_ops(marks: Marks, view: MapView) -> Iterator[Op]:
    """Yield what is painted above all layers."""
    size = symbol_size(view.zoom)
    if marks.limits is not None:
        yield from _reaches(marks, marks.limits, view)
    if marks.visits is not None:
        yield from visit_ops(marks.visits, view)
    found = marks.bare.drawn(view, MARGIN_PX)
    if len(found):
        at = view.mercator_to_pixel(marks.bare.xy[found])
        at = at + np.array((SHOULDER, -SHOULDER)) * size
        yield Symbols(at, np.zeros(len(found), dtype=np.uint8), (NOT_COVERED,), size)
    if marks.units:
        specs = tuple(SUPPORT_SPECS.values())
        places = {kind: place for place, kind in enumerate(SUPPORT_SPECS)}
        codes = np.array([places[u.kind] for u in marks.units], dtype=np.uint8)
        yield Symbols(view.mercator_to_pixel(_places(marks.units)), codes, specs, size)


def mark_labels(marks: Marks, request: DrawRequest, view: MapView) -> Iterator[LabelWish]:
    """Yield the names of the support units."""
    if view.zoom < NAMES_FROM or not marks.units:
        return
    colours = palette(request.theme)
    style = TextStyle(11.0, colours.text, colours.halo)
    for unit, (x, y) in zip(
        marks.units, view.mercator_to_pixel(_places(marks.units)).tolist(), strict=True
    ):
        yield LabelWish(
            (TextLine(unit.name, style),), x, y, 15.0, offset=symbol_size(view.zoom) * 0.8
        )


def _nearest(units: Sequence[SupportUnit], zone: Area) -> tuple[SupportUnit, ...]:
    """Return the unit of each kind that is nearest to a zone."""
    middle = zone.centroid

    def far(unit: SupportUnit) -> float:
        lon, lat = unit.point or (np.inf, np.inf)
        return float(np.hypot(lon - middle.x, lat - middle.y))

    kinds = {u.kind: [v for v in units if v.kind is u.kind] for u in units}
    return tuple(min(alike, key=far) for alike in kinds.values())


def _places(units: Sequence[SupportUnit]) -> FloatArray:
    lonlat = np.array([u.point for u in units if u.point is not None], dtype=np.float64)
    lonlat = lonlat.reshape(-1, 2)
    return np.column_stack(to_mercator(lonlat[:, 0], lonlat[:, 1]))


def reach_metres(kind: VehicleKind, limits: Limits) -> float:
    """Return how far a unit comes within the minutes that an operation allows."""
    minutes = {
        VehicleKind.AMBULANCE: limits.ambulance_minutes,
        VehicleKind.FIRE_TRUCK: limits.fire_minutes,
    }[kind]
    return minutes / MINUTES_PER_HOUR * limits.speed_kmh * 1000.0


def _reaches(marks: Marks, limits: Limits, view: MapView) -> Iterator[Op]:
    angle = np.linspace(0.0, 2.0 * np.pi, CORNERS + 1)
    ring = np.column_stack((np.cos(angle), np.sin(angle)))
    for unit, at in zip(marks.reaching, _places(marks.reaching), strict=True):
        if unit.point is None:
            continue
        # A metre on the ground is longer on the map the farther it is from the equator.
        stretch = 1.0 / np.cos(np.radians(unit.point.lat))
        run = view.mercator_to_pixel(at + ring * reach_metres(unit.kind, limits) * stretch)
        yield Lines((run,), (0.0,), REACH_LINES[unit.kind])
