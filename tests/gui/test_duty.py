"""One control says of which operation and period map, lists and new assignments are."""

from __future__ import annotations

from datetime import datetime

import pytest
from shapely import box

from geo.edit.assign import assign_team
from geo.edit.operations import add_operation
from geo.edit.zones import draw_zone
from geo.model.command import Assignment, Operation, Zone, new_period
from geo.model.entity import Kind
from layers.duty import EVERY, Duty
from tests.gui.stage import ZONES

DAYS = (
    new_period("First day", datetime(2022, 9, 17, 6), datetime(2022, 9, 17, 18)),  # noqa: DTZ001
    new_period("Second day", datetime(2022, 9, 18, 6), datetime(2022, 9, 18, 18)),  # noqa: DTZ001
)
OPERATION = Operation(id="two-days", name="Two days", province_code="18", periods=DAYS)


@pytest.fixture
def planned(window, bench, qtbot):
    def act(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)

    act(lambda p: add_operation(p, OPERATION))
    act(
        lambda p: draw_zone(
            p, box(103.7, 10.6, 103.75, 10.65), "Demo West", operation_id="two-days"
        )
    )
    zone_id = zone_in(window)
    for n in (1, 2):
        act(lambda p, n=n: assign_team(p, zone_id, f"team-{n}", DAYS[n - 1].id))
    bench.show_workspace("plan")
    return bench


def zone_in(window):
    return next(z.id for z in window.session.project.all(Zone) if z.name == "Demo West")


def choose(bench, words):
    action = next(a for a in bench.top.period.menu().actions() if a.text().strip() == words)
    action.trigger()


def test_a_period_shows_its_teams_on_the_map_and_in_the_list(planned, qtbot):
    choose(planned, "Second day")
    assert planned.desk.moment.duty == Duty(OPERATION.id, DAYS[1].id)
    qtbot.waitUntil(lambda: len(planned.plan.zone_cards) == 1)
    shown = planned.desk.moment.lens.project(planned.desk.session.project)
    assert list(shown.table(Kind.ASSIGNMENT)["team_id"]) == ["team-2"]
    assert list(shown.table(Kind.ZONE)["name"]) == ["Demo West"]
    assert "Second day" in planned.top.period.text()


def test_all_operations_show_every_zone_again(planned, qtbot):
    choose(planned, "Two days")
    choose(planned, "All operations")
    assert planned.desk.moment.duty == EVERY
    qtbot.waitUntil(lambda: len(planned.plan.zone_cards) == len(ZONES) + 1)


def test_the_operation_of_the_plan_panel_is_the_same_choice(planned, qtbot):
    box = planned.plan.operation
    qtbot.waitUntil(lambda: box.findData(OPERATION.id) > 0)
    box.setCurrentIndex(box.findData(OPERATION.id))
    assert planned.desk.moment.duty == Duty(OPERATION.id)
    assert planned.top.period.text() == "Two days"


def test_an_assignment_is_made_for_the_period_that_is_looked_at(planned, window, qtbot):
    choose(planned, "First day")
    with qtbot.waitSignal(window.session.changed):
        planned.edits.assign(zone_in(window), "team-2")
    first = [a.team_id for a in window.session.project.all(Assignment) if a.period_id == DAYS[0].id]
    assert first == ["team-2"]


def test_what_is_taken_back_is_no_longer_looked_at(planned, window, qtbot):
    choose(planned, "First day")
    for _ in range(4):
        with qtbot.waitSignal(window.session.changed):
            window.session.undo()
    assert planned.desk.moment.duty == EVERY
