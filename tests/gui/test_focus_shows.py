"""What has the keyboard shows it: every stop of Tab in an operation's pages looks different."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication

from geo.model.vocabulary import OperationState
from tests.gui.command_stage import PLANNER, command_store, open_as

MOST_STOPS = 120
PAGES = ("readiness", "coordination", "support", "board")


@pytest.fixture
def opened(make_window, qtbot, tmp_path):
    window = open_as(make_window, qtbot, tmp_path, command_store(OperationState.DRAFT), PLANNER)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def stops(window, qtbot):
    """Press Tab until the focus is back where it began."""
    seen = []
    window.workbench.top.search.setFocus()
    while len(seen) < MOST_STOPS:
        focus = QApplication.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def picture(widget):
    QApplication.processEvents()
    return widget.grab().toImage()


def looks_alike(widget):
    """Tell whether a widget looks the same with the keyboard and without it."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    with_it = picture(widget)
    widget.clearFocus()
    return picture(widget) == with_it


@pytest.mark.parametrize("page", PAGES)
def test_every_stop_of_tab_is_seen(opened, qtbot, page):
    bench = opened.workbench
    bench.commands[page].trigger()
    shown = bench.drawers.page(page)
    qtbot.waitUntil(lambda: shown.states.state == "full", timeout=20_000)
    found = stops(opened, qtbot)
    inside = [w for w in found if bench.plan.isAncestorOf(w) or shown.isAncestorOf(w)]
    assert len(inside) > 5
    assert any(isinstance(w, QAbstractItemView) for w in inside)
    alike = [
        f"{type(w).__name__} {w.accessibleName()}"
        for w in inside
        if not w.visibleRegion().isEmpty() and looks_alike(w)
    ]
    assert alike == []
