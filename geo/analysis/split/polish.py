"""Making a drawn split better, unit by unit along the borders of its zones.

A spanning tree is cut where it happens to run, so that drawn zones are ragged. Here a unit goes
over to the zone beside it when that makes the split better and leaves both zones whole. As long as
a zone is heavier or lighter than asked for, better is more equal; from then on it is the score of
`compactness`, and no zone leaves the deviation that is asked for again.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.split.compactness import IDEAL_TRAVEL
from geo.analysis.split.state import members

if TYPE_CHECKING:
    from geo.analysis.split.coverage import IntArray
    from geo.analysis.split.state import Ground

PASSES: Final = 25
RESERVE: Final = 0.9
"""Share of the deviation asked for that compactness may use up: a rounding must not break it."""
_GAIN: Final = 1e-9


class Polish:
    """One split while it is made better."""

    def __init__(
        self,
        ground: Ground,
        zone: IntArray,
        count: int,
        within: float,
        stays: frozenset[int] = frozenset(),
    ) -> None:
        """Count what each zone weighs and measures.

        Units of no zone (-1) are left alone, and those that stay do not move.
        """
        self.ground = ground
        self.stays = stays
        self.zone: list[int] = [int(z) for z in zone]
        self.count = count
        self.members = members(zone, count)
        self.load = [sum(ground.work[u] for u in sorted(m)) for m in self.members]
        self.share = sum(self.load) / count
        self.limit = within * RESERVE * self.share
        self.area = [sum(ground.square_m[u] for u in sorted(m)) for m in self.members]
        self.around = [
            sum(ground.around[u] - self._shared(u, z) for u in sorted(m))
            for z, m in enumerate(self.members)
        ]
        self.mass = [w + 1e-12 * m for w, m in zip(ground.work, ground.square_m, strict=True)]
        self.all_mass = sum(self.mass) or 1.0
        radius = math.sqrt(sum(self.area) / count / math.pi)
        self.ideal = IDEAL_TRAVEL * radius
        self.unequal = self._is_unequal()
        self.middle: list[tuple[float, float]] = []
        self.travelled = 0.0

    def run(self) -> IntArray:
        """Move units until nothing gets better, and return the zone of each unit."""
        for _ in range(PASSES):
            self._find_middles()
            if not self._one_pass() and not (self.unequal and self._one_exchange()):
                break
        return np.array(self.zone, dtype=np.int64)

    def _one_pass(self) -> bool:
        moved = False
        for unit, here in enumerate(self.zone):
            if here < 0 or unit in self.stays or len(self.members[here]) == 1:
                continue
            beside = {self.zone[u] for u in self.ground.near[unit]} - {here, -1}
            best, gain = -1, _GAIN
            for there in sorted(beside):
                its = self._gain(unit, here, there)
                if its > gain:
                    best, gain = there, its
            if best >= 0 and self.ground.holds_without(self.members[here], unit):
                self._move(unit, here, best)
                moved = True
        return moved

    def _one_exchange(self) -> bool:
        """Exchange two units across a border where no single one can go, and tell whether."""
        for unit, here in enumerate(self.zone):
            if here < 0 or unit in self.stays:
                continue
            for other in self.ground.near[unit]:
                there = self.zone[other]
                if there < 0 or there == here:
                    continue
                for back in sorted(self.members[there] - self.stays):
                    if self._exchanged(unit, here, back, there):
                        return True
        return False

    def _exchanged(self, unit: int, here: int, back: int, there: int) -> bool:
        more = self.ground.work[back] - self.ground.work[unit]
        gap = self.load[here] - self.load[there]
        # The squares of both deviations sink if the difference between the zones does.
        if abs(gap + 2.0 * more) > abs(gap) - _GAIN * (self.share or 1.0):
            return False
        if not any(self.zone[u] == here and u != unit for u in self.ground.near[back]):
            return False
        first = self.members[here] - {unit} | {back}
        second = self.members[there] - {back} | {unit}
        if not (self.ground.connected(first) and self.ground.connected(second)):
            return False
        self._move(unit, here, there)
        self._move(back, there, here)
        return True

    def _gain(self, unit: int, here: int, there: int) -> float:
        """Return how much better the split gets; not above 0 if it gets worse or unequal."""
        work = self.ground.work[unit]
        left, grown = self.load[here] - work - self.share, self.load[there] + work - self.share
        if self.unequal:
            # Squares, so that work can flow through a zone that has its share already.
            before = (self.load[here] - self.share) ** 2 + (self.load[there] - self.share) ** 2
            return (before - left**2 - grown**2) / (self.share**2 or 1.0)
        if max(abs(left), abs(grown)) > self.limit:
            return -1.0
        compact = (
            self._compact(here, -self.ground.square_m[unit], self._around_without(unit, here))
            + self._compact(there, self.ground.square_m[unit], self._around_with(unit, there))
            - self._compact(here, 0.0, self.around[here])
            - self._compact(there, 0.0, self.around[there])
        ) / self.count
        travelled = self.travelled + self._further(unit, here, there)
        driven = min(self.ideal / max(travelled, 1e-9), 1.0)
        return compact + driven - min(self.ideal / max(self.travelled, 1e-9), 1.0)

    def _compact(self, zone: int, more: float, around: float) -> float:
        return math.sqrt(4.0 * math.pi * max(self.area[zone] + more, 0.0)) / max(around, 1e-9)

    def _shared(self, unit: int, zone: int) -> float:
        border = self.ground.border[unit]
        return sum(metres for other, metres in border.items() if self.zone[other] == zone)

    def _around_without(self, unit: int, zone: int) -> float:
        return self.around[zone] - self.ground.around[unit] + 2.0 * self._shared(unit, zone)

    def _around_with(self, unit: int, zone: int) -> float:
        return self.around[zone] + self.ground.around[unit] - 2.0 * self._shared(unit, zone)

    def _further(self, unit: int, here: int, there: int) -> float:
        x, y = self.ground.xy[unit]
        (x1, y1), (x2, y2) = self.middle[here], self.middle[there]
        return (
            self.mass[unit] * (math.hypot(x - x2, y - y2) - math.hypot(x - x1, y - y1))
        ) / self.all_mass

    def _move(self, unit: int, here: int, there: int) -> None:
        self.travelled += self._further(unit, here, there)
        self.around[here] = self._around_without(unit, here)
        self.around[there] = self._around_with(unit, there)
        for zone, sign in ((here, -1.0), (there, 1.0)):
            self.area[zone] += sign * self.ground.square_m[unit]
            self.load[zone] += sign * self.ground.work[unit]
        self.members[here].remove(unit)
        self.members[there].add(unit)
        self.zone[unit] = there
        if self.unequal:
            self.unequal = self._is_unequal()

    def _is_unequal(self) -> bool:
        return max(abs(load - self.share) for load in self.load) > self.limit

    def _find_middles(self) -> None:
        self.middle = []
        self.travelled = 0.0
        for units in self.members:
            own = np.array(sorted(units), dtype=np.int64)
            mass = np.array(self.mass)[own]
            xy = self.ground.xy[own]
            middle = (xy * mass[:, None]).sum(axis=0) / max(float(mass.sum()), 1e-12)
            self.middle.append((float(middle[0]), float(middle[1])))
            self.travelled += float((np.hypot(*(xy - middle).T) * mass).sum()) / self.all_mass
