"""Units that stay in their zone: a new split and moves of units leave them where they are.

A zone is recognised again in a new split by the units that stay in it: the part that holds them is
that zone, with its name, priority and planned teams, and other ground around them. A zone without
such units cannot be told from the others, and gives way as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Delta, Edit, updating
from geo.edit.verbs import Verb
from geo.edit.zones import zone_of
from geo.errors import InputError
from geo.model.command import Zone
from geo.model.vocabulary import ZoneState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from geo.analysis.split.result import Split, SplitZone
    from geo.edit.reading import PlanRows

# Once another authority has been asked about a zone, its ground is what they were told.
MOVABLE: Final = frozenset({ZoneState.DRAFT, ZoneState.SUBMITTED})


def keep_units(plan: PlanRows, zone_id: str, unit_ids: Iterable[str], *, kept: bool = True) -> Edit:
    """Return the edit that makes units of a zone stay in it, or lets them go.

    Args:
        plan: The plan.
        zone_id: The zone.
        unit_ids: Of its units; those that are so already stay so.
        kept: Whether they stay from now on.

    Raises:
        InputError: There is no such zone, it is locked as a whole, was coordinated with others or
            is made of no units; or a unit is none of its own.
    """
    return keep_in_zones(plan, {zone_id: unit_ids}, kept=kept)


def keep_in_zones(
    plan: PlanRows, by_zone: Mapping[str, Iterable[str]], *, kept: bool = True
) -> Edit:
    """Return the one edit that does so for units of several zones.

    Raises:
        InputError: As `keep_units`.
    """
    names: list[str] = []
    deltas: list[Delta] = []
    count = 0
    for zone_id, unit_ids in by_zone.items():
        zone = zone_of(plan, zone_id)
        demand_movable(zone)
        if not zone.units:
            raise InputError("error.split.not_of_units")
        chosen = set(unit_ids)
        strange = sorted(chosen - set(zone.units))
        if strange:
            raise InputError("error.split.not_its_unit", name=zone.name, unit=strange[0])
        stay = set(zone.kept) | chosen if kept else set(zone.kept) - chosen
        after = replace(zone, kept=tuple(unit for unit in zone.units if unit in stay))
        names.append(zone.name)
        count += len(set(zone.kept) ^ stay)
        deltas.append(updating(zone, after))
    return Edit(
        verb=Verb.KEEP_UNITS if kept else Verb.FREE_UNITS,
        params={"name": ", ".join(names), "count": count},
        deltas=tuple(deltas),
    )


def demand_movable(zone: Zone) -> None:
    """Refuse to change which units a zone has.

    Raises:
        InputError: It is locked, or was coordinated with others.
    """
    if zone.locked:
        raise InputError("error.split.locked", name=zone.name)
    if zone.state not in MOVABLE:
        raise InputError("error.split.coordinated", name=zone.name)


def demand_kept(zone: Zone, units: Collection[str]) -> None:
    """Refuse units of a zone among which one is missing that stays in it.

    Raises:
        InputError: One is missing.
    """
    gone = next((unit for unit in zone.kept if unit not in units), None)
    if gone is not None:
        raise InputError("error.split.unit_stays", unit=gone)


def continued(plan: PlanRows, result: Split, replacing: Collection[str]) -> dict[int, Zone]:
    """Return the zones that go on in a split, by the position of the part that each becomes.

    Raises:
        InputError: What stays in the zones that give way is not what was split by.
    """
    going = {zone_id: zone_of(plan, zone_id) for zone_id in replacing}
    found: dict[int, Zone] = {}
    for number, part in enumerate(result.zones):
        if part.continues:
            found[number] = _of(going, part)
    went_on = {zone.id for zone in found.values()}
    lost = next((z for z in going.values() if z.kept and z.id not in went_on), None)
    if lost is not None:
        raise InputError("error.split.kept_changed", name=lost.name)
    return found


def names_of_split(plan: PlanRows, result: Split, free: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a split's zones: who goes on keeps its own, others take a free one."""
    names = iter(free)
    found = []
    for part in result.zones:
        zone = plan.find(Zone, part.continues) if part.continues else None
        found.append(zone.name if zone is not None else next(names))
    return tuple(found)


def _of(going: dict[str, Zone], part: SplitZone) -> Zone:
    zone = going.get(part.continues)
    if zone is None or set(zone.kept) != set(part.kept):
        raise InputError("error.split.kept_changed", name=zone.name if zone else "–")
    return zone
