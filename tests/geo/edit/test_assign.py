from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.assign import (
    accept,
    assign_team,
    current_assignments,
    step_assignment,
    unassign,
)
from geo.edit.edit import Edit, updating
from geo.edit.operations import edit_operation
from geo.edit.teams import edit_team
from geo.edit.verbs import Verb
from geo.edit.zones import SETTLED, draw_zone
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment, Operation, Zone
from geo.model.vocabulary import AssignmentState, OperationState, Role, ZoneState
from tests.geo.edit.people import USERS

LIVE = [AssignmentState.ACCEPTED, AssignmentState.UNDER_WAY]
OVER = [AssignmentState.COMPLETED, AssignmentState.DEBRIEFED, AssignmentState.ABORTED]


@pytest.fixture
def zone(plan, square):
    plan.commit(draw_zone(plan, square, "Alpha", operation_id="raid"))
    return plan.all(Zone)[0]


@pytest.fixture
def red(plan, zone):
    """Team Red has the zone, as a draft."""
    plan.commit(assign_team(plan, zone.id, plan.team("Red").id, tasks=["Search the hotel"]))
    return plan.all(Assignment)[0]


def in_state(plan, assignment, state):
    new = replace(assignment, state=state)
    plan.stands(Edit(verb=Verb.ASSIGN_TEAM, deltas=(updating(assignment, new),)))
    return plan.get(Assignment, assignment.id)


def teams_of(plan, zone):
    names = {t.id: t.name for t in map(plan.team, ("Red", "Blue", "Green"))}
    return [(names[a.team_id], a.state) for a in plan.all(Assignment) if a.zone_id == zone.id]


def test_a_task_stands_on_the_sheet_without_a_number_that_finds_somebody(plan, zone):
    tasks = ["Ask the guard, 012 345 678", " "]
    plan.commit(assign_team(plan, zone.id, plan.team("Red").id, tasks=tasks))
    (task,) = plan.all(Assignment)[0].tasks
    assert "345" not in task
    assert task.startswith("Ask the guard")


def test_an_assignment_starts_as_a_draft_with_its_tasks(plan, zone, red):
    assert (red.zone_id, red.team_id) == (zone.id, plan.team("Red").id)
    assert (red.state, red.tasks, red.replaces) == (
        AssignmentState.DRAFT,
        ("Search the hotel",),
        "",
    )


def test_another_team_takes_the_place_of_a_planned_one(plan, zone, red):
    plan.commit(assign_team(plan, zone.id, plan.team("Blue").id))
    assert teams_of(plan, zone) == [("Blue", AssignmentState.DRAFT)]


@pytest.mark.parametrize("state", LIVE)
def test_what_was_accepted_stays_as_aborted_and_its_successor_says_so(plan, zone, red, state):
    in_state(plan, red, state)
    plan.commit(assign_team(plan, zone.id, plan.team("Blue").id))
    assert teams_of(plan, zone) == [
        ("Red", AssignmentState.ABORTED),
        ("Blue", AssignmentState.DRAFT),
    ]
    assert plan.all(Assignment)[1].replaces == red.id


def test_a_second_thought_keeps_the_history_of_the_first(plan, zone, red):
    in_state(plan, red, AssignmentState.ACCEPTED)
    plan.commit(assign_team(plan, zone.id, plan.team("Blue").id))
    plan.commit(assign_team(plan, zone.id, plan.team("Green").id))
    (green,) = current_assignments(plan, zone.id)
    assert green.replaces == red.id


@pytest.mark.parametrize("state", OVER)
def test_a_zone_whose_duty_is_over_is_free_for_the_same_team(plan, zone, red, state):
    in_state(plan, red, state)
    plan.commit(assign_team(plan, zone.id, plan.team("Red").id))
    assert teams_of(plan, zone) == [("Red", state), ("Red", AssignmentState.DRAFT)]


def test_the_same_team_twice_is_refused(plan, zone, red):
    with pytest.raises(InputError) as refused:
        assign_team(plan, zone.id, plan.team("Red").id)
    assert refused.value.code == "error.assign.already"


def test_each_period_has_its_own_team(plan, zone):
    raid = plan.get(Operation, "raid")
    evening = replace(raid.periods[0], id="evening", name="Evening")
    plan.commit(edit_operation(plan, replace(raid, periods=(*raid.periods, evening))))
    plan.commit(assign_team(plan, zone.id, plan.team("Red").id, "evening"))
    plan.commit(assign_team(plan, zone.id, plan.team("Blue").id, "morning"))
    assert {(a.period_id, a.team_id) for a in current_assignments(plan, zone.id)} == {
        ("evening", plan.team("Red").id),
        ("morning", plan.team("Blue").id),
    }


@pytest.mark.parametrize("team", ["Red", "Blue"])
def test_a_zone_given_for_the_whole_operation_has_no_other_team_for_a_period(plan, zone, red, team):
    with pytest.raises(InputError) as refused:
        assign_team(plan, zone.id, plan.team(team).id, "morning")
    assert refused.value.code == "error.assign.has_whole"
    assert refused.value.params == {"zone": "Alpha", "team": "Red"}


@pytest.mark.parametrize("team", ["Red", "Blue"])
def test_a_zone_given_for_a_period_has_no_other_team_for_the_whole_operation(plan, zone, team):
    plan.commit(assign_team(plan, zone.id, plan.team("Red").id, "morning"))
    with pytest.raises(InputError) as refused:
        assign_team(plan, zone.id, plan.team(team).id)
    assert refused.value.code == "error.assign.has_period"
    assert refused.value.params == {"zone": "Alpha", "team": "Red"}


