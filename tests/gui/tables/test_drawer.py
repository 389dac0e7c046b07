"""The drawer by hand: selecting, filtering, choosing columns, copying, exporting, changing many."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Activity, Grade, LegalStatus, SiteKind
from gui.dialogs.bulk_edit import BulkEditDialog
from gui.dialogs.decide import DecideDialog
from gui.dialogs.export_table import CopyDialog, ExportDialog
from gui.models.filters import FieldFilter
from gui.tables.columns_popover import ColumnsPopover
from tests.gui.stage import ANALYST

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def drawer(bench):
    bench.toggle_drawer()
    QApplication.processEvents()
    return bench.drawer


@pytest.fixture
def sites(drawer):
    return drawer.pages[Kind.SITE]


def names(page):
    model = page.model
    column = model.column_of("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def dialog_of(window, cls):
    found = [d for d in window.findChildren(cls) if d.isVisible()]
    assert len(found) == 1
    return found[0]


# --- one selection ----------------------------------------------------------------------------


def test_rows_that_are_selected_in_the_table_are_selected_on_the_map(window, bench, sites):
    sites.table.selectRow(0)
    sites.table.setCurrentIndex(sites.model.index(0, 0))
    QTest.keyClick(sites.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert window.desk.selection.kind is Kind.SITE
    assert set(window.desk.selection.ids) == {"site-1", "site-2"}
    assert bench.map.canvas.selection() == (Kind.SITE, frozenset({"site-1", "site-2"}))


def test_rows_that_are_selected_on_the_map_are_marked_in_the_table(window, sites):
    window.desk.selection.select(Kind.SITE, ["site-3", "site-1"])
    assert sites.table.chosen_ids() == ["site-1", "site-3"]
    window.desk.selection.clear()
    assert sites.table.chosen_ids() == []


def test_everything_can_be_selected_and_stays_so_in_another_order(window, sites):
    sites.table.setFocus()
    QTest.keyClick(sites.table, Qt.Key.Key_A, CONTROL)
    assert len(window.desk.selection.ids) == 3
    window.desk.selection.select(Kind.SITE, ["site-2"])
    sites.table.sortByColumn(sites.model.column_of("name"), Qt.SortOrder.DescendingOrder)
    assert sites.table.chosen_ids() == ["site-2"]


def test_a_licence_selects_its_site_and_a_site_marks_its_licences(window, drawer):
    drawer.show_kind(Kind.LICENCE)
    table = drawer.tables[Kind.LICENCE]
    table.selectRow(0)
    assert (window.desk.selection.kind, window.desk.selection.ids) == (Kind.SITE, ("site-1",))
    assert table.chosen_ids() == ["licence-1"]
    window.desk.selection.select(Kind.SITE, ["site-2"])
    assert table.chosen_ids() == []
    window.desk.selection.select(Kind.SITE, ["site-1"])
    assert table.chosen_ids() == ["licence-1"]


def test_held_now_comes_first_and_the_longest_waiting_before_the_others(drawer):
    model = drawer.pages[Kind.ALLEGATION].model
    assert model.shown_ids() == ["allegation-2", "allegation-1", "allegation-3"]


# --- filters ----------------------------------------------------------------------------------


def test_a_tick_in_the_funnel_narrows_at_once_and_its_chip_takes_it_away(window, sites, qtbot):
    header = sites.table.header
    area = header.funnel_area(sites.model.column_of("kind"))
    QTest.mouseMove(header.viewport(), area.center())
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    popover = sites.popover
    assert popover is not None
    assert popover.isVisible()
    items = [popover.list.item(i) for i in range(popover.list.count())]
    assert [i.text() for i in items] == ["Casino  ·  1", "Hotel or guesthouse  ·  1", "Shop  ·  1"]
    items[0].setCheckState(Qt.CheckState.Checked)
    assert names(sites) == ["Demo Mango Casino"]
    popover.close()
    assert sites.chips.isVisible()
    sites.chips.removed.emit("kind")
    assert len(names(sites)) == 3
    assert not sites.chips.isVisible()


def test_a_click_on_a_heading_sorts_and_does_not_filter(sites):
    header = sites.table.header
    column = sites.model.column_of("name")
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert sites.popover is None
    assert names(sites) == sorted(names(sites), reverse=True)


def test_a_range_and_a_wrong_number(sites):
    sites.ask_filter("capacity")
    popover = sites.popover
    assert (popover.low.placeholderText(), popover.high.placeholderText()) == ("20", "300")
    popover.low.setText("100")
    assert names(sites) == ["Demo Mango Casino"]
    popover.low.setText("many")
    assert popover.low.property("wrong") == "true"
    assert names(sites) == ["Demo Mango Casino"]
    popover.low.clear()
    popover.filled.chosen.emit("empty")
    assert names(sites) == ["Demo Lotus Shop"]
    popover.clear_button.click()
    assert len(names(sites)) == 3


def test_allegations_are_filtered_by_each_thing_that_is_alleged(drawer):
    page = drawer.pages[Kind.ALLEGATION]
    drawer.show_kind(Kind.ALLEGATION)
    page.ask_filter("kinds")
    items = [page.popover.list.item(i) for i in range(page.popover.list.count())]
    assert len(items) == 4
    next(i for i in items if "Unlawful detention" in i.text()).setCheckState(Qt.CheckState.Checked)
    assert page.model.shown_ids() == ["allegation-2"]


def test_when_no_row_is_left_the_page_says_so_and_leads_back(sites):
    sites.narrow_by("name", FieldFilter(part="nothing like this"))
    assert sites.states.state == "empty"
    sites.states.empty_page.button.click()
    assert sites.states.state == "full"


def test_the_table_shows_what_the_map_shows_until_it_is_told_not_to(window, drawer, sites):
    from layers.filters import MapFilter, SiteFilter

    only = SiteFilter(kinds=frozenset({SiteKind.SHOP}))
    window.desk.moment.filter(MapFilter(sites=only))
    drawer.refresh_now()
    assert names(sites) == ["Demo Lotus Shop"]
    sites.chips.map_ignored.emit(True)
    assert len(names(sites)) == 3
    sites.chips.map_ignored.emit(False)
    assert names(sites) == ["Demo Lotus Shop"]


# --- columns ----------------------------------------------------------------------------------


def test_columns_are_chosen_and_remembered(window, drawer, sites):
    sites.ask_columns(QPoint(0, 0))
    popover = next(w for w in sites.findChildren(ColumnsPopover))
    item = next(
        popover.list.item(i)
        for i in range(popover.list.count())
        if popover.list.item(i).text() == "Owner"
    )
    item.setCheckState(Qt.CheckState.Checked)
    popover.close()
    column = sites.model.column_of("owner")
    assert not sites.table.isColumnHidden(column)
    kept = json.loads(json.dumps(window.settings.tables["site"]))
    assert "owner" not in kept["hidden"]


def test_a_column_that_is_moved_or_widened_is_remembered(window, sites):
    header = sites.table.header
    header.moveSection(0, 2)
    header.resizeSection(sites.model.column_of("name"), 333)
    kept = window.settings.tables["site"]
    assert kept["order"][2] == "name"
    assert kept["widths"]["name"] == 333


# --- what leaves ------------------------------------------------------------------------------


def test_copying_asks_for_the_grade_once_and_leaves_out_what_may_not_leave(
    window, drawer, sites, qtbot
):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    sites.table.selectRow(0)
    QTest.keyClick(sites.table, Qt.Key.Key_C, CONTROL)
    dialog = dialog_of(window, CopyDialog)
    assert clipboard.text() == "before"
    assert not dialog.accept_button.isEnabled()
    dialog.grade.choose(Grade.COMMAND)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "Demo Mango Casino" in clipboard.text())
    assert clipboard.text().startswith("Grade: Command")
    assert window.session.project.store.audit()[-1].what == "copy"
    drawer.show_kind(Kind.ALLEGATION)
    table = drawer.tables[Kind.ALLEGATION]
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: "Forced labour" in clipboard.text())
    assert "DEMO-A-1" not in clipboard.text()
    assert "Sangkat 4" not in clipboard.text()
    qtbot.waitUntil(lambda: "2 columns left out" in window.toast.text)


def test_partners_get_no_undecided_site_by_the_clipboard(window, sites, qtbot):
    sites.table.selectAll()
    sites.table.copy_asked.emit()
    dialog = dialog_of(window, CopyDialog)
    dialog.grade.choose(Grade.RESTRICTED)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "0 rows, 3 withheld" in window.toast.text)
    assert "Mango" not in QGuiApplication.clipboard().text()


def test_the_public_cannot_be_chosen_and_the_dialog_says_why(window, sites):
    sites.table.selectRow(0)
    sites.table.copy_asked.emit()
    choice = dialog_of(window, CopyDialog).grade
    choice.choose(Grade.PUBLIC)
    assert choice.grade is None


def test_a_table_is_exported_as_it_is_shown(window, drawer, sites, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    sites.narrow_by("kind", FieldFilter(values=frozenset({"casino"})))
    drawer.export_button.click()
    dialog = dialog_of(window, ExportDialog)
    dialog.grade.choose(Grade.COMMAND)
    dialog.format.choose(".csv")
    dialog.accept_button.click()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: "out.csv" in window.toast.text)
    written = path.read_text("utf-8-sig")
    assert "Demo Mango Casino" in written
    assert "Demo Lotus Shop" not in written
    row = window.session.project.store.audit()[-1]
    assert (row.what, row.details["layer"], row.details["rows"]) == ("export", "site", 1)


def test_nothing_is_copied_while_a_past_day_is_shown(window, sites, monkeypatch):
    monkeypatch.setattr(type(window.desk.moment), "is_past", True)
    sites.table.selectRow(0)
    sites.table.copy_asked.emit()
    assert not [d for d in window.findChildren(CopyDialog) if d.isVisible()]
    assert "today" in window.toast.text


# --- what changes -----------------------------------------------------------------------------


def test_many_rows_are_changed_in_one_step_and_undone_in_one(window, drawer, sites, qtbot):
    project = window.session.project
    sites.table.selectAll()
    drawer.edit_button.click()
    dialog = dialog_of(window, BulkEditDialog)
    assert not dialog.accept_button.isEnabled()
    editor = next(e for e in dialog.editors if e.name == "activity")
    editor.tick.setChecked(True)
    editor.widget.setCurrentIndex(editor.widget.findData("closed"))
    assert dialog.preview.text() == "2 of 3 rows change"
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: project.get(Site, "site-1").activity is Activity.CLOSED)
    assert project.history.undoable[-1].params == {"n": 2}
    qtbot.waitUntil(lambda: not window.session.busy)
    window.session.undo()
    qtbot.waitUntil(lambda: project.get(Site, "site-1").activity is Activity.OPERATING)


def test_a_value_that_is_not_possible_is_said_at_once(window, drawer, sites):
    sites.table.selectAll()
    drawer.edit_button.click()
    dialog = dialog_of(window, BulkEditDialog)
    editor = next(e for e in dialog.editors if e.name == "capacity")
    editor.tick.setChecked(True)
    editor.widget.setText("many")
    assert not dialog.accept_button.isEnabled()
    assert "from 0 to 100,000" in dialog.preview.text()


def test_several_sites_are_decided_together(window, drawer, sites):
    sites.table.selectAll()
    drawer.decide_button.click()
    dialog = dialog_of(window, DecideDialog)
    assert [dialog.to.itemData(i) for i in range(dialog.to.count())] == [LegalStatus.UNDER_REVIEW]


def test_who_may_not_change_rows_is_told_so(window, drawer, sites):
    window.session.project.user = ANALYST
    sites.table.selectAll()
    drawer.edit_button.click()
    assert not [d for d in window.findChildren(BulkEditDialog) if d.isVisible()]
    assert window.toast.isVisible()


def test_without_selected_rows_the_buttons_say_what_to_do(drawer):
    assert not drawer.edit_button.isEnabled()
    assert "Select one or more rows" in drawer.edit_button.toolTip()


def test_an_edit_shows_in_its_row_and_the_others_stay(window, sites, qtbot):
    from geo.edit.bulk import bulk_edit

    sites.table.sortByColumn(sites.model.column_of("code"), Qt.SortOrder.DescendingOrder)
    before = names(sites)
    window.session.do(lambda plan: bulk_edit(plan, Kind.SITE, ["site-2"], {"owner": "Somebody"}))
    qtbot.waitUntil(lambda: not window.session.busy)
    column = sites.model.column_of("owner")
    row = sites.model.row_of("site-2")
    qtbot.waitUntil(lambda: sites.model.index(row, column).data() == "Somebody")
    assert names(sites) == before
