"""What of a plan may still be changed once it was submitted, released or is over, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.affinity import translate

from geo.edit.assign import assign_team, unassign
from geo.edit.operations import edit_operation
from geo.edit.zones import draw_zone, reshape_zone, set_zone
from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.command import Assignment, Period
from geo.model.vocabulary import AssignmentState, Role
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, duty, operation, zone


def refused(act) -> str:
    with pytest.raises(PlanError) as error:
        act()
    return error.value.code


def planning(plan):
    """Acts that change what an operation is about, each as a function to be tried."""
    old, area = operation(plan), zone(plan)
    other = plan.team("Blue")
    later = Period("day-2", "Day 2", old.periods[0].starts, old.periods[0].ends)
    return {
        "add a period": lambda: edit_operation(plan, replace(old, periods=(*old.periods, later))),
        "another name": lambda: edit_operation(plan, replace(old, name="Storm")),
        "another outline": lambda: reshape_zone(plan, area.id, area.outline.buffer(0.001)),
        "one zone more": lambda: draw_zone(
            plan, translate(area.outline, 0.2, 0.0), "Far", operation_id=OPERATION
        ),
        "another team": lambda: assign_team(plan, area.id, other.id),
        "no team": lambda: unassign(plan, duty(plan).id),
    }


NAMES = (
    "add a period",
    "another name",
    "another outline",
    "one zone more",
    "another team",
    "no team",
)
# Phase → role → what of these it may do.
ALLOWED = {
    acts.drafted: {r: set(NAMES) for r in (Role.PLANNER, Role.GOVERNOR, Role.DEPUTY_GOVERNOR)},
    acts.submitted: {},
    acts.released: {
        Role.GOVERNOR: {"add a period", "another team", "no team"},
        Role.DEPUTY_GOVERNOR: {"another team", "no team"},
        Role.PLANNER: {"no team"},
    },
    acts.completed: {},
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("reached", list(ALLOWED))
def test_what_is_planned_changes_only_as_the_phase_and_the_role_permit(plan, reached, role, name):
    reached(plan)
    plan.act_as(role)
    act = planning(plan)[name]
    if name in ALLOWED[reached].get(role, set()):
        plan.commit(act())
    else:
        before = plan.history
        with pytest.raises((InputError, NotAllowedError)):
            plan.commit(act())
        assert plan.history is before


def test_colour_and_order_of_a_released_zone_may_change(plan):
    acts.released(plan)
    plan.act_as(Role.PLANNER)
    plan.commit(set_zone(plan, zone(plan).id, priority=3, colour=2))
    assert (zone(plan).priority, zone(plan).colour) == (3, 2)


def test_after_the_release_whom_a_team_replaces_stays_on_record(plan):
    acts.released(plan)
    first = duty(plan)
    plan.act_as(Role.GOVERNOR)
    plan.commit(assign_team(plan, zone(plan).id, plan.team("Blue").id))
    after = {a.id: a for a in plan.all(Assignment)}
    assert after[first.id].state is AssignmentState.ABORTED
    assert [a.replaces for a in after.values() if a.id != first.id] == [first.id]


def test_the_governor_gives_more_time_and_takes_none(plan):
    acts.released(plan)
    plan.act_as(Role.GOVERNOR)
    old = operation(plan)
    (day,) = old.periods
    longer = replace(day, ends=day.ends.replace(hour=20))
    plan.commit(edit_operation(plan, replace(old, periods=(longer,))))
    now = operation(plan)
    for changed in (
        replace(now, periods=(day,)),
        replace(now, periods=(replace(longer, starts=day.starts.replace(hour=5)),)),
        replace(now, limits=replace(now.limits, ambulance_minutes=600)),
    ):
        assert refused(lambda c=changed: edit_operation(plan, c)) == (
            "error.operation.released_stays"
        )
