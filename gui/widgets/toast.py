"""Messages over the window that go away by themselves, and never stop the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from geo.errors import CancelledError
from gui.i18n import message, retext, tr
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import restyle
from gui.widgets.states import Picture
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import PlanError

SHORT_MS = 5_000
WIDTH = 520
ABOVE_HINT = 104


class Toast(QFrame):
    """The one message of a window, above everything else at its lower edge."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("toast")
        self._picture = Picture("circle-check", 20, "raised")
        self.label = Data(wrap=True)
        self._button = Button("", look="link")
        self._close = IconButton("x", "window.close", look="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self.label, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._press: Callable[[], object] | None = None
        self._say: Callable[[], str] = str
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._close.clicked.connect(self.hide)
        self._button.clicked.connect(self._pressed)
        over.installEventFilter(self)
        self.hide()
        retext(self, self._word)

    @property
    def text(self) -> str:
        """What the message says."""
        return self.label.text()

    def tell(
        self,
        code: str,
        *,
        button: str = "",
        press: Callable[[], object] | None = None,
        **params: object,
    ) -> None:
        """Say what was done; it goes away after a few seconds."""
        self._show(lambda: tr(code, **params), "info", "circle-check", button, press)
        self._timer.start(SHORT_MS)

    def fail(self, *errors: PlanError) -> None:
        """Say what went wrong, why and what next; it stays until it is closed.

        What was cancelled is no fault and is not told.
        """
        errors = tuple(error for error in errors if not isinstance(error, CancelledError))
        if not errors:
            return
        self._timer.stop()
        self._show(lambda: "\n".join(map(message, errors)), "danger", "alert-triangle", "", None)

    def _show(
        self,
        say: Callable[[], str],
        tone: str,
        icon: str,
        button: str,
        press: Callable[[], object] | None,
    ) -> None:
        self._say, self._press = say, press
        restyle(self, "tone", tone)
        restyle(self.label, "tone", tone)
        self._picture.show_icon(icon, "danger" if tone == "danger" else "raised")
        self._close.set_icon("x", role="text" if tone == "danger" else "raised")
        self._button.setVisible(press is not None)
        if button:
            self._button.say(button)
        self._word()
        self.show()
        self.raise_()
        self._place()

    def _word(self) -> None:
        self.label.setText(self._say())
        if self.isVisible():
            self._place()

    def _pressed(self) -> None:
        self.hide()
        if self._press is not None:
            self._press()

    def _place(self) -> None:
        over = self._over
        width = min(WIDTH, over.width() - 48)
        self.setFixedWidth(width)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 0
        self.setFixedHeight(max(height, 44))
        self.move((over.width() - width) // 2, over.height() - self.height() - ABOVE_HINT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
