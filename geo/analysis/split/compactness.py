"""How good a split is: balanced first, then compact and little travelled.

A split within the deviation that is asked for is better than any that is not; of two that are not,
the less unequal. Among those within it counts

    score = ½ · mean √Polsby-Popper + ½ · ideal travel ∕ mean travel

Polsby-Popper is 4π · area ∕ perimeter², 1 for a disc; its root weighs a drawn-out zone more than a
round one makes good. Travel is the mean distance of the work to
the middle of its zone, each unit weighted by its workload; the ideal is that of a disc of a zone's
mean size, two thirds of its radius. Both halves are 1 for a perfect disc and fall towards 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.split.coverage import FloatArray
from geo.analysis.split.state import shapes

if TYPE_CHECKING:
    from geo.analysis.split.coverage import IntArray
    from geo.analysis.split.units import Units

IDEAL_TRAVEL = 2.0 / 3.0
"""Mean distance of a disc's points to its middle, in radii."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What a split is worth.

    Attributes:
        deviation: Of each zone from the mean workload, as a share of it, shape ``(zones,)``.
        compactness: Polsby-Popper of each zone, shape ``(zones,)``.
        travel_m: Mean distance of the work to the middle of its zone, in metres.
        score: See above; higher is better.
    """

    deviation: FloatArray
    compactness: FloatArray
    travel_m: float
    score: float

    @property
    def worst(self) -> float:
        """The largest deviation, whichever way."""
        return float(np.abs(self.deviation).max())

    def key(self, within: float) -> tuple[float, float]:
        """Return what splits are ordered by; the higher, the better."""
        if self.worst <= within:
            return (1.0, round(self.score, 9))
        return (-round(self.worst, 9), round(self.score, 9))


def polsby_popper(area: FloatArray, around: FloatArray) -> FloatArray:
    """Return 4π · area ∕ perimeter² of each."""
    compact: FloatArray = 4.0 * math.pi * area / np.maximum(around, 1e-9) ** 2
    return compact


def judge(units: Units, work: FloatArray, zone: IntArray, count: int) -> Judged:
    """Judge a split of all units.

    Args:
        units: See there.
        work: Points of each unit.
        zone: Zone of each unit.
        count: Number of zones.
    """
    load = np.bincount(zone, work, minlength=count)
    share = float(load.sum()) / count
    deviation = load / share - 1.0 if share else np.zeros(count)
    area, around = shapes(units, zone, count)
    compact = polsby_popper(area, around)
    # Where there is nothing to do a little ground is driven over all the same.
    mass = work + 1e-6 * units.square_km
    total = np.maximum(np.bincount(zone, mass, minlength=count), 1e-12)
    middle = np.column_stack(
        [
            np.bincount(zone, mass * units.centres[:, axis], minlength=count) / total
            for axis in (0, 1)
        ]
    )
    away = np.hypot(*(units.centres - middle[zone]).T)
    travel = float((away * mass).sum() / mass.sum())
    radius = math.sqrt(float(area.sum()) / count / math.pi)
    driven = IDEAL_TRAVEL * radius / travel if travel else 1.0
    score = 0.5 * float(np.sqrt(compact).mean()) + 0.5 * min(driven, 1.0)
    return Judged(deviation, compact, travel, score)
