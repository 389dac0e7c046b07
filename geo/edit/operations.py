"""Operations: making and changing one, and the steps from a draft to its end, but the release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.clock import now
from geo.edit.edit import Delta, Edit, inserting, updating
from geo.edit.gate_release import demand_signed_in
from geo.edit.operation_checks import check_operation
from geo.edit.states import DUTY_OVER, RUNNING, SIGNED, ZONE_OVER
from geo.edit.verbs import Verb
from geo.edit.zones import SETTLED
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment, Operation, Zone
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState

if TYPE_CHECKING:
    from datetime import datetime

    from geo.edit.reading import PlanRows


def add_operation(plan: PlanRows, operation: Operation) -> Edit:
    """Return the edit that adds an operation; who is signed in is who proposes it.

    Raises:
        InputError: The name is empty or taken, a period ends before it starts, or it comes as more
            than a draft: submitting and releasing are acts of their own.
    """
    released = operation.released_by or operation.released_at
    if operation.state is not OperationState.DRAFT or released:
        raise InputError("error.operation.state_is_an_act")
    operation = replace(operation, name=operation.name.strip())
    _check(plan, operation)
    maker = plan.user.id if plan.user else ""
    proposed = replace(operation, proposed_by=maker, made_by=maker)
    return Edit(
        verb=Verb.ADD_OPERATION, params={"name": proposed.name}, deltas=(inserting([proposed]),)
    )


def edit_operation(plan: PlanRows, operation: Operation) -> Edit:
    """Return the edit that gives an operation the state `operation`, but not another step.

    Raises:
        InputError: The operation is gone or over, its name is empty or taken, a period ends before
            it starts, a period that a team was given is missing, or its step or who made,
            proposed or released it differs: submitting and releasing are acts of their own. While
            it is submitted nothing of it changes, and after its release only a governor gives it
            more time.
    """
    old = plan.find(Operation, operation.id)
    if old is None:
        raise InputError("error.operation.gone")
    if old.state in SETTLED:
        raise InputError("error.operation.over", name=old.name)
    if old.state is not operation.state or _signed(old) != _signed(operation):
        raise InputError("error.operation.state_is_an_act")
    operation = replace(operation, name=operation.name.strip())
    _check(plan, operation)
    kept = {p.id for p in operation.periods}
    dropped = {p.id: p.name for p in old.periods if p.id not in kept}
    for assignment in plan.all(Assignment):
        if assignment.period_id in dropped:
            raise InputError("error.operation.period_in_use", name=dropped[assignment.period_id])
    edit = Edit(
        verb=Verb.EDIT_OPERATION,
        params={"name": operation.name},
        deltas=(updating(old, operation),),
    )
    # A draft is open to whoever may plan, so nobody needs to be signed in to ask.
    return demand_signed_in(plan, edit) if old.state in SIGNED | RUNNING else edit


def submit_operation(plan: PlanRows, operation_id: str) -> Edit:
    """Return the edit by which who is signed in proposes an operation to the governor.

    Its zones are submitted and its assignments prepared with it; from then on nobody changes them.

    Raises:
        InputError: It is gone, no draft, or has no zone.
        NotAllowedError: Nobody is signed in.
    """
    old, me = operation_of(plan, operation_id), _me(plan)
    new = replace(
        old,
        state=OperationState.SUBMITTED,
        proposed_by=me,
        made_by=old.made_by or old.proposed_by,
        submitted=old.submitted + 1,
    )
    zones = _zones(plan, old, ZoneState.DRAFT)
    ids = {z.id for z in zones}
    duties = [
        a for a in plan.all(Assignment) if a.zone_id in ids and a.state is AssignmentState.DRAFT
    ]
    edit = _step(
        Verb.SUBMIT_OPERATION,
        old,
        new,
        *(updating(z, replace(z, state=ZoneState.SUBMITTED)) for z in zones),
        *(updating(a, replace(a, state=AssignmentState.PREPARED)) for a in duties),
    )
    return demand_signed_in(plan, edit)


def withdraw_operation(plan: PlanRows, operation_id: str) -> Edit:
    """Return the edit by which who proposed an operation takes it back: a draft again.

    Raises:
        InputError: It is gone or not submitted.
        NotAllowedError: Somebody else proposed it.
    """
    old = operation_of(plan, operation_id)
    zones = _zones(plan, old, ZoneState.SUBMITTED, ZoneState.COORDINATED)
    edit = _step(
        Verb.WITHDRAW_OPERATION,
        old,
        replace(old, state=OperationState.DRAFT),
        *(updating(z, replace(z, state=ZoneState.DRAFT)) for z in zones),
    )
    return demand_signed_in(plan, edit)


def step_operation(plan: PlanRows, operation_id: str, state: OperationState) -> Edit:
    """Return the edit by which a commander takes an operation to its next state.

    A completed operation leaves what never began behind: zones that were ready are cancelled, teams
    that did not go are aborted. A cancelled one cancels all its zones, a reviewed one reviews them.
    After the release no step is taken back: it happened.

    Raises:
        InputError: It is gone, the state does not follow, or a team is still in one of its zones.
        NotAllowedError: Nobody is signed in; or it is a step by submitting or releasing.
    """
    old = operation_of(plan, operation_id)
    deltas: list[Delta] = []
    zones = {z.id: z for z in plan.all(Zone) if z.operation_id == old.id}
    ending = {
        OperationState.CANCELLED: (frozenset(ZoneState) - ZONE_OVER, ZoneState.CANCELLED),
        OperationState.COMPLETED: (frozenset({ZoneState.READY}), ZoneState.CANCELLED),
        OperationState.REVIEWED: (frozenset({ZoneState.COMPLETED}), ZoneState.REVIEWED),
    }
    if state in ending:
        these, to = ending[state]
        deltas += [updating(z, replace(z, state=to)) for z in zones.values() if z.state in these]
    if state in {OperationState.CANCELLED, OperationState.COMPLETED}:
        deltas += [
            updating(a, replace(a, state=AssignmentState.ABORTED))
            for a in plan.all(Assignment)
            if a.zone_id in zones and a.state not in DUTY_OVER | {AssignmentState.UNDER_WAY}
        ]
    edit = _step(Verb.STEP_OPERATION, old, replace(old, state=state), *deltas)
    return demand_signed_in(plan, edit)


def operation_of(plan: PlanRows, operation_id: str) -> Operation:
    """Return an operation.

    Raises:
        InputError: It is gone.
    """
    operation = plan.find(Operation, operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    return operation


def running_period(operation: Operation, at: datetime | None = None) -> str:
    """Return the id of the period that holds `at` (Cambodia's time, default now), or empty."""
    moment = at or now()
    return next((p.id for p in operation.periods if p.starts <= moment < p.ends), "")


def _me(plan: PlanRows) -> str:
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    return plan.user.id


def _zones(plan: PlanRows, operation: Operation, *states: ZoneState) -> list[Zone]:
    return [z for z in plan.all(Zone) if z.operation_id == operation.id and z.state in states]


def _step(verb: Verb, old: Operation, new: Operation, *deltas: Delta) -> Edit:
    if old.state is new.state:
        raise InputError(
            "error.operation.no_such_step",
            name=old.name,
            operation_is=old.state.value,
            operation_to=new.state.value,
        )
    return Edit(verb=verb, params={"name": old.name}, deltas=(updating(old, new), *deltas))


def _signed(operation: Operation) -> tuple[object, ...]:
    return (
        operation.proposed_by,
        operation.made_by,
        operation.released_by,
        operation.released_at,
    )


def _check(plan: PlanRows, operation: Operation) -> None:
    if not operation.name:
        raise InputError("error.operation.no_name")
    if any(o.name == operation.name and o.id != operation.id for o in plan.all(Operation)):
        raise InputError("error.operation.name_taken", name=operation.name)
    check_operation(plan.find(Operation, operation.id), operation)
