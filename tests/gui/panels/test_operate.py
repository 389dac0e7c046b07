"""The day in the window: steps, ticks, visits, the log and the totals, by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from geo.edit.day_log import newest
from geo.model.command import Assignment, Operation, Zone
from geo.model.entity import Kind
from geo.model.result import Inspection
from geo.model.vocabulary import AssignmentState, GroupKind, OperationState, ZoneState
from gui.dialogs.abort import AbortDialog
from gui.dialogs.inspection import InspectionDialog
from tests.gui.day_stage import DUTY_ID, go
from tests.gui.stage import ANALYST, DEPUTY, SITES

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def day(window, bench, qtbot):
    """The Operate workspace on the day, counted."""
    go(window.session.project)
    bench.show_workspace("operate")
    qtbot.waitUntil(lambda: bench.operate.watch.found is not None)
    QApplication.processEvents()
    return bench.operate


def card(panel):
    return panel.cards[DUTY_ID]


def duty(window):
    return window.session.project.get(Assignment, DUTY_ID)


def press(widget):
    QTest.mouseClick(widget, LEFT)
    QApplication.processEvents()


def dialog(window, cls, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(cls)))
    return [d for d in window.findChildren(cls) if d.isVisible()][-1]


# --- teams and their steps ------------------------------------------------------------------------


def test_a_card_says_who_is_where_how_far_and_how_to_reach_them(day):
    assert card(day).state.text() == "Under way"
    assert card(day).share.text() == "0 of 1 sites visited"
    assert "Channel 3" in card(day).contact.text()
    assert (card(day).bar.value(), card(day).bar.maximum()) == (0, 1)


def test_the_next_step_is_one_button(window, day, qtbot):
    assert card(day).main.text() == "Complete"
    with qtbot.waitSignal(window.session.changed):
        press(card(day).main)
    assert duty(window).state is AssignmentState.COMPLETED
    qtbot.waitUntil(lambda: card(day).main.text() == "Debriefed")


def test_a_released_zone_is_begun_before_its_team_starts(window, bench, qtbot):
    go(window.session.project, AssignmentState.ACCEPTED, ZoneState.READY)
    bench.show_workspace("operate")
    panel = bench.operate
    qtbot.waitUntil(lambda: panel.watch.found is not None)
    assert card(panel).main.text() == "Begin work in the zone"
    with qtbot.waitSignal(window.session.changed):
        press(card(panel).main)
    assert window.session.project.get(Zone, "zone-1").state is ZoneState.ACTIVE
    qtbot.waitUntil(lambda: card(panel).main.text() == "Start")
    with qtbot.waitSignal(window.session.changed):
        press(card(panel).main)
    assert duty(window).state is AssignmentState.UNDER_WAY


def test_the_operation_is_started_here_by_a_commander(window, bench, qtbot):
    go(
        window.session.project,
        AssignmentState.ACCEPTED,
        ZoneState.READY,
        OperationState.RELEASED,
    )
    bench.show_workspace("operate")
    panel = bench.operate
    qtbot.waitUntil(panel.next.isVisible)
    assert not panel.next.isEnabled()
    assert "overnor" in panel.next.toolTip()
    assert not card(panel).main.isEnabled()
    window.session.act_as(DEPUTY)
    qtbot.waitUntil(panel.next.isEnabled)
    press(panel.next)
    from gui.dialogs.operation_step import StepDialog

    asked = dialog(window, StepDialog, qtbot)
    with qtbot.waitSignal(window.session.changed):
        press(asked.accept_button)
    operation = window.session.project.get(Operation, "operation-1")
    assert operation.state is OperationState.ACTIVE


def test_who_aborts_says_why_and_the_reason_stands_in_the_log(window, day, qtbot):
    entry = card(day).menu().actions()[-1]
    assert entry.text() == "Abort…"
    entry.trigger()
    asked = dialog(window, AbortDialog, qtbot)
    assert not asked.accept_button.isEnabled()
    QTest.keyClicks(asked.reason, "Flooded road (demo)")
    press(asked.accept_button)
    qtbot.waitUntil(lambda: duty(window).state is AssignmentState.ABORTED)
    (line,) = newest(window.session.project, "operation-1", 9)[0]
    assert (line.words, line.assignment_id) == ("Flooded road (demo)", DUTY_ID)
    # A step of what was released is signed: there is no way back, and none is offered.
    assert not window.session.project.history.undoable
    offers = [b for b in window.toast.findChildren(QPushButton) if b.isVisible()]
    assert offers == []


def test_who_may_not_is_told_who_may(window, day, qtbot):
    day.show_page("log")
    window.session.project.user = ANALYST
    window.session.user_changed.emit()
    qtbot.waitUntil(lambda: not card(day).main.isEnabled())
    assert "lanner" in card(day).main.toolTip()
    assert not day.sites.record.isEnabled()
    assert not day.log.add.isEnabled()


# --- the checklist --------------------------------------------------------------------------------


def opened(panel, group):
    checklist = card(panel).checklist
    if not checklist.fold.is_open:
        press(checklist.fold.head)
    if not checklist.groups[group].is_open:
        press(checklist.groups[group].head)
    return checklist.lines


def test_an_item_is_ticked_by_mouse_and_says_when_and_by_whom(window, day, qtbot):
    lines = opened(day, GroupKind.VICTIM_SUPPORT)
    line = lines[GroupKind.VICTIM_SUPPORT, "people_safe"]
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(line.words, LEFT)
    qtbot.waitUntil(line.tick.isChecked)
    assert line.who.text().endswith("Demo Planner")
    assert card(day).checklist.fold.head.count.text() == "1/10"


def test_space_ticks_and_takes_back_and_the_focus_stays(window, day, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    lines = opened(day, GroupKind.MINUTES)
    line = lines[GroupKind.MINUTES, "times_kept"]
    line.tick.setFocus()
    qtbot.waitUntil(line.tick.hasFocus)
    for wanted in (True, False):
        with qtbot.waitSignal(window.session.changed):
            QTest.keyClick(line.tick, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda wanted=wanted: line.tick.isChecked() is wanted)
        assert line.tick.hasFocus()
    assert duty(window).checklist == ()


# --- sites and visits -----------------------------------------------------------------------------


def test_a_visit_is_recorded_from_the_list_and_undone(window, day, qtbot):
    day.show_page("sites")
    rows = day.sites.rows
    assert [(r.id, r.visited_at) for r in rows.rows] == [("site-1", "")]
    at = day.sites.list.visualRect(rows.index(0)).center()
    QTest.mouseClick(day.sites.list.viewport(), LEFT, pos=at)
    qtbot.waitUntil(day.sites.record.isEnabled)
    press(day.sites.record)
    asked = dialog(window, InspectionDialog, qtbot)
    assert asked.duty.currentData() == DUTY_ID
    QTest.keyClicks(asked.findings, "Two locked rooms, call 012 345 678")
    assert "[☎]" in asked.masked.text()
    press_box(asked.counted)
    asked.least.setValue(11)
    assert asked.most.value() == 11
    with qtbot.waitSignal(window.session.changed):
        press(asked.accept_button)
    (visit,) = window.session.project.all(Inspection)
    assert visit.findings == "Two locked rooms, call [☎]"
    assert (visit.people_min, visit.people_max, visit.assignment_id) == (11, 11, DUTY_ID)
    qtbot.waitUntil(lambda: card(day).share.text() == "1 of 1 sites visited")
    assert rows.rows[0].visited_at
    marks = window.workbench.map.canvas.request().marks
    assert marks.visits.shares == {"zone-1": (1, 1)}
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    qtbot.waitUntil(lambda: card(day).share.text() == "0 of 1 sites visited")
    assert not window.session.project.all(Inspection)


def press_box(box):
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def test_enter_in_the_list_records_a_visit(window, day, qtbot):
    day.show_page("sites")
    day.sites.list.setFocus()
    day.sites.list.setCurrentIndex(day.sites.rows.index(0))
    QTest.keyClick(day.sites.list, Qt.Key.Key_Return)
    dialog(window, InspectionDialog, qtbot).reject()


def test_a_double_click_on_the_map_records_a_visit_in_this_workspace_only(
    window, bench, day, qtbot
):
    bench.show_workspace("plan")
    bench.map.canvas.activated.emit(Kind.SITE, SITES[0].id)
    assert not [d for d in window.findChildren(InspectionDialog) if d.isVisible()]
    bench.show_workspace("operate")
    bench.map.canvas.zoom_to_bounds(103.49, 10.59, 103.53, 10.65)
    QApplication.processEvents()
    x, y = bench.map.canvas.view.to_pixel(*SITES[0].point)
    QTest.mouseDClick(bench.map.canvas, LEFT, pos=QPoint(round(float(x)), round(float(y))))
    asked = dialog(window, InspectionDialog, qtbot)
    assert asked.site.text() == "Demo Mango Casino"


def test_the_ticks_leave_the_map_with_the_workspace(window, bench, day, qtbot):
    qtbot.waitUntil(lambda: bench.map.canvas.request().marks.visits is not None)
    bench.show_workspace("plan")
    marks = bench.map.canvas.request().marks
    assert marks is None or marks.visits is None


# --- the log --------------------------------------------------------------------------------------


def test_enter_writes_a_line_with_the_time_of_now(window, day, qtbot):
    day.show_page("log")
    day.log.words.setFocus()
    QTest.keyClicks(day.log.words, "Road is clear (demo)")
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(day.log.words, Qt.Key.Key_Return)
    (line,) = newest(window.session.project, "operation-1", 9)[0]
    assert line.words == "Road is clear (demo)"
    qtbot.waitUntil(lambda: "Road is clear (demo)" in said(day.log))
    assert day.log.words.text() == ""


def said(page):
    return [x.text() for x in page.findChildren(QLabel) if x.isVisibleTo(page)]


def test_the_log_has_the_steps_newest_first_and_one_zone_alone(window, bench, qtbot):
    go(window.session.project, AssignmentState.ACCEPTED)
    bench.show_workspace("operate")
    panel = bench.operate
    qtbot.waitUntil(lambda: panel.watch.found is not None)
    with qtbot.waitSignal(window.session.changed):
        press(card(panel).main)
    panel.show_page("log")
    wanted = "Demo Team 1: Accepted → Under way"
    qtbot.waitUntil(lambda: wanted in said(panel.log))
    panel.log.zone.choose("zone-1")
    qtbot.waitUntil(lambda: wanted in said(panel.log))


# --- what it brought ------------------------------------------------------------------------------


def test_nothing_personal_is_asked_for(window, day, qtbot):
    day.asked.emit("visit", "site-1")
    asked = dialog(window, InspectionDialog, qtbot)
    words = " ".join(said(asked)).lower()
    assert "never a name" in words
    for banned in ("victim's name", "passport", "date of birth", "telephone", "nationality"):
        assert banned not in words


def test_without_any_duty_the_way_leads_to_plan(bench):
    bench.show_workspace("operate")
    QApplication.processEvents()
    assert bench.operate.states.state == "empty"
