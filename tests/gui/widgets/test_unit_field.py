"""A unit is chosen from the list, by mouse or keyboard, or typed as its code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.errors import InputError
from gui.widgets.unit_field import UnitField

KEY = Qt.Key


@pytest.fixture
def field(dressed, qtbot):
    made = UnitField()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def opened(field, text, qtbot):
    QTest.keyClicks(field, text)
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible, timeout=20_000)
    return popup


def test_a_name_is_found_and_taken_from_the_list_with_the_keyboard(field, qtbot):
    popup = opened(field, "prey nob", qtbot)
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(popup, KEY.Key_Down)
        QTest.keyClick(popup, KEY.Key_Return)
    assert field.code().startswith("18")
    assert field.code() in field.text()


def test_escape_closes_the_list_before_it_leaves_the_field(field, qtbot):
    popup = opened(field, "prey nob", qtbot)
    with qtbot.assertNotEmitted(field.left):
        QTest.keyClick(popup, KEY.Key_Escape)
    assert not popup.isVisible()
    assert field.text() == "prey nob"


def test_a_name_that_is_several_places_must_be_chosen(field, qtbot):
    opened(field, "prey", qtbot)
    with pytest.raises(InputError) as refused:
        field.code()
    assert refused.value.code == "error.unit.not_chosen"
    assert not field.sure()


def test_nothing_is_no_unit_and_a_code_is_enough(field):
    assert field.code() == ""
    field.setText("180104")
    assert field.code() == "180104"
