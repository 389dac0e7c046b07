"""Of many contiguous, balanced splits the best, made better; runs in the worker process only.

Units that alone outweigh a share get zones of their own first. What is left is drawn (`drawing`),
judged (`compactness`) and polished (`polish`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.split.compactness import Judged, judge
from geo.analysis.split.coverage import IntArray
from geo.analysis.split.drawing import FEW, Search, drawn_zones, grown
from geo.analysis.split.links import components
from geo.analysis.split.polish import Polish
from geo.analysis.split.state import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.analysis.split.coverage import FloatArray
    from geo.analysis.split.units import Units
    from geo.progress import Progress

POLISHED: Final = 12
"""The best candidates, which are made better still."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The best split found.

    Attributes:
        zone: Zone of each unit, numbered from the north-west.
        judged: What it is worth.
        candidates: Splits that were drawn and compared.
        heavy: Units that alone outweigh a share, so that nothing could be equal.
    """

    zone: IntArray
    judged: Judged
    candidates: int
    heavy: tuple[int, ...]


def draw(units: Units, work: FloatArray, into: int, search: Search, progress: Progress) -> Drawn:
    """Split units into contiguous zones of equal work.

    Args:
        units: At least as many as zones.
        work: Points of each unit; their sum is above 0.
        into: Number of zones.
        search: How long to look for what.
        progress: Told of each candidate.
    """
    ground = Ground(units, work)
    fixed, heavy = _alone(units, ground, into, search.within)
    ways = [fixed]
    if heavy:
        # What a heavy unit cuts off may be better off in zones that reach past it.
        ways.append(np.full(len(units.ids), -1, dtype=np.int64))
    best: tuple[Judged, IntArray] | None = None
    drawn = 0
    for way in ways:
        told = _Way(ground, units, work, way, into, search)
        found = told.candidates(progress)
        drawn = max(drawn, len(found))
        for judged, zone in told.polished(found, progress):
            if best is None or judged.key(search.within) > best[0].key(search.within):
                best = judged, zone
    assert best is not None  # noqa: S101 - where nothing is drawn, zones are grown
    # Beside a heavy one others may have outweighed what was left to share: those are no reason.
    most = float(work.sum()) / into * (1.0 + search.within)
    heavy = tuple(unit for unit in heavy if work[unit] > most)
    return numbered(units, work, best[1], into, drawn, heavy)


class _Way:
    """Splitting what is left beside the zones that are fixed already."""

    def __init__(
        self,
        ground: Ground,
        units: Units,
        work: FloatArray,
        fixed: IntArray,
        into: int,
        search: Search,
    ) -> None:
        self.ground, self.units, self.work = ground, units, work
        self.fixed, self.into, self.search = fixed, into, search
        self.first = int(fixed.max()) + 1
        self.parts = into - self.first
        self.free = np.flatnonzero(fixed < 0)

    def candidates(self, progress: Progress) -> list[tuple[Judged, IntArray]]:
        if self.parts == 1:
            zones = [np.zeros(len(self.free), dtype=np.int64)]
        else:
            zones = drawn_zones(
                self.units, self.work, self.free, self.parts, self.search, progress
            ) or [grown(self.units, self.work, self.free, self.parts)]
        return [self._judged(self._whole(zone)) for zone in zones]

    def polished(
        self, found: list[tuple[Judged, IntArray]], progress: Progress
    ) -> Iterator[tuple[Judged, IntArray]]:
        found = sorted(found, key=lambda pair: promise(pair[0], self.search.within), reverse=True)
        chosen = found if len(self.free) <= FEW else found[:POLISHED]
        for number, (judged, zone) in enumerate(chosen):
            progress.step(number, len(chosen), "split.step.polishing")
            yield judged, zone
            free = np.where(self.fixed >= 0, -1, zone - self.first)
            better = Polish(self.ground, free, self.parts, self.search.within).run()
            yield self._judged(self._whole(better[self.free]))

    def _whole(self, zone: IntArray) -> IntArray:
        whole = self.fixed.copy()
        whole[self.free] = zone + self.first
        return whole

    def _judged(self, zone: IntArray) -> tuple[Judged, IntArray]:
        return judge(self.units, self.work, zone, self.into), zone


def promise(judged: Judged, within: float) -> float:
    """Return what a drawn split may become: what is too unequal costs compactness to mend."""
    return round(judged.score - max(0.0, judged.worst - within), 9)


def _alone(
    units: Units, ground: Ground, into: int, within: float
) -> tuple[IntArray, tuple[int, ...]]:
    """Give every unit that outweighs a share a zone of its own, as far as the rest stays whole.

    What it would cut off from the largest rest goes with it.
    """
    zone = np.full(len(units.ids), -1, dtype=np.int64)
    heavy: list[int] = []
    work = np.array(ground.work)
    while into - len(heavy) > 1:
        free = np.flatnonzero(zone < 0)
        share = float(work[free].sum()) / (into - len(heavy))
        heaviest = int(free[np.argmax(work[free])])
        rest = free[free != heaviest]
        if work[heaviest] <= share * (1.0 + within) or len(rest) < into - len(heavy) - 1:
            break
        largest = _largest_part(units, work, rest)
        if len(largest) < into - len(heavy) - 1:
            break
        zone[np.setdiff1d(free, largest)] = len(heavy)
        heavy.append(heaviest)
    return zone, tuple(heavy)


def _largest_part(units: Units, work: FloatArray, among: IntArray) -> IntArray:
    """Return the connected part of some units with most work; of two alike, that with more."""
    position = np.full(len(units.ids), -1, dtype=np.int64)
    position[among] = np.arange(len(among))
    pairs = position[np.concatenate([units.borders.pairs, units.links.pairs])]
    part = components(len(among), pairs[(pairs >= 0).all(axis=1)])
    best = max(
        np.unique(part).tolist(),
        key=lambda name: (float(work[among[part == name]].sum()), int((part == name).sum()), -name),
    )
    largest: IntArray = among[part == best]
    return largest


def numbered(
    units: Units,
    work: FloatArray,
    zone: IntArray,
    into: int,
    candidates: int,
    heavy: tuple[int, ...],
) -> Drawn:
    """Number zones as one reads a map: from the north, and from the west."""
    area = np.maximum(np.bincount(zone, units.square_km, minlength=into), 1e-12)
    middle = np.column_stack(
        [
            np.bincount(zone, units.square_km * units.centres[:, axis], minlength=into) / area
            for axis in (0, 1)
        ]
    )
    order = np.lexsort((np.round(middle[:, 0]), -np.round(middle[:, 1])))
    rank = np.empty(into, dtype=np.int64)
    rank[order] = np.arange(into)
    new = rank[zone]
    return Drawn(new, judge(units, work, new, into), candidates, heavy)
