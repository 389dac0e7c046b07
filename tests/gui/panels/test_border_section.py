"""Border pressure in the window: asked, computed beside it, on the map, in the table, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from geo.clock import today
from geo.edit.crossings import close_crossing
from geo.model.entity import Kind
from layers.moment import Mode, Moment
from tests.gui.panels.asking import allege, answered, open_section

GATE = (102.5507, 13.6612)


@pytest.fixture
def section(window, bench, qtbot):
    made = open_section(bench, "border")
    made.within.setValue(5_000)  # the window is shared, and a form keeps what was chosen
    return made


@pytest.fixture
def alleged(window, qtbot):
    """Twelve allegations at a gate, one that is known by its commune."""
    for number in range(12):
        allege(window, qtbot, GATE, days=5 + number)
    allege(window, qtbot, None, days=4)


def cells(page, row):
    model = page.table.rows
    return [model.index(row, at).data() for at in range(model.columnCount())]


def test_a_click_ranks_the_crossings_below_the_map_and_on_it(alleged, section, bench, qtbot):
    qtbot.mouseClick(section.run_bar.go, Qt.MouseButton.LeftButton)
    answered(section, qtbot)
    page = bench.drawers.made("border")
    assert bench.drawers.shown == "border"
    assert bench.desk.findings.is_of("border")
    first = cells(page, 0)
    assert first[0] == "1"
    assert float(first[3]) >= 12
    assert first[4] == "< 0.1", "perhaps stands apart"
    assert page.table.rows.rowCount() == len(section.project.table(Kind.CROSSING))
    assert "allegations within 5 km" in section.headline.text()
    assert "Mann-Kendall" in section.statement.words.text()
    assert "at least 20" in section.statement.warnings.text()


def test_a_row_chooses_the_crossing_on_the_map_and_the_map_the_row(alleged, section, bench, qtbot):
    section.compute()
    answered(section, qtbot)
    page = bench.drawers.made("border")
    key = page.table.rows.key_at(1)
    with qtbot.waitSignal(bench.desk.findings.zoom_asked):
        page.table.clicked.emit(page.table.rows.index(1, 0))
    assert bench.desk.findings.shape == key
    other = page.table.rows.key_at(3)
    bench.desk.findings.choose(other)
    assert page.table.currentIndex().row() == 3


def test_another_distance_is_computed_anew_by_itself(alleged, section, bench, qtbot):
    section.compute()
    answered(section, qtbot)
    before = section.shown
    section.within.setValue(1_000)
    assert section.otherwise.isVisible()
    qtbot.waitUntil(lambda: section.shown is not before, timeout=20_000)
    assert "1 km" in section.headline.text()
    assert not section.otherwise.isVisible()


def test_a_closed_crossing_is_struck_through_on_the_day_shown(alleged, section, bench, qtbot):
    table = section.project.table(Kind.CROSSING)
    gate = str(table.ids[list(table["name_en"]).index("Poipet")])
    with qtbot.waitSignal(section.desk.session.changed):
        section.desk.session.do(
            lambda plan: close_crossing(plan, gate, today() - timedelta(days=2))
        )
    section.compute()
    answered(section, qtbot)
    page = bench.drawers.made("border")
    row = page.table.rows.row_of(gate)
    font = page.table.rows.index(row, 1).data(Qt.ItemDataRole.FontRole)
    assert font is not None
    assert font.strikeOut()
    assert "closed" in cells(page, row)[1]
    open_row = next(r for r in range(page.table.rows.rowCount()) if r != row)
    assert page.table.rows.index(open_row, 1).data(Qt.ItemDataRole.FontRole) is None


def test_a_past_day_is_ranked_as_of_that_day(alleged, section, bench, qtbot):
    day = today() - timedelta(days=10)
    bench.desk.moment.show(Moment(Mode.DECIDED, day))
    section.compute()
    answered(section, qtbot)
    page = bench.drawers.made("border")
    assert float(cells(page, 0)[3]) == 7, "five came in later"


def test_what_is_stopped_leaves_no_result(alleged, section, bench, qtbot):
    section.compute()
    assert section.run_bar.busy
    section.run_bar.cancel()
    assert not section.run_bar.busy
    assert section.shown is None
    assert not bench.desk.findings.is_of("border")


def test_a_plan_without_crossings_says_what_to_do(empty_window):
    made = open_section(empty_window.workbench, "border")
    assert made.states.state == "empty"
