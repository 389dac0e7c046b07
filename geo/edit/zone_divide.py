"""Dividing a zone by a line, and making one zone of several; who was assigned stays assigned.

Both are for drafts: what was submitted is what somebody signed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geo import cutting
from geo.edit.edit import Delta, Edit, deleting, inserting, updating
from geo.edit.ground import Ground
from geo.edit.outlines import check_outline
from geo.edit.verbs import Verb
from geo.edit.zones import PLANNED, check_name, zone_of
from geo.errors import GeometryError, InputError
from geo.model.command import Assignment, Zone
from geo.model.entity import Kind, new_id
from geo.model.vocabulary import ZoneState
from geo.sharing import is_thin
from geo.snapping import rings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from geo.edit.reading import PlanRows
    from geo.model.entity import Area


def divide_zone(plan: PlanRows, zone_id: str, line: ArrayLike) -> Edit:
    """Return the edit that divides a zone by a line, which may cross it several times.

    The largest part is the zone as before, with its name and its teams; the others are new zones
    with numbered names, of the same colour and priority, without a team.

    Args:
        plan: The plan.
        zone_id: The zone.
        line: Corners in degrees, shape ``(n, 2)``.

    Raises:
        GeometryError: The line does not cross the zone from edge to edge, or a part is too small.
        InputError: There is no such zone, its operation is over, or it is past its draft.
    """
    zone = _draft_of(plan, zone_id)
    pieces = cutting.divided(zone.outline, line)
    ground = Ground(plan, zone.operation_id)
    ground.take(zone.id)
    names = _free_names(plan, zone.name, len(pieces) - 1)
    parts = [replace(zone, outline=pieces[0], units=(), locked=False, kept=())]
    parts += [
        replace(parts[0], id=new_id(), version=0, name=name, outline=piece)
        for name, piece in zip(names, pieces[1:], strict=True)
    ]
    for part in parts:
        check_outline(ground.lay(part).outline)
    laid = [ground.now(part.id) for part in parts]
    return Edit(
        verb=Verb.DIVIDE_ZONE,
        params={"name": zone.name, "count": len(laid)},
        deltas=(
            updating(zone, laid[0]),
            inserting(laid[1:]),
            *ground.deltas(without=[zone_id]),
        ),
    )


def merge_zones(plan: PlanRows, zone_ids: Sequence[str], name: str) -> Edit:
    """Return the edit that makes one zone of several that touch.

    It is the first zone with another name and outline; the others are deleted. Its teams stay; a
    planned team of another zone comes with it where none is in its way.

    Args:
        plan: The plan.
        zone_ids: Two zones or more of one operation, all drafts.
        name: Of the new zone; may be the name of one of them.

    Raises:
        GeometryError: They do not touch.
        InputError: There are fewer than two, they are of several operations, one is gone or past
            its draft, a team accepted one that would go, two different teams would be in the new
            zone at a time, or the name is empty or taken.
    """
    zones = [_draft_of(plan, zone_id) for zone_id in dict.fromkeys(zone_ids)]
    if len(zones) < 2:  # noqa: PLR2004 - it takes two
        raise InputError("error.zone.merge_one")
    kept, gone = zones[0], zones[1:]
    if any(z.operation_id != kept.operation_id for z in gone):
        raise InputError("error.zone.merge_operations")
    check_name(plan, name, except_ids=[z.id for z in zones])
    ground = Ground(plan, kept.operation_id)
    for zone in gone:
        ground.take(zone.id)
    units = tuple(u for z in zones for u in z.units) if all(z.units for z in zones) else ()
    whole = replace(kept, name=name.strip(), outline=_as_one(zones), units=units, locked=False)
    stay = tuple(u for z in zones for u in z.kept) if units else ()
    merged = ground.lay(replace(whole, kept=stay))
    return Edit(
        verb=Verb.MERGE_ZONES,
        params={"name": merged.name, "count": len(zones)},
        deltas=(
            updating(kept, merged),
            *_brought(plan, kept, gone),
            *(deleting(zone) for zone in gone),
            *ground.deltas(without=[kept.id]),
        ),
    )


def _draft_of(plan: PlanRows, zone_id: str) -> Zone:
    zone = zone_of(plan, zone_id)
    if zone.state is not ZoneState.DRAFT:
        raise InputError("error.zone.past_draft", name=zone.name)
    return zone


def _free_names(plan: PlanRows, name: str, count: int) -> list[str]:
    taken = set(plan.table(Kind.ZONE)["name"])
    found: list[str] = []
    number = 2
    while len(found) < count:
        if f"{name} {number}" not in taken:
            found.append(f"{name} {number}")
        number += 1
    return found


def _as_one(zones: Sequence[Zone]) -> Area:
    """Return the ground of zones as one, or refuse if they only lie apart or meet in a corner."""
    whole = shapely.union_all([z.outline for z in zones])
    parts = shapely.get_parts(whole)
    if len(parts) > sum(len(shapely.get_parts(z.outline)) for z in zones) - len(zones) + 1:
        raise GeometryError("error.zone.merge_apart")
    clean = [
        shapely.Polygon(
            rings_of(part)[0], [r for r in rings_of(part)[1:] if not is_thin(shapely.Polygon(r))]
        )
        for part in parts
    ]
    return clean[0] if len(clean) == 1 else shapely.MultiPolygon(clean)


def _brought(plan: PlanRows, kept: Zone, gone: Sequence[Zone]) -> list[Delta]:
    """Return what becomes of the assignments of zones that go."""
    theirs = {z.id: z for z in gone}
    everything = plan.all(Assignment)
    here = [a for a in everything if a.zone_id == kept.id]
    deltas: list[Delta] = []
    for assignment in (a for a in everything if a.zone_id in theirs):
        zone = theirs[assignment.zone_id]
        if assignment.state not in PLANNED:
            raise InputError("error.zone.merge_history", name=zone.name)
        at_once = [a for a in here if _at_once(a, assignment)]
        if any(a.team_id != assignment.team_id for a in at_once):
            raise InputError("error.zone.merge_teams", first=kept.name, second=zone.name)
        if at_once:
            deltas.append(deleting(assignment))
            continue
        moved = replace(assignment, zone_id=kept.id)
        here.append(moved)
        deltas.append(updating(assignment, moved))
    return deltas


def _at_once(a: Assignment, b: Assignment) -> bool:
    """Tell whether two duties are at one time: one of the whole operation is at any."""
    from geo.edit.assign import OVER

    whole = not a.period_id or not b.period_id
    return a.state not in OVER and (whole or a.period_id == b.period_id)
