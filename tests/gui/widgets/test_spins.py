"""Fields with arrows show the language's digits and take both kinds of digits."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import i18n
from gui.widgets.spins import DayField, MomentField, NumberField

DAY = date(2022, 9, 17)


def type_in(field, text):
    """Type a text; QTest's own keys are Latin only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(field, QKeyEvent(kind, ord(letter), none, letter))


@pytest.fixture
def shown(dressed, qtbot):
    def show(field):
        qtbot.addWidget(field)
        field.show()
        field.setFocus()
        return field

    return show


def test_a_day_is_in_khmer_digits_in_khmer_and_changes_with_the_language(shown):
    field = shown(DayField(DAY))
    assert field.text() == "17/09/2022"
    i18n.set_language("km")
    assert field.text() == "១៧/០៩/២០២២"
    assert field.day() == DAY


@pytest.mark.parametrize("typed", ["05112021", "០៥១១២០២១"])
def test_a_day_is_typed_in_either_digits(shown, typed):
    i18n.set_language("km")
    field = shown(DayField(DAY))
    field.setCurrentSection(field.Section.DaySection)
    field.setSelectedSection(field.Section.DaySection)
    type_in(field, typed)
    assert field.day() == date(2021, 11, 5)
    assert field.text() == "០៥/១១/២០២១"


def test_the_arrow_keys_step_a_day_in_khmer_digits(shown):
    i18n.set_language("km")
    field = shown(DayField(DAY))
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert (field.day(), field.text()) == (date(2022, 9, 18), "១៨/០៩/២០២២")


def test_a_day_ahead_is_not_taken_where_it_cannot_be(shown):
    field = shown(DayField(DAY, latest=DAY))
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == DAY


def test_a_moment_is_in_khmer_digits_to_the_minute(shown):
    i18n.set_language("km")
    field = shown(MomentField(datetime(2022, 9, 17, 6, 5)))  # noqa: DTZ001 - a plan's times are local
    assert field.text() == "១៧/០៩/២០២២ ០៦:០៥"
    assert field.moment().minute == 5


@pytest.mark.parametrize("typed", ["250", "២៥០"])
def test_a_number_is_typed_in_either_digits_and_keeps_its_unit(shown, typed):
    field = shown(NumberField(40, 0, 500))
    field.setSuffix(" m")
    i18n.set_language("km")
    assert field.text() == "៤០ m"
    field.selectAll()
    type_in(field, typed)
    assert field.value() == 250
    assert field.text() == "២៥០ m"


def test_a_number_beyond_its_range_cannot_be_typed(shown):
    i18n.set_language("km")
    field = shown(NumberField(40, 0, 500))
    field.selectAll()
    type_in(field, "៩០០")
    assert field.value() == 90
