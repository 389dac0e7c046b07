"""The zones of a split into the plan, and units from one zone to another: one edit each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.edit.edit import Delta, Edit, deleting, inserting, updating
from geo.edit.kept_units import continued, demand_kept, demand_movable, names_of_split
from geo.edit.verbs import Verb
from geo.edit.zones import PLANNED, SETTLED, ZONE_COLOURS, check_outline, zone_of
from geo.errors import InputError
from geo.model.command import Assignment, Operation, Zone
from geo.model.vocabulary import ZoneState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.analysis.split.result import Split
    from geo.edit.reading import PlanRows
    from geo.model.entity import Area

LETTERS: Final = {
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "km": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ",
}
SEAM: Final = 0.01


def split_into_zones(
    plan: PlanRows,
    result: Split,
    operation_id: str,
    names: Sequence[str],
    *,
    replacing: Collection[str] = (),
) -> Edit:
    """Return the edit that draws the zones of a split, each with its units.

    A zone that gives way and has units that stay in it does not go: the part that holds them is
    that zone from now on, with its name, priority and teams. See `geo.edit.kept_units`.

    Args:
        plan: The plan.
        result: What was computed.
        operation_id: Operation that they belong to, or empty.
        names: One for each zone, in the order of the split; see `zone_names`.
        replacing: Ids of zones that give way, which were left in the ground that was split; see
            `replaceable`. The planned assignments of those that go, go with them.

    Raises:
        GeometryError: An outline cannot be an area of operations.
        InputError: A name is empty or taken, the operation is gone or over, or a zone that should
            give way is locked, no draft, or has a team that accepted it; or other units stay in it
            than the split was made with.
    """
    operation = plan.find(Operation, operation_id) if operation_id else None
    if operation_id and operation is None:
        raise InputError("error.operation.gone")
    if operation is not None and operation.state in SETTLED:
        raise InputError("error.operation.over", name=operation.name)
    wanted = [name.strip() for name in names]
    if len(wanted) != len(result.zones) or not all(wanted):
        raise InputError("error.zone.no_name")
    going_on = continued(plan, result, replacing)
    taken = Counter([*wanted, *(z.name for z in plan.all(Zone) if z.id not in replacing)])
    twice = next((name for name in wanted if taken[name] > 1), None)
    if twice is not None:
        raise InputError("error.zone.name_taken", name=twice)
    staying = [
        z for z in plan.all(Zone) if z.operation_id == operation_id and z.id not in replacing
    ]
    outlines = [zone.outline for zone in result.zones]
    colours = _colours(outlines, staying)
    zones: list[Zone] = []
    changed: list[Delta] = []
    for number, (part, colour) in enumerate(zip(result.zones, colours, strict=True)):
        check_outline(part.outline)
        old = going_on.get(number)
        new = replace(
            old or Zone(name="", outline=part.outline, operation_id=operation_id),
            name=wanted[number],
            outline=part.outline,
            colour=colour,
            units=part.units,
        )
        if old is None:
            zones.append(new)
        else:
            changed.append(updating(old, new))
    stay = {zone.id for zone in going_on.values()}
    return Edit(
        verb=Verb.SPLIT_AREA,
        params={"count": len(wanted)},
        deltas=(
            *_giving_way(plan, replacing, stay),
            *changed,
            *([inserting(zones)] if zones else []),
        ),
    )


def rebalance_zones(plan: PlanRows, changed: Mapping[str, tuple[Sequence[str], Area]]) -> Edit:
    """Return the edit that gives zones other units, with the outlines that they make.

    Args:
        plan: The plan.
        changed: Zone id → its units from now on and their union, as
            `geo.analysis.split.rebalance.Rebalance.changed_since` returns them.

    Raises:
        GeometryError: An outline cannot be an area of operations.
        InputError: A zone is gone, locked, over, or was coordinated with others already; a unit
            stays where it is; or units were lost, doubled or came from nowhere.
    """
    deltas: list[Delta] = []
    gained: dict[str, int] = {}
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for zone_id, (units, outline) in changed.items():
        zone = zone_of(plan, zone_id)
        demand_movable(zone)
        if not units:
            raise InputError("error.split.would_empty", name=zone.name)
        demand_kept(zone, units)
        check_outline(outline)
        before.update(zone.units)
        after.update(units)
        gained[zone.name] = len(set(units) - set(zone.units))
        deltas.append(updating(zone, replace(zone, units=tuple(units), outline=outline)))
    if before != after:
        raise InputError("error.split.units_lost")
    most = max(gained, key=lambda name: gained[name], default="")
    return Edit(
        verb=Verb.REBALANCE,
        params={"count": sum(gained.values()), "name": most},
        deltas=tuple(deltas),
    )


def lock_zone(plan: PlanRows, zone_id: str, *, locked: bool) -> Edit:
    """Return the edit that locks a zone, so that splits and moves leave it as it is, or unlocks it.

    Raises:
        InputError: There is no such zone, or its operation is over.
    """
    zone = zone_of(plan, zone_id)
    return Edit(
        verb=Verb.EDIT_ZONE,
        params={"name": zone.name},
        deltas=(updating(zone, replace(zone, locked=locked)),),
    )


def replaceable(plan: PlanRows, operation_id: str, ground: Sequence[Area] = ()) -> tuple[str, ...]:
    """Return the ids of the zones of an operation that a new split may take the place of.

    Those are drafts that nobody locked and no team accepted. Without an operation only what an
    earlier split of the same ground made counts: what was drawn by hand is somebody's own.

    Args:
        plan: The plan.
        operation_id: Of the operation, or empty.
        ground: The new zones; needed without an operation.
    """
    tree = shapely.STRtree(list(ground))
    held = {a.zone_id for a in plan.all(Assignment) if a.state not in PLANNED}
    return tuple(
        zone.id
        for zone in plan.all(Zone)
        if zone.operation_id == operation_id
        and zone.state is ZoneState.DRAFT
        and not zone.locked
        and zone.id not in held
        and (operation_id or (zone.units and _covered(zone.outline, ground, tree)))
    )


def staying(plan: PlanRows, operation_id: str, replacing: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the zones of an operation whose ground a split leaves out."""
    if not operation_id:
        return ()
    return tuple(
        z.id
        for z in plan.all(Zone)
        if z.operation_id == operation_id
        and z.id not in replacing
        and z.state is not ZoneState.CANCELLED
    )


