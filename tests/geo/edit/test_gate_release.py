"""Nobody walks round the acts by writing the rows himself, by whatever verb he calls it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from geo.edit.edit import Action, Edit, deleting, inserting, updating
from geo.edit.release import release_operation
from geo.edit.verbs import RIGHTS, Verb
from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.command import Assignment, Operation, Override, Zone
from geo.model.vocabulary import AssignmentState, OperationState, Role, ZoneState
from geo.releasing import release, standing_gaps
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, duty, operation, zone
from tests.geo.edit.people import USERS

NOW = datetime(2022, 9, 10, 8)  # noqa: DTZ001 - local
ROLES = list(Role)
GOVERNOR, DEPUTY = USERS[Role.GOVERNOR].id, USERS[Role.DEPUTY_GOVERNOR].id


def params_for(verb: Verb) -> dict[str, str | int]:
    return dict.fromkeys(("name", "zone", "team", "file"), "x") | {"n": 1}


def tried(plan, role, verb, *deltas, **how):
    """Try an edit made by hand; tell whether it came through."""
    plan.act_as(role)
    edit = Edit(verb=verb, params=params_for(verb), deltas=deltas, **how)
    before = plan.history
    try:
        plan.commit(edit)
    except (NotAllowedError, InputError):
        assert plan.history is before
        return False
    return True


def walked_round(plan, change, permitted=frozenset()):
    """The verbs and roles by which a change of rows comes through."""
    found = set()
    for verb in Verb:
        for role in ROLES:
            if (verb, role) not in permitted and tried(plan, role, verb, *change()):
                found.add((verb, role))
    return found


@pytest.mark.parametrize("state", [s for s in OperationState if s is not OperationState.DRAFT])
def test_no_verb_inserts_an_operation_beyond_its_draft(plan, state):
    new = Operation(name="Forged", state=state, proposed_by=USERS[Role.PLANNER].id)
    assert walked_round(plan, lambda: (inserting([new]),)) == set()


def test_no_verb_makes_an_operation_in_another_name(plan):
    new = Operation(name="Forged", proposed_by="somebody", made_by="somebody")
    assert walked_round(plan, lambda: (inserting([new]),)) == set()


@pytest.mark.parametrize("state", [s for s in ZoneState if s is not ZoneState.DRAFT])
def test_no_verb_inserts_a_zone_beyond_its_draft(plan, square, state):
    new = Zone(name="Forged", outline=square, state=state)
    assert walked_round(plan, lambda: (inserting([new]),)) == set()


@pytest.mark.parametrize("state", [s for s in AssignmentState if s is not AssignmentState.DRAFT])
def test_no_verb_inserts_an_assignment_beyond_its_draft(plan, state):
    acts.drafted(plan)
    new = Assignment(zone_id=zone(plan).id, team_id=plan.team("Blue").id, state=state)
    assert walked_round(plan, lambda: (inserting([new]),)) == set()


@pytest.mark.parametrize("field", ["proposed_by", "made_by", "released_by"])
@pytest.mark.parametrize("reached", [acts.drafted, acts.submitted, acts.released])
def test_no_verb_writes_another_signature(plan, reached, field):
    reached(plan)
    forged = replace(operation(plan), **{field: "somebody"})
    assert walked_round(plan, lambda: (updating(operation(plan), forged),)) == set()


@pytest.mark.parametrize("reached", [acts.drafted, acts.submitted, acts.coordinated])
def test_no_verb_and_no_role_releases_an_operation_with_gaps(plan, reached):
    reached(plan)
    new = replace(
        operation(plan),
        state=OperationState.RELEASED,
        released_by=GOVERNOR,
        released_at=NOW,
    )
    ready = replace(zone(plan), state=ZoneState.READY)
    assert standing_gaps(plan, OPERATION)
    assert (
        walked_round(plan, lambda: (updating(operation(plan), new), updating(zone(plan), ready)))
        == set()
    )


def test_only_a_governor_by_the_act_itself_releases_what_is_ready(plan):
    acts.coordinated(plan)
    acts.overridden(plan)
    new = replace(
        operation(plan),
        state=OperationState.RELEASED,
        released_by=GOVERNOR,
        released_at=NOW,
    )
    ready = replace(zone(plan), state=ZoneState.READY)

    def change():
        return updating(operation(plan), new), updating(zone(plan), ready)

    right = (Verb.RELEASE_OPERATION, Role.GOVERNOR)
    assert walked_round(plan, change, {right}) == set()
    plan.act_as(Role.GOVERNOR)
    # Without its zones it would be half a release.
    assert not tried(plan, Role.GOVERNOR, Verb.RELEASE_OPERATION, change()[0])
    assert tried(plan, Role.GOVERNOR, Verb.RELEASE_OPERATION, *change(), barrier=False)
    assert plan.history.undoable == ()


@pytest.mark.parametrize("state", [s for s in ZoneState if s is not ZoneState.DRAFT])
def test_no_verb_takes_a_drafted_zone_further_but_to_its_end(plan, state):
    acts.drafted(plan)
    forged = replace(zone(plan), state=state)
    found = walked_round(plan, lambda: (updating(zone(plan), forged),))
    assert found == set()  # a team still has it, so that it is not even cancelled alone


@pytest.mark.parametrize("reached", [acts.drafted, acts.submitted, acts.released])
def test_nobody_accepts_but_the_leader_after_the_release(plan, reached):
    reached(plan)
    forged = replace(
        duty(plan), state=AssignmentState.ACCEPTED, accepted_by=DEPUTY, accepted_at=NOW
    )
    right = {(Verb.ACCEPT_ASSIGNMENT, Role.DEPUTY_GOVERNOR)} if reached is acts.released else set()
    assert walked_round(plan, lambda: (updating(duty(plan), forged),), right) == set()
    for verb, role in right:
        assert tried(plan, role, verb, updating(duty(plan), forged))


def test_no_verb_writes_who_accepted_or_moves_what_was_accepted(plan):
    acts.accepted(plan)
    old = duty(plan)
    for forged in (
        replace(old, accepted_by="somebody"),
        replace(old, team_id=plan.team("Blue").id),
        replace(old, state=AssignmentState.DRAFT),
    ):
        assert walked_round(plan, lambda f=forged: (updating(duty(plan), f),)) == set()
    assert walked_round(plan, lambda: (deleting(duty(plan)),)) == set()


def test_an_override_is_never_changed_or_deleted_by_any_verb(plan):
    acts.coordinated(plan)
    acts.overridden(plan)
    old = plan.all(Override)[0]
    assert walked_round(plan, lambda: (deleting(old),)) == set()
    forged = replace(old, reason="Another reason that is long enough")
    assert walked_round(plan, lambda: (updating(old, forged),)) == set()


def test_an_override_comes_in_by_the_governors_act_alone(plan):
    acts.coordinated(plan)
    new = Override(
        operation_id=OPERATION,
        what=standing_gaps(plan, OPERATION)[0][1],
        reason=acts.REASON,
        decided_by=GOVERNOR,
        decided_at=NOW,
        submission=plan.get(Operation, OPERATION).submitted,
    )
    right = (Verb.OVERRIDE, Role.GOVERNOR)
    assert walked_round(plan, lambda: (inserting([new]),), {right}) == set()
    assert tried(plan, Role.GOVERNOR, Verb.OVERRIDE, inserting([new]))


def test_no_verb_deletes_a_team_that_has_a_zone(plan):
    acts.drafted(plan)
    assert walked_round(plan, lambda: (deleting(plan.team("Red")),)) == set()


def test_no_verb_deletes_an_operation(plan):
    acts.drafted(plan)
    assert walked_round(plan, lambda: (deleting(operation(plan)),)) == set()


@pytest.mark.parametrize("action", [Action.UNDO, Action.REDO])
def test_an_undo_that_is_none_is_refused(plan, action):
    acts.coordinated(plan)
    forged = replace(operation(plan), state=OperationState.RELEASED, released_by=GOVERNOR)
    for of in ("", plan.history.undoable[-1].id):
        for verb in (Verb.RELEASE_OPERATION, plan.history.undoable[-1].verb):
            plan.act_as(Role.GOVERNOR)
            edit = Edit(
                verb=verb,
                params=params_for(verb),
                deltas=(updating(operation(plan), forged),),
                action=action,
                of=of,
            )
            with pytest.raises(PlanError) as refused:
                plan.commit(edit)
            assert refused.value.code == "error.undo.not_the_last"
    assert operation(plan).state is OperationState.SUBMITTED


# --- the act itself -------------------------------------------------------------------------------


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("reached", [acts.drafted, acts.coordinated, acts.released])
def test_only_a_governor_releases_and_only_what_was_submitted(plan, reached, role):
    reached(plan)
    if reached is acts.coordinated:
        acts.overridden(plan)
    plan.act_as(role)
    if role is not Role.GOVERNOR:
        assert refusal(lambda: release(plan, OPERATION)) == "error.not_allowed"
    elif reached is acts.coordinated:
        plan.commit(release(plan, OPERATION))
        done = operation(plan)
        assert (done.released_by, done.released_at is None) == (GOVERNOR, False)
        assert zone(plan).state is ZoneState.READY
    else:
        assert refusal(lambda: release(plan, OPERATION)) == "error.operation.no_such_step"


def test_the_governor_who_proposed_does_not_release(plan):
    acts.coordinated(plan, Role.GOVERNOR)
    plan.act_as(Role.GOVERNOR)
    assert refusal(lambda: release_operation(plan, OPERATION, ())) == "error.release.own"


def test_the_governor_who_made_it_does_not_release_what_another_submitted(plan):
    acts.drafted(plan, Role.GOVERNOR)
    plan.act_as(Role.PLANNER)
    plan.commit(acts.submit_operation(plan, OPERATION))
    plan.commit(acts.record_coordination(plan, acts.answer(plan)))
    plan.act_as(Role.GOVERNOR)
    assert refusal(lambda: release_operation(plan, OPERATION, ())) == "error.release.own"


def test_gaps_are_named_by_their_places_and_a_zone_without_authorisation_is_not_released(plan):
    acts.submitted(plan)
    plan.act_as(Role.GOVERNOR)
    assert refusal(lambda: release(plan, OPERATION)) == "error.operation.zones_behind"
    plan.act_as(Role.PLANNER)
    plan.commit(acts.record_coordination(plan, acts.answer(plan)))
    plan.act_as(Role.GOVERNOR)
    with pytest.raises(InputError) as refused:
        release(plan, OPERATION)
    assert refused.value.code == "error.release.gaps"
    assert zone(plan).name in refused.value.params["places"]


def test_a_release_that_was_ready_when_it_was_built_is_asked_again_at_the_gate(plan):
    acts.coordinated(plan)
    plan.act_as(Role.GOVERNOR)
    edit = release_operation(plan, OPERATION, ())
    assert refusal(lambda: plan.commit(edit)) == "error.release.gaps"


def test_every_verb_that_may_release_is_the_governors():
    assert RIGHTS[Verb.RELEASE_OPERATION] == RIGHTS[Verb.OVERRIDE] == {Role.GOVERNOR}
