"""Drawing, reshaping and deleting operation zones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from shapely.validation import explain_validity

from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import GeometryError, InputError
from geo.model.command import Assignment, Operation, Zone
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows
    from geo.model.entity import Area

MIN_CORNERS = 3
ZONE_COLOURS = 4
# About a metre on each side; smaller outlines are a slip of the hand.
MIN_AREA_DEGREES2 = 1e-10
# Cambodia with its sea: west, south, east, north in degrees. What lies beyond is exchanged axes or
# another country, where no command of this one has a say.
REACH = (101.8, 9.3, 108.0, 15.0)
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
) -> Edit:
    """Return the edit that adds a zone.

    Args:
        plan: The plan it is drawn in.
        outline: Polygon in lon/lat degrees.
        name: Shown in the zone and in every list.
        operation_id: Operation that it belongs to, or empty.
        colour: Index of the zone colour; None takes the one used least so far.
        priority: 1 is first.

    Raises:
        GeometryError: The outline crosses itself or encloses nothing.
        InputError: The name is empty or taken, or there is no such operation.
    """
    check_outline(outline)
    _check_name(plan, name, except_id="")
    if operation_id:
        _check_operation(plan, operation_id)
    zone = Zone(
        name=name.strip(),
        outline=outline,
        colour=_least_used_colour(plan) if colour is None else colour % ZONE_COLOURS,
        priority=priority,
        operation_id=operation_id,
    )
    return Edit(verb=Verb.DRAW_ZONE, params={"name": zone.name}, deltas=(inserting([zone]),))


def reshape_zone(plan: PlanRows, zone_id: str, outline: Area) -> Edit:
    """Return the edit that gives a zone another outline.

    Raises:
        GeometryError: The outline crosses itself or encloses nothing.
        InputError: There is no such zone, or its operation is over.
    """
    check_outline(outline)
    zone = zone_of(plan, zone_id)
    return _changed(zone, replace(zone, outline=outline))


def rename_zone(plan: PlanRows, zone_id: str, name: str) -> Edit:
    """Return the edit that renames a zone.

    Raises:
        InputError: The name is empty or taken, or there is no such zone.
    """
    zone = zone_of(plan, zone_id)
    _check_name(plan, name, except_id=zone_id)
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


def place_in_operation(plan: PlanRows, zone_ids: Sequence[str], operation_id: str) -> Edit:
    """Return the edit that puts zones into an operation.

    Raises:
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
    return Edit(
        verb=Verb.EDIT_ZONE,
        params={"name": name},
        deltas=tuple(updating(z, replace(z, operation_id=operation_id)) for z in zones),
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


def check_outline(outline: Area) -> None:
    """Refuse an outline that cannot be an area of operations.

    Raises:
        GeometryError: It crosses itself, encloses nothing, or leaves Cambodia and its sea.
    """
    if outline.is_empty or outline.geom_type not in {"Polygon", "MultiPolygon"}:
        raise GeometryError("error.zone.empty")
    if not outline.is_valid:
        if "Self-intersection" in explain_validity(outline):
            raise GeometryError("error.zone.crosses_itself")
        raise GeometryError("error.zone.invalid")
    if outline.area < MIN_AREA_DEGREES2:
        raise GeometryError("error.zone.too_small")
    west, south, east, north = shapely.bounds(outline)
    reach_west, reach_south, reach_east, reach_north = REACH
    if west < reach_west or south < reach_south or east > reach_east or north > reach_north:
        raise GeometryError("error.zone.outside_cambodia")


def next_zone_name(plan: PlanRows, word: str) -> str:
    """Return the first free name of the form ``<word> n``."""
    taken = {z.name for z in plan.all(Zone)}
    number = 1
    while f"{word} {number}" in taken:
        number += 1
    return f"{word} {number}"


def _changed(zone: Zone, new: Zone) -> Edit:
    return Edit(verb=Verb.EDIT_ZONE, params={"name": new.name}, deltas=(updating(zone, new),))


def _check_name(plan: PlanRows, name: str, *, except_id: str) -> None:
    wanted = name.strip()
    if not wanted:
        raise InputError("error.zone.no_name")
    if any(z.name == wanted and z.id != except_id for z in plan.all(Zone)):
        raise InputError("error.zone.name_taken", name=wanted)


def _check_operation(plan: PlanRows, operation_id: str) -> None:
    operation = plan.find(Operation, operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    if operation.state in SETTLED:
        raise InputError("error.operation.over", name=operation.name)


def _least_used_colour(plan: PlanRows) -> int:
    used = [z.colour for z in plan.all(Zone)]
    return min(range(ZONE_COLOURS), key=used.count)
