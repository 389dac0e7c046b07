"""Operations: making one, and the steps from a draft to its release."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.edit.zones import SETTLED
from geo.errors import InputError
from geo.model.command import Assignment, Operation
from geo.model.vocabulary import OperationState

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


def add_operation(plan: PlanRows, operation: Operation) -> Edit:
    """Return the edit that adds an operation; who is signed in is who proposes it.

    Raises:
        InputError: The name is empty or taken, a period ends before it starts, or it comes as more
            than a draft: submitting and releasing are acts of their own.
    """
    if operation.state is not OperationState.DRAFT or _released(operation) != ("", None):
        raise InputError("error.operation.state_is_an_act")
    operation = replace(operation, name=operation.name.strip())
    _check(plan, operation)
    proposed = replace(operation, proposed_by=plan.user.id if plan.user else "")
    return Edit(
        verb=Verb.ADD_OPERATION, params={"name": proposed.name}, deltas=(inserting([proposed]),)
    )


def edit_operation(plan: PlanRows, operation: Operation) -> Edit:
    """Return the edit that gives an operation the state `operation`, but not another step.

    Raises:
        InputError: The operation is gone or over, its name is empty or taken, a period ends before
            it starts, a period that a team was given is missing, or its step or who proposed or
            released it differs: submitting and releasing
            are acts of their own.
    """
    old = plan.find(Operation, operation.id)
    if old is None:
        raise InputError("error.operation.gone")
    if old.state in SETTLED:
        raise InputError("error.operation.over", name=old.name)
    if old.state is not operation.state or old.proposed_by != operation.proposed_by:
        raise InputError("error.operation.state_is_an_act")
    if _released(old) != _released(operation):
        raise InputError("error.operation.state_is_an_act")
    operation = replace(operation, name=operation.name.strip())
    _check(plan, operation)
    kept = {p.id for p in operation.periods}
    dropped = {p.id: p.name for p in old.periods if p.id not in kept}
    for assignment in plan.all(Assignment):
        if assignment.period_id in dropped:
            raise InputError("error.operation.period_in_use", name=dropped[assignment.period_id])
    return Edit(
        verb=Verb.EDIT_OPERATION,
        params={"name": operation.name},
        deltas=(updating(old, operation),),
    )


def running_period(operation: Operation, at: datetime | None = None) -> str:
    """Return the id of the period that holds `at` (local time, default now), or empty."""
    moment = at or datetime.now(UTC).astimezone().replace(tzinfo=None)
    return next((p.id for p in operation.periods if p.starts <= moment < p.ends), "")


def _released(operation: Operation) -> tuple[str, datetime | None]:
    return operation.released_by, operation.released_at


def _check(plan: PlanRows, operation: Operation) -> None:
    if not operation.name:
        raise InputError("error.operation.no_name")
    if any(o.name == operation.name and o.id != operation.id for o in plan.all(Operation)):
        raise InputError("error.operation.name_taken", name=operation.name)
    if any(p.ends <= p.starts for p in operation.periods):
        raise InputError("error.operation.period_backwards", name=operation.name)
