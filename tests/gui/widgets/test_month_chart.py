from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import i18n, theme
from gui.models.month_rows import MonthModel
from gui.widgets.charts.month_chart import MonthChart
from tests.layers.export.test_charts import chart

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(dressed, qtbot):
    made = MonthChart()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_chart(chart())
    return made


def test_arrows_read_position_by_position_and_say_it_aloud(view):
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.told.text() == "month 4: All & more 5 (2.5–8.0)"
    assert view.told.text() in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.cursor_place == 3
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.told.text() == "month 2: no data"
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.cursor_place == 0
    assert view.accessibleName() == "Allegations <by> month"


def test_shift_with_arrows_takes_a_period_and_escape_gives_it_up(view, qtbot):
    taken = []
    view.period_chosen.connect(lambda *period: taken.append(period))
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert taken == [(3, 4), (2, 4), (3, 4), (None, None)]
    assert view.period is None


def test_the_pointer_reads_what_lies_under_it(view, qtbot):
    plot = view.plot
    QApplication.processEvents()
    scene = plot.box.mapViewToScene(QPointF(3.0, 1.0))
    at = QPointF(plot.mapFromScene(scene))
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, plot.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(plot.viewport(), moved)
    assert view.cursor_place == 3
    plot.box.doubled.emit()
    assert view.period is None


def test_a_chart_in_khmer_has_its_digits_and_in_the_dark_its_ground(view, dressed):
    i18n.set_language("km")
    theme.apply(dressed, "dark", "km")
    view.show_chart(chart(language="km"))
    assert "៥ (២.៥–៨.០)" in view.words_at(4)
    assert view.plot.backgroundBrush().color().name().upper() == theme.DARK.surface


def test_the_chart_offers_no_menu_by_which_it_could_leave(view):
    assert view.plot.getPlotItem().getViewBox().menu is None
    assert view.plot.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert view.plot.getPlotItem().buttonsHidden


def test_the_table_of_months_is_a_sound_model(dressed, qtmodeltester):
    model = MonthModel()
    model.show_chart(chart())
    qtmodeltester.check(model)
    assert model.data(model.index(2, 1)) == "–"
    assert model.data(model.index(0, 1)) == "5  (2.5–8.0)"
