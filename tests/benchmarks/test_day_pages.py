"""How long the log and the results of a day hold the window up, with a hundred thousand rows."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta

import pytest

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.command import LogEntry
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection
from geo.model.vocabulary import FineState
from tests.gui.conftest import bench, dressed, furnished, make_window, window  # noqa: F401
from tests.gui.day_stage import DUTY_ID, go
from tests.gui.stage import OPERATION, PLANNER

pytestmark = pytest.mark.benchmark

ROWS, LONGEST_S = 100_000, 0.2
START = datetime(2022, 9, 17, 6)  # noqa: DTZ001 - local


def many():
    lines = [
        LogEntry(
            operation_id=OPERATION.id,
            zone_id="zone-1",
            at=START + timedelta(seconds=n * 7919 % 40_000),
            words=f"Line {n} (demo)",
            written_by=PLANNER.id,
        )
        for n in range(ROWS)
    ]
    visit = Inspection(
        id="visit", site_id="site-1", assignment_id=DUTY_ID, inspected_at=START.astimezone()
    )
    fines = [
        Fine(
            inspection_id="visit",
            rate_id="rate-1",
            violation="forced_overtime",
            amount_riel=1,
            state=list(FineState)[n % 3],
            decided_on=date(2022, 9, 18),
        )
        for n in range(ROWS)
    ]
    return [lines, [visit], fines]


@pytest.fixture
def day(window, bench, qtbot):  # noqa: F811
    project = window.session.project
    go(project)
    edit = Edit(verb=Verb.IMPORT, deltas=tuple(inserting(group) for group in many()), barrier=True)
    project.absorb(project.store.commit(edit))
    bench.show_workspace("operate")
    bench.desk.moment.look_at(OPERATION.id)
    panel = bench.operate
    qtbot.waitUntil(lambda: panel.watch.found is not None, timeout=60_000)
    return panel


@pytest.mark.parametrize("page", ["log", "result"])
def test_a_page_of_a_hundred_thousand_rows_is_shown_at_once(day, window, page):  # noqa: F811
    project = window.session.project
    day.show_page(page)
    day.refresh_now()
    began = time.perf_counter()
    day.refresh_now()
    took = time.perf_counter() - began
    sys.stdout.write(f"\n{page} page: {took * 1000:.0f} ms\n")
    assert len(project.table(Kind.LOG_ENTRY)) == ROWS
    assert took < LONGEST_S
