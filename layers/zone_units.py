"""The units of a split on the map: their rings, which zone each is in, and what lies under a pixel.

Rings do not change while units go from zone to zone, so they are made once; only who is in which
zone and the edges of the zones that gave or took are new after a move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.view import FloatArray, to_mercator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Area

Rings = tuple[FloatArray, ...]
"""Closed lines in EPSG:3857 metres, those of holes among them."""


class UnitShapes:
    """The units as they are painted and found.

    Attributes:
        rings: Of each unit.
        middle: A place inside of each, in EPSG:3857 metres, shape ``(n, 2)``.
    """

    def __init__(self, outlines: Sequence[Area]) -> None:
        """Take the outlines in degrees."""
        given = np.empty(len(outlines), dtype=object)
        given[:] = list(outlines)
        self.rings = tuple(rings_of(outline) for outline in given)
        self.middle = places_of(outlines)
        self._outlines = given
        self._tree = shapely.STRtree(given)

    def at(self, lon: float, lat: float) -> int | None:
        """Return the position of the unit that holds a place, or None."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return int(found.min()) if len(found) else None

    def within(self, west: float, south: float, east: float, north: float) -> list[int]:
        """Return the units whose middle lies in a rectangle of EPSG:3857 metres."""
        x, y = self.middle.T
        return np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north)).tolist()

    def towards(self, unit: int, dx: int, dy: int) -> int:
        """Return the nearest unit in a direction (right, up), or the same one at the edge.

        What lies straight ahead is nearer than what lies aside.
        """
        way = self.middle - self.middle[unit]
        ahead, aside = (way @ (dx, dy)), np.abs(way @ (-dy, dx))
        cost = np.where((ahead > 0) & (aside <= ahead * 1.2), ahead + 2.0 * aside, np.inf)
        best = int(np.argmin(cost))
        return best if np.isfinite(cost[best]) else unit

    def nearest(self, x: float, y: float) -> int:
        """Return the unit whose middle is nearest to a place in EPSG:3857 metres."""
        return int(np.argmin(((self.middle - (x, y)) ** 2).sum(axis=1)))


@dataclass(frozen=True, slots=True, eq=False)
class ShownZones:
    """What is painted of zones and their units at a moment.

    Attributes:
        shapes: The units.
        zone: Position of the zone of each unit.
        share: Work of each unit as a share of that of the heaviest.
        colours: Index of the colour of each zone.
        names: What stands in each zone: its name, and a second line.
        edges: Outline of each zone.
        places: Where its name stands, EPSG:3857 metres.
        locked: Zones that neither give nor take.
        kept: Units that stay in their zones.
        chosen: Units that are to be moved.
        focus: The unit that the pointer or the keyboard is at, or None.
        target: The zone that would take them, or None.
        refused: They cannot go there.
        note: Lines at the pointer, and its pixel; None for nothing.
    """

    shapes: UnitShapes
    zone: NDArray[np.int64]
    share: FloatArray
    colours: tuple[int, ...]
    names: tuple[tuple[str, str], ...]
    edges: tuple[Rings, ...]
    places: FloatArray
    locked: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    chosen: frozenset[int] = frozenset()
    focus: int | None = None
    target: int | None = None
    refused: bool = False
    note: tuple[tuple[str, ...], float, float] | None = None


def rings_of(outline: Area) -> Rings:
    """Return an outline's rings in EPSG:3857 metres."""
    rings = shapely.get_rings(shapely.get_parts(outline))
    found = []
    for ring in rings:
        lonlat = shapely.get_coordinates(ring)
        found.append(np.column_stack(to_mercator(lonlat[:, 0], lonlat[:, 1])))
    return tuple(found)


def places_of(outlines: Sequence[Area]) -> FloatArray:
    """Return a place inside of each outline, EPSG:3857 metres, shape ``(n, 2)``."""
    inside = shapely.get_coordinates(shapely.point_on_surface(list(outlines)))
    return np.column_stack(to_mercator(inside[:, 0], inside[:, 1]))


def shares(work: FloatArray) -> FloatArray:
    """Return work as a share of the most; nothing where there is none."""
    most = float(work.max()) if len(work) else 0.0
    return work / most if most > 0 else np.zeros(len(work))
