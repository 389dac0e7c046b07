from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from geo.model.entity import Kind
from gui.panels.drawer import EntityTable
from gui.widgets.entity_list import EntityList
from gui.widgets.in_place import LineEditor


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


@pytest.mark.parametrize(
    ("kind", "row"), [(Kind.SITE, "site-1"), (Kind.ALLEGATION, "allegation-2")]
)
def test_no_value_of_a_dossier_can_be_marked_and_copied(bench, qtbot, kind, row):
    bench.desk.selection.select(kind, [row])
    qtbot.waitUntil(bench.dossier.isVisible)
    labels = bench.dossier.findChildren(QLabel)
    assert labels
    marked = Qt.TextInteractionFlag.TextSelectableByMouse
    assert [label.text() for label in labels if label.textInteractionFlags() & marked] == []


def test_no_key_takes_a_value_out_of_the_list_of_a_filter(bench, qtbot):
    bench.toggle_drawer()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("what was there")
    page = bench.drawer.pages[Kind.SITE]
    page.ask_filter("kind")
    values = page.popover.list
    qtbot.waitUntil(lambda: values.count() > 0)
    values.setCurrentRow(0)
    QTest.keyClick(values, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    page.popover.close()
    assert clipboard.text() == "what was there"


def test_no_key_or_menu_takes_a_value_that_is_corrected_in_place(dressed, qtbot):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("what was there")
    field = LineEditor("DEMO-A-1")
    qtbot.addWidget(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert (clipboard.text(), field.text()) == ("what was there", "DEMO-A-1")
    assert field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
