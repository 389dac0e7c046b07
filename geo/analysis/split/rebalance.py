"""Moving units between zones by hand: all workloads at once, and no zone ever falls apart.

No library and no other process is asked: a move adds and takes away what its units weigh. A state
is never changed; each move returns the next, so that every step can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.split.compactness import polsby_popper
from geo.analysis.split.coverage import FloatArray, IntArray, joined
from geo.analysis.split.state import Ground, members, shapes
from geo.analysis.split.units import Units
from geo.analysis.split.workload import Load
from geo.errors import InputError
from geo.model.entity import Area

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What is shown of zones while units move.

    Attributes:
        workload: Points of each zone.
        deviation: From the mean workload, as a share of it.
        compactness: Polsby-Popper of each zone.
        work: Points by part, in the order of `weights.Part`, shape ``(zones, 4)``.
        count: Sites, open allegations, those of people held now, km², shape ``(zones, 4)``.
    """

    workload: FloatArray
    deviation: FloatArray
    compactness: FloatArray
    work: FloatArray
    count: FloatArray

    @property
    def max_deviation(self) -> float:
        """The largest deviation, whichever way."""
        return float(np.abs(self.deviation).max())


@dataclass(frozen=True, slots=True, eq=False)
class Rebalance:
    """Units and their zones at one moment. Made by `begin`, moved on by `move`.

    Attributes:
        units: See there.
        load: Work of each unit.
        zone_ids: Id of each zone, in the order of their positions.
        names: What the zones are called, for what is refused.
        zone: Position of the zone of each unit.
        locked: Positions of zones that neither give nor take.
        fixed: Ids of units that stay where they are.
    """

    units: Units
    load: Load
    zone_ids: tuple[str, ...]
    names: tuple[str, ...]
    zone: IntArray
    locked: frozenset[int]
    fixed: frozenset[str]
    _ground: Ground
    _work: FloatArray
    _count: FloatArray
    _outlines: dict[int, Area] = field(default_factory=dict)

    def unit_at(self, unit_id: str) -> int:
        """Return the position of a unit.

        Raises:
            InputError: There is none such.
        """
        try:
            return self.units.ids.index(unit_id)
        except ValueError:
            raise InputError("error.split.no_unit", unit=unit_id) from None

    def units_of(self, zone: int) -> tuple[str, ...]:
        """Return the ids of a zone's units, in order."""
        return tuple(self.units.ids[u] for u in np.flatnonzero(self.zone == zone).tolist())

    def figures(self) -> Figures:
        """Return what is shown of all zones."""
        workload = self._work.sum(axis=1)
        mean = float(workload.mean())
        deviation = workload / mean - 1.0 if mean else np.zeros(len(workload))
        area, around = shapes(self.units, self.zone, len(self.zone_ids))
        compact = polsby_popper(area, around)
        return Figures(workload, deviation, compact, self._work, self._count)

    def outline(self, zone: int) -> Area:
        """Return the outline of a zone; made when it is asked for, and kept until it changes."""
        if zone not in self._outlines:
            self._outlines[zone] = joined(self.units.outlines[self.zone == zone])
        return self._outlines[zone]

    def move(self, unit_ids: Sequence[str], to_zone: int) -> Rebalance:
        """Return the state after units went over to a zone; those that are in it stay.

        Raises:
            InputError: A zone would fall apart or be empty, a unit does not lie beside the zone, is
                unknown or stays, or a zone is locked.
        """
        moving = {self.unit_at(unit) for unit in unit_ids}
        moving = {unit for unit in moving if self.zone[unit] != to_zone}
        if not moving:
            return self
        giving = sorted({int(self.zone[unit]) for unit in moving})
        self._demand_free(moving, [*giving, to_zone])
        of_zone = members(self.zone, len(self.zone_ids))
        for giver in giving:
            left = of_zone[giver] - moving
            if not left:
                raise InputError("error.split.would_empty", name=self.names[giver])
            if not self._ground.connected(left):
                raise InputError("error.split.would_break", name=self.names[giver])
        if not self._ground.connected(of_zone[to_zone] | moving):
            raise InputError("error.split.not_beside", name=self.names[to_zone])
        chosen = np.array(sorted(moving), dtype=np.int64)
        zone = self.zone.copy()
        zone[chosen] = to_zone
        work, count = self._work.copy(), self._count.copy()
        for sums, parts in ((work, self.load.work), (count, self.load.count)):
            np.subtract.at(sums, self.zone[chosen], parts[chosen])
            sums[to_zone] += parts[chosen].sum(axis=0)
        kept = {z: o for z, o in self._outlines.items() if z not in {*giving, to_zone}}
        return replace(self, zone=zone, _work=work, _count=count, _outlines=kept)

    def changed_since(self, before: Rebalance) -> dict[str, tuple[tuple[str, ...], Area]]:
        """Return units and outline of each zone that is another than `before`, by its id."""
        return {
            zone_id: (self.units_of(z), self.outline(z))
            for z, zone_id in enumerate(self.zone_ids)
            if ((self.zone == z) != (before.zone == z)).any()
        }

    def _demand_free(self, moving: set[int], zones: Sequence[int]) -> None:
        for zone in zones:
            if not 0 <= zone < len(self.zone_ids):
                raise InputError("error.zone.gone")
            if zone in self.locked:
                raise InputError("error.split.locked", name=self.names[zone])
        for unit in sorted(moving):
            if self.units.ids[unit] in self.fixed:
                raise InputError("error.split.unit_stays", unit=self.units.ids[unit])


def begin(
    units: Units,
    load: Load,
    zone: IntArray,
    *,
    zone_ids: Sequence[str],
    names: Sequence[str],
    locked: Sequence[int] = (),
    fixed: Sequence[str] = (),
) -> Rebalance:
    """Return the state before the first move.

    Args:
        units: Of a split (`result.Split`), or of zones as they are now (`job.weigh`).
        load: Of the same.
        zone: Of the same.
        zone_ids: Id of each zone.
        names: Name of each zone.
        locked: Positions of zones that stay as they are.
        fixed: Ids of units that stay where they are.
    """
    work, count = load.of_zones(zone, len(zone_ids))
    return Rebalance(
        units=units,
        load=load,
        zone_ids=tuple(zone_ids),
        names=tuple(names),
        zone=zone.copy(),
        locked=frozenset(locked),
        fixed=frozenset(fixed),
        _ground=Ground(units, load.total),
        _work=work,
        _count=count,
    )
