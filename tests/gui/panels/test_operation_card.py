"""The operation card: how far it is, the one act that comes next, and who may not do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from geo.model.command import Operation
from geo.model.vocabulary import OperationState
from gui.dialogs.operation_edit import EditOperationDialog
from gui.dialogs.operation_step import StepDialog
from gui.dialogs.release import ReleaseDialog
from tests.gui.command_stage import (
    ANALYST,
    ASKED,
    AUDITOR,
    DEPUTY,
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
        return open_as(make_window, qtbot, tmp_path, command_store(state, **more), user)

    return make


def card_of(window):
    return window.workbench.plan.operation_card


def raid(window):
    return window.session.project.get(Operation, "raid")


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(window, cls, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(cls)))
    return next(d for d in window.findChildren(cls) if d.isVisible())


def test_a_planner_submits_a_draft_with_one_press(opened, qtbot):
    window = opened(PLANNER)
    card = card_of(window)
    assert (card.name.text(), card.state.text()) == ("Demo raid", "Draft")
    with qtbot.waitSignal(window.session.changed):
        press(card.main)
    assert raid(window).state is S.SUBMITTED
    qtbot.waitUntil(lambda: card.main.text() == "Take the proposal back")


def test_enter_on_the_main_button_submits_too(opened, qtbot):
    window = opened(PLANNER)
    card_of(window).main.setFocus()
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(card_of(window).main, Qt.Key.Key_Space)
    assert raid(window).state is S.SUBMITTED


def test_who_proposed_takes_the_proposal_back(opened, qtbot):
    window = opened(PLANNER, S.SUBMITTED)
    with qtbot.waitSignal(window.session.changed):
        press(card_of(window).main)
    assert raid(window).state is S.DRAFT


@pytest.mark.parametrize("user", [ANALYST, AUDITOR])
def test_who_may_not_submit_is_told_why(opened, user):
    card = card_of(opened(user))
    assert not card.main.isEnabled()
    assert "Planner" in card.main.toolTip()


@pytest.mark.parametrize("user", [DEPUTY, ANALYST, AUDITOR])
def test_only_a_governor_may_release(opened, user):
    card = card_of(opened(user, S.SUBMITTED))
    assert card.main.text() == "Release…"
    assert not card.main.isEnabled()
    assert "Provincial governor" in card.main.toolTip()


def test_a_governor_who_made_it_may_not_release_it(opened):
    card = card_of(opened(GOVERNOR, S.SUBMITTED, made_by=GOVERNOR.id))
    assert card.main.text() == "Release…"
    assert not card.main.isEnabled()
    assert "nobody releases his own proposal" in card.main.toolTip()
    assert "another governor" in card.note.text()


def test_the_governor_sees_exactly_what_is_released_and_signs_it_once(opened, qtbot):
    window = opened(GOVERNOR, S.SUBMITTED)
    press(card_of(window).main)
    dialog = dialog_of(window, ReleaseDialog, qtbot)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    what = dialog.what
    assert what.blocks == ()
    assert what.zones == ("Demo East: RT (Whole operation)",)
    assert what.periods[0].endswith("Day 1")
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    assert raid(window).state is S.RELEASED
    assert raid(window).released_by == GOVERNOR.id


def test_a_release_with_a_gap_is_not_offered_and_says_what_stands_in_the_way(opened, qtbot):
    window = opened(GOVERNOR, S.SUBMITTED, support=())
    press(card_of(window).main)
    dialog = dialog_of(window, ReleaseDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.what is not None)
    assert not dialog.accept_button.isEnabled()
    assert any("ambulance" in line for line in dialog.what.blocks)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert raid(window).state is S.SUBMITTED


def test_a_zone_that_is_not_coordinated_blocks_the_release(opened, qtbot):
    window = opened(GOVERNOR, S.SUBMITTED, coordination=ASKED)
    press(card_of(window).main)
    dialog = dialog_of(window, ReleaseDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.what is not None)
    assert any("prosecutor" in line for line in dialog.what.blocks)


def test_what_cannot_be_taken_back_is_asked_once(opened, qtbot):
    window = opened(DEPUTY, S.RELEASED)
    card = card_of(window)
    assert card.main.text() == "Start the operation"
    press(card.main)
    dialog = dialog_of(window, StepDialog, qtbot)
    assert raid(window).state is S.RELEASED
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    assert raid(window).state is S.ACTIVE


@pytest.mark.parametrize("user", [PLANNER, ANALYST, AUDITOR])
def test_only_commanders_start_it(opened, user):
    card = card_of(opened(user, S.RELEASED))
    assert card.main.text() == "Start the operation"
    assert not card.main.isEnabled()


def test_other_steps_stand_in_its_menu_and_those_that_cannot_be_done_say_why(opened):
    window = opened(PLANNER)
    entries = {a.text(): a for a in card_of(window).menu().actions() if a.text()}
    assert not entries["Cancel the operation"].isEnabled()
    assert "Provincial governor" in entries["Cancel the operation"].toolTip()
    assert entries["Change the operation…"].isEnabled()


def test_a_submitted_operation_is_not_changed(opened):
    window = opened(PLANNER, S.SUBMITTED)
    entries = {a.text(): a for a in card_of(window).menu().actions() if a.text()}
    assert not entries["Change the operation…"].isEnabled()
    assert "withdraw" in entries["Change the operation…"].toolTip()
    window.workbench.desk.intents.ask("operation.edit", "raid")
    assert not any(d.isVisible() for d in window.findChildren(QDialog))


def test_name_periods_and_limits_are_changed_in_one_edit(opened, qtbot):
    window = opened(PLANNER)
    window.workbench.desk.intents.ask("operation.edit", "raid")
    dialog = dialog_of(window, EditOperationDialog, qtbot)
    assert not dialog.accept_button.isEnabled()
    dialog.name.setText("Demo raid two")
    press(dialog.add)
    dialog.limits["ambulance_minutes"].setValue(20)
    before = len(window.session.project.history.undoable)
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    new = raid(window)
    assert (new.name, len(new.periods), new.limits.ambulance_minutes) == ("Demo raid two", 2, 20)
    assert new.periods[1].name == "Day 2"
    assert len(window.session.project.history.undoable) == before + 1


def test_a_period_that_ends_before_it_begins_cannot_be_kept(opened, qtbot):
    window = opened(PLANNER)
    window.workbench.desk.intents.ask("operation.edit", "raid")
    dialog = dialog_of(window, EditOperationDialog, qtbot)
    line = dialog.rows[0]
    line.ends.show_moment(line.starts.moment() - timedelta(hours=1))
    assert not dialog.accept_button.isEnabled()
    assert "ends before" in dialog.accept_button.toolTip()


def test_after_its_release_the_governor_only_gives_it_more_time(opened, qtbot):
    window = opened(GOVERNOR, S.RELEASED)
    window.workbench.desk.intents.ask("operation.edit", "raid")
    dialog = dialog_of(window, EditOperationDialog, qtbot)
    line = dialog.rows[0]
    assert not dialog.name.isEnabled()
    assert not line.remove.isEnabled()
    line.ends.show_moment(line.ends.moment() + timedelta(hours=1))
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    assert raid(window).periods[0].ends.hour == 19


def test_the_card_and_the_zone_say_how_many_gaps_there_are(opened, qtbot):
    window = opened(PLANNER, support=())
    card = card_of(window)
    qtbot.waitUntil(lambda: card.readiness.text() == "Gaps: 2")
    badge = window.workbench.plan.zone_cards["raid-zone"].badge
    assert badge.text() == "2 missing"


def test_a_zone_without_gaps_is_ready(opened, qtbot):
    window = opened(PLANNER)
    qtbot.waitUntil(lambda: card_of(window).readiness.text() == "Ready")
    assert window.workbench.plan.zone_cards["raid-zone"].badge.text() == "ready"


def test_what_is_found_is_found_anew_with_a_change(opened, qtbot):
    from geo.edit.support import delete_support

    window = opened(PLANNER)
    card = card_of(window)
    qtbot.waitUntil(lambda: card.readiness.text() == "Ready")
    window.session.do(lambda plan: delete_support(plan, "car"))
    qtbot.waitUntil(lambda: card.readiness.text() == "Gaps: 1")


def test_late_answers_are_told_on_the_card(opened, qtbot):
    card = card_of(opened(PLANNER, coordination=ASKED))
    assert card.coordination.text() == "Coordination: 1 late"


def test_its_details_fold_away(opened):
    card = card_of(opened(PLANNER, periods=(LATER,)))
    assert card.details.isVisible()
    press(card.fold)
    assert not card.details.isVisible()


def test_no_card_where_no_operation_is_chosen_and_there_are_several(opened, qtbot):
    window = opened(PLANNER)
    window.workbench.desk.moment.look_at()
    window.workbench.plan.refresh_now()
    assert not card_of(window).isVisible()
    assert replace(raid(window), name="x").name == "x"
