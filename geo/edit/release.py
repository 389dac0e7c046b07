"""The governor releases an operation: the one act after which nothing before it is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.clock import now
from geo.edit.edit import Edit, updating
from geo.edit.gate_release import demand_signed_in
from geo.edit.operations import operation_of
from geo.edit.verbs import Verb, demand
from geo.errors import InputError, NotAllowedError
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.vocabulary import OperationState, ZoneState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows


def release_operation(
    plan: PlanRows, operation_id: str, gaps: Sequence[tuple[str, str]] = ()
) -> Edit:
    """Return the edit by which the governor releases an operation, with its zones ready.

    Args:
        plan: The plan.
        operation_id: Submitted by somebody else.
        gaps: What stands between it and its release and was not overridden, each the zone's name
            (empty for the operation) and the code of the gap, as far as the analysis was asked; the
            gate asks it in any case (`geo.releasing`).

    Raises:
        InputError: It is gone, not submitted, a zone is not coordinated, or there are gaps.
        NotAllowedError: Who is signed in is no governor, or proposed or made the operation.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    demand(plan.user, Verb.RELEASE_OPERATION)
    old = operation_of(plan, operation_id)
    new = replace(old, state=OperationState.RELEASED, released_by=plan.user.id, released_at=now())
    zones = [
        z for z in plan.all(Zone) if z.operation_id == old.id and z.state is ZoneState.COORDINATED
    ]
    if old.state is OperationState.RELEASED:
        raise InputError(
            "error.operation.no_such_step",
            name=old.name,
            operation_is=old.state.value,
            operation_to=new.state.value,
        )
    edit = Edit(
        verb=Verb.RELEASE_OPERATION,
        params={"name": old.name},
        deltas=(
            updating(old, new),
            *(updating(z, replace(z, state=ZoneState.READY)) for z in zones),
        ),
        barrier=True,
    )
    edit = demand_signed_in(plan, edit)
    demand_no_gap(old.name, gaps)
    return edit


def demand_no_gap(name: str, gaps: Sequence[tuple[str, str]]) -> None:
    """Refuse while anything stands between an operation and its release.

    Raises:
        InputError: Something does; the message says where.
    """
    if gaps:
        places = dict.fromkeys(place or name for place, _ in gaps)
        raise InputError("error.release.gaps", name=name, count=len(gaps), places=", ".join(places))


def released_by(edit: Edit) -> tuple[str, ...]:
    """Return the ids of the operations that an edit releases, by whatever verb it calls itself."""
    return tuple(
        operation_id
        for delta in edit.deltas
        if delta.kind is Kind.OPERATION and delta.after is not None
        for operation_id, state in zip(
            delta.ids, delta.after.get("state", ()), strict="state" in delta.after
        )
        if state == OperationState.RELEASED.value
    )
