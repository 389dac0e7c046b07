"""What the governor takes upon himself: a gap in the readiness, with a reason, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.clock import now
from geo.edit.edit import Edit, inserting
from geo.edit.states import OVER
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.command import Operation, Override, Zone
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.vocabulary import OperationState

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

MIN_LETTERS: Final = 10
"""A reason is a sentence that can be answered for, not a full stop."""


def override_gap(plan: PlanRows, operation_id: str, zone_id: str, what: str, reason: str) -> Edit:
    """Return the edit by which the governor goes ahead in spite of a gap.

    Args:
        plan: The plan.
        operation_id: Submitted, or released and not over.
        zone_id: The zone that has the gap, or empty for the operation as a whole.
        what: Code of the gap.
        reason: In the governor's words, at least `MIN_LETTERS` letters.

    Raises:
        InputError: See `check_override`.
        NotAllowedError: Nobody is signed in, or the governor proposed the operation himself.
    """
    user = plan.user
    if user is None:
        raise NotAllowedError("error.nobody_signed_in")
    operation = plan.find(Operation, operation_id)
    override = Override(
        operation_id=operation_id,
        zone_id=zone_id,
        what=what,
        # It stands on the sheet: a number in it would find a person.
        reason=mask(reason.strip()),
        decided_by=user.id,
        decided_at=now(),
        submission=operation.submitted if operation is not None else 0,
    )
    check_override(plan, override, user.id)
    zone = plan.find(Zone, zone_id)
    name = zone.name if zone is not None else plan.get(Operation, operation_id).name
    return Edit(
        verb=Verb.OVERRIDE, params={"name": name}, deltas=(inserting([override]),), barrier=True
    )


def check_override(plan: PlanRows, override: Override, actor_id: str) -> None:
    """Refuse an override that nobody answers for, in whatever way it would come in.

    Raises:
        InputError: The operation or the zone is gone, the operation is not submitted or it is over,
            the override is of another of its proposals, the reason is too short or holds a number
            that finds somebody, or the gap is one that cannot be overridden.
        NotAllowedError: It is in another name, or the operation is the actor's own proposal.
    """
    operation = plan.find(Operation, override.operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    if operation.state in OVER:
        raise InputError("error.operation.over", name=operation.name)
    if operation.state is OperationState.DRAFT:
        raise InputError("error.override.not_submitted", name=operation.name)
    if override.submission != operation.submitted:
        raise InputError("error.override.other_proposal", name=operation.name)
    zone = plan.find(Zone, override.zone_id) if override.zone_id else None
    if override.zone_id and (zone is None or zone.operation_id != operation.id):
        raise InputError("error.zone.gone")
    if override.what not in set(GapCode):
        raise InputError("error.override.no_such_gap", what=override.what)
    if override.what in NEVER_OVERRIDDEN:
        raise InputError("error.override.authorisation")
    _check_reason(override.reason)
    if actor_id in {operation.proposed_by, operation.made_by}:
        raise NotAllowedError("error.override.own", name=operation.name)
    if override.decided_by != actor_id or override.decided_at is None:
        raise NotAllowedError("error.override.another_name")


def _check_reason(reason: str) -> None:
    if sum(c.isalpha() for c in reason) < MIN_LETTERS:
        raise InputError("error.override.reason", least=MIN_LETTERS)
    if mask(reason) != reason:
        raise InputError("error.override.number")
