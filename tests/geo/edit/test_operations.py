"""Operations and teams: making and changing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from shapely import Polygon

from geo.edit.assign import PLANNED, assign_team
from geo.edit.edit import Edit, updating
from geo.edit.operations import add_operation, edit_operation, running_period
from geo.edit.teams import OFFERED_GROUPS, add_team, delete_team, edit_team, new_team
from geo.edit.verbs import Verb
from geo.edit.zones import draw_zone, place_in_operation
from geo.errors import InputError
from geo.model.command import (
    Assignment,
    Operation,
    Period,
    Team,
    TeamGroup,
    Zone,
    new_period,
    with_group,
)
from geo.model.vocabulary import MANDATORY_GROUPS, AssignmentState, GroupKind, OperationState

SIX = datetime(2022, 9, 1, 6)  # noqa: DTZ001 - periods are in local time
NOON = datetime(2022, 9, 1, 12)  # noqa: DTZ001 - periods are in local time


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def raid(plan):
    return plan.get(Operation, "raid")


def test_who_adds_an_operation_proposes_it(plan):
    plan.commit(add_operation(plan, Operation(name=" Sweep ", proposed_by="somebody else")))
    sweep = plan.all(Operation)[-1]
    assert (sweep.name, sweep.proposed_by) == ("Sweep", plan.user.id)
    assert sweep.state is OperationState.DRAFT


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", "error.operation.no_name"),
        ("Raid", "error.operation.name_taken"),
        (" Raid ", "error.operation.name_taken"),
    ],
)
def test_an_operation_has_a_name_of_its_own(plan, name, code):
    plan.commit(add_operation(plan, Operation(id="sweep", name="Sweep")))
    sweep = plan.get(Operation, "sweep")
    assert refusal(lambda: add_operation(plan, Operation(name=name))) == code
    assert refusal(lambda: edit_operation(plan, replace(sweep, name=name))) == code


@pytest.mark.parametrize("ends", [SIX, SIX - timedelta(hours=1)])
def test_a_period_ends_after_it_begins(plan, raid, ends):
    periods = (new_period("Night", SIX, ends),)
    code = "error.operation.period_backwards"
    assert refusal(lambda: add_operation(plan, Operation(name="X", periods=periods))) == code
    assert refusal(lambda: edit_operation(plan, replace(raid, periods=periods))) == code


@pytest.mark.parametrize("state", [s for s in OperationState if s is not OperationState.DRAFT])
def test_no_operation_begins_or_moves_on_by_being_typed_in(plan, raid, state):
    code = "error.operation.state_is_an_act"
    assert refusal(lambda: add_operation(plan, Operation(name="X", state=state))) == code
    assert refusal(lambda: edit_operation(plan, replace(raid, state=state))) == code


@pytest.mark.parametrize(
    "change", [{"proposed_by": "x"}, {"released_by": "x"}, {"released_at": SIX}], ids=str
)
def test_who_proposed_and_who_released_is_not_edited(plan, raid, change):
    # Whoever proposed an operation may not release it, so nobody may write another's name there.
    forged = replace(raid, **change)
    assert refusal(lambda: edit_operation(plan, forged)) == "error.operation.state_is_an_act"


def test_a_new_operation_was_released_by_nobody(plan):
    for change in ({"released_by": "x"}, {"released_at": SIX}):
        forged = Operation(name="X", **change)
        assert refusal(lambda f=forged: add_operation(plan, f)) == "error.operation.state_is_an_act"


@pytest.mark.parametrize(
    "state", [OperationState.COMPLETED, OperationState.REVIEWED, OperationState.CANCELLED]
)
def test_what_is_over_is_not_edited(plan, raid, state):
    over = replace(raid, state=state)
    plan.stands(Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(raid, over),)))
    assert refusal(lambda: edit_operation(plan, replace(over, commander="X"))) == (
        "error.operation.over"
    )


def test_an_operation_that_is_gone_is_not_edited(plan):
    assert refusal(lambda: edit_operation(plan, Operation(name="X"))) == "error.operation.gone"


def test_an_edited_operation_keeps_its_periods(plan, raid):
    plan.commit(edit_operation(plan, replace(raid, commander="Governor")))
    assert plan.get(Operation, "raid") == replace(raid, commander="Governor", version=2)


@pytest.mark.parametrize(
    ("at", "period"),
    [
        (SIX - timedelta(seconds=1), ""),
        (SIX, "a"),
        (NOON - timedelta(seconds=1), "a"),
        (NOON, ""),
    ],
)
def test_a_period_runs_from_its_start_until_just_before_its_end(at, period):
    operation = Operation(name="X", periods=(Period("a", "A", SIX, NOON),))
    assert running_period(operation, at) == period


def test_a_new_team_is_offered_the_commands_groups_and_victim_support():
    team = new_team("Red", province_code="18")
    assert [g.kind for g in team.groups] == list(OFFERED_GROUPS)
    assert GroupKind.VICTIM_SUPPORT in OFFERED_GROUPS
    assert team.empty_mandatory_groups() == MANDATORY_GROUPS


def test_the_first_four_groups_are_mandatory():
    assert tuple(GroupKind)[: len(MANDATORY_GROUPS)] == MANDATORY_GROUPS
    assert len(MANDATORY_GROUPS) == 4


def test_a_group_counts_when_it_has_a_chief_or_members():
    team = new_team("Red")
    team = with_group(team, TeamGroup(GroupKind.MINUTES, chief="Chief of the office"))
    team = with_group(team, TeamGroup(GroupKind.REPORTS, members=2))
    team = with_group(team, TeamGroup(GroupKind.CAMERA_FOOTAGE, task="Fetch the recordings"))
    assert team.empty_mandatory_groups() == (
        GroupKind.MILITARY_POLICE_INSPECTION,
        GroupKind.CAMERA_FOOTAGE,
    )
    assert len(team.groups) == len(OFFERED_GROUPS)


def test_a_team_that_lacks_a_group_is_given_it_last():
    team = with_group(Team(name="Red"), TeamGroup(GroupKind.CORDON, members=4))
    assert team.groups == (TeamGroup(GroupKind.CORDON, members=4),)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", "error.team.no_name"),
        ("Blue", "error.team.name_taken"),
        (" Blue ", "error.team.name_taken"),
    ],
)
def test_a_team_has_a_name_of_its_own(plan, name, code):
    red = plan.team("Red")
    assert refusal(lambda: add_team(plan, Team(name=name))) == code
    assert refusal(lambda: edit_team(plan, replace(red, name=name))) == code


def test_a_team_is_added_and_changed(plan):
    plan.commit(add_team(plan, Team(id="w", name=" White ")))
    plan.commit(edit_team(plan, replace(plan.get(Team, "w"), contact="channel 3")))
    assert plan.get(Team, "w") == Team(id="w", name="White", contact="channel 3", version=2)


def test_a_team_that_is_gone_is_neither_changed_nor_deleted(plan):
    assert refusal(lambda: edit_team(plan, Team(name="X"))) == "error.team.gone"
    assert refusal(lambda: delete_team(plan, "nobody")) == "error.team.gone"


def test_a_team_without_an_assignment_can_be_deleted_and_another_not(plan, square):
    plan.commit(draw_zone(plan, square, "Alpha"))
    plan.commit(assign_team(plan, plan.all(Zone)[0].id, plan.team("Red").id))
    assert refusal(lambda: delete_team(plan, plan.team("Red").id)) == "error.team.assigned"
    plan.commit(delete_team(plan, plan.team("Blue").id))
    assert [t.name for t in plan.all(Team)] == ["Red", "Green"]


@pytest.mark.parametrize("state", [s for s in AssignmentState if s not in PLANNED])
def test_a_team_that_once_accepted_a_zone_is_history_and_is_not_deleted(plan, square, state):
    # "Take its zones back first" would send the planner in circles: they would stay as aborted.
    plan.commit(draw_zone(plan, square, "Alpha"))
    plan.commit(assign_team(plan, plan.all(Zone)[0].id, plan.team("Red").id))
    (planned,) = plan.all(Assignment)
    accepted = updating(planned, replace(planned, state=state))
    plan.stands(Edit(verb=Verb.ASSIGN_TEAM, deltas=(accepted,)))
    assert refusal(lambda: delete_team(plan, plan.team("Red").id)) == "error.team.has_history"


def test_a_period_that_a_team_was_given_is_not_removed(plan, raid):
    outline = Polygon([(103.5, 10.5), (103.6, 10.5), (103.6, 10.6)])
    plan.commit(draw_zone(plan, outline, "Harbour", operation_id=raid.id))
    (zone,) = plan.all(Zone)
    plan.commit(assign_team(plan, zone.id, plan.team().id, "morning"))
    assert (
        refusal(lambda: edit_operation(plan, replace(raid, periods=())))
        == "error.operation.period_in_use"
    )


def test_a_zone_with_a_team_for_a_period_stays_in_its_operation(plan, raid):
    outline = Polygon([(103.5, 10.5), (103.6, 10.5), (103.6, 10.6)])
    plan.commit(draw_zone(plan, outline, "Harbour", operation_id=raid.id))
    (zone,) = plan.all(Zone)
    plan.commit(assign_team(plan, zone.id, plan.team().id, "morning"))
    plan.commit(add_operation(plan, Operation(id="sweep", name="Sweep")))
    assert refusal(lambda: place_in_operation(plan, [zone.id], "sweep")) == "error.zone.has_period"
