"""The readiness page: what is missing, examples that show themselves, overrides, their limits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.errors import StoreError
from geo.model.command import Override, Zone
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import OperationState, ZoneState
from gui.acts.operations import OperationActs
from gui.dialogs.override import OverrideDialog
from tests.gui.command_stage import (
    ANALYST,
    ASKED,
    AUDITOR,
    DEPUTY,
    GOVERNOR,
    PLANNER,
    RAID_ZONE,
    change,
    command_store,
    open_as,
)

S = OperationState
WHY = "The hospital sends its own car (demo)"


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    def make(user, state=S.DRAFT, **more):
        window = open_as(make_window, qtbot, tmp_path, command_store(state, **more), user)
        window.workbench.commands["readiness"].trigger()
        page = window.workbench.drawers.page("readiness")
        qtbot.waitUntil(lambda: page.states.state == "full")
        page.show_zone("raid-zone")
        return window, page

    return make


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def line_of(page, what):
    return next(line for line in page.lines if line.gap.what is what)


def rows_of(page):
    table = page.list
    return [[table.item(r, c).text() for c in range(3)] for r in range(table.rowCount())]


def test_zones_are_rows_with_what_is_missing(opened):
    _, page = opened(PLANNER, support=())
    assert rows_of(page) == [
        ["whole operation", "Draft", "ready"],
        ["Demo East", "Draft", "2 missing"],
    ]
    assert {line.gap.what for line in page.lines} == {GapCode.AMBULANCE_FAR, GapCode.FIRE_FAR}


def test_an_example_is_selected_and_shown_on_the_map(opened, qtbot):
    window, page = opened(PLANNER, support=())
    line = line_of(page, GapCode.AMBULANCE_FAR)
    with qtbot.waitSignal(window.workbench.desk.selection.zoom_asked):
        press(line.examples[0])
    chosen = window.workbench.desk.selection
    assert (chosen.kind, chosen.ids) == (Kind.SITE, ("raid-site",))


def test_choosing_a_zone_by_the_arrow_keys_selects_it_on_the_map(opened):
    window, page = opened(PLANNER, support=())
    page.list.setCurrentCell(0, 0)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert window.workbench.desk.selection.one(Kind.ZONE) == "raid-zone"


def test_the_next_step_opens_the_right_place(opened, qtbot):
    window, page = opened(PLANNER, support=())
    press(line_of(page, GapCode.AMBULANCE_FAR).next)
    qtbot.waitUntil(lambda: window.workbench.drawers.shown == "support")


def test_a_missing_answer_leads_to_the_coordination(opened, qtbot):
    window, page = opened(PLANNER, coordination=ASKED)
    line = line_of(page, GapCode.AUTHORISATION_OPEN)
    press(line.next)
    qtbot.waitUntil(lambda: window.workbench.drawers.shown == "coordination")


def test_the_governor_overrides_a_gap_with_a_reason_and_it_stays_seen(opened, qtbot):
    window, page = opened(GOVERNOR, S.SUBMITTED, support=())
    press(line_of(page, GapCode.AMBULANCE_FAR).override)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(OverrideDialog)))
    dialog = next(d for d in window.findChildren(OverrideDialog) if d.isVisible())
    QTest.keyClicks(dialog.reason, "short")
    assert not dialog.accept_button.isEnabled()
    dialog.reason.setPlainText(WHY)
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    (told,) = window.session.project.all(Override)
    assert (told.decided_by, told.reason, told.zone_id) == (GOVERNOR.id, WHY, "raid-zone")

    def seen():
        line = line_of(page, GapCode.AMBULANCE_FAR)
        return line.gap.overridden is not None and not line.override.isVisible()

    qtbot.waitUntil(seen)
    assert rows_of(page)[1][2] == "1 missing"


@pytest.mark.parametrize("user", [PLANNER, DEPUTY, ANALYST, AUDITOR])
def test_nobody_but_a_governor_overrides(opened, user):
    _, page = opened(user, S.SUBMITTED, support=())
    button = line_of(page, GapCode.AMBULANCE_FAR).override
    assert not button.isEnabled()
    assert "Provincial governor" in button.toolTip()


def test_a_governor_does_not_override_gaps_of_his_own_proposal(opened):
    _, page = opened(GOVERNOR, S.SUBMITTED, support=(), made_by=GOVERNOR.id)
    button = line_of(page, GapCode.AMBULANCE_FAR).override
    assert not button.isEnabled()
    assert "cannot override" in button.toolTip()


def test_a_missing_authorisation_is_overridden_by_nobody_and_says_why(opened):
    _, page = opened(GOVERNOR, S.SUBMITTED, coordination=ASKED)
    button = line_of(page, GapCode.AUTHORISATION_OPEN).override
    assert not button.isEnabled()
    assert "prosecutor" in button.toolTip()


def test_a_zone_whose_answer_came_first_is_marked_as_coordinated_there(
    make_window, qtbot, tmp_path
):
    from dataclasses import replace

    store = command_store(S.SUBMITTED)
    zone = replace(RAID_ZONE, state=ZoneState.COORDINATED, version=1)
    change(store, zone, replace(zone, state=ZoneState.SUBMITTED))
    window = open_as(make_window, qtbot, tmp_path, store, PLANNER)
    window.workbench.commands["readiness"].trigger()
    page = window.workbench.drawers.page("readiness")
    qtbot.waitUntil(lambda: page.states.state == "full")
    page.show_zone("raid-zone")
    with qtbot.waitSignal(window.session.changed):
        press(page.coordinated)
    assert window.session.project.get(Zone, "raid-zone").state is ZoneState.COORDINATED


def test_without_an_operation_the_page_says_what_to_do(window, qtbot):
    bench = window.workbench
    bench.drawers.show_page("readiness")
    bench.desk.moment.look_at("gone")
    page = bench.drawers.page("readiness")
    qtbot.waitUntil(lambda: page.states.state in {"empty", "full"})


def test_an_operation_that_is_over_misses_nothing(make_window, qtbot, tmp_path):
    window = open_as(make_window, qtbot, tmp_path, command_store(S.COMPLETED), PLANNER)
    window.workbench.drawers.show_page("readiness")
    page = window.workbench.drawers.page("readiness")
    qtbot.waitUntil(lambda: page.states.state == "empty")


def test_a_failure_is_told_and_can_be_tried_again(opened, qtbot):
    window, page = opened(PLANNER)
    watch = next(a for a in window.workbench.acts if isinstance(a, OperationActs)).watch
    watch.found, watch.error = {}, StoreError("error.operation.gone")
    page.refresh_now()
    assert page.states.state == "error"
    press(page.states.error_page.button)
    qtbot.waitUntil(lambda: page.states.state == "full")


def test_while_it_is_computed_for_the_first_time_it_says_so_and_can_be_cancelled(opened):
    window, page = opened(PLANNER)
    watch = next(a for a in window.workbench.acts if isinstance(a, OperationActs)).watch
    watch.forget()
    page.refresh_now()
    assert page.states.state == "loading"
    assert page.states.loading_page.button.isVisible()


def test_it_is_worded_in_khmer_at_once(opened, qtbot):
    window, page = opened(PLANNER, support=())
    window.set_language("km")
    qtbot.waitUntil(lambda: page.list.item(0, 0).text() == "ប្រតិបត្តិការទាំងមូល")
