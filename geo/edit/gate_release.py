"""The gate of states and signatures: nobody walks round the acts by writing the rows himself.

Whatever edit comes, by whatever verb, each changed row of an operation, a zone, an assignment, an
override, a coordination or a team is held against the same rules by which the acts are made: the
acts themselves end here. Whoever proposed or made an operation does not release it; overrides are
never changed; who accepts is the deputy governor who leads the team. Whether gaps stand between an
operation and its release is asked above (`geo.releasing`), where the analysis can be asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from geo.edit.coordination import check_coordination
from geo.edit.edit import Action
from geo.edit.gate_zones import COMMANDERS, Looked, demand_duty, demand_zone
from geo.edit.operation_checks import check_operation
from geo.edit.overrides import check_override
from geo.edit.reading import PlanAfter
from geo.edit.states import DUTY_OVER, OPEN, OPERATION_STEPS, OVER, RUNNING, SIGNED, ZONE_OVER
from geo.edit.verbs import Verb, demand
from geo.errors import InputError, NotAllowedError
from geo.model.codec import KIND_OF
from geo.model.command import Assignment, Coordination, Operation, Override, Team, Zone
from geo.model.entity import Entity, Kind
from geo.model.vocabulary import OperationState, Role, ZoneState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.edit.edit import Delta, Edit
    from geo.edit.reading import PlanRows
    from geo.model.plan import User

E = TypeVar("E", bound=Entity)

GUARDED: Final = frozenset(
    {
        Kind.OPERATION,
        Kind.ZONE,
        Kind.ASSIGNMENT,
        Kind.OVERRIDE,
        Kind.COORDINATION,
        Kind.TEAM,
    }
)
# What a zone must be in for its operation to be in a state.
_ZONES_OF: Final = {
    OperationState.SUBMITTED: frozenset({ZoneState.SUBMITTED}),
    OperationState.DRAFT: frozenset({ZoneState.DRAFT}),
    OperationState.RELEASED: frozenset({ZoneState.READY}),
    OperationState.COMPLETED: frozenset({ZoneState.COMPLETED, ZoneState.REVIEWED}),
    OperationState.REVIEWED: frozenset({ZoneState.REVIEWED}),
    OperationState.CANCELLED: frozenset({ZoneState.CANCELLED}),
}


def demand_acts(plan: PlanRows, edit: Edit, actor: User) -> Edit:
    """Return an edit that keeps the rules of states and signatures; what is signed ends undo.

    Taking back and putting back are looked at elsewhere (`geo.edit.gate_undo`): they repeat what
    passed here.

    Raises:
        InputError: A row would come into a state that it cannot come into now.
        NotAllowedError: It could, but not by this actor or not by this edit.
    """
    deltas = [d for d in edit.deltas if d.kind in GUARDED and _known(plan, d)]
    if edit.action is not Action.DO or not deltas:
        return edit
    look = Looked(plan, PlanAfter(plan, deltas), edit, actor)
    ends_undo = False
    for operation_pair in _rows(look, Operation, deltas):
        ends_undo |= _demand_operation(look, *operation_pair)
    for zone_pair in _rows(look, Zone, deltas):
        ends_undo |= demand_zone(look, *zone_pair)
    for duty_pair in _rows(look, Assignment, deltas):
        ends_undo |= demand_duty(look, *duty_pair)
    for override_pair in _rows(look, Override, deltas):
        ends_undo |= _demand_override(look, *override_pair)
    for told_before, told in _rows(look, Coordination, deltas):
        _demand_coordination(look, told_before, told)
    for team_pair in _rows(look, Team, deltas):
        _demand_team(look, *team_pair)
    return replace(edit, barrier=True) if ends_undo else edit


def demand_signed_in(plan: PlanRows, edit: Edit) -> Edit:
    """Return an act that keeps the rules for who is signed in, as it will be asked to once more.

    Raises:
        InputError: See `demand_acts`.
        NotAllowedError: The same, or nobody is signed in.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    demand(plan.user, edit.verb)
    return demand_acts(plan, edit, plan.user)


