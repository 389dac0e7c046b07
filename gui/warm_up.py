"""What is read ahead once the window is on the screen, so that it does not stop for it later."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.gazetteer import Gazetteer

STEPS: Final = (
    "gui.dialogs.base",
    "gui.dialogs.wizard",
    "gui.dialogs.import_sheets",
    "gui.dialogs.import_mapping",
    "gui.dialogs.import_summary",
    "gui.dialogs.import_file",
)
"""Modules with widgets, what one needs before the other. Read on the main thread, a few at a time:
PySide's own hook of imports is no matter for threads."""
FIRST_MS: Final = 50
STEP_MS: Final = 150


def read_gazetteer() -> Gazetteer:
    """Import what the first plan needs, and read the gazetteer; on a worker thread, no widgets."""
    import geo.project  # noqa: F401 - the first plan then opens without a pause
    from geo.gazetteer import Gazetteer

    return Gazetteer.load()


class WarmUp(QObject):
    """Imports the dialogs one by one while nothing else happens."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(STEPS)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)
        self._first = QTimer(self)
        self._first.setSingleShot(True)

    def soon(self, act: Callable[[], object]) -> None:
        """Call `act` once the window is on the screen."""
        self._first.timeout.connect(act)
        self._first.start(FIRST_MS)

    def begin(self) -> None:
        """Begin; ends by itself."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest until it is needed."""
        self._first.stop()
        self._timer.stop()

    def _step(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._timer.stop()
