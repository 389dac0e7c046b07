from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from geo.analysis.trends.result import By
from geo.model.entity import Kind
from layers.filters import AllegationFilter, MapFilter

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def section(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.show_section("trends")
    made = bench.analyse.section("trends")
    qtbot.waitUntil(lambda: made.found is not None, timeout=20_000)
    return made


@pytest.fixture
def page(section, bench):
    return bench.drawers.page("trends")


def words_of(widget) -> str:
    return " ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def count_by(section, by: By, qtbot) -> None:
    section.by.setCurrentIndex(section.by.findData(by.value))
    qtbot.waitUntil(lambda: section.found is not None and section.found.by is by, timeout=20_000)


def test_the_library_of_charts_comes_with_the_first_chart_and_brings_nothing_heavy():
    code = (
        "import sys, gui.main_window, gui.panels.analyse.trends, gui.widgets.charts.month_chart;"
        "print('pyqtgraph' in sys.modules); import gui.widgets.charts.plotting;"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " {'scipy', 'pandas', 'matplotlib', 'PyQt5', 'PyQt6', 'sklearn'}])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == ["False", "[]"]


def test_the_section_shows_a_chart_with_its_numbers_beside_it_in_any_grouping(
    section, page, bench, qtbot
):
    assert bench.drawers.shown == "trends"
    assert page.states.state == "full"
    assert page.rows.rowCount() == len(section.found)
    assert page.chart.accessibleName() == "Allegations by month of receipt"
    assert "Garwood 1936" in words_of(section)
    assert f"{section.found.n} allegations" in words_of(section)
    count_by(section, By.GRADE, qtbot)
    names = [s.name for s in page.chart.chart.series]
    assert names == ["B2 or better", "Below B2", "Not to be judged (F or 6)"]
    assert page.rows.columnCount() == 4
    section.line.setCurrentIndex(1)
    assert [bool(s.low) for s in page.chart.chart.series] == [False, True, False]


def test_dragging_across_months_narrows_the_map_and_not_the_chart(section, page, window, qtbot):
    before, months = section.found.n, len(section.found)
    plot = page.chart.plot
    qtbot.waitUntil(lambda: plot.width() > 200)
    at = [plot.mapFromScene(plot.box.mapViewToScene(plot.box.viewRect().center()))]
    middle = at[0]
    port = plot.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=middle)
    for step in (20, 60, 100):
        QTest.mouseMove(port, middle + QPoint(step, 0))
        qtbot.wait(5)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle + QPoint(100, 0))
    qtbot.waitUntil(lambda: window.desk.moment.wanted.allegations.since is not None)
    shown = window.desk.moment.project(window.session.project)
    whole = window.session.project.table(Kind.ALLEGATION)
    assert len(shown.table(Kind.ALLEGATION)) < len(whole)
    qtbot.waitUntil(lambda: not section.busy, timeout=20_000)
    assert (section.found.n, len(section.found)) == (before, months)
    QTest.keyClick(page.chart, Qt.Key.Key_Escape)
    assert window.desk.moment.wanted.allegations.since is None
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_End)
    QTest.keyClick(page.chart, Qt.Key.Key_Left, SHIFT)
    assert window.desk.moment.wanted.allegations.since is not None
    assert "The map shows" in words_of(page)
    page.every.click()
    assert not window.desk.moment.wanted.is_active
    # A period that was chosen elsewhere is marked too.
    month = section.found.first + len(section.found) - 1
    first = date(month // 12, month % 12 + 1, 1)
    window.desk.moment.filter(MapFilter(allegations=AllegationFilter(since=first)))
    place = len(section.found) - 1
    qtbot.waitUntil(lambda: page.chart.period == (place, place), timeout=20_000)


def test_a_plan_without_allegations_says_so(empty_window, qtbot):
    bench = empty_window.workbench
    bench.show_workspace("analyse")
    bench.analyse.show_section("trends")
    made = bench.analyse.section("trends")
    qtbot.waitUntil(lambda: made.states.state == "empty", timeout=20_000)
    assert bench.drawers.page("trends").states.state == "empty"