def _known(plan: PlanRows, delta: Delta) -> bool:
    """Tell whether all rows that it changes are there; else the store says what became of them."""
    return delta.before is None or all(i in plan.table(delta.kind) for i in delta.ids)


def _rows(look: Looked, cls: type[E], deltas: list[Delta]) -> Iterator[tuple[E | None, E | None]]:
    """Yield each changed row of a class as the plan has it, and as the edit leaves it.

    What the edit says was there before is not believed.
    """
    for delta in deltas:
        if delta.kind is not KIND_OF[cls]:
            continue
        for entity_id in delta.ids:
            yield look.plan.find(cls, entity_id), look.after.find(cls, entity_id)


def _demand_operation(look: Looked, old: Operation | None, new: Operation | None) -> bool:
    if new is None:
        raise NotAllowedError("error.operation.is_kept")
    if old is None:
        me = look.actor.id
        signed = (new.released_by, new.released_at, new.submitted)
        if new.state is not OperationState.DRAFT or signed != ("", None, 0):
            raise InputError("error.operation.state_is_an_act")
        if (new.proposed_by, new.made_by) != (me, me):
            raise NotAllowedError("error.operation.another_name")
        check_operation(None, new)
        return False
    if old.state is not new.state:
        return _demand_step(look, old, new)
    if _signatures(old) != _signatures(new):
        raise InputError("error.operation.state_is_an_act")
    if old.state in OVER:
        raise InputError("error.operation.over", name=old.name)
    if old.state in SIGNED:
        raise InputError("error.operation.submitted", name=old.name)
    if old.state in RUNNING:
        _demand_only_more_time(look, old, new)
    check_operation(old, new)
    return False


def _demand_step(look: Looked, old: Operation, new: Operation) -> bool:
    if new.state not in OPERATION_STEPS[old.state]:
        raise InputError(
            "error.operation.no_such_step",
            name=old.name,
            operation_is=old.state.value,
            operation_to=new.state.value,
        )
    if look.edit.verb not in OPERATION_STEPS[old.state][new.state]:
        raise InputError("error.operation.state_is_an_act")
    me = look.actor.id
    expected = replace(old, state=new.state, version=new.version)
    if new.state is OperationState.SUBMITTED:
        expected = replace(
            expected,
            proposed_by=me,
            made_by=old.made_by or old.proposed_by,
            submitted=old.submitted + 1,
        )
    elif new.state is OperationState.DRAFT and me != old.proposed_by:
        raise NotAllowedError("error.operation.not_your_proposal", name=old.name)
    elif new.state is OperationState.RELEASED:
        if look.actor.role is not Role.GOVERNOR:
            raise NotAllowedError("error.release.governor_only", name=old.name)
        if me in {old.proposed_by, old.made_by}:
            raise NotAllowedError("error.release.own", name=old.name)
        if new.released_at is None:
            raise NotAllowedError("error.state.is_an_act")
        expected = replace(expected, released_by=me, released_at=new.released_at)
    if expected != new:
        raise InputError("error.operation.state_is_an_act")
    _demand_zones_follow(look, new)
    return new.state in RUNNING or old.state in RUNNING | OVER


def _demand_zones_follow(look: Looked, operation: Operation) -> None:
    """Refuse a step by which the zones of an operation, or its teams, would be left behind."""
    wanted = _ZONES_OF.get(operation.state)
    if wanted is None:
        return
    zones = [z for z in look.after.all(Zone) if z.operation_id == operation.id]
    late = [z.name for z in zones if z.state not in wanted | {ZoneState.CANCELLED}]
    if late:
        raise InputError(
            "error.operation.zones_behind",
            name=operation.name,
            operation_to=operation.state.value,
            zones=", ".join(late),
        )
    needed = operation.state in {OperationState.SUBMITTED, OperationState.RELEASED}
    if needed and all(z.state in ZONE_OVER for z in zones):
        raise InputError("error.operation.no_zone", name=operation.name)
    if operation.state in {OperationState.COMPLETED, OperationState.CANCELLED}:
        ids = {z.id: z.name for z in zones}
        for duty in look.after.all(Assignment):
            if duty.zone_id in ids and duty.state not in DUTY_OVER:
                raise InputError("error.zone.team_there", name=ids[duty.zone_id])


