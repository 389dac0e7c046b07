"""A person at the real window: opens plans, waits for the map, clicks at places on the earth.

Used by the end-to-end tests and by `tests/screenshots.py`; works on the offscreen platform and on
X11 alike.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gui.application import create_application, create_window
from gui.services import real_services

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from geo.progress import Progress
    from geo.project import Project
    from gui.map.canvas import MapCanvas
    from gui.workbench import Workbench

PATIENCE_S = 30.0


def live(milliseconds: int) -> None:
    """Let the event loop run; `QTest.qWait` would keep every other thread from running Python."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Pilot:
    """Drives one window."""

    def __init__(
        self,
        *,
        width: int = 1366,
        height: int = 768,
        build_demo: Callable[[Path, Progress], Path] | None = None,
    ) -> None:
        self.app = create_application()
        self.window = create_window(real_services(build_demo))
        self.window.resize(width, height)
        self.window.show()
        self.wait(self.window.isVisible)

    @property
    def bench(self) -> Workbench:
        return self.window.workbench

    @property
    def canvas(self) -> MapCanvas:
        return self.bench.map.canvas

    @property
    def project(self) -> Project:
        project = self.window.session.project
        assert project is not None
        return project

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the window live until the condition holds; fail after `PATIENCE_S`."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                message = f"waited in vain: {what or condition}"
                raise TimeoutError(message)
            live(10)

    def rest(self, seconds: float = 0.25) -> None:
        """Let animations end: for pictures only, no assertion rests on it."""
        live(round(seconds * 1000))

    def open(self, path: Path) -> None:
        self.window.open_plan(path)
        self.wait(lambda: self.window.session.project is not None, "the plan to open")
        self.wait(lambda: self.window.stack.currentWidget() is self.bench, "the workbench")
        self.settle()

    def settle(self) -> None:
        """Wait until the map shows its true frame."""
        QApplication.processEvents()
        self.wait(lambda: self.canvas.settled, "the map to settle")

    def look_at(self, west: float, south: float, east: float, north: float) -> None:
        self.canvas.zoom_to_bounds(west, south, east, north)
        self.settle()

    def pixel(self, lon: float, lat: float) -> QPoint:
        px, py = self.canvas.view.to_pixel(lon, lat)
        return QPoint(round(float(px)), round(float(py)))

    def move(self, lon: float, lat: float) -> None:
        QTest.mouseMove(self.canvas, self.pixel(lon, lat))
        QApplication.processEvents()

    def click(
        self, lon: float, lat: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        at = self.pixel(lon, lat)
        QTest.mouseMove(self.canvas, at)
        QTest.mouseClick(self.canvas, button, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()

    def press(self, widget: QWidget) -> None:
        """Click a button or field in its middle."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def shortcut(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
    ) -> None:
        """Press a key of the window's own, with the window in front."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window in front")
        QTest.keyClick(self.app.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def shoot(self, path: Path) -> None:
        """Save a picture of the window with whatever floats above it."""
        QApplication.processEvents()
        picture = self.window.grab()
        painter = QPainter(picture)
        for above in self.app.topLevelWidgets():
            if above is not self.window and above.isVisible():
                at = above.geometry().topLeft() - self.window.geometry().topLeft()
                if isinstance(above, QDialog):  # where a window manager would put it
                    at = self.window.rect().center() - above.rect().center()
                painter.drawPixmap(at, above.grab())
        painter.end()
        picture.save(str(path))

    def close(self) -> None:
        self.window.close()
        self.wait(lambda: self.window.session.project is None, "the plan to close")
