"""The scoreboard in the window: counted off the main thread, on the map, every figure opens."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.measures import Measure
from geo.edit.allegations import add_allegation
from geo.edit.returns import import_returns
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel, AllegationKind, Precision
from geo.return_document import to_bytes
from gui import i18n
from gui.models.score_tables import shown_measures
from tests.geo.returning import told

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def do(window, qtbot):
    def act(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)

    return act


@pytest.fixture
def section(window, bench):
    bench.show_workspace("analyse")
    bench.analyse.show_section("scoreboard")
    return bench.analyse.section("scoreboard")


@pytest.fixture
def counted(section, qtbot):
    """Count by a unit and wait for it."""

    def count(by: str):
        section.form.by.setCurrentIndex(section.form.by.findData(by))
        QTest.mouseClick(section.run_bar.go, LEFT)
        qtbot.waitUntil(
            lambda: (
                not section.run_bar.busy
                and section.shown is not None
                and section.shown.found.wish == section.form.wish()
            ),
            timeout=20_000,
        )
        return section.shown

    return count


def page_of(bench):
    return bench.drawers.page("scoreboard")


def cell(bench, section, unit: str, measure: Measure, tab: str = "units"):
    table = page_of(bench).tables[tab]
    place = 1 + shown_measures(section.shown.found).index(measure)
    return table, table.rows.index(table.rows.row_of(unit), place)


def press(table, index):
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())


def test_districts_are_counted_and_the_page_opens_by_itself(section, counted, bench, qtmodeltester):
    shown = counted("district")
    assert shown.found.board.level is AdminLevel.DISTRICT
    assert bench.drawers.shown == "scoreboard"
    table, index = cell(bench, section, "1801", Measure.REPORTED)
    assert index.data() == "1"
    assert table.rows.index(index.row(), 0).data() == "Preah Sihanouk"
    for each in page_of(bench).tables.values():
        qtmodeltester.check(each.rows)
    i18n.set_language("km")
    assert index.data() == "១"
    assert table.rows.headerData(2, Qt.Orientation.Horizontal) == "បានពិនិត្យបឋម"


def test_what_is_not_known_is_said_in_words_and_stands_last(section, counted, bench):
    counted("district")
    table, index = cell(bench, section, "1801", Measure.RESCUED)
    assert index.data() == "none known"
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sortByColumn(1, order)
        said = [table.rows.index(r, 1).data() for r in range(table.rows.rowCount())]
        assert said[-1] == "none known"
        assert said[0] != "none known"


def test_a_number_opens_its_rows_in_the_table_of_the_register(section, counted, bench, qtbot):
    counted("district")
    press(*cell(bench, section, "1801", Measure.REPORTED))
    drawer = bench.drawer
    assert (bench.drawers.shown, drawer.kind) == ("tables", Kind.ALLEGATION)
    qtbot.waitUntil(lambda: drawer.page.model.rowCount() == 1)
    assert drawer.page.model.id_at(0) == "allegation-2"
    chips = drawer.page.chips
    said = [chip.text() for chip in chips.findChildren(QPushButton)]
    assert "Reported: Preah Sihanouk" in said
    chips.all_wanted.emit()
    qtbot.waitUntil(lambda: drawer.page.model.rowCount() == 3)
    # And so does the keyboard.
    bench.drawers.show_page("scoreboard")
    table, index = cell(bench, section, "1801", Measure.REPORTED)
    table.setCurrentIndex(index)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert bench.drawers.shown == "tables"


def test_rows_without_a_table_of_their_own_open_in_the_page(section, counted, bench, do):
    do(lambda p: import_returns(p, [told("18"), told("01", inspected=None)]))
    counted("returns")
    press(*cell(bench, section, "18", Measure.INSPECTED))
    page = page_of(bench)
    assert page.tabs.currentWidget() is page.states["behind"]
    behind = page.tables["behind"].rows
    assert [behind.index(0, c).data() for c in range(2)] == ["Sept 2022", "Preah Sihanouk"]


def test_provinces_without_a_return_are_hatched_and_listed(section, counted, bench, do):
    do(lambda p: import_returns(p, [told("18"), told("01", inspected=0)]))
    shown = counted("returns")
    assert shown.found.board.origin is Origin.RETURNS
    labels = {c.label.words("en"): c for c in shown.findings.classes}
    assert labels["no return"].count == 23
    assert labels["no return"].area.hatch
    assert not labels["no return"].area.alpha
    silent = page_of(bench).tables["silent"].rows
    assert silent.rowCount() == 23


def test_another_column_lies_on_the_map_without_counting_again(section, counted, bench, do, qtbot):
    do(lambda p: import_returns(p, [told("18"), told("01", inspected=0)]))
    before = counted("returns")
    section.form.column.setCurrentIndex(section.form.column.findData("inspected"))
    qtbot.waitUntil(lambda: section.shown.measure is Measure.INSPECTED, timeout=10_000)
    assert section.shown.found is before.found
    labels = [c.label.words("en") for c in bench.desk.findings.shown.classes]
    assert labels == ["3 or more", "0, counted", "no return"]


def test_row_and_unit_on_the_map_choose_each_other(section, counted, bench, do):
    do(lambda p: import_returns(p, [told("18")]))
    counted("returns")
    table, index = cell(bench, section, "18", Measure.RESCUED)
    press(table, index)
    assert bench.desk.findings.shape == "18"
    bench.desk.findings.choose("01")
    assert table.rows.key_at(table.currentIndex().row()) == "01"


def test_years_begin_with_the_ministrys_figures(section, counted, bench):
    counted("district")
    rows = page_of(bench).tables["years"].rows
    assert rows.index(0, 0).data() == "2017"
    said = [rows.index(0, c).data() for c in range(rows.columnCount())]
    assert {"159", "203", "not given"} <= set(said)
    assert not any(rows.can_open(rows.index(0, c)) for c in range(rows.columnCount()))


def test_units_without_outlines_are_said_not_to_be_on_the_map(section, counted, bench):
    shown = counted("commune")
    assert shown.findings is None
    assert section.no_map.isVisibleTo(section)
    assert bench.desk.findings.shown is None
    # Another choice says that the figures are of the one before.
    assert not section.otherwise.isVisibleTo(section)
    section.form.by.setCurrentIndex(section.form.by.findData("district"))
    assert section.otherwise.isVisibleTo(section)


def test_a_change_of_the_plan_makes_the_figures_old(section, counted, bench, do):
    do(lambda p: import_returns(p, [told("18")]))
    counted("returns")
    assert not bench.desk.findings.stale
    do(lambda p: import_returns(p, [told("01")]))
    assert bench.desk.findings.stale
    assert section.stale.isVisibleTo(section)
    page = page_of(bench)
    assert page.stale.isVisibleTo(page)


def test_what_makes_no_sense_is_refused_where_it_was_asked(section, qtbot):
    form = section.form
    form.fold.head.setChecked(True)
    form.period.setCurrentIndex(form.period.findData("own"))
    form.first.show_day(date(2022, 9, 2))
    form.last.show_day(date(2022, 9, 1))
    QTest.mouseClick(section.run_bar.go, LEFT)
    qtbot.waitUntil(lambda: section.run_bar.refusal.isVisibleTo(section))
    assert "before that" in section.run_bar.refusal.text()
    assert section.shown is None
    form.period.setCurrentIndex(0)  # the window is shared, and a form keeps what was chosen


def test_an_empty_plan_says_what_to_do_and_a_ministrys_begins_with_returns(
    empty_window, qtbot, tmp_path
):
    bench = empty_window.workbench
    bench.show_workspace("analyse")
    bench.analyse.show_section("scoreboard")
    section = bench.analyse.section("scoreboard")
    assert section.states.state == "empty"
    good, bad = tmp_path / "18.json", tmp_path / "01.json"
    good.write_bytes(to_bytes(told("18")))
    bad.write_bytes(to_bytes(told("01")).replace(b'"reported": 12', b'"reported": 1'))
    with qtbot.waitSignal(empty_window.session.changed, timeout=20_000):
        section.returns.take([good, bad])
    qtbot.waitUntil(lambda: section.states.state == "full")
    assert section.form.wish().origin is Origin.RETURNS
    assert "01.json: altered" in section.returns.said.text()
    assert "Keys not checked: 1" in section.returns.said.text()
    assert len(empty_window.session.project.table(Kind.RETURN)) == 1
    section.returns.take([good])  # a second time there is nothing to take in, and it is said
    labels = empty_window.toast.findChildren(QLabel)
    qtbot.waitUntil(lambda: any("already" in label.text() for label in labels))


def test_a_closed_plan_leaves_nothing_behind(section, counted, bench, window):
    counted("district")
    page = page_of(bench)
    press(*cell(bench, section, "1801", Measure.REPORTED))
    window.session.close()
    assert section.shown is None
    assert all(table.rows.rowCount() == 0 for table in page.tables.values())
    assert not bench.drawer.pages[Kind.ALLEGATION].chips.isVisibleTo(bench.drawer)


def test_what_comes_in_later_is_in_the_next_count(section, counted, bench, do):
    counted("district")
    one = Allegation(
        received_on=date(2022, 9, 3),
        admin_code="1801",
        precision=Precision.DISTRICT,
        kinds=(AllegationKind.FORCED_LABOUR,),
    )
    do(lambda p: add_allegation(p, one))
    counted("district")
    _table, index = cell(bench, section, "1801", Measure.REPORTED)
    assert index.data() == "2"