def test_a_zone_whose_team_was_taken_back_is_free_for_a_period(plan, zone, red):
    plan.commit(unassign(plan, red.id))
    plan.commit(assign_team(plan, zone.id, plan.team("Blue").id, "morning"))
    assert teams_of(plan, zone) == [("Blue", AssignmentState.DRAFT)]


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_in_an_operation_that_is_over_nothing_is_accepted_or_taken_back(plan, red, state):
    raid = plan.get(Operation, "raid")
    over = updating(raid, replace(raid, state=state))
    plan.stands(Edit(verb=Verb.EDIT_OPERATION, deltas=(over,)))
    plan.act_as(Role.DEPUTY_GOVERNOR)
    for act in (accept, unassign):
        with pytest.raises(InputError) as refused:
            act(plan, red.id)
        assert refused.value.code == "error.assign.operation_over"


def test_a_period_is_one_of_the_zones_operation(plan, zone, square):
    plan.commit(draw_zone(plan, square, "Without operation"))
    without = next(z for z in plan.all(Zone) if not z.operation_id)
    for zone_id, period in ((zone.id, "evening"), (without.id, "morning")):
        with pytest.raises(InputError) as refused:
            assign_team(plan, zone_id, plan.team().id, period)
        assert refused.value.code == "error.assign.no_such_period"


def test_zone_and_team_must_be_there(plan, zone):
    for zone_id, team_id, code in (
        ("nowhere", plan.team().id, "error.zone.gone"),
        (zone.id, "nobody", "error.team.gone"),
    ):
        with pytest.raises(InputError) as refused:
            assign_team(plan, zone_id, team_id)
        assert refused.value.code == code


def test_a_planned_assignment_taken_back_is_gone(plan, red):
    plan.commit(unassign(plan, red.id))
    assert plan.all(Assignment) == ()


@pytest.mark.parametrize("state", LIVE)
def test_an_accepted_assignment_taken_back_is_aborted(plan, red, state):
    in_state(plan, red, state)
    plan.commit(unassign(plan, red.id))
    assert plan.get(Assignment, red.id).state is AssignmentState.ABORTED


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_neither_taken_back_nor_accepted(plan, red, state):
    in_state(plan, red, state)
    plan.act_as(Role.DEPUTY_GOVERNOR)
    for act in (unassign, accept):
        with pytest.raises(InputError) as refused:
            act(plan, red.id)
        assert refused.value.code == "error.assign.gone"


@pytest.fixture
def released(plan, red):
    """The operation was released with team Red prepared."""
    raid, zone = plan.get(Operation, "raid"), plan.get(Zone, red.zone_id)
    changes = (
        updating(raid, replace(raid, state=OperationState.RELEASED)),
        updating(zone, replace(zone, state=ZoneState.READY)),
        updating(red, replace(red, state=AssignmentState.PREPARED)),
    )
    plan.stands(Edit(verb=Verb.RELEASE_OPERATION, deltas=changes, barrier=True))
    return plan.get(Assignment, red.id)


def led_by(plan, leader):
    plan.act_as(Role.PLANNER)
    plan.commit(edit_team(plan, replace(plan.team("Red"), lead_user_id=leader)))


def test_the_deputy_governor_who_leads_the_team_accepts(plan, released):
    led_by(plan, USERS[Role.DEPUTY_GOVERNOR].id)
    deputy = plan.act_as(Role.DEPUTY_GOVERNOR)
    plan.commit(accept(plan, released.id))
    accepted = plan.get(Assignment, released.id)
    assert (accepted.state, accepted.accepted_by) == (AssignmentState.ACCEPTED, deputy.id)
    assert accepted.accepted_at is not None
    with pytest.raises(InputError) as refused:
        plan.undo()
    assert refused.value.code == "error.nothing_to_undo"


@pytest.mark.parametrize("leader", ["", "another deputy"])
def test_nobody_accepts_for_another_ones_team(plan, released, leader):
    if leader:
        led_by(plan, leader)
    plan.act_as(Role.DEPUTY_GOVERNOR)
    with pytest.raises(NotAllowedError) as refused:
        accept(plan, released.id)
    assert refused.value.code == "error.assign.not_the_lead"
    plan.user = None
    with pytest.raises(NotAllowedError):
        accept(plan, released.id)


def test_no_deputy_governor_makes_himself_the_leader(plan, released):
    deputy = plan.act_as(Role.DEPUTY_GOVERNOR)
    with pytest.raises(NotAllowedError) as refused:
        plan.commit(edit_team(plan, replace(plan.team("Red"), lead_user_id=deputy.id)))
    assert refused.value.code == "error.team.own_leader"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.DEPUTY_GOVERNOR])
def test_nobody_else_accepts_anything(plan, released, role):
    led_by(plan, USERS[role].id)
    plan.act_as(role)
    with pytest.raises(NotAllowedError) as refused:
        accept(plan, released.id)
    assert refused.value.code == "error.not_allowed"


def test_nothing_is_accepted_before_the_release(plan, red):
    led_by(plan, USERS[Role.DEPUTY_GOVERNOR].id)
    plan.commit(step_assignment(plan, red.id, AssignmentState.PREPARED))
    plan.act_as(Role.DEPUTY_GOVERNOR)
    with pytest.raises(InputError) as refused:
        accept(plan, red.id)
    assert refused.value.code == "error.assign.not_within"


@pytest.mark.parametrize("state", LIVE)
def test_what_was_accepted_is_not_accepted_again(plan, red, state):
    in_state(plan, red, state)
    plan.act_as(Role.DEPUTY_GOVERNOR)
    with pytest.raises(InputError) as refused:
        accept(plan, red.id)
    assert refused.value.code == "error.assign.not_planned"
