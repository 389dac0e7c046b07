"""Putting sites and crossings on the map with the mouse and by typing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from geo.edit.crossings import change_crossing
from geo.model.entity import Kind, LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.site import Site
from geo.model.vocabulary import CrossingClass, LegalStatus, Neighbour, Precision, SiteKind
from gui import facts
from gui.dialogs.crossing import CrossingDialog, MoveCrossingDialog, OpeningDialog
from gui.dialogs.site import MoveSiteDialog, SiteDialog
from gui.panels.place_bar import PlaceBar
from gui.tools.place_point import PlacePointTool
from tests.gui.dossier_hands import field, idle, retype, seen
from tests.gui.stage import ANALYST

HERE = (103.52, 10.63)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(bench, qtbot):
    bench.map.canvas.zoom_to_bounds(103.4, 10.5, 103.7, 10.8)
    return bench.map.canvas


def click(canvas, lon, lat):
    px, py = canvas.view.to_pixel(lon, lat)
    QTest.mouseClick(
        canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(round(float(px)), round(float(py)))
    )


def bar(canvas) -> PlaceBar:
    return next(b for b in canvas.findChildren(PlaceBar) if b.isVisible())


def dialog(window, kind: type, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)), timeout=20_000)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def choose(combo, value):
    combo.setCurrentIndex(combo.findData(value))


# --- the tool -------------------------------------------------------------------------------------


def test_a_click_on_the_map_asks_what_is_there_and_adds_it(window, bench, canvas, qtbot):
    bench.commands["add_site"].trigger()
    assert isinstance(bench.tools.tool, PlacePointTool)
    click(canvas, *HERE)
    asked = dialog(window, SiteDialog, qtbot)
    assert not asked.accept_button.isEnabled()
    asked.name_en.setText("Demo Orchid Hotel")
    choose(asked.kind, SiteKind.HOTEL_GUESTHOUSE.value)
    assert "exact" in asked.accept_button.toolTip()
    asked.accuracy.choose(50.0)
    asked.accept_button.click()
    idle(window, qtbot)
    made = next(s for s in window.session.project.all(Site) if s.name_en == "Demo Orchid Hotel")
    assert made.point == pytest.approx(HERE, abs=0.001)
    assert (made.precision, made.accuracy_m) == (Precision.POINT, 50.0)
    assert made.admin_code == "18"
    assert made.legal_status is LegalStatus.UNVERIFIED
    assert made.source == "Demo Planner"
    assert window.desk.selection.one(Kind.SITE) == made.id
    assert bench.tools.name == "select"
    window.session.undo()
    idle(window, qtbot)
    assert made.id not in window.session.project.table(Kind.SITE)


def test_the_place_is_read_out_while_the_pointer_moves(bench, canvas):
    bench.commands["add_site"].trigger()
    px, py = canvas.view.to_pixel(*HERE)
    QTest.mouseMove(canvas, QPoint(round(float(px)), round(float(py))))
    assert "N" in bench.map.hint.text()
    assert "Click the place" in bench.map.hint.text()


def test_escape_puts_the_tool_away(bench, canvas):
    bench.commands["add_site"].trigger()
    shown = bar(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert bench.tools.name == "select"
    assert not shown.isVisible()


def test_enter_leads_to_the_field_and_a_typed_position_is_taken(window, bench, canvas, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bench.commands["add_site"].trigger()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert bar(canvas).field.hasFocus()
    QTest.keyClicks(bar(canvas).field, "48P 338000 1175000")
    QTest.keyClick(bar(canvas).field, Qt.Key.Key_Return)
    asked = dialog(window, SiteDialog, qtbot)
    asked.reject()
    assert bench.tools.name == "select"


def test_a_point_outside_is_refused_and_the_exchanged_one_offered(window, bench, canvas, qtbot):
    bench.commands["add_site"].trigger()
    shown = bar(canvas)
    shown.field.setText("48P 1175000 338000")
    shown.go.click()
    qtbot.waitUntil(shown.swap_button.isVisible, timeout=20_000)
    assert "outside Cambodia" in shown.fault.text()
    shown.swap_button.click()
    dialog(window, SiteDialog, qtbot)


def test_a_click_outside_is_refused_with_its_reason(window, bench, canvas, qtbot):
    canvas.zoom_to_bounds(100.4, 13.6, 100.6, 13.8)
    bench.commands["add_site"].trigger()
    click(canvas, 100.5, 13.7)
    qtbot.waitUntil(bar(canvas).fault.isVisible, timeout=20_000)
    assert "outside Cambodia" in bar(canvas).fault.text()
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]


def test_without_a_point_a_site_is_held_by_its_unit(window, bench, canvas, qtbot):
    bench.commands["add_site"].trigger()
    bar(canvas).without_button.click()
    asked = dialog(window, SiteDialog, qtbot)
    asked.name_km.setText("ទីតាំងសាកល្បង")
    choose(asked.kind, SiteKind.SHOP.value)
    assert asked.missing() == "dialog.site.no_unit"
    asked.unit.setText("180104")
    asked.accept_button.click()
    idle(window, qtbot)
    made = next(s for s in window.session.project.all(Site) if s.name_km == "ទីតាំងសាកល្បង")
    assert (made.point, made.precision, made.admin_code) == (None, Precision.COMMUNE, "180104")


def test_a_site_is_moved_with_the_accuracy_that_is_chosen(window, bench, canvas, qtbot):
    window.desk.selection.select(Kind.SITE, ["site-1"])
    window.desk.intents.ask("site.move", "site-1")
    click(canvas, *HERE)
    asked = dialog(window, MoveSiteDialog, qtbot)
    assert not asked.accept_button.isEnabled()
    asked.accuracy.choose(100.0)
    asked.accept_button.click()
    idle(window, qtbot)
    moved = window.session.project.get(Site, "site-1")
    assert moved.point == pytest.approx(HERE, abs=0.001)
    assert moved.accuracy_m == 100.0
    window.session.undo()
    idle(window, qtbot)
    assert window.session.project.get(Site, "site-1").point == LonLat(103.51, 10.62)


def test_whoever_may_not_add_is_told_so_and_gets_no_tool(window, bench):
    window.session.project.user = ANALYST
    bench.commands["add_site"].trigger()
    assert bench.tools.name == "select"
    assert "Analyst" in window.toast.text


# --- crossings ------------------------------------------------------------------------------------


@pytest.fixture
def crossing(window, qtbot):
    """A crossing that has been open since 2020."""
    found = str(window.session.project.table(Kind.CROSSING).ids[0])
    times = (OpenInterval(date(2020, 1, 1), None),)
    window.session.do(lambda p: change_crossing(p, found, {"open_intervals": times}))
    window.desk.selection.select(Kind.CROSSING, [found])
    idle(window, qtbot)
    return found


def state(window, crossing_id) -> BorderCrossing:
    return window.session.project.get(BorderCrossing, crossing_id)


def test_a_crossing_is_closed_on_a_day_and_reopened_on_another(window, bench, crossing, qtbot):
    today = facts.local_now().date()
    window.desk.intents.ask("crossing.close", crossing)
    asked = dialog(window, OpeningDialog, qtbot)
    asked.day.setDate(asked.day.date().addDays(-9))
    asked.accept_button.click()
    idle(window, qtbot)
    assert state(window, crossing).open_on(today) is False
    assert state(window, crossing).open_on(today - timedelta(days=10))
    window.desk.intents.ask("crossing.reopen", crossing)
    dialog(window, OpeningDialog, qtbot).accept_button.click()
    idle(window, qtbot)
    assert state(window, crossing).open_on(today)
    assert state(window, crossing).open_on(today - timedelta(days=1)) is False


def test_a_closure_ahead_is_said_to_be_announced(window, bench, crossing, qtbot):
    window.desk.intents.ask("crossing.close", crossing)
    asked = dialog(window, OpeningDialog, qtbot)
    assert not asked.announced.isVisibleTo(asked)
    asked.day.setDate(asked.day.date().addDays(30))
    assert asked.announced.isVisibleTo(asked)
    asked.accept_button.click()
    idle(window, qtbot)
    from gui.widgets.texts import Chip

    assert any("announced" in chip.text() for chip in seen(bench.dossier, Chip))


def test_a_closure_before_the_opening_is_refused_in_the_dialog(window, crossing, qtbot):
    window.desk.intents.ask("crossing.close", crossing)
    asked = dialog(window, OpeningDialog, qtbot)
    asked.day.setDate(QDate(2019, 1, 1))
    asked.accept_button.click()
    qtbot.waitUntil(asked.fault.isVisible)
    assert "1 Jan 2020" in asked.fault.text()


def test_a_wrong_day_is_corrected_in_the_list(window, bench, crossing, qtbot):
    number = len(state(window, crossing).open_intervals) - 1
    retype(field(bench.dossier, f"until-{number}"), "24/06/2999")
    idle(window, qtbot)
    assert state(window, crossing).open_intervals[-1].until.year == 2999
    made = field(bench.dossier, f"until-{number}")
    retype(made, "yesterday")
    assert made.editing
    assert "not a date" in made.fault.text()


def test_names_of_a_crossing_are_corrected_in_place(window, bench, crossing, qtbot):
    retype(field(bench.dossier, "opposite"), "Demo town")
    idle(window, qtbot)
    assert state(window, crossing).opposite == "Demo town"


def test_a_crossing_is_moved_with_what_its_place_rests_on(window, bench, canvas, crossing, qtbot):
    window.desk.intents.ask("crossing.move", crossing)
    assert not bar(canvas).without_button.isVisible()
    click(canvas, *HERE)
    asked = dialog(window, MoveCrossingDialog, qtbot)
    assert not asked.accept_button.isEnabled()
    asked.basis.setText("GPS at the gate (demo)")
    asked.accept_button.click()
    idle(window, qtbot)
    moved = state(window, crossing)
    assert moved.point == pytest.approx(HERE, abs=0.001)
    assert (moved.approximate, moved.basis) == (False, "GPS at the gate (demo)")


def test_a_crossing_is_added(window, bench, canvas, qtbot):
    bench.commands["add_crossing"].trigger()
    click(canvas, *HERE)
    asked = dialog(window, CrossingDialog, qtbot)
    asked.name_en.setText("Demo gate")
    choose(asked.neighbour, Neighbour.VIETNAM.value)
    choose(asked.crossing_class, CrossingClass.UNOFFICIAL.value)
    asked.since.setText("01/02/2020")
    asked.basis.setText("Demo")
    asked.accept_button.click()
    idle(window, qtbot)
    made = next(c for c in window.session.project.all(BorderCrossing) if c.name_en == "Demo gate")
    assert made.open_intervals[0].since.isoformat() == "2020-02-01"
    assert window.desk.selection.one(Kind.CROSSING) == made.id