def zone_names(
    plan: PlanRows,
    word: str,
    count: int,
    letters: str = LETTERS["en"],
    replacing: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the first free names of the form ``<word> A``, then ``<word> AA``.

    Args:
        plan: The plan.
        word: What a zone is called in the plan's language.
        count: How many.
        letters: In the order of the alphabet; see `LETTERS`.
        replacing: Ids of zones whose names become free.
    """
    taken = {z.name for z in plan.all(Zone) if z.id not in replacing}
    names: list[str] = []
    number = 0
    while len(names) < count:
        name = f"{word} {_letter(number, letters)}"
        if name not in taken:
            names.append(name)
        number += 1
    return tuple(names)


def split_names(
    plan: PlanRows,
    result: Split,
    word: str,
    letters: str = LETTERS["en"],
    replacing: Collection[str] = (),
) -> tuple[str, ...]:
    """Return a name for each zone of a split: its own if it goes on, else a free one.

    Args:
        plan: The plan.
        result: The split.
        word: See `zone_names`, as the others.
        letters: See there.
        replacing: See there; of these some go on.
    """
    stay = {part.continues for part in result.zones}
    going = [zone_id for zone_id in replacing if zone_id not in stay]
    free = zone_names(plan, word, len(result.zones), letters, going)
    return names_of_split(plan, result, free)


def _covered(outline: Area, ground: Sequence[Area], tree: shapely.STRtree) -> bool:
    """Tell whether other outlines hold more of one than a seam along its edge."""
    near = tree.query(outline, predicate="intersects").tolist()
    shared = sum(outline.intersection(ground[n]).area for n in near)
    return bool(shared > SEAM * outline.area)


def _letter(number: int, letters: str) -> str:
    first, last = divmod(number, len(letters))
    return (letters[first - 1] if first else "") + letters[last]


def _giving_way(plan: PlanRows, replacing: Collection[str], stay: Collection[str]) -> list[Delta]:
    deltas: list[Delta] = []
    for zone_id in replacing:
        zone = zone_of(plan, zone_id)
        if zone.locked:
            raise InputError("error.split.locked", name=zone.name)
        if zone.state is not ZoneState.DRAFT:
            raise InputError("error.zone.not_draft", name=zone.name)
        assigned = [a for a in plan.all(Assignment) if a.zone_id == zone_id]
        if any(a.state not in PLANNED for a in assigned):
            raise InputError("error.zone.has_history", name=zone.name)
        if zone_id not in stay:
            deltas += [*(deleting(a) for a in assigned), deleting(zone)]
    return deltas


def _colours(outlines: Sequence[Area], others: Sequence[Zone]) -> list[int]:
    """Return a colour for each outline, so that neighbours differ where four colours allow it."""
    beside: list[set[int]] = [set() for _ in outlines]
    held: list[set[int]] = [set() for _ in outlines]
    tree = shapely.STRtree(list(outlines))
    for a, b in tree.query(list(outlines), predicate="intersects").T.tolist():
        if a != b:
            beside[a].add(b)
    for zone in others:
        for near in tree.query(zone.outline, predicate="intersects").tolist():
            held[near].add(zone.colour % ZONE_COLOURS)
    colours = [-1] * len(outlines)
    # The one with most neighbours first: it has the least choice.
    for number in sorted(range(len(outlines)), key=lambda n: (-len(beside[n]), n)):
        near_colours = Counter(colours[other] for other in beside[number])
        near_colours.update(held[number])
        used = Counter(colours)
        colours[number] = min(range(ZONE_COLOURS), key=lambda c: (near_colours[c], used[c], c))
    return colours
