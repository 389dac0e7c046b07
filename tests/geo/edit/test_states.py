"""The steps of operations, zones and assignments: in order, by whom, and nothing besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.assign import step_assignment
from geo.edit.edit import Edit, updating
from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.states import ASSIGNMENT_STEPS, OPERATION_STEPS, ZONE_STEPS, following
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.errors import InputError, PlanError
from geo.model.command import Zone
from geo.model.vocabulary import AssignmentState, OperationState, Role, ZoneState
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, duty, operation, zone
from tests.geo.edit.people import USERS

O, Z, A = OperationState, ZoneState, AssignmentState  # noqa: E741 - the tables are wide
DOMAIN = {
    O: {
        O.DRAFT: {O.SUBMITTED, O.CANCELLED},
        O.SUBMITTED: {O.DRAFT, O.RELEASED, O.CANCELLED},
        O.RELEASED: {O.ACTIVE, O.CANCELLED},
        O.ACTIVE: {O.SUSPENDED, O.COMPLETED},
        O.SUSPENDED: {O.ACTIVE, O.COMPLETED},
        O.COMPLETED: {O.REVIEWED},
    },
    A: {
        A.DRAFT: {A.PREPARED, A.ABORTED},
        A.PREPARED: {A.ACCEPTED, A.ABORTED},
        A.ACCEPTED: {A.UNDER_WAY, A.ABORTED},
        A.UNDER_WAY: {A.COMPLETED, A.ABORTED},
        A.COMPLETED: {A.DEBRIEFED},
    },
    Z: {
        Z.DRAFT: {Z.SUBMITTED, Z.CANCELLED},
        Z.SUBMITTED: {Z.COORDINATED, Z.DRAFT, Z.CANCELLED},
        Z.COORDINATED: {Z.READY, Z.DRAFT, Z.CANCELLED},
        Z.READY: {Z.ACTIVE, Z.CANCELLED},
        Z.ACTIVE: {Z.SUSPENDED, Z.COMPLETED},
        Z.SUSPENDED: {Z.ACTIVE, Z.COMPLETED},
        Z.COMPLETED: {Z.REVIEWED},
    },
}


def refused(act) -> str:
    with pytest.raises(PlanError) as error:
        act()
    return error.value.code


@pytest.mark.parametrize(
    ("states", "steps"), [(O, OPERATION_STEPS), (Z, ZONE_STEPS), (A, ASSIGNMENT_STEPS)]
)
def test_the_steps_are_those_of_the_domain(states, steps):
    assert {s: set(following(steps, s)) for s in states} == {
        s: DOMAIN[states].get(s, set()) for s in states
    }


def test_an_operation_goes_from_its_draft_to_its_review(plan):
    acts.completed(plan)
    plan.commit(step_assignment(plan, duty(plan).id, A.DEBRIEFED))
    plan.commit(step_operation(plan, OPERATION, O.REVIEWED))
    assert (operation(plan).state, zone(plan).state, duty(plan).state) == (
        O.REVIEWED,
        Z.REVIEWED,
        A.DEBRIEFED,
    )
    assert {p.what for p in plan.store.check()} <= {"check.audit_unsigned"}


def test_who_submits_proposes_and_who_made_it_is_kept(plan):
    acts.drafted(plan)
    deputy = plan.act_as(Role.DEPUTY_GOVERNOR)
    plan.commit(submit_operation(plan, OPERATION))
    assert (operation(plan).proposed_by, operation(plan).made_by) == (
        deputy.id,
        USERS[Role.PLANNER].id,
    )
    assert (zone(plan).state, duty(plan).state) == (Z.SUBMITTED, A.PREPARED)


def test_an_operation_without_a_zone_is_not_submitted(plan):
    assert refused(lambda: submit_operation(plan, "raid")) == "error.operation.no_zone"


def test_only_who_proposed_withdraws_and_the_zones_are_drafts_again(plan):
    acts.coordinated(plan)
    plan.act_as(Role.GOVERNOR)
    assert refused(lambda: withdraw_operation(plan, OPERATION)) == (
        "error.operation.not_your_proposal"
    )
    plan.act_as(Role.PLANNER)
    plan.commit(withdraw_operation(plan, OPERATION))
    assert (operation(plan).state, zone(plan).state) == (O.DRAFT, Z.DRAFT)


def test_a_submission_is_taken_back_by_who_signed_it_and_by_nobody_else(plan):
    acts.submitted(plan)
    plan.act_as(Role.GOVERNOR)
    assert refused(plan.undo) == "error.undo.signed"
    plan.act_as(Role.PLANNER)
    plan.undo()
    assert (operation(plan).state, zone(plan).state) == (O.DRAFT, Z.DRAFT)
    plan.act_as(Role.GOVERNOR)
    assert refused(plan.redo) == "error.undo.signed"
    plan.act_as(Role.PLANNER)
    plan.redo()
    assert operation(plan).state is O.SUBMITTED


@pytest.mark.parametrize("state", list(O))
@pytest.mark.parametrize(
    "reached", [acts.drafted, acts.submitted, acts.released, acts.under_way, acts.completed]
)
def test_an_operation_takes_no_step_that_does_not_follow(plan, reached, state):
    reached(plan)
    plan.act_as(Role.GOVERNOR)
    before = operation(plan).state
    steps = OPERATION_STEPS[before].get(state, frozenset())
    if Verb.STEP_OPERATION not in steps:
        assert refused(lambda: step_operation(plan, OPERATION, state)) in {
            "error.operation.no_such_step",
            "error.operation.state_is_an_act",
        }
    elif reached is acts.under_way and state is O.COMPLETED:
        assert refused(lambda: step_operation(plan, OPERATION, state)) == (
            "error.operation.zones_behind"
        )
    else:
        plan.commit(step_operation(plan, OPERATION, state))
        assert operation(plan).state is state


@pytest.mark.parametrize("state", list(Z))
@pytest.mark.parametrize(
    "reached",
    [acts.drafted, acts.submitted, acts.coordinated, acts.released, acts.under_way, acts.completed],
)
def test_a_zone_takes_no_step_that_does_not_follow(plan, reached, state):
    reached(plan)
    plan.act_as(Role.PLANNER)
    steps = ZONE_STEPS[zone(plan).state].get(state, frozenset())
    if Verb.STEP_ZONE in steps:
        try:
            plan.commit(step_zone(plan, zone(plan).id, state))
        except InputError as error:
            assert error.code in {  # noqa: PT017 - whether it is refused depends on the step
                "error.zone.not_within",
                "error.zone.no_authorisation",
                "error.zone.team_there",
            }
        else:
            assert zone(plan).state is state
    else:
        assert refused(lambda: step_zone(plan, zone(plan).id, state)) in {
            "error.zone.no_such_step",
            "error.zone.with_its_operation",
            "error.state.is_an_act",
        }


@pytest.mark.parametrize("state", list(A))
@pytest.mark.parametrize(
    "reached", [acts.drafted, acts.submitted, acts.released, acts.accepted, acts.under_way]
)
def test_an_assignment_takes_no_step_that_does_not_follow(plan, reached, state):
    reached(plan)
    plan.act_as(Role.PLANNER)
    before = duty(plan).state
    steps = ASSIGNMENT_STEPS[before].get(state, frozenset())
    if Verb.STEP_ASSIGNMENT in steps:
        try:
            plan.commit(step_assignment(plan, duty(plan).id, state))
        except InputError as error:
            assert error.code == "error.assign.not_within"  # noqa: PT017 - see above
        else:
            assert duty(plan).state is state
    else:
        assert refused(lambda: step_assignment(plan, duty(plan).id, state)) in {
            "error.assign.no_such_step",
            "error.state.is_an_act",
        }


def test_a_zone_is_coordinated_by_the_prosecutors_authorisation_and_not_without(plan):
    acts.submitted(plan)
    assert refused(lambda: step_zone(plan, zone(plan).id, Z.COORDINATED)) == (
        "error.zone.no_authorisation"
    )


def test_what_never_began_is_left_behind_when_an_operation_is_completed(plan):
    acts.released(plan)
    plan.act_as(Role.GOVERNOR)
    plan.commit(step_operation(plan, OPERATION, O.ACTIVE))
    assert refused(lambda: step_operation(plan, OPERATION, O.CANCELLED)) == (
        "error.operation.no_such_step"
    )
    plan.commit(step_operation(plan, OPERATION, O.COMPLETED))
    assert (zone(plan).state, duty(plan).state) == (Z.CANCELLED, A.ABORTED)


def test_a_cancelled_operation_cancels_its_zones_and_undo_brings_both_back_before_the_release(plan):
    acts.submitted(plan)
    plan.act_as(Role.GOVERNOR)
    plan.commit(step_operation(plan, OPERATION, O.CANCELLED))
    assert (zone(plan).state, duty(plan).state) == (Z.CANCELLED, A.ABORTED)
    plan.undo()
    assert (operation(plan).state, zone(plan).state) == (O.SUBMITTED, Z.SUBMITTED)


@pytest.mark.parametrize("reached", [acts.released, acts.accepted, acts.under_way, acts.completed])
def test_what_was_signed_ends_undo(plan, reached):
    reached(plan)
    assert refused(plan.undo) == "error.nothing_to_undo"


def test_a_zone_is_not_closed_over_a_team_that_is_in_it(plan):
    acts.under_way(plan)
    assert refused(lambda: step_zone(plan, zone(plan).id, Z.COMPLETED)) == "error.zone.team_there"


def test_a_step_of_what_is_gone_is_refused(plan):
    assert refused(lambda: step_zone(plan, "x", Z.CANCELLED)) == "error.zone.gone"
    assert refused(lambda: step_operation(plan, "x", O.CANCELLED)) == "error.operation.gone"
    assert refused(lambda: step_assignment(plan, "x", A.ABORTED)) == "error.assign.gone"


def test_a_step_with_something_else_in_it_is_refused(plan):
    acts.drafted(plan)
    old = zone(plan)
    moved = replace(old, state=Z.CANCELLED, outline=old.outline.buffer(0.01))
    edit = Edit(verb=Verb.STEP_ZONE, params={"name": "x"}, deltas=(updating(old, moved),))
    assert refused(lambda: plan.commit(edit)) == "error.state.is_an_act"
    assert plan.get(Zone, old.id) == old
