"""On the map: sites that nothing covers in the period, only where it is planned or carried out."""

from __future__ import annotations

import pytest

from geo.model.entity import Kind
from tests.gui.command_stage import ASKED, DAY, GIVEN, LATER, PLANNER, command_store, open_as


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    def make(**more):
        return open_as(make_window, qtbot, tmp_path, command_store(**more), PLANNER)

    return make


def bare(window):
    marks = window.workbench.map.canvas.request().marks
    return -1 if marks is None else len(marks.bare)


def test_a_site_without_an_authorisation_is_marked(opened, qtbot):
    window = opened(coordination=ASKED)
    qtbot.waitUntil(lambda: bare(window) == 1)


def test_what_is_covered_by_day_is_marked_by_night(opened, qtbot):
    window = opened(coordination=GIVEN, periods=(DAY, LATER))
    look_at = window.workbench.desk.moment.look_at
    look_at("raid", DAY.id)
    qtbot.waitUntil(lambda: bare(window) == 0)
    look_at("raid", LATER.id)
    qtbot.waitUntil(lambda: bare(window) == 1)


def test_an_answer_takes_the_mark_away(opened, qtbot):
    from geo.edit.coordination import correct_coordination

    window = opened(coordination=ASKED)
    qtbot.waitUntil(lambda: bare(window) == 1)
    window.session.do(lambda plan: correct_coordination(plan, GIVEN))
    qtbot.waitUntil(lambda: bare(window) == 0)


def test_outside_plan_and_operate_there_are_no_marks(opened, qtbot):
    window = opened(coordination=ASKED)
    qtbot.waitUntil(lambda: bare(window) == 1)
    window.workbench.show_workspace("register")
    assert bare(window) == -1
    window.workbench.show_workspace("operate")
    qtbot.waitUntil(lambda: bare(window) == 1)


def test_the_legend_explains_the_marks(opened, qtbot):
    from layers.legend import legend

    window = opened(coordination=ASKED)
    qtbot.waitUntil(lambda: bare(window) == 1)
    window.workbench.desk.selection.select(Kind.ZONE, ["raid-zone"])
    marks = window.workbench.map.canvas.request().marks
    groups = legend(window.workbench.layers, window.session.project, marks=marks)
    (zones,) = [g for g in groups if g.layer == "zones"]
    labels = [entry.label_codes for entry in zones.entries]
    assert ("legend.not_covered",) in labels
    assert ("vocab.VehicleKind.ambulance", "legend.reach") in labels
