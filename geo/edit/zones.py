"""Drawing, reshaping and deleting operation zones.

The zones of one operation never hold the same ground, and neighbours share their edges: what is
drawn is laid on the edges of those beside it (`geo.edit.ground`). What overlaps by more than a
strip is refused with an `OverlapError`, or cut away when that is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.ground import Ground, by_hand, holds_ground
from geo.edit.outlines import REACH, check_outline
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Assignment, Operation, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.ground import Cut
    from geo.edit.reading import PlanRows
    from geo.model.entity import Area

__all__ = (
    "PLANNED",
    "REACH",
    "SETTLED",
    "ZONE_COLOURS",
    "check_name",
    "check_outline",
    "delete_zone",
    "draw_zone",
    "next_zone_name",
    "place_in_operation",
    "rename_zone",
    "reshape_zone",
    "set_zone",
    "zone_of",
)

ZONE_COLOURS = 4
# An operation that is over is history: neither it nor its zones are changed any more.
SETTLED = frozenset({OperationState.COMPLETED, OperationState.REVIEWED, OperationState.CANCELLED})
# Until somebody accepted it, an assignment is a plan and may simply go; afterwards it is history.
PLANNED = frozenset({AssignmentState.DRAFT, AssignmentState.PREPARED})


def draw_zone(
    plan: PlanRows,
    outline: Area,
    name: str,
    *,
    operation_id: str = "",
    colour: int | None = None,
    priority: int = 1,
    cut: Cut = False,
) -> Edit:
    """Return the edit that adds a zone.

    Its first delta is the new zone; more give neighbours the corners that it has on their edges.

    Args:
        plan: The plan it is drawn in.
        outline: Polygon in lon/lat degrees.
        name: Shown in the zone and in every list.
        operation_id: Operation that it belongs to, or empty.
        colour: Index of the zone colour; None takes the one used least so far.
        priority: 1 is first.
        cut: Cut away what other zones of the operation hold; ``"largest"`` keeps the largest of
            several parts only.

    Raises:
        OverlapError: Other zones of the operation hold some of it, and it is not to be cut.
        GeometryError: The outline crosses itself or encloses nothing, or nothing or several parts
            are left of it.
        InputError: The name is empty or taken, or there is no such operation.
    """
    check_outline(outline)
    check_name(plan, name)
    if operation_id:
        _check_operation(plan, operation_id)
    zone = Zone(
        name=name.strip(),
        outline=outline,
        colour=_least_used_colour(plan) if colour is None else colour % ZONE_COLOURS,
        priority=priority,
        operation_id=operation_id,
    )
    ground = Ground(plan, operation_id)
    zone = ground.lay(zone, cut=cut)
    check_outline(zone.outline)
    return Edit(
        verb=Verb.DRAW_ZONE,
        params={"name": zone.name},
        deltas=(inserting([zone]), *ground.deltas()),
    )


def reshape_zone(
    plan: PlanRows,
    zone_id: str,
    outline: Area,
    *,
    cut: Cut = False,
    with_neighbours: bool = False,
) -> Edit:
    """Return the edit that gives a zone another outline.

    A zone that a split made of units is one drawn by hand afterwards.

    Args:
        plan: The plan.
        zone_id: The zone.
        outline: Polygon in lon/lat degrees.
        cut: Cut away what other zones of the operation hold; ``"largest"`` keeps the largest of
            several parts only.
        with_neighbours: Neighbours hold the corners that moved too, so they move along, and what
            the zone then still takes of them they lose.

    Raises:
        OverlapError: Other zones of the operation hold some of it, and it is not to be cut.
        GeometryError: The outline crosses itself or encloses nothing; nothing or several parts are
            left of it, or of a neighbour.
        InputError: There is no such zone, or its operation is over.
    """
    check_outline(outline)
    zone = zone_of(plan, zone_id)
    ground = Ground(plan, zone.operation_id)
    wanted = replace(zone, outline=outline)
    if with_neighbours:
        ground.follow(zone, wanted)
    laid = by_hand(zone, ground.lay(wanted, cut=cut))
    check_outline(laid.outline)
    return Edit(
        verb=Verb.EDIT_ZONE,
        params={"name": zone.name},
        deltas=(updating(zone, laid), *ground.deltas(without=[zone_id])),
    )


def rename_zone(plan: PlanRows, zone_id: str, name: str) -> Edit:
    """Return the edit that renames a zone.

    Raises:
        InputError: The name is empty or taken, or there is no such zone.
    """
    zone = zone_of(plan, zone_id)
    check_name(plan, name, except_ids=[zone_id])
    return _changed(zone, replace(zone, name=name.strip()))


def set_zone(
    plan: PlanRows, zone_id: str, *, priority: int | None = None, colour: int | None = None
) -> Edit:
    """Return the edit that changes a zone's priority or colour.

    Raises:
        InputError: There is no such zone, or its operation is over.
    """
    zone = zone_of(plan, zone_id)
    return _changed(
        zone,
        replace(
            zone,
            priority=zone.priority if priority is None else priority,
            colour=zone.colour if colour is None else colour % ZONE_COLOURS,
        ),
    )


def place_in_operation(
    plan: PlanRows,
    zone_ids: Sequence[str],
    operation_id: str,
    *,
    cut: Cut = False,
) -> Edit:
    """Return the edit that puts zones into an operation, in their order.

    Args:
        plan: The plan.
        zone_ids: The zones.
        operation_id: Where they go.
        cut: Cut away what zones that are there, or come first, hold; as in `draw_zone`.

    Raises:
        OverlapError: A zone holds ground of another, and it is not to be cut.
        GeometryError: Cutting leaves nothing, or several parts.
        InputError: No zone was given, one is gone or has a team for a period of the operation
            that it would leave, or an operation is over or gone.
    """
    _check_operation(plan, operation_id)
    zones = [zone_of(plan, zone_id) for zone_id in zone_ids]
    if not zones:
        raise InputError("error.zone.gone")
    moving = {z.id: z for z in zones if z.operation_id != operation_id}
    for assignment in plan.all(Assignment):
        if assignment.period_id and assignment.zone_id in moving:
            raise InputError("error.zone.has_period", name=moving[assignment.zone_id].name)
    name = zones[0].name if len(zones) == 1 else str(len(zones))
    ground = Ground(plan, operation_id)
    for zone in moving.values():
        placed = replace(zone, operation_id=operation_id)
        if holds_ground(zone):
            placed = by_hand(zone, ground.lay(placed, cut=cut))
            check_outline(placed.outline)
        ground.put(placed)
    deltas = [updating(zone, ground.now(i)) for i, zone in moving.items()]
    stayed = [updating(z, z) for z in zones if z.id not in moving]
    return Edit(
        verb=Verb.EDIT_ZONE, params={"name": name}, deltas=(*deltas, *ground.deltas(), *stayed)
    )


def delete_zone(plan: PlanRows, zone_id: str) -> Edit:
    """Return the edit that removes a zone with its planned assignments; undo brings back both.

    Raises:
        InputError: There is no such zone, it is past its draft, or a team once accepted it.
    """
    zone = zone_of(plan, zone_id)
    if zone.state is not ZoneState.DRAFT:
        raise InputError("error.zone.not_draft", name=zone.name)
    assigned = [a for a in plan.all(Assignment) if a.zone_id == zone_id]
    if any(a.state not in PLANNED for a in assigned):
        raise InputError("error.zone.has_history", name=zone.name)
    return Edit(
        verb=Verb.DELETE_ZONE,
        params={"name": zone.name},
        deltas=(*(deleting(a) for a in assigned), deleting(zone)),
    )


def zone_of(plan: PlanRows, zone_id: str) -> Zone:
    """Return a zone that may still be changed.

    Raises:
        InputError: There is no such zone, or its operation is over.
    """
    zone = plan.find(Zone, zone_id)
    if zone is None:
        raise InputError("error.zone.gone")
    if zone.operation_id:
        operation = plan.find(Operation, zone.operation_id)
        if operation is not None and operation.state in SETTLED:
            raise InputError("error.zone.operation_over", name=zone.name)
    return zone


def check_name(plan: PlanRows, name: str, *, except_ids: Sequence[str] = ()) -> None:
    """Refuse a name that is empty, or that a zone other than `except_ids` has.

    Raises:
        InputError: It is.
    """
    wanted = name.strip()
    if not wanted:
        raise InputError("error.zone.no_name")
    table = plan.table(Kind.ZONE)
    if any(i not in except_ids for i in table.ids[table["name"] == wanted]):
        raise InputError("error.zone.name_taken", name=wanted)


def next_zone_name(plan: PlanRows, word: str) -> str:
    """Return the first free name of the form ``<word> n``."""
    taken = set(plan.table(Kind.ZONE)["name"])
    number = 1
    while f"{word} {number}" in taken:
        number += 1
    return f"{word} {number}"


def _changed(zone: Zone, new: Zone) -> Edit:
    return Edit(verb=Verb.EDIT_ZONE, params={"name": new.name}, deltas=(updating(zone, new),))


def _check_operation(plan: PlanRows, operation_id: str) -> None:
    operation = plan.find(Operation, operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    if operation.state in SETTLED:
        raise InputError("error.operation.over", name=operation.name)


def _least_used_colour(plan: PlanRows) -> int:
    used = plan.table(Kind.ZONE)["colour"].tolist()
    return min(range(ZONE_COLOURS), key=used.count)
