"""A partition of units into zones, with its sums kept up to date move by move.

The search for better zones and the user's own moves ask the same questions: would both zones still
hang together, and what would they weigh, measure and look like then?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.split.coverage import totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.analysis.split.coverage import FloatArray, IntArray
    from geo.analysis.split.units import Units


class Ground:
    """What does not change while units move: who is beside whom, and what each is worth.

    Attributes:
        near: Neighbours of each unit, links included, in order.
        border: ``{neighbour: metres}`` of each unit.
        around: Length of each unit's outline in metres.
        square_m: Area of each unit.
        work: Points of each unit.
        xy: Middle of each unit in metres.
    """

    def __init__(self, units: Units, work: FloatArray) -> None:
        """Turn arrays into lists, which single steps read faster."""
        self.near = units.neighbours()
        self.border: list[dict[int, float]] = [{} for _ in units.ids]
        found = units.borders
        for (a, b), metres in zip(found.pairs.tolist(), found.metres.tolist(), strict=True):
            self.border[a][b] = metres
            self.border[b][a] = metres
        self.around: list[float] = found.around.tolist()
        self.square_m: list[float] = (units.square_km * 1e6).tolist()
        self.work: list[float] = work.tolist()
        self.xy = units.centres

    def connected(self, units: Iterable[int]) -> bool:
        """Tell whether units hang together; none do, and one does."""
        left = set(units)
        if not left:
            return True
        waiting = [left.pop()]
        while waiting and left:
            for other in self.near[waiting.pop()]:
                if other in left:
                    left.remove(other)
                    waiting.append(other)
        return not left

    def holds_without(self, units: set[int], leaving: int) -> bool:
        """Tell whether a connected set stays connected when one unit leaves it; it must be in it.

        Asked first among its neighbours, which mostly touch each other.
        """
        beside = [u for u in self.near[leaving] if u in units]
        if len(beside) < 2:  # noqa: PLR2004 - a leaf, or alone
            return len(beside) == 1 or len(units) == 1
        around = set(beside)
        seen = {beside[0]}
        waiting = [beside[0]]
        while waiting:
            for other in self.near[waiting.pop()]:
                if other in around and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return len(seen) == len(around) or self.connected(units - {leaving})


def shapes(units: Units, zone: IntArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Return area in m² and length of the outline in metres of each zone, without joining any."""
    inside = zone >= 0
    area = totals(zone[inside], units.square_km[inside] * 1e6, count)
    around = totals(zone[inside], units.borders.around[inside], count)
    pairs, metres = units.borders.pairs, units.borders.metres
    within = (zone[pairs[:, 0]] == zone[pairs[:, 1]]) & (zone[pairs[:, 0]] >= 0)
    common = totals(zone[pairs[within, 0]], metres[within], count)
    return area, around - 2.0 * common


def members(zone: Sequence[int] | IntArray, count: int) -> list[set[int]]:
    """Return the units of each zone; those of no zone (-1) are left out."""
    found: list[set[int]] = [set() for _ in range(count)]
    for unit, its in enumerate(zone):
        if its >= 0:
            found[int(its)].add(unit)
    return found
