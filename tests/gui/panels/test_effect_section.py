"""Did it work, in the window: a completed operation, its figures, ring and control on the map."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from shapely import box

from geo.clock import today
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.command import Operation, Zone, new_period
from geo.model.entity import LonLat
from geo.model.vocabulary import OperationState, Precision, ZoneState
from tests.gui.panels.asking import answered, open_section
from tests.gui.stage import plan_store

INSIDE, FAR = LonLat(102.60, 13.64), LonLat(103.0, 13.6)
AGO = 60


def _operation(days_ago, name):
    day = datetime.combine(today() - timedelta(days=days_ago), time(6))
    period = new_period("Demo day", day, day + timedelta(hours=10))
    operation = Operation(
        name=name, province_code="01", periods=(period,), state=OperationState.COMPLETED
    )
    zone = Zone(
        name=f"{name} zone",
        outline=box(102.58, 13.62, 102.62, 13.66),
        operation_id=operation.id,
        state=ZoneState.COMPLETED,
    )
    return operation, zone


def _said(at, days_ago):
    return Allegation(
        received_on=today() - timedelta(days=days_ago),
        point=at,
        precision=Precision.POINT,
        admin_code="011002",
    )


@pytest.fixture
def bench(reopened):
    """A plan with operations of two months ago, of while its time after ran, of last week."""
    store = plan_store(empty=True)
    rows = [*_operation(AGO, "Old demo"), *_operation(40, "Next demo"), *_operation(5, "New demo")]
    rows += [_said(INSIDE, AGO + 1 + n) for n in range(30)]
    rows += [_said(INSIDE, AGO - 1 - n) for n in range(4)]
    rows += [_said(FAR, AGO + 1 + n) for n in range(25)]
    rows += [_said(FAR, AGO - 1 - n) for n in range(25)]
    deltas = tuple(inserting([row]) for row in rows)
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas))
    return reopened(store).workbench


@pytest.fixture
def section(bench):
    made = open_section(bench, "effect")
    made.days.setValue(30)
    return made


def cells(page, row):
    model = page.table.rows
    return [model.index(row, at).data() for at in range(model.columnCount())]


def choose(section, name):
    section.operation.setCurrentIndex(section.operation.findText(name))


def test_completed_operations_are_offered_the_last_first(section):
    names = [section.operation.itemText(n) for n in range(section.operation.count())]
    assert names == ["New demo", "Next demo", "Old demo"]


def test_figures_with_their_n_stand_in_the_table_and_the_areas_on_the_map(section, bench, qtbot):
    choose(section, "Old demo")
    section.run_bar.go.click()
    answered(section, qtbot)
    page = bench.drawers.made("effect")
    assert cells(page, 0)[:4] == ["Inside the zones", "30", "4", "-26"]
    assert cells(page, 2)[1:3] == ["25", "25"]
    assert "Fewer than elsewhere: -26" in section.headline.text()
    assert "Wheeler and Ratcliffe" in section.statement.words.text()
    assert "Next demo" in section.statement.warnings.text(), "it fell into the time after"
    findings = bench.desk.findings
    assert findings.is_of("effect")
    assert set(findings.shown.areas.keys) == {"inside", "ring", "control"}
    page.table.clicked.emit(page.table.rows.index(1, 0))
    assert findings.shape == "ring"
    findings.choose("control")
    assert page.table.currentIndex().row() == 2


def test_what_is_too_soon_is_said_in_words(section, qtbot):
    choose(section, "New demo")
    section.compute()
    answered(section, qtbot)
    assert section.shown is None
    assert "too soon" in section.run_bar.refusal.text()


def test_a_width_that_is_changed_afterwards_is_said_to_be_another_question(section, qtbot):
    choose(section, "Old demo")
    section.compute()
    answered(section, qtbot)
    assert not section.otherwise.isVisible()
    section.ring.setValue(5_000)
    assert section.otherwise.isVisible()


def test_a_plan_without_a_completed_operation_says_so(empty_window):
    made = open_section(empty_window.workbench, "effect")
    assert made.states.state == "empty"


def test_it_speaks_khmer(section, bench, qtbot):
    from gui import i18n

    choose(section, "Old demo")
    section.compute()
    answered(section, qtbot)
    i18n.set_language("km")
    assert "តិចជាងកន្លែងផ្សេង" in section.headline.text()
    assert section.control.itemText(0) == "ផ្នែកដែលនៅសល់នៃខេត្ត"
