"""A team goes from one zone or period to another by one act."""

from __future__ import annotations

import pytest
from shapely import box

from geo.edit.assign import assign_team, current_assignments
from geo.edit.moving import move_assignment
from geo.edit.zones import draw_zone
from geo.errors import InputError
from geo.model.command import Assignment, Zone


@pytest.fixture
def zones(plan):
    for n, name in enumerate(("Alpha", "Bravo")):
        area = box(103.5 + n / 10, 10.6, 103.55 + n / 10, 10.65)
        plan.commit(draw_zone(plan, area, name, operation_id="raid"))
    return {z.name: z.id for z in plan.all(Zone)}


def give(plan, zone_id, team, period=""):
    edit = plan.commit(assign_team(plan, zone_id, plan.team(team).id, period, ["Search"]))
    return edit.deltas[-1].ids[0]


def holders(plan, zone_id):
    return [(a.team_id, a.period_id) for a in current_assignments(plan, zone_id)]


def test_a_team_moves_to_another_zone_with_its_tasks_and_leaves_the_first_empty(plan, zones):
    duty = give(plan, zones["Alpha"], "Red")
    plan.commit(move_assignment(plan, duty, zones["Bravo"]))
    assert holders(plan, zones["Alpha"]) == []
    assert holders(plan, zones["Bravo"]) == [(plan.team("Red").id, "")]
    assert plan.all(Assignment)[0].tasks == ("Search",)


def test_moving_is_one_edit_and_one_undo(plan, zones):
    duty = give(plan, zones["Alpha"], "Red")
    before = len(plan.history.undoable)
    plan.commit(move_assignment(plan, duty, zones["Bravo"], "morning"))
    assert len(plan.history.undoable) == before + 1


def test_whoever_was_there_is_replaced(plan, zones):
    duty = give(plan, zones["Alpha"], "Red", "morning")
    give(plan, zones["Bravo"], "Blue", "morning")
    plan.commit(move_assignment(plan, duty, zones["Bravo"], "morning"))
    assert holders(plan, zones["Bravo"]) == [(plan.team("Red").id, "morning")]


def test_a_zone_goes_from_the_whole_operation_to_a_period(plan, zones):
    duty = give(plan, zones["Alpha"], "Red")
    plan.commit(move_assignment(plan, duty, zones["Alpha"], "morning"))
    assert holders(plan, zones["Alpha"]) == [(plan.team("Red").id, "morning")]


def test_where_it_is_already_it_cannot_be_moved(plan, zones):
    duty = give(plan, zones["Alpha"], "Red")
    with pytest.raises(InputError, match="already"):
        move_assignment(plan, duty, zones["Alpha"])
