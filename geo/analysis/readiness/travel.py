"""How long a drive takes: an estimate, on purpose a simple one.

The straight line on the ellipsoid at the speed that the operation assumes (`Limits.speed_kmh`, set
low because roads are longer). No road network, no traffic, no river is in it; it finds what is
clearly too far, and whoever knows the road overrides it with a reason. Of a zone the worst place
counts: the farthest of its sites or, without sites, the farthest corner of its outline.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.measure import distances_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.model.command import Limits
    from geo.model.entity import LonLat

MINUTES_PER_HOUR: Final = 60.0


def minutes_of(metres: float, limits: Limits) -> float:
    """Return the minutes of a drive; without a speed nothing is ever reached."""
    if limits.speed_kmh <= 0:
        return float("inf")
    return metres / 1000.0 / limits.speed_kmh * MINUTES_PER_HOUR


def whole(minutes: float) -> int:
    """Return minutes as a whole number, never too few; whatever takes months is never reached."""
    return math.ceil(min(minutes, 99_999.0))


def far_places(
    outline: BaseGeometry, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the few places of a zone of which one is the farthest from anywhere outside.

    They are the corners of the hull around its sites or, without sites, around its outline: what
    lies within the hull is nearer than one of them, but for the metres by which a straight line of
    degrees leaves the shortest way.

    Args:
        outline: The zone, lon/lat degrees.
        lon: Of its sites, degrees, shape ``(n,)``.
        lat: Of its sites, degrees, shape ``(n,)``.

    Returns:
        Lon/lat degrees, shape ``(m, 2)``.
    """
    sites = np.column_stack((lon, lat))
    if len(sites) == 1:
        return sites
    around = shapely.linestrings(sites) if len(sites) else outline  # one shape, not many points
    return shapely.get_coordinates(shapely.convex_hull(around))


def farthest_m(places: NDArray[np.float64], point: LonLat) -> float:
    """Return the metres from a point to the farthest of some places.

    Args:
        places: Lon/lat degrees, shape ``(m, 2)``, at least one.
        point: Where the drive starts.
    """
    return float(distances_m(places, np.asarray(point, dtype=np.float64)).max())


def apart_m(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the metres between the two places of two zones that lie farthest apart.

    Args:
        first: Lon/lat degrees, shape ``(m, 2)``, at least one.
        second: The same of the other zone.
    """
    a, b = np.repeat(first, len(second), axis=0), np.tile(second, (len(first), 1))
    return float(distances_m(a, b).max())
