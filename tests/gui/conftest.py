from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import i18n, theme
from gui.main_window import MainWindow
from gui.selection import Selection
from gui.session import PlanSession
from gui.settings import Settings
from tests.gui.stage import PLANNER, plan_store, services_for


@pytest.fixture
def dressed(qapp):
    """The application as it is started, in English and light; left in that state again."""
    qapp.setStyle("Fusion")
    theme.load_fonts()
    i18n.set_language("en")
    theme.apply(qapp, "light", "en")
    yield qapp
    i18n.set_language("en")
    theme.apply(qapp, "light", "en")


@pytest.fixture
def make_window(dressed, qtbot, tmp_path):
    """Makes windows over plans in memory, and closes them."""
    made: list[MainWindow] = []

    def make(services=None, remembered=None) -> MainWindow:
        window = MainWindow(
            services or services_for(tmp_path), remembered or Settings(language="en")
        )
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        return window

    yield make
    for window in made:
        window.close()
        QApplication.sendPostedEvents()


@pytest.fixture
def window(make_window, qtbot):
    """The window with the demonstration plan open."""
    made = make_window()
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    return made


@pytest.fixture
def bench(window):
    return window.workbench


@pytest.fixture
def empty_window(make_window, qtbot, tmp_path):
    """The window with a plan that holds nothing yet."""
    made = make_window(services_for(tmp_path, plan_store(empty=True)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("empty.gpkg"))
    return made


@pytest.fixture
def session(dressed, qtbot, tmp_path):
    """An open session of the planner without any window."""
    made = PlanSession(services_for(tmp_path).signer_of)
    with qtbot.waitSignal(made.opened, timeout=20_000):
        made.open(plan_store, PLANNER.id)
    yield made
    made.shut_down()


@pytest.fixture
def selection():
    return Selection()
