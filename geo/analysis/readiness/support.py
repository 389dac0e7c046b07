"""Whether an ambulance and a fire truck are near enough to a zone.

One unit must be within the minutes of every site of the zone: it stands by for all of it. A unit
of which nobody knows where it waits is in reach of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.readiness.travel import farthest_m, minutes_of, whole
from geo.measure import distances_m
from geo.model.gaps import GapCode
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.command import Limits

FAR: Final = {
    VehicleKind.AMBULANCE: GapCode.AMBULANCE_FAR,
    VehicleKind.FIRE_TRUCK: GapCode.FIRE_FAR,
}
_PIECE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Drive:
    """How long a unit takes to the worst place of a zone."""

    unit: SupportUnit
    minutes: float


@dataclass(frozen=True, slots=True)
class Reach:
    """How far support of one kind is from a zone.

    Attributes:
        limit: Minutes that the operation allows.
        drives: Of every unit whose place is known, the nearest first.
    """

    kind: VehicleKind
    limit: int
    drives: tuple[Drive, ...]

    @property
    def near(self) -> bool:
        """Whether one of them is near enough; exactly the minutes allowed is."""
        return bool(self.drives) and self.drives[0].minutes <= self.limit


def reaches(plan: PlanRows, places: NDArray[np.float64], limits: Limits) -> tuple[Reach, ...]:
    """Return how far each kind of support is from a zone.

    Args:
        plan: Whose support units stand by.
        places: The far places of the zone, see `travel.far_places`.
        limits: Of the operation.
    """
    allowed = {
        VehicleKind.AMBULANCE: limits.ambulance_minutes,
        VehicleKind.FIRE_TRUCK: limits.fire_minutes,
    }
    units = [u for u in plan.all(SupportUnit) if u.point is not None]
    found = []
    for kind, limit in allowed.items():
        drives = [
            Drive(u, minutes_of(farthest_m(places, u.point), limits))
            for u in units
            if u.kind is kind and u.point is not None
        ]
        ranked = tuple(sorted(drives, key=lambda d: (d.minutes, d.unit.name)))
        found.append(Reach(kind, limit, ranked))
    return tuple(found)


def far_params(reach: Reach) -> dict[str, str | int]:
    """Return the values for the sentence that support is too far; no nearest one, no minutes."""
    if not reach.drives:
        return {"limit": reach.limit}
    best = reach.drives[0]
    return {"limit": reach.limit, "nearest": best.unit.name, "minutes": whole(best.minutes)}


def out_of_reach(
    reach: Reach, lon: NDArray[np.float64], lat: NDArray[np.float64], limits: Limits
) -> NDArray[np.intp]:
    """Return which sites the nearest unit does not reach in time; without a unit all of them.

    Args:
        reach: Of the zone.
        lon: Of its sites, degrees, shape ``(n,)``.
        lat: Of its sites, degrees, shape ``(n,)``.
        limits: Of the operation.

    Returns:
        Positions in `lon`, shape ``(m,)``.
    """
    if not reach.drives or reach.drives[0].unit.point is None:
        return np.arange(len(lon), dtype=np.intp)
    point = np.asarray(reach.drives[0].unit.point, dtype=np.float64)
    if not len(lon):
        return np.zeros(0, dtype=np.intp)
    xy = np.column_stack((lon, lat))
    metres = np.concatenate(
        [distances_m(xy[start : start + _PIECE], point) for start in range(0, len(xy), _PIECE)]
    )
    return np.flatnonzero(metres * minutes_of(1.0, limits) > reach.limit)
