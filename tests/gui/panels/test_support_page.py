"""Ambulances and fire trucks: placed on the map, changed, moved, deleted, and how far they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.model.entity import Kind
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind
from gui.dialogs.support import SupportDialog
from gui.panels.place_bar import PlaceBar
from tests.gui.command_stage import ANALYST, AUDITOR, DEPUTY, PLANNER, command_store, open_as


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    def make(user, **more):
        window = open_as(make_window, qtbot, tmp_path, command_store(**more), user)
        window.workbench.commands["support"].trigger()
        return window, window.workbench.drawers.page("support")

    return make


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def units(window):
    return {u.name: u for u in window.session.project.all(SupportUnit)}


def type_place(window, qtbot, text):
    qtbot.waitUntil(lambda: bool(window.findChildren(PlaceBar)))
    bar = window.findChildren(PlaceBar)[-1]
    bar.field.setText(text)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(SupportDialog)))
    return next(d for d in window.findChildren(SupportDialog) if d.isVisible())


def test_none_yet_offers_the_first(opened):
    _, page = opened(PLANNER, support=())
    assert page.states.state == "empty"
    assert page.states.empty_page.button.isVisible()


def test_one_is_placed_on_the_map_and_named(opened, qtbot):
    window, page = opened(PLANNER, support=())
    press(page.states.empty_page.button)
    type_place(window, qtbot, "10.62, 103.72")
    dialog = dialog_of(window, qtbot)
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.name, "P1")
    dialog.kind.setCurrentIndex(1)
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    made = units(window)["P1"]
    assert made.kind is VehicleKind.FIRE_TRUCK
    assert made.point == pytest.approx((103.72, 10.62))


def test_its_contact_is_changed(opened, qtbot):
    window, page = opened(PLANNER)
    page.table.setCurrentCell(0, 0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, qtbot)
    dialog.contact.setText("Channel 5")
    with qtbot.waitSignal(window.session.changed):
        press(dialog.accept_button)
    assert units(window)["A1"].contact == "Channel 5"


def test_it_is_moved_on_the_map(opened, qtbot):
    window, page = opened(PLANNER)
    page.table.setCurrentCell(0, 0)
    press(page.place)
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        type_place(window, qtbot, "10.60, 103.60")
    assert units(window)["A1"].point == pytest.approx((103.60, 10.60))


def test_deleting_is_undone_not_confirmed(opened, qtbot):
    window, page = opened(DEPUTY)
    page.table.setCurrentCell(0, 0)
    with qtbot.waitSignal(window.session.changed):
        press(page.remove)
    assert set(units(window)) == {"F1"}
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert set(units(window)) == {"A1", "F1"}


def test_the_drive_to_the_selected_zone_is_told(opened, qtbot):
    window, page = opened(PLANNER)
    window.workbench.desk.selection.select(Kind.ZONE, ["raid-zone"])
    qtbot.waitUntil(lambda: "of 30 min" in page.table.item(0, 4).text())
    assert "Demo East" in page.hint.text()


def test_the_units_are_there_at_once_and_their_drives_when_they_are_known(opened, qtbot):
    window, page = opened(PLANNER)
    qtbot.waitUntil(lambda: page.states.state == "full")
    window.workbench.desk.selection.select(Kind.ZONE, ["raid-zone"])
    page.refresh_now()
    assert [page.table.item(row, 4).text() for row in range(2)] == ["…", "…"]
    page.table.setCurrentCell(1, 0)
    chosen = page.chosen_id
    qtbot.waitUntil(lambda: "of 30 min" in page.table.item(0, 4).text())
    assert page.chosen_id == chosen


@pytest.mark.parametrize("user", [ANALYST, AUDITOR])
def test_who_only_reads_is_told_why_he_may_not(opened, user):
    _, page = opened(user)
    for button in (page.add, page.edit, page.place, page.remove):
        assert not button.isEnabled()
        assert "Planner" in button.toolTip()
