"""What no edit may do to the zones and assignments of an operation that was signed.

While an operation is a draft its zones and teams are changed at will. What was submitted stays as
it is, so that the governor releases what the proposer signed. Once it is released outlines and
names stay, because teams were told them; a team may still be replaced, by a commander, and whom it
replaces stays on record. What is over is history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.edit.coordination import authorised
from geo.edit.states import (
    ASSIGNMENT_STEPS,
    DUTY_IN_ZONE,
    DUTY_OVER,
    DUTY_WITHIN,
    OPEN,
    OVER,
    RUNNING,
    SIGNED,
    ZONE_STEPS,
    ZONE_WITHIN,
    why_stays,
)
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.vocabulary import AssignmentState, Role, ZoneState

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanAfter, PlanRows
    from geo.model.plan import User

COMMANDERS: Final = frozenset({Role.GOVERNOR, Role.DEPUTY_GOVERNOR})
_PLANNED: Final = frozenset({AssignmentState.DRAFT, AssignmentState.PREPARED})


class Looked:
    """One edit with the plan before and after it, as the rules look at it."""

    def __init__(self, plan: PlanRows, after: PlanAfter, edit: Edit, actor: User) -> None:
        """Keep them; nothing is read yet."""
        self.plan = plan
        self.after = after
        self.edit = edit
        self.actor = actor

    def operation(self, operation_id: str) -> Operation | None:
        """Return an operation as the edit finds it; a new one as it is made."""
        if not operation_id:
            return None
        found = self.plan.find(Operation, operation_id)
        return found or self.after.find(Operation, operation_id)

    def operation_after(self, operation_id: str) -> Operation | None:
        """Return an operation as the edit leaves it."""
        return self.after.find(Operation, operation_id) if operation_id else None

    def was_released(self, after: Operation | None) -> bool:
        """Tell whether an operation is released by the edit or was before it: it ends undo."""
        if after is None:
            return False
        before = self.plan.find(Operation, after.id)
        over = before is not None and before.state in RUNNING | OVER
        return over or after.state in RUNNING

    def zone(self, zone_id: str) -> Zone | None:
        """Return a zone as the edit finds it; a new one as it is made."""
        return self.plan.find(Zone, zone_id) or self.after.find(Zone, zone_id)


def demand_zone(look: Looked, old: Zone | None, new: Zone | None) -> bool:
    """Refuse what may not happen to a zone; return whether it ends undo.

    Raises:
        PlanError: It may not; the code says why.
    """
    if old is None or new is None:
        given = new or old
        if given is not None:
            if given.state is not ZoneState.DRAFT:
                raise InputError("error.zone.not_draft", name=given.name)
            _demand_open_zone(look, given)
        return False
    if old.state is not new.state:
        return _demand_zone_step(look, old, new)
    # Colour and order say nothing of where the teams go.
    kept = replace(new, colour=old.colour, priority=old.priority, locked=old.locked)
    before = look.operation(old.operation_id)
    if before is not None and before.state in OVER:
        raise InputError("error.zone.operation_over", name=old.name)
    if kept != replace(old, version=kept.version):
        _demand_open_zone(look, old)
        _demand_open_zone(look, new)
    return False


def demand_duty(look: Looked, old: Assignment | None, new: Assignment | None) -> bool:
    """Refuse what may not happen to an assignment; return whether it ends undo.

    Raises:
        PlanError: It may not; the code says why.
    """
    if old is None and new is not None:
        if new.state is not AssignmentState.DRAFT or new.accepted_by or new.accepted_at:
            raise NotAllowedError("error.state.is_an_act")
        return _demand_open_duty(look, new, may_be_running=True)
    if new is None and old is not None:
        if old.state not in _PLANNED:
            raise NotAllowedError("error.assign.is_history")
        return _demand_open_duty(look, old, may_be_running=False)
    if old is None or new is None:
        return False
    if old.state is not new.state:
        return _demand_duty_step(look, old, new)
    if (old.accepted_by, old.accepted_at) != (new.accepted_by, new.accepted_at):
        raise NotAllowedError("error.state.is_an_act")
    kept = replace(new, checklist=old.checklist)
    if kept != replace(old, version=kept.version):
        if old.state not in _PLANNED:
            raise NotAllowedError("error.assign.is_history")
        _demand_open_duty(look, old, may_be_running=False)
        _demand_open_duty(look, new, may_be_running=False)
    return False


def _demand_open_zone(look: Looked, zone: Zone) -> None:
    known = look.plan.find(Zone, zone.id)
    code, params = why_stays(known and zone, look.operation(zone.operation_id))
    if code:
        raise InputError(code, **params)


def _demand_open_duty(look: Looked, duty: Assignment, *, may_be_running: bool) -> bool:
    zone = look.zone(duty.zone_id)
    operation = look.operation(zone.operation_id) if zone is not None else None
    if zone is None or operation is None or operation.state in OPEN:
        return False
    if operation.state in SIGNED:
        raise InputError("error.operation.submitted", name=operation.name)
    if operation.state in OVER:
        raise InputError("error.assign.operation_over", zone=zone.name, operation=operation.name)
    if not may_be_running:
        raise NotAllowedError("error.assign.is_history")
    if look.actor.role not in COMMANDERS:
        raise NotAllowedError("error.operation.commanders_only", name=operation.name)
    return True


def _demand_zone_step(look: Looked, old: Zone, new: Zone) -> bool:
    if new.state not in ZONE_STEPS[old.state]:
        raise InputError(
            "error.zone.no_such_step",
            name=old.name,
            zone_is=old.state.value,
            zone_to=new.state.value,
        )
    if replace(old, state=new.state, version=new.version) != new:
        raise NotAllowedError("error.state.is_an_act")
    operation = look.operation_after(new.operation_id)
    alone = operation is None and new.state is ZoneState.CANCELLED
    if look.edit.verb not in ZONE_STEPS[old.state][new.state]:
        if new.state in {ZoneState.SUBMITTED, ZoneState.READY, ZoneState.DRAFT}:
            raise InputError("error.zone.with_its_operation", name=old.name)
        raise NotAllowedError("error.state.is_an_act")
    if not alone and (operation is None or operation.state not in ZONE_WITHIN[new.state]):
        shown = operation or Operation(name="–")
        raise InputError(
            "error.zone.not_within",
            zone=old.name,
            zone_to=new.state.value,
            operation=shown.name,
            operation_is=shown.state.value,
        )
    needs = new.state in {ZoneState.COORDINATED, ZoneState.READY, ZoneState.ACTIVE}
    if needs and not authorised(look.after, new):
        raise InputError("error.zone.no_authorisation", name=old.name)
    if new.state in {ZoneState.COMPLETED, ZoneState.CANCELLED}:
        _demand_nobody_there(look, new)
    return look.was_released(operation)


def _demand_nobody_there(look: Looked, zone: Zone) -> None:
    """Refuse to close a zone while a team is in it, or is to go there still."""
    for duty in look.after.all(Assignment):
        if duty.zone_id == zone.id and duty.state not in DUTY_OVER:
            raise InputError("error.zone.team_there", name=zone.name)


def _demand_duty_step(look: Looked, old: Assignment, new: Assignment) -> bool:
    zone = look.after.find(Zone, new.zone_id)
    operation = look.operation_after(zone.operation_id) if zone is not None else None
    names = {"zone": zone.name if zone else "–", "duty_to": new.state.value}
    if new.state not in ASSIGNMENT_STEPS[old.state]:
        raise InputError("error.assign.no_such_step", duty_is=old.state.value, **names)
    if look.edit.verb not in ASSIGNMENT_STEPS[old.state][new.state]:
        raise NotAllowedError("error.state.is_an_act")
    signs = new.state is AssignmentState.ACCEPTED
    changed = replace(old, state=new.state, version=new.version)
    if signs:
        changed = replace(changed, accepted_by=new.accepted_by, accepted_at=new.accepted_at)
    if changed != new:
        raise NotAllowedError("error.state.is_an_act")
    if operation is None:
        within = new.state in {AssignmentState.PREPARED, AssignmentState.ABORTED}
    else:
        within = operation.state in DUTY_WITHIN[new.state]
    if not within:
        shown = operation or Operation(name="–")
        raise InputError(
            "error.assign.not_within", operation=shown.name, operation_is=shown.state.value, **names
        )
    if zone is not None and zone.state not in DUTY_IN_ZONE.get(new.state, frozenset(ZoneState)):
        raise InputError("error.assign.zone_not_ready", zone_is=zone.state.value, **names)
    if signs:
        _demand_lead(look, new)
    return look.was_released(operation)


def _demand_lead(look: Looked, duty: Assignment) -> None:
    """Only who leads the team answers for it, by name and in person."""
    # As it stands in the plan: the edit that accepts cannot also make its actor the leader.
    team = look.plan.find(Team, duty.team_id)
    if team is None:
        raise InputError("error.team.gone")
    me = look.actor.id
    if look.actor.role is not Role.DEPUTY_GOVERNOR or team.lead_user_id != me:
        raise NotAllowedError("error.assign.not_the_lead", team=team.name)
    if duty.accepted_by != me or duty.accepted_at is None:
        raise NotAllowedError("error.assign.another_name")
