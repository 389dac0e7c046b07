"""Coordination: who was asked, what is late, what the prosecutor's authorisation leaves bare."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.model.command import Coordination
from geo.model.entity import Kind
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult, OperationState
from gui.dialogs.coordination import CoordinationDialog
from tests.gui.command_stage import (
    ANALYST,
    ASKED,
    AUDITOR,
    DAY,
    DEPUTY,
    GIVEN,
    GOVERNOR,
    LATER,
    PLANNER,
    command_store,
    open_as,
)

S = OperationState


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    def make(user, state=S.DRAFT, **more):
        window = open_as(make_window, qtbot, tmp_path, command_store(state, **more), user)
        window.workbench.commands["coordination"].trigger()
        return window, window.workbench.drawers.page("coordination")

    return make


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(CoordinationDialog)))
    return next(d for d in window.findChildren(CoordinationDialog) if d.isVisible())


def asked(window):
    return [c for c in window.session.project.all(Coordination) if c.operation_id == "raid"]


def test_an_answer_that_is_late_is_told_in_days(opened):
    _, page = opened(PLANNER, coordination=ASKED)
    assert page.table.item(0, 0).text() == "Court prosecutor"
    assert "2 days late" in page.table.item(0, 2).text()
    assert not page.table.item(0, 2).icon().isNull()
    assert page.answer.isVisible()
    assert not page.correct.isVisible()


def test_nothing_asked_offers_the_first_question(opened):
    _, page = opened(PLANNER, coordination=None)
    assert page.states.state == "empty"
    assert page.states.empty_page.button.isVisible()


def test_a_question_is_recorded(opened, qtbot):
    window, page = opened(PLANNER, coordination=None)
    press(page.states.empty_page.button)
    dialog = dialog_of(window, qtbot)
    dialog.authority.setCurrentIndex(1)
    assert not dialog.given.isVisible()
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    (told,) = asked(window)
    assert (told.authority, told.result) == (
        CoordinationAuthority.MINISTRY,
        CoordinationResult.OPEN,
    )


def test_the_prosecutors_answer_covers_a_zone(opened, qtbot):
    window, page = opened(PLANNER, S.SUBMITTED, coordination=ASKED)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, qtbot)
    assert not dialog.accept_button.isEnabled()
    assert "number of its letter" in dialog.accept_button.toolTip()
    QTest.keyClicks(dialog.reference, "P-2 (demo)")
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    (told,) = asked(window)
    assert told.result is CoordinationResult.AGREED
    assert told.authorisation.zone_id == "raid-zone"
    assert (told.authorisation.hours_from, told.authorisation.hours_to) == (time(6), time(18))
    qtbot.waitUntil(page.correct.isVisible)


def test_the_preview_says_what_it_leaves_bare_in_each_period(opened, qtbot):
    window, page = opened(PLANNER, coordination=ASKED, periods=(DAY, LATER))
    press(page.answer)
    dialog = dialog_of(window, qtbot)
    given = dialog.given
    given.hours_from.show_hour(time(6))
    given.hours_to.show_hour(time(18))
    qtbot.waitUntil(lambda: "Day 1: all 1" in given.preview.text())
    assert "Night: 1 of 1" in given.preview.text()
    given.hours_to.show_hour(time(17))
    qtbot.waitUntil(lambda: "Day 1: 1 of 1" in given.preview.text())


def test_sites_are_named_from_the_zone_or_from_the_map(opened, qtbot):
    window, page = opened(PLANNER, coordination=ASKED)
    window.workbench.desk.selection.select(Kind.SITE, ["site-1"])
    press(page.answer)
    dialog = dialog_of(window, qtbot)
    given = dialog.given
    press(given.scope.findChildren(type(given.take))[1])
    assert given.list.count() == 1
    assert not given.names_anything()
    given.list.item(0).setCheckState(Qt.CheckState.Checked)
    press(given.take)
    assert set(given.value().site_ids) == {"raid-site", "site-1"}
    assert given.value().zone_id == ""


def test_days_that_contradict_each_other_cannot_be_entered(opened, qtbot):
    window, page = opened(PLANNER, coordination=ASKED)
    press(page.answer)
    dialog = dialog_of(window, qtbot)
    dialog.reference.setText("P-3 (demo)")
    dialog.replied.show_day(ASKED.asked_on - timedelta(days=1))
    assert not dialog.accept_button.isEnabled()
    assert "before the question" in dialog.accept_button.toolTip()


def test_an_answer_is_corrected(opened, qtbot):
    window, page = opened(DEPUTY, coordination=GIVEN)
    press(page.correct)
    dialog = dialog_of(window, qtbot)
    dialog.reference.setText("P-9 (demo)")
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    assert asked(window)[0].reference == "P-9 (demo)"


@pytest.mark.parametrize("user", [PLANNER, GOVERNOR, DEPUTY])
def test_who_plans_may_coordinate(opened, user):
    _, page = opened(user, coordination=ASKED)
    assert page.record.isEnabled()
    assert page.answer.isEnabled()


@pytest.mark.parametrize("user", [ANALYST, AUDITOR])
def test_who_only_reads_is_told_why_he_may_not(opened, user):
    window, page = opened(user, coordination=ASKED)
    assert not page.record.isEnabled()
    assert "Planner" in page.answer.toolTip()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not any(d.isVisible() for d in window.findChildren(CoordinationDialog))


def test_what_is_over_is_not_coordinated_any_more(opened):
    _, page = opened(PLANNER, S.COMPLETED, coordination=ASKED)
    assert not page.record.isEnabled()
    assert "over" in page.record.toolTip()


def test_nothing_of_the_table_goes_to_the_clipboard(opened, qapp):
    _, page = opened(PLANNER, coordination=GIVEN)
    qapp.clipboard().clear()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == ""
