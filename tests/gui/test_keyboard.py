from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget

from gui.actions import WORKSPACES
from gui.tables.entity_table import EntityTable

ROOT = Path(__file__).resolve().parents[2]
MOST_STEPS = 200

IMPORT_THE_WINDOW = """
import sys
import gui.application
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def walked(window, qtbot):
    """Press Tab until the focus is back where it began."""
    seen = []
    for _ in range(MOST_STEPS):
        focus = QApplication.focusWidget()
        if focus in seen[:1] and len(seen) > 1:
            return seen
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def test_tab_reaches_every_part_of_the_window(window, bench, qtbot):
    window.activateWindow()
    bench.top.search.setFocus()
    qtbot.waitUntil(bench.top.search.hasFocus)
    seen = walked(window, qtbot)
    assert bench.map.canvas in seen
    assert bench.register.import_button in seen
    assert bench.register.filter in seen
    assert bench.top.held in seen
    assert any(button in seen for button in bench.rail.buttons.values())
    assert any(row in seen for row in bench.layer_panel.rows.values())


def test_what_can_be_pressed_has_a_name(window, bench, qtbot):
    QApplication.processEvents()
    nameless = [
        type(widget).__name__
        for widget in bench.findChildren(QAbstractButton) + bench.findChildren(QLineEdit)
        if widget.isVisibleTo(bench)
        and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip())
        and not isinstance(widget.parent(), QLineEdit)
    ]
    assert nameless == []


@pytest.mark.parametrize(("number", "name"), list(enumerate(WORKSPACES, start=1)))
def test_every_workspace_has_its_key(window, bench, qtbot, number, name):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.workspace == name)


def test_a_letter_typed_in_a_list_finds_a_row_and_takes_no_tool(window, bench, qtbot):
    window.activateWindow()
    fruits = QListWidget(bench)
    fruits.addItems(["Apple", "Mango", "Zucchini"])
    fruits.show()
    fruits.setFocus()
    qtbot.waitUntil(fruits.hasFocus)
    qtbot.keyClick(fruits, Qt.Key.Key_Z)
    assert fruits.currentItem().text() == "Zucchini"
    assert bench.tools.name == "select"
    bench.map.canvas.setFocus()
    qtbot.keyClick(bench.map.canvas, Qt.Key.Key_Z)
    assert bench.tools.name == "draw_zone"
    fruits.deleteLater()


def test_a_letter_in_the_table_of_many_rows_is_a_command_and_asks_no_row(window, bench, qtbot):
    window.activateWindow()
    bench.commands["table"].trigger()
    qtbot.waitUntil(lambda: any(t.isVisible() for t in bench.findChildren(EntityTable)))
    table = next(t for t in bench.findChildren(EntityTable) if t.isVisible())
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_D)  # with which every row begins
    assert table.currentIndex().row() == 0
    qtbot.keyClick(table, Qt.Key.Key_H)
    assert bench.tools.name == "pan"


def test_f1_shows_every_command_with_its_keys(window, qtbot):
    from gui.dialogs.shortcuts import ShortcutsDialog

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(ShortcutsDialog) is not None)
    window.findChild(ShortcutsDialog).accept()


def test_the_window_is_imported_without_what_a_plan_needs():
    """The first second belongs to the window; numpy and shapely come with the first plan."""
    started = subprocess.run(
        [sys.executable, "-c", IMPORT_THE_WINDOW],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(started.stdout.split())
    assert not loaded & {"numpy", "shapely", "pyproj", "pandas", "geopandas", "folium"}
