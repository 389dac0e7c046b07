from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui import i18n, theme
from gui.main_window import MainWindow
from gui.selection import Selection
from gui.session import PlanSession
from gui.settings import Settings
from gui.tasks.garbage import GarbageTimer
from tests.gui.stage import PLANNER, plan_store, services_for


@pytest.fixture(autouse=True)
def _no_key_stays_down():
    """Let go of Ctrl and Shift: a shortcut that closed its dialog left them down for all others."""
    yield
    if QApplication.instance() is None:
        return
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        hand = QWidget()
        QTest.keyClick(hand, Qt.Key.Key_Shift)
        assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="session")
def furnished(qapp):
    """The application with the style and the fonts that it has for as long as it runs."""
    qapp.setStyle("Fusion")
    theme.load_fonts()
    garbage = GarbageTimer(qapp)
    yield qapp
    garbage.deleteLater()
    # What is on the clipboard goes before Python does: the offscreen platform lets go of it last.
    qapp.clipboard().clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def dressed(furnished):
    """The application as it is started, in English and light; left in that state again."""
    i18n.set_language("en")
    theme.apply(furnished, "light", "en")
    yield furnished
    i18n.set_language("en")
    theme.apply(furnished, "light", "en")


@pytest.fixture
def make_window(dressed, qtbot, tmp_path):
    """Makes windows over plans in memory, and closes them."""
    made: list[MainWindow] = []

    def make(services=None, remembered=None) -> MainWindow:
        window = MainWindow(
            services or services_for(tmp_path), remembered or Settings(language="en")
        )
        made.append(window)
        dressed.findChild(GarbageTimer).tend(window.session)
        qtbot.addWidget(window)
        window.show()
        return window

    yield make
    for window in made:
        window.close()
        QApplication.sendPostedEvents()
    # A window that is only to be deleted later would be dressed anew by whatever comes next.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(reopened):
    """The window of the module, with the demonstration plan opened anew."""
    return reopened()


@pytest.fixture
def fresh_window(make_window, qtbot):
    """A window of the test's own with the demonstration plan open, for what outlasts a plan."""
    made = make_window()
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    return made


@pytest.fixture(scope="module")
def one_window(furnished, tmp_path_factory):
    """One window for the tests of a module: a plan that is opened anew costs far less."""
    i18n.set_language("en")
    theme.apply(furnished, "light", "en")
    stores = []
    services = replace(
        services_for(tmp_path_factory.mktemp("home")),
        open_store=lambda _path, _phrase: stores[-1] if stores[-1] is not None else plan_store(),
    )
    made = MainWindow(services, Settings(language="en"))
    furnished.findChild(GarbageTimer).tend(made.session)
    made.show()
    yield made, stores
    i18n.set_language("en")
    made.close()
    QApplication.sendPostedEvents()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def reopened(one_window, qtbot):
    """Opens a plan anew in the one window of the module, where nothing else is open or chosen."""
    made, stores = one_window

    def opened(store=None, language="en") -> MainWindow:
        stores.append(store)
        if i18n.language() != language:  # wording the window anew takes a second
            made.set_language(language)
        with qtbot.waitSignal(made.session.opened, timeout=20_000):
            made.open_plan(Path("demo.gpkg"))
        made.workbench.show_workspace("register")
        QApplication.processEvents()
        return made

    yield opened
    for dialog in made.findChildren(QDialog):
        dialog.reject()
        dialog.deleteLater()
    made.workbench.drawers.close_page()
    made.session.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    stores.clear()


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
