from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.panels.drawer import EntityTable
from gui.widgets.entity_list import EntityList


@pytest.mark.parametrize("cls", [EntityTable, EntityList])
def test_no_key_takes_a_row_past_the_table_of_grades_into_the_clipboard(bench, qtbot, cls):
    bench.toggle_drawer()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("what was there")
    views = [v for v in bench.findChildren(cls) if v.model().rowCount()]
    assert views
    for view in views:
        view.setCurrentIndex(view.model().index(0, 0))
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(view, Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "what was there"