def _signatures(operation: Operation) -> tuple[object, ...]:
    return (
        operation.proposed_by,
        operation.made_by,
        operation.released_by,
        operation.released_at,
        operation.submitted,
    )


def _demand_only_more_time(look: Looked, old: Operation, new: Operation) -> None:
    """After the release the governor may add time and words, and nobody takes any away."""
    if look.edit.verb is not Verb.EDIT_OPERATION or look.actor.role is not Role.GOVERNOR:
        raise NotAllowedError("error.operation.governor_only", name=old.name)
    kept = replace(
        new,
        periods=old.periods,
        commander=old.commander,
        ministry_guidance=old.ministry_guidance,
        version=old.version,
    )
    after = {p.id: p for p in new.periods}
    for period in old.periods:
        now = after.get(period.id)
        if now is None or now.ends < period.ends or replace(now, ends=period.ends) != period:
            raise InputError("error.operation.released_stays", name=old.name)
    if kept != old:
        raise InputError("error.operation.released_stays", name=old.name)


def _demand_override(look: Looked, old: Override | None, new: Override | None) -> bool:
    if old is not None or new is None or look.edit.verb is not Verb.OVERRIDE:
        raise NotAllowedError("error.override.is_kept")
    check_override(look.plan, new, look.actor.id)
    return True


def _demand_coordination(look: Looked, old: Coordination | None, new: Coordination | None) -> None:
    if new is None:
        raise NotAllowedError("error.coordination.is_kept")
    if look.edit.verb is Verb.COORDINATE:
        if old is not None and old.operation_id != new.operation_id:
            raise InputError("error.coordination.other_operation")
        check_coordination(look.after, new)
        return
    # A merged site or a zone made of two takes its answers along; nobody changes them in passing.
    if old is None or old.authorisation is None or new.authorisation is None:
        raise NotAllowedError("error.coordination.is_kept")
    moved = replace(
        new.authorisation,
        site_ids=old.authorisation.site_ids,
        zone_id=old.authorisation.zone_id,
    )
    followed = _followed(look.edit, old.authorisation.site_ids)
    if (
        replace(new, authorisation=moved, version=old.version) != old
        or new.authorisation.site_ids != followed
    ):
        raise NotAllowedError("error.coordination.is_kept")
    if look.edit.verb is not Verb.MERGE:
        operation = look.operation(old.operation_id)
        if operation is not None and operation.state not in OPEN:
            raise NotAllowedError("error.coordination.is_kept")


def _followed(edit: Edit, site_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sites of an authorisation, each that the edit merges as what it turned out."""
    into: dict[str, str] = {}
    for delta in edit.deltas:
        if delta.kind is Kind.SITE and delta.after is not None and delta.before is not None:
            kept = delta.after.get("merged_into", ())
            into |= {i: str(to) for i, to in zip(delta.ids, kept, strict=bool(kept)) if to}
    return tuple(dict.fromkeys(into.get(i, i) for i in site_ids))


def _demand_team(look: Looked, old: Team | None, new: Team | None) -> None:
    """Refuse that a team with a zone goes, or a deputy makes himself the leader who accepts."""
    if new is None:
        if old is not None and any(a.team_id == old.id for a in look.after.all(Assignment)):
            raise InputError("error.team.assigned", name=old.name)
        return
    if look.actor.role not in COMMANDERS - {Role.GOVERNOR}:
        return
    before = old.lead_user_id if old is not None else ""
    if new.lead_user_id == look.actor.id and before != look.actor.id:
        raise NotAllowedError("error.team.own_leader", name=new.name)
