"""The states of operations, zones and assignments: which may follow which, and by which act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from geo.edit.verbs import Verb
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState

if TYPE_CHECKING:
    from geo.model.command import Operation, Zone

S = TypeVar("S", OperationState, ZoneState, AssignmentState)
Steps = Mapping[S, Mapping[S, frozenset[Verb]]]

_O, _Z, _A = OperationState, ZoneState, AssignmentState
_STEP_OPERATION: Final = frozenset({Verb.STEP_OPERATION})
_STEP_ZONE: Final = frozenset({Verb.STEP_ZONE})
_WITH_OPERATION: Final = _STEP_ZONE | _STEP_OPERATION
_STEP_DUTY: Final = frozenset({Verb.STEP_ASSIGNMENT})
# Another team, no team, a zone or an operation that is cancelled or completed without it.
_ABORT: Final = _STEP_DUTY | _WITH_OPERATION | {Verb.ASSIGN_TEAM, Verb.UNASSIGN_TEAM}

OPERATION_STEPS: Final[Steps[OperationState]] = {
    _O.DRAFT: {
        _O.SUBMITTED: frozenset({Verb.SUBMIT_OPERATION}),
        _O.CANCELLED: _STEP_OPERATION,
    },
    _O.SUBMITTED: {
        _O.DRAFT: frozenset({Verb.WITHDRAW_OPERATION}),
        _O.RELEASED: frozenset({Verb.RELEASE_OPERATION}),
        _O.CANCELLED: _STEP_OPERATION,
    },
    _O.RELEASED: {_O.ACTIVE: _STEP_OPERATION, _O.CANCELLED: _STEP_OPERATION},
    # What has begun happened, and is completed; it can no longer be cancelled.
    _O.ACTIVE: {_O.SUSPENDED: _STEP_OPERATION, _O.COMPLETED: _STEP_OPERATION},
    _O.SUSPENDED: {_O.ACTIVE: _STEP_OPERATION, _O.COMPLETED: _STEP_OPERATION},
    _O.COMPLETED: {_O.REVIEWED: _STEP_OPERATION},
    _O.REVIEWED: {},
    _O.CANCELLED: {},
}

# A zone is submitted, withdrawn and made ready with its operation, and by nothing else.
ZONE_STEPS: Final[Steps[ZoneState]] = {
    _Z.DRAFT: {
        _Z.SUBMITTED: frozenset({Verb.SUBMIT_OPERATION}),
        _Z.CANCELLED: _WITH_OPERATION,
    },
    _Z.SUBMITTED: {
        _Z.COORDINATED: _STEP_ZONE | {Verb.COORDINATE},
        _Z.DRAFT: frozenset({Verb.WITHDRAW_OPERATION}),
        _Z.CANCELLED: _STEP_OPERATION,
    },
    _Z.COORDINATED: {
        _Z.READY: frozenset({Verb.RELEASE_OPERATION}),
        _Z.DRAFT: frozenset({Verb.WITHDRAW_OPERATION}),
        _Z.CANCELLED: _STEP_OPERATION,
    },
    _Z.READY: {_Z.ACTIVE: _STEP_ZONE, _Z.CANCELLED: _WITH_OPERATION},
    _Z.ACTIVE: {_Z.SUSPENDED: _STEP_ZONE, _Z.COMPLETED: _STEP_ZONE},
    _Z.SUSPENDED: {_Z.ACTIVE: _STEP_ZONE, _Z.COMPLETED: _STEP_ZONE},
    _Z.COMPLETED: {_Z.REVIEWED: _WITH_OPERATION},
    _Z.REVIEWED: {},
    _Z.CANCELLED: {},
}

ASSIGNMENT_STEPS: Final[Steps[AssignmentState]] = {
    _A.DRAFT: {_A.PREPARED: _STEP_DUTY | {Verb.SUBMIT_OPERATION}, _A.ABORTED: _ABORT},
    _A.PREPARED: {_A.ACCEPTED: frozenset({Verb.ACCEPT_ASSIGNMENT}), _A.ABORTED: _ABORT},
    _A.ACCEPTED: {_A.UNDER_WAY: _STEP_DUTY, _A.ABORTED: _ABORT},
    _A.UNDER_WAY: {_A.COMPLETED: _STEP_DUTY, _A.ABORTED: _ABORT},
    _A.COMPLETED: {_A.DEBRIEFED: _STEP_DUTY},
    _A.DEBRIEFED: {},
    _A.ABORTED: {},
}

OPEN: Final = frozenset({_O.DRAFT})
"""The plan of the operation may be changed by whoever may plan."""
SIGNED: Final = frozenset({_O.SUBMITTED})
"""Nobody changes what was submitted: the governor releases what the proposer signed."""
RUNNING: Final = frozenset({_O.RELEASED, _O.ACTIVE, _O.SUSPENDED})
"""Released and not over: only what `geo.edit.gate_release` permits changes."""
OVER: Final = frozenset({_O.COMPLETED, _O.REVIEWED, _O.CANCELLED})
"""History."""

ZONE_OVER: Final = frozenset({_Z.COMPLETED, _Z.REVIEWED, _Z.CANCELLED})
DUTY_OVER: Final = frozenset({_A.COMPLETED, _A.DEBRIEFED, _A.ABORTED})

# In which states of its operation (as the edit leaves it) a zone may take each state.
ZONE_WITHIN: Final[Mapping[ZoneState, frozenset[OperationState]]] = {
    _Z.DRAFT: frozenset({_O.DRAFT}),
    _Z.SUBMITTED: frozenset({_O.SUBMITTED}),
    _Z.COORDINATED: frozenset({_O.SUBMITTED}),
    _Z.READY: frozenset({_O.RELEASED}),
    _Z.ACTIVE: frozenset({_O.ACTIVE}),
    _Z.SUSPENDED: frozenset({_O.ACTIVE, _O.SUSPENDED}),
    _Z.COMPLETED: frozenset({_O.ACTIVE, _O.SUSPENDED}),
    _Z.REVIEWED: frozenset({_O.ACTIVE, _O.SUSPENDED, _O.COMPLETED, _O.REVIEWED}),
    _Z.CANCELLED: OPEN | RUNNING | {_O.COMPLETED, _O.CANCELLED},
}
# The same of an assignment. To abort is the one thing that ends it with its operation.
DUTY_WITHIN: Final[Mapping[AssignmentState, frozenset[OperationState]]] = {
    _A.DRAFT: frozenset(),
    _A.PREPARED: OPEN | SIGNED | RUNNING,
    _A.ACCEPTED: RUNNING,
    _A.UNDER_WAY: frozenset({_O.ACTIVE}),
    _A.COMPLETED: frozenset({_O.ACTIVE, _O.SUSPENDED}),
    _A.DEBRIEFED: RUNNING | {_O.COMPLETED, _O.REVIEWED},
    _A.ABORTED: OPEN | RUNNING | {_O.COMPLETED, _O.CANCELLED},
}
# And of its zone: whoever goes in goes into a zone that is released, or where work goes on.
DUTY_IN_ZONE: Final[Mapping[AssignmentState, frozenset[ZoneState]]] = {
    _A.ACCEPTED: frozenset({_Z.READY, _Z.ACTIVE, _Z.SUSPENDED}),
    _A.UNDER_WAY: frozenset({_Z.ACTIVE}),
}


def why_stays(zone: Zone | None, operation: Operation | None) -> tuple[str, dict[str, str]]:
    """Return why a zone's outline and name stay as they are, or an empty code.

    Args:
        zone: The zone; None is one that is yet to be drawn.
        operation: Its operation; None is a proposal that belongs to none.
    """
    name = zone.name if zone is not None else ""
    if operation is None or operation.state in OPEN:
        if zone is None or zone.state is ZoneState.DRAFT:
            return "", {}
        return "error.zone.not_draft", {"name": name}
    if operation.state in SIGNED:
        return "error.operation.submitted", {"name": operation.name}
    if zone is None:
        return "error.operation.no_new_zone", {"name": operation.name}
    if operation.state in RUNNING:
        return "error.zone.released", {"zone": name, "operation": operation.name}
    return "error.zone.operation_over", {"name": name}


def following(steps: Steps[S], state: S) -> tuple[S, ...]:
    """Return the states that may follow `state`, in their order."""
    return tuple(steps[state])
