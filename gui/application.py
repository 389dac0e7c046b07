"""The application around the window: fonts, theme, language, and what happens to a bug."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from geo.catalogue import LANGUAGES
from gui import i18n, log, settings, theme
from gui.i18n import retext, tr
from gui.main_window import MainWindow
from gui.services import real_services
from gui.tasks.garbage import GarbageTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.progress import Progress
    from gui.services import Services


def create_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the one `QApplication`, dressed and worded."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("unity-command-map")
    app.setStyle("Fusion")
    theme.load_fonts()
    words = i18n.QtWords(app)
    app.installTranslator(words)
    retext(app, lambda: app.setApplicationDisplayName(tr("window.app_name")))
    return app


def create_window(services: Services) -> MainWindow:
    """Return the window as it was left, on the start page."""
    remembered = settings.load(services.home)
    for known in LANGUAGES:
        if known == remembered.language:
            i18n.set_language(known)
    app = create_application()
    garbage = app.findChild(GarbageTimer) or GarbageTimer(app)
    theme.apply(app, remembered.theme, i18n.language())
    window = MainWindow(services, remembered)
    garbage.tend(window.session)
    return window


def run(
    plan: Path | None = None, *, build_demo: Callable[[Path, Progress], Path] | None = None
) -> int:
    """Open the window on `plan`, or on the start page, and return the exit code.

    Args:
        plan: A plan file.
        build_demo: Builds the demonstration plan in a folder and returns its path.
    """
    app = create_application()
    services = real_services(build_demo)
    log.keep_log_in(services.home)
    sys.excepthook = log.hook
    window = create_window(services)
    window.show()
    if plan is not None:
        window.open_plan(plan)
    return app.exec()
