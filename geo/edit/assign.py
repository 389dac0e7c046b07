"""Giving a zone a team for an operational period, taking it back, and what the team does then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.clock import now
from geo.edit.edit import Delta, Edit, deleting, inserting, updating
from geo.edit.gate_release import demand_signed_in
from geo.edit.states import DUTY_OVER, RUNNING, SIGNED
from geo.edit.teams import team_of
from geo.edit.verbs import Verb
from geo.edit.zones import PLANNED, SETTLED, zone_of
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.vocabulary import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows

__all__ = (
    "OVER",
    "PLANNED",
    "accept",
    "assign_team",
    "current_assignments",
    "step_assignment",
    "unassign",
)

OVER = DUTY_OVER


def assign_team(
    plan: PlanRows,
    zone_id: str,
    team_id: str,
    period_id: str = "",
    tasks: Sequence[str] = (),
) -> Edit:
    """Return the edit that gives a zone a team.

    A zone has one team at a time, either for the whole operation or period by period: another
    team's planned assignment is replaced by this one, and one that was accepted already is kept as
    aborted, so that its history stays. Once the operation was released every one is kept so, and
    only a commander gives a zone another team.

    Args:
        plan: The plan.
        zone_id: The zone.
        team_id: The team.
        period_id: A period of the zone's operation; empty is the whole operation.
        tasks: What the team is to do, in the planner's words.

    Raises:
        InputError: Zone, team or period is gone, the operation is over, the team is there already,
            or the zone is given for the whole operation and a period is asked for, or the reverse;
            or the operation is submitted.
        NotAllowedError: The operation was released, and who is signed in is no commander.
    """
    zone, team = zone_of(plan, zone_id), team_of(plan, team_id)
    _check_period(plan, zone, period_id)
    deltas: list[Delta] = []
    replaced = ""
    for old in current_assignments(plan, zone_id):
        if old.period_id != period_id:
            _check_apart(plan, zone, old, period_id)
            continue
        if old.team_id == team_id:
            raise InputError("error.assign.already", zone=zone.name, team=team.name)
        if old.state in PLANNED and not _signed(plan, zone):
            # What never happened leaves no gap: its successor follows what it was to follow.
            deltas.append(deleting(old))
            replaced = old.replaces
        else:
            deltas.append(updating(old, replace(old, state=AssignmentState.ABORTED)))
            replaced = old.id
    new = Assignment(
        zone_id=zone_id,
        team_id=team_id,
        period_id=period_id,
        # They stand on the sheet; whom to call stands there as the team's contact.
        tasks=tuple(mask(task.strip()) for task in tasks if task.strip()),
        replaces=replaced,
    )
    edit = Edit(
        verb=Verb.ASSIGN_TEAM,
        params={"team": team.name, "zone": zone.name},
        deltas=(*deltas, inserting([new])),
    )
    return demand_signed_in(plan, edit) if _signed(plan, zone) else edit


def unassign(plan: PlanRows, assignment_id: str) -> Edit:
    """Return the edit that takes a planned assignment back, or aborts an accepted one.

    Once the operation was released even a planned one is aborted, so that its history stays.

    Raises:
        InputError: The assignment or its operation is gone or over, or the operation is submitted.
    """
    assignment = _assignment_of(plan, assignment_id)
    signed = _signed(plan, plan.find(Zone, assignment.zone_id))
    delta = (
        deleting(assignment)
        if assignment.state in PLANNED and not signed
        else updating(assignment, replace(assignment, state=AssignmentState.ABORTED))
    )
    edit = Edit(verb=Verb.UNASSIGN_TEAM, params=_names(plan, assignment), deltas=(delta,))
    return demand_signed_in(plan, edit) if signed else edit


def accept(plan: PlanRows, assignment_id: str) -> Edit:
    """Return the edit by which the deputy governor who leads the team accepts it.

    Raises:
        InputError: The assignment is gone, not prepared yet or past its acceptance, or its
            operation is not released or over.
        NotAllowedError: Somebody else leads the team, or nobody is said to.
    """
    assignment = _assignment_of(plan, assignment_id)
    if assignment.state not in PLANNED:
        raise InputError("error.assign.not_planned")
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    accepted = replace(
        assignment,
        state=AssignmentState.ACCEPTED,
        accepted_by=plan.user.id,
        accepted_at=now(),
    )
    edit = Edit(
        verb=Verb.ACCEPT_ASSIGNMENT,
        params=_names(plan, assignment),
        deltas=(updating(assignment, accepted),),
        barrier=True,
    )
    return demand_signed_in(plan, edit)


def step_assignment(plan: PlanRows, assignment_id: str, state: AssignmentState) -> Edit:
    """Return the edit that takes an assignment to its next state, but not to its acceptance.

    Raises:
        InputError: It is gone, the state does not follow, or not while its operation or zone is in
            the state it is in.
        NotAllowedError: Nobody is signed in, or it would be accepted: `accept` is an act of its
            own.
    """
    assignment = plan.find(Assignment, assignment_id)
    if assignment is None:
        raise InputError("error.assign.gone")
    if assignment.state is state:
        zone = plan.find(Zone, assignment.zone_id)
        raise InputError(
            "error.assign.no_such_step",
            zone=zone.name if zone else "–",
            duty_is=assignment.state.value,
            duty_to=state.value,
        )
    edit = Edit(
        verb=Verb.STEP_ASSIGNMENT,
        params=_names(plan, assignment),
        deltas=(updating(assignment, replace(assignment, state=state)),),
    )
    return demand_signed_in(plan, edit)


def current_assignments(plan: PlanRows, zone_id: str) -> tuple[Assignment, ...]:
    """Return a zone's assignments that are planned or under way."""
    return tuple(a for a in plan.all(Assignment) if a.zone_id == zone_id and a.state not in OVER)


def _assignment_of(plan: PlanRows, assignment_id: str) -> Assignment:
    assignment = plan.find(Assignment, assignment_id)
    if assignment is None or assignment.state in OVER:
        raise InputError("error.assign.gone")
    zone = plan.find(Zone, assignment.zone_id)
    operation = plan.find(Operation, zone.operation_id) if zone and zone.operation_id else None
    if zone is not None and operation is not None and operation.state in SETTLED:
        raise InputError("error.assign.operation_over", zone=zone.name, operation=operation.name)
    return assignment


def _signed(plan: PlanRows, zone: Zone | None) -> bool:
    """Tell whether the operation of a zone was submitted or released."""
    operation = plan.find(Operation, zone.operation_id) if zone and zone.operation_id else None
    return operation is not None and operation.state in SIGNED | RUNNING


def _check_apart(plan: PlanRows, zone: Zone, old: Assignment, period_id: str) -> None:
    """Refuse a period beside the whole operation: whom would the zone's team sheet then name?"""
    if old.period_id and period_id:
        return
    code = "error.assign.has_period" if old.period_id else "error.assign.has_whole"
    raise InputError(code, zone=zone.name, team=team_of(plan, old.team_id).name)


def _check_period(plan: PlanRows, zone: Zone, period_id: str) -> None:
    if not period_id:
        return
    operation = plan.find(Operation, zone.operation_id) if zone.operation_id else None
    if operation is None or period_id not in {p.id for p in operation.periods}:
        raise InputError("error.assign.no_such_period", zone=zone.name)


def _names(plan: PlanRows, assignment: Assignment) -> dict[str, str | int]:
    zone, team = plan.find(Zone, assignment.zone_id), plan.find(Team, assignment.team_id)
    return {"team": team.name if team else "", "zone": zone.name if zone else ""}
