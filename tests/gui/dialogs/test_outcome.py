"""Outcomes are counts by role; nobody is named, and nobody is called a ringleader here."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from geo.model.result import Arrests, Outcome
from geo.model.vocabulary import PersonRole
from gui.dialogs.outcome import OutcomeDialog
from tests.gui.day_stage import DUTY_ID, go

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def asked(window, bench, qtbot):
    go(window.session.project)
    bench.show_workspace("operate")
    qtbot.waitUntil(lambda: bench.operate.watch.found is not None)
    bench.operate.asked.emit("outcome", DUTY_ID)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(OutcomeDialog)))
    return window.findChildren(OutcomeDialog)[-1]


def test_counts_are_recorded_and_undone(window, bench, asked, qtbot):
    assert not asked.accept_button.isEnabled()
    asked.rescued.setValue(12)
    asked.arrested[PersonRole.MANAGER].setValue(2)
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(asked.accept_button, LEFT)
    (outcome,) = window.session.project.all(Outcome)
    assert (outcome.rescued, outcome.arrested) == (12, (Arrests(PersonRole.MANAGER, 2),))
    bench.operate.show_page("result")
    qtbot.waitUntil(lambda: bench.operate.result.values["operate.total.rescued"].text() == "12")
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert not window.session.project.all(Outcome)


def test_nothing_personal_can_be_typed(asked):
    words = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert "Never a name" in words
    assert not asked.findChildren(QPlainTextEdit)
    # What is left to type into are numbers and a day.
    fields = [f for f in asked.findChildren(QLineEdit) if f.objectName() != "qt_spinbox_lineedit"]
    assert fields == []


def test_a_ringleader_is_not_counted_before_the_ledger_names_one(asked):
    assert not asked.arrested[PersonRole.RINGLEADER].isEnabled()
