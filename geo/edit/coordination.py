"""What was asked of other authorities, and what they answered.

The prosecutor's answer carries the authorisation: which sites or which zone, from when to when. It
is what makes a submitted zone a coordinated one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geo.clock import today
from geo.edit.edit import Edit, inserting, updating
from geo.edit.reading import PlanAfter
from geo.edit.states import OVER
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Authorisation, Coordination, Operation, Zone
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import (
    CoordinationAuthority,
    CoordinationResult,
    OperationState,
    ZoneState,
)

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.edit import Delta
    from geo.edit.reading import PlanRows

_OPEN, _AGREED = CoordinationResult.OPEN, CoordinationResult.AGREED


def record_coordination(plan: PlanRows, coordination: Coordination) -> Edit:
    """Return the edit that enters a question to an authority, with its answer if there is one.

    Raises:
        InputError: The operation is gone or over, the same was asked already and is open, or the
            entry contradicts itself; see `check_coordination`.
    """
    coordination = _tidy(coordination)
    check_coordination(plan, coordination)
    for other in plan.all(Coordination):
        if coordination.result is _OPEN and _same_question(other, coordination):
            raise InputError(
                "error.coordination.asked_already", asked_of=coordination.authority.value
            )
    return _edit(plan, coordination, inserting([coordination]))


def reply_coordination(
    plan: PlanRows,
    coordination_id: str,
    *,
    replied_on: date,
    result: CoordinationResult,
    reference: str = "",
    authorisation: Authorisation | None = None,
) -> Edit:
    """Return the edit that enters an authority's answer to a question that is open.

    Args:
        plan: The plan.
        coordination_id: The question.
        replied_on: Day of the answer.
        result: Agreed or refused.
        reference: Number of the authority's letter.
        authorisation: What the prosecutor authorised; None keeps what was asked for.

    Raises:
        InputError: It is gone or answered already, or the answer contradicts itself.
    """
    old = _coordination_of(plan, coordination_id)
    if old.result is not _OPEN:
        raise InputError("error.coordination.answered")
    if result is _OPEN:
        raise InputError("error.coordination.no_result")
    return correct_coordination(
        plan,
        replace(
            old,
            replied_on=replied_on,
            result=result,
            reference=reference or old.reference,
            authorisation=authorisation or old.authorisation,
        ),
    )


def correct_coordination(plan: PlanRows, coordination: Coordination) -> Edit:
    """Return the edit that gives an entry the state `coordination`; the audit keeps what it was.

    Raises:
        InputError: It is gone or of another operation, or it contradicts itself.
    """
    old = _coordination_of(plan, coordination.id)
    if old.operation_id != coordination.operation_id:
        raise InputError("error.coordination.other_operation")
    coordination = _tidy(coordination)
    check_coordination(plan, coordination)
    return _edit(plan, coordination, updating(old, coordination))


def check_coordination(plan: PlanRows, coordination: Coordination) -> None:
    """Refuse an entry that contradicts itself or the plan, in whatever way it would come in.

    Raises:
        InputError: It does; the code says how.
    """
    operation = plan.find(Operation, coordination.operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    if operation.state in OVER:
        raise InputError("error.operation.over", name=operation.name)
    _check_days(coordination)
    told = coordination.authorisation
    prosecutor = coordination.authority is CoordinationAuthority.COURT_PROSECUTOR
    if told is not None and not prosecutor:
        raise InputError("error.coordination.only_prosecutor_authorises")
    if coordination.result is _AGREED and prosecutor:
        if told is None or not (told.site_ids or told.zone_id):
            raise InputError("error.coordination.no_scope")
        if told.valid_from is None or told.valid_to is None:
            raise InputError("error.coordination.no_times")
        if not coordination.reference:
            raise InputError("error.coordination.no_reference")
    if told is not None:
        _check_authorisation(plan, operation, told)


def authorised(plan: PlanRows, zone: Zone) -> bool:
    """Tell whether the prosecutor agreed to anything in a zone: to it, or to a site inside it.

    Whether that covers every site and every hour is asked by the readiness.
    """
    # Kept by the table: each zone of an operation asks the same letters.
    agreed = plan.table(Kind.COORDINATION).kept("agreed", (), lambda: _agreed(plan))
    given = [told for operation_id, told in agreed if operation_id == zone.operation_id]
    if any(each.zone_id == zone.id for each in given):
        return True
    sites = plan.table(Kind.SITE)
    rows = [sites.index[i] for each in given for i in each.site_ids if i in sites]
    lon, lat = sites["lon"][rows], sites["lat"][rows]
    # A letter may name thousands of sites: only those near the zone are measured.
    west, south, east, north = zone.outline.bounds
    near = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    return bool(shapely.intersects_xy(zone.outline, lon[near], lat[near]).any())


def _agreed(plan: PlanRows) -> tuple[tuple[str, Authorisation], ...]:
    """Return what prosecutors agreed to, with the operation of each."""
    return tuple(
        (told.operation_id, told.authorisation)
        for told in plan.all(Coordination)
        if told.authority is CoordinationAuthority.COURT_PROSECUTOR
        and told.result is _AGREED
        and told.authorisation is not None
    )


def _tidy(coordination: Coordination) -> Coordination:
    return replace(coordination, reference=coordination.reference.strip())


def _coordination_of(plan: PlanRows, coordination_id: str) -> Coordination:
    found = plan.find(Coordination, coordination_id)
    if found is None:
        raise InputError("error.coordination.gone")
    return found


def _same_question(other: Coordination, new: Coordination) -> bool:
    return (other.operation_id, other.authority, other.result, scope_of(other)) == (
        new.operation_id,
        new.authority,
        new.result,
        scope_of(new),
    )


def scope_of(coordination: Coordination) -> tuple[str, frozenset[str]]:
    """Return what a question is about: a zone, sites, or the whole operation."""
    told = coordination.authorisation or Authorisation()
    return told.zone_id, frozenset(told.site_ids)


def _check_days(told: Coordination) -> None:
    if told.asked_on is None:
        raise InputError("error.coordination.not_asked")
    if told.due_on is not None and told.due_on < told.asked_on:
        raise InputError("error.coordination.due_before_asked")
    if told.result is _OPEN:
        if told.replied_on is not None:
            raise InputError("error.coordination.no_result")
        return
    if told.replied_on is None:
        raise InputError("error.coordination.no_reply")
    if told.replied_on < told.asked_on:
        raise InputError("error.coordination.replied_before_asked")
    if told.replied_on > today():
        raise InputError("error.coordination.future")


def _check_authorisation(plan: PlanRows, operation: Operation, told: Authorisation) -> None:
    zone = plan.find(Zone, told.zone_id) if told.zone_id else None
    if told.zone_id and (zone is None or zone.operation_id != operation.id):
        raise InputError("error.coordination.zone_elsewhere", operation=operation.name)
    if any(plan.find(Site, site_id) is None for site_id in told.site_ids):
        raise InputError("error.site.gone")
    if any(
        moment is not None and moment.tzinfo is not None
        for moment in (told.valid_from, told.valid_to, told.hours_from, told.hours_to)
    ):
        raise InputError("error.operation.time_with_zone")
    backwards = (
        told.valid_from is not None
        and told.valid_to is not None
        and told.valid_to <= told.valid_from
    )
    # From 22:00 to 04:00 is a night; from 22:00 to 22:00 is nothing, or everything.
    half = (told.hours_from is None) != (told.hours_to is None)
    empty = told.hours_from is not None and told.hours_from == told.hours_to
    if backwards or half or empty or told.witnesses < 0:
        raise InputError("error.coordination.times_backwards")


def _edit(plan: PlanRows, told: Coordination, delta: Delta) -> Edit:
    """Return the edit with the zones that the answer makes coordinated."""
    after = PlanAfter(plan, [delta])
    zones = []
    if after.get(Operation, told.operation_id).state is OperationState.SUBMITTED:
        zones = [
            z
            for z in plan.all(Zone)
            if z.operation_id == told.operation_id
            and z.state is ZoneState.SUBMITTED
            and authorised(after, z)
        ]
    return Edit(
        verb=Verb.COORDINATE,
        deltas=(
            delta,
            *(updating(z, replace(z, state=ZoneState.COORDINATED)) for z in zones),
        ),
    )
