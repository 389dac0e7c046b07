"""A visit is entered and corrected by keys; unknown is not zero, and no time lies ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.clock import now
from geo.model.result import Inspection
from geo.model.vocabulary import Violation
from gui.dialogs.inspection import InspectionDialog
from tests.gui.day_stage import go


@pytest.fixture
def asked(window, bench, qtbot):
    go(window.session.project)
    bench.desk.intents.ask("visit.record", "site-1")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(InspectionDialog)))
    return window.findChildren(InspectionDialog)[-1]


def test_people_whom_nobody_counted_stay_unknown(window, asked, qtbot):
    assert not asked.least.isEnabled()
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(asked, Qt.Key.Key_Return)
    (visit,) = window.session.project.all(Inspection)
    assert (visit.people_min, visit.people_max) == (None, None)


def test_at_most_is_never_below_at_least(asked):
    asked.counted.setChecked(True)
    asked.least.setValue(14)
    asked.most.setValue(11)
    assert asked.missing() == "error.inspection.people"
    assert not asked.accept_button.isEnabled()


def test_no_visit_lies_ahead(asked):
    asked.at.show_moment(now() + timedelta(days=1))
    assert asked.missing() == "error.inspection.future"


def test_a_violation_is_chosen_by_space_and_corrected_later(window, bench, asked, qtbot):
    QTest.keyClick(asked.violations[Violation.FORCED_OVERTIME], Qt.Key.Key_Space)
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(asked, Qt.Key.Key_Return)
    (visit,) = window.session.project.all(Inspection)
    assert visit.violations == (Violation.FORCED_OVERTIME.value,)
    bench.desk.intents.ask("visit.correct", visit.id)
    again = [d for d in window.findChildren(InspectionDialog) if d.isVisible()][-1]
    QTest.keyClick(again.violations[Violation.FORCED_OVERTIME], Qt.Key.Key_Space)
    with qtbot.waitSignal(window.session.changed):
        QTest.keyClick(again, Qt.Key.Key_Return)
    (visit,) = window.session.project.all(Inspection)
    assert visit.violations == ()
