"""Which site comes next, and how far a day is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from geo.edit.inspections import inspect
from geo.model.entity import Kind
from geo.model.result import Inspection
from geo.progress import NoProgress
from gui.panels.operate_sites import ordered
from layers.day_progress import day_progress
from layers.duty import Duty
from tests.gui.day_stage import DUTY_ID, go
from tests.gui.stage import OPERATION

IDS = ["site-1", "site-2", "site-3"]


def test_what_is_open_comes_first_the_next_one_to_the_last_visit_on_top(session):
    sites = session.project.table(Kind.SITE)
    rows = ordered(sites, IDS, {"site-3": "2022-09-17T07:00"})
    assert [r.id for r in rows] == ["site-2", "site-1", "site-3"]
    assert rows[0].metres == pytest.approx(1094, abs=5)


def test_what_was_visited_last_is_the_first_of_the_visited(session):
    seen = {"site-1": "2022-09-17T07:00", "site-2": "2022-09-17T09:00"}
    rows = ordered(session.project.table(Kind.SITE), IDS, seen)
    assert [r.id for r in rows] == ["site-3", "site-2", "site-1"]


@pytest.mark.parametrize(
    ("duty", "day", "until", "visited"),
    [
        (DUTY_ID, 17, None, 1),
        ("", 17, None, 1),  # names no duty, but falls into its zone and period
        ("", 16, None, 0),
        (DUTY_ID, 17, date(2022, 9, 16), 0),  # a past day is shown
    ],
)
def test_a_visit_counts_for_its_duty_and_its_day(session, qtbot, duty, day, until, visited):
    go(session.project)
    at = datetime(2022, 9, day, 7, 0)  # noqa: DTZ001 - local
    visit = Inspection(site_id="site-1", assignment_id=duty, inspected_at=at)
    with qtbot.waitSignal(session.changed):
        session.do(lambda plan: inspect(plan, visit))
    found = day_progress(session.project, Duty(OPERATION.id), NoProgress(), until)
    assert found.marks.shares == {"zone-1": (visited, 1)}
    assert len(found.marks.visited) == visited
