"""The ground of an operation: its zones side by side while an edit changes some of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import shapely

from geo.edit.edit import Delta, updating
from geo.edit.moved_edges import changes_between, followed
from geo.errors import GeometryError, OverlapError
from geo.measure import area_m2
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.vocabulary import ZoneState
from geo.sharing import LEAST_OVERLAP_M2, fitted, is_thin
from geo.snapping import polygons_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.reading import PlanRows
    from geo.model.entity import Area

Cut = bool | Literal["largest"]
"""Whether to cut away what other zones hold, and of several parts that leaves, to keep one only."""


class Ground:
    """The zones of an operation that hold ground: all but those that were cancelled.

    Zones without an operation are nobody's neighbours: they are sketches and may lie anywhere.
    """

    def __init__(self, plan: PlanRows, operation_id: str) -> None:
        """Read the zones as they are now; nothing is written."""
        self._before = zones_of(plan, operation_id)
        self._now = dict(self._before)

    def lay(self, zone: Zone, *, cut: Cut = False) -> Zone:
        """Put a zone among the others, its edges on theirs, in the place of its former self.

        Args:
            zone: With the outline that is wished for.
            cut: Leave out what other zones hold.

        Raises:
            OverlapError: It holds ground of others, and that is not to be cut away.
            GeometryError: Cutting leaves nothing, or several parts.
        """
        others = [z for z in self._now.values() if z.id != zone.id]
        fit = fitted(zone.outline, [z.outline for z in others], cut=bool(cut))
        if fit.overlaps:
            names = [zone.name, *(others[i].name for i, _ in fit.overlaps)]
            raise OverlapError(names, sum(m2 for _, m2 in fit.overlaps))
        outline = _left(zone, fit.outline, largest=cut == "largest")
        for other, new in zip(others, fit.neighbours, strict=True):
            if new is not other.outline:
                self._now[other.id] = replace(other, outline=new)
        laid = self._now[zone.id] = replace(zone, outline=outline)
        return laid

    def put(self, zone: Zone) -> None:
        """Put a zone where it is, without a look at the others."""
        self._now[zone.id] = zone

    def take(self, zone_id: str) -> None:
        """Take a zone away: its ground is free."""
        self._now.pop(zone_id, None)

    def now(self, zone_id: str) -> Zone:
        """Return a zone as it lies now."""
        return self._now[zone_id]

    def follow(self, old: Zone, new: Zone) -> None:
        """Move the corners of neighbours along with those of a zone, and give it what it takes.

        Args:
            old: The zone as it is.
            new: With the outline that is wished for.

        Raises:
            GeometryError: A neighbour would cross itself, vanish, or be left in several parts.
        """
        changes = changes_between(old.outline, new.outline)
        reach = shapely.box(*shapely.total_bounds([old.outline, new.outline]))
        for other in [z for z in self._now.values() if z.id != old.id]:
            if not shapely.intersects(reach, shapely.envelope(other.outline)):
                continue
            outline = followed(other.outline, changes)
            if outline is None or outline.is_empty:
                raise GeometryError("error.zone.neighbour_breaks", name=other.name)
            if shapely.intersects(outline, new.outline):
                taken = polygons_of(shapely.intersection(outline, new.outline))
                if not is_thin(taken):
                    outline = polygons_of(shapely.difference(outline, new.outline))
            if outline is not other.outline:
                outline = _left(other, outline, largest=False)
                self._now[other.id] = replace(other, outline=outline, units=())

    def deltas(self, *, without: Iterable[str] = ()) -> tuple[Delta, ...]:
        """Return what changed of zones that were there before, but for some of them."""
        left = set(without)
        return tuple(
            updating(old, self._now[i])
            for i, old in self._before.items()
            if i not in left and i in self._now and self._now[i] is not old
        )


def by_hand(old: Zone, new: Zone) -> Zone:
    """Return a zone without the units of a split if its outline is no longer theirs."""
    if not new.units or new.outline is old.outline:
        return new
    changed = shapely.symmetric_difference(old.outline, new.outline)
    return replace(new, units=(), kept=()) if area_m2(changed) > LEAST_OVERLAP_M2 else new


def holds_ground(zone: Zone) -> bool:
    """Tell whether nobody else may hold the ground of a zone: a cancelled one lets it go."""
    return zone.state is not ZoneState.CANCELLED


def zones_of(plan: PlanRows, operation_id: str) -> dict[str, Zone]:
    """Return the zones of an operation that hold ground, by id; none of no operation."""
    if not operation_id:
        return {}
    table = plan.table(Kind.ZONE)
    mine = (table["operation_id"] == operation_id) & (table["state"] != ZoneState.CANCELLED.value)
    return {str(i): plan.get(Zone, str(i)) for i in table.ids[mine]}


def _left(zone: Zone, outline: Area, *, largest: bool) -> Area:
    """Return what is left of a zone, or say why that is none."""
    if outline.is_empty:
        raise GeometryError("error.zone.cut_leaves_nothing", name=zone.name)
    parts = shapely.get_parts(outline)
    if len(parts) <= len(shapely.get_parts(zone.outline)):
        return outline
    if largest:
        return polygons_of(max(parts, key=shapely.area))
    raise GeometryError("error.zone.cut_leaves_parts", name=zone.name, count=len(parts))
