"""Which act comes next for an operation, and why the user who is signed in may not do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.states import OPERATION_STEPS, RUNNING, following
from geo.edit.verbs import Verb
from geo.errors import PlanError
from geo.model.command import Operation
from geo.model.vocabulary import OperationState, Role
from gui.i18n import message, tr
from gui.models.operation_words import own_names
from gui.rights import why_not

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.edit import Edit
    from geo.project import Project

_S = OperationState
NAMES: Final = {
    _S.SUBMITTED: "submit",
    _S.DRAFT: "withdraw",
    _S.RELEASED: "release",
    _S.ACTIVE: "start",
    _S.SUSPENDED: "suspend",
    _S.COMPLETED: "complete",
    _S.REVIEWED: "review",
    _S.CANCELLED: "cancel",
}
ICONS: Final = {
    "submit": "upload",
    "withdraw": "arrow-back-up",
    "release": "shield-check",
    "start": "player-play",
    "resume": "player-play",
    "suspend": "player-pause",
    "complete": "circle-check",
    "review": "checklist",
    "cancel": "ban",
}
MAIN: Final = {
    _S.DRAFT: _S.SUBMITTED,
    _S.SUBMITTED: _S.RELEASED,
    _S.RELEASED: _S.ACTIVE,
    _S.ACTIVE: _S.COMPLETED,
    _S.SUSPENDED: _S.ACTIVE,
    _S.COMPLETED: _S.REVIEWED,
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act on an operation.

    Attributes:
        name: ``command.act.<name>`` says what it does.
        to: The state it leads to.
        why: Why it cannot be done now, in words; empty if it can.
    """

    name: str
    to: OperationState
    why: str = ""

    @property
    def icon(self) -> str:
        """Icon before its words."""
        return ICONS[self.name]


def acts_of(project: Project, operation: Operation) -> tuple[NextAct, ...]:
    """Return what may follow, the act that comes next first; nothing follows what is over."""
    ways = following(OPERATION_STEPS, operation.state)
    main = _main(project, operation)
    ordered = sorted(ways, key=lambda state: state is not main)
    return tuple(
        NextAct(_name(operation, to), to, why_not_now(project, operation, to)) for to in ordered
    )


def _main(project: Project, operation: Operation) -> OperationState | None:
    """Return the next state: who proposed can only take back what others would release."""
    user = project.user
    proposed = user is not None and user.id == operation.proposed_by
    if operation.state is _S.SUBMITTED and proposed:
        return _S.DRAFT
    return MAIN.get(operation.state)


def _name(operation: Operation, to: OperationState) -> str:
    resumes = operation.state is _S.SUSPENDED and to is _S.ACTIVE
    return "resume" if resumes else NAMES[to]


def build(operation_id: str, to: OperationState) -> Callable[[Project], Edit]:
    """Return what makes the edit of a step other than the release."""
    if to is _S.SUBMITTED:
        return lambda plan: submit_operation(plan, operation_id)
    if to is _S.DRAFT:
        return lambda plan: withdraw_operation(plan, operation_id)
    return lambda plan: step_operation(plan, operation_id, to)


def why_not_now(project: Project, operation: Operation, to: OperationState) -> str:
    """Return why a step cannot be taken, in the very words in which the plan would refuse it."""
    if to is _S.RELEASED:
        return _why_no_release(project, operation)
    try:
        project.prepare(build(operation.id, to)(project))
    except PlanError as error:
        return message(error)
    return ""


def _why_no_release(project: Project, operation: Operation) -> str:
    """Return why the user may not release; what is not ready is said where it is asked."""
    user = project.user
    if user is not None and user.id in own_names(operation):
        return tr("command.why.own")
    code, params = why_not(project, Verb.RELEASE_OPERATION)
    return tr(code, **params) if code else ""


def note_of(project: Project, operation: Operation) -> str:
    """Return the code of what everybody should know about the state, or empty."""
    user = project.user
    own = user is not None and user.id in own_names(operation)
    if operation.state is _S.SUBMITTED:
        if own and user is not None and user.role is Role.GOVERNOR:
            return "command.note.own_governor"
        return "command.note.own" if own else "command.note.submitted"
    if operation.state in RUNNING:
        return "command.note.released"
    return ""


def final(operation: Operation) -> bool:
    """Tell whether a step cannot be taken back, so that the user is asked once."""
    return operation.state in RUNNING | {_S.COMPLETED}


def looked_at(project: Project, chosen: str) -> Operation | None:
    """Return the operation that is looked at: the chosen one, or the only one there is."""
    found = project.find(Operation, chosen) if chosen else None
    if found is None and not chosen:
        live = [o for o in project.all(Operation) if o.state is not _S.CANCELLED]
        found = live[0] if len(live) == 1 else None
    return found
