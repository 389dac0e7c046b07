"""Fines are proposed with their formula, and decided by the labour inspector's office."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.edit.fines import propose_fines
from geo.edit.inspections import inspect
from geo.model.result import Fine, Inspection
from geo.model.vocabulary import FineState, Violation
from gui.dialogs.fine import FineDecisionDialog, FineDialog
from tests.gui.day_stage import DUTY_ID, go
from tests.gui.stage import DEPUTY

LEFT = Qt.MouseButton.LeftButton
VISIT = Inspection(
    id="visit-1",
    site_id="site-1",
    assignment_id=DUTY_ID,
    inspected_at=datetime(2022, 9, 17, 7, 0),  # noqa: DTZ001 - local
    violations=(Violation.FORCED_OVERTIME.value, Violation.NO_LICENCE.value),
    people_min=11,
)


@pytest.fixture
def visited(window, bench, qtbot):
    """A visit with one violation that has a rate, and one that has none."""
    go(window.session.project)
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: inspect(plan, VISIT))
    return bench


def shown(window, cls, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(cls)))
    return [d for d in window.findChildren(cls) if d.isVisible()][-1]


def test_a_proposal_shows_violation_units_amount_of_the_day_and_source(window, visited, qtbot):
    visited.desk.intents.ask("fine.propose", "visit-1")
    asked = shown(window, FineDialog, qtbot)
    overtime, licence = asked.lines
    assert overtime.said.text() == "Workers: 11 × 1,680,000 ៛ = 18,480,000 ៛"
    assert "1 Jan 2022" in overtime.source.text()
    assert "Demo law" in overtime.source.text()
    assert not licence.take.isEnabled()
    overtime.units.setValue(2)
    assert asked.total.text() == "Together: 3,360,000 ៛"
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(asked.accept_button, LEFT)
    (fine,) = window.session.project.all(Fine)
    assert (fine.units, fine.amount_riel, fine.state) == (2, 3_360_000, FineState.PROPOSED)


def test_the_inspector_alters_with_a_note_and_a_commander_enters_it(window, visited, qtbot):
    units = {Violation.FORCED_OVERTIME.value: 3}
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: propose_fines(plan, "visit-1", units))
    window.session.act_as(DEPUTY)
    (fine,) = window.session.project.all(Fine)
    visited.desk.intents.ask("fine.decide", fine.id)
    asked = shown(window, FineDecisionDialog, qtbot)
    assert not asked.accept_button.isEnabled()
    QTest.keyClicks(asked.inspector, "Labour inspectorate (demo)")
    assert asked.accept_button.isEnabled()
    asked.units.setValue(2)
    assert asked.amount.value() == 3_360_000
    assert not asked.accept_button.isEnabled()
    QTest.keyClicks(asked.note, "Two were paid")
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(asked.accept_button, LEFT)
    (fine,) = window.session.project.all(Fine)
    assert (fine.state, fine.amount_riel) == (FineState.CONFIRMED, 3_360_000)
    assert fine.confirmed_by == DEPUTY.id


def test_a_planner_does_not_enter_decisions(window, visited, qtbot):
    units = {Violation.FORCED_OVERTIME.value: 3}
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: propose_fines(plan, "visit-1", units))
    (fine,) = window.session.project.all(Fine)
    visited.desk.intents.ask("fine.decide", fine.id)
    assert not [d for d in window.findChildren(FineDecisionDialog) if d.isVisible()]
    visited.show_workspace("operate")
    visited.operate.show_page("result")
    qtbot.waitUntil(lambda: visited.operate.watch.found is not None)
    page = visited.operate.result
    qtbot.waitUntil(
        lambda: page.values and page.values["operate.total.proposed"].text() == "5,040,000 ៛"
    )
