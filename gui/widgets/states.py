"""The four states of every screen: empty, loading, error, full."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from gui import icons, theme
from gui.i18n import message, retext, tr
from gui.widgets.buttons import Button
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap

    from geo.errors import PlanError
    from gui.tasks.runner import Task


class Picture(QLabel):
    """An icon as a picture, in a colour of the theme."""

    def __init__(self, icon: str, size: int = 40, role: str = "muted") -> None:
        super().__init__()
        self._icon, self._size, self._role = icon, size, role
        self.setFixedSize(size, size)
        theme.on_theme(self, self._dress)

    def show_icon(self, icon: str, role: str = "") -> None:
        """Show another icon."""
        self._icon, self._role = icon, role or self._role
        self._dress()

    def _dress(self) -> None:
        colour = getattr(theme.current(), self._role)
        picture: QPixmap = icons.pixmap(self._icon, colour, self._size, self.devicePixelRatioF())
        self.setPixmap(picture)


class _Notice(QWidget):
    """A picture, one sentence, a second one, one button: all in the middle."""

    def __init__(self, icon: str, role: str = "muted") -> None:
        super().__init__()
        self.picture = Picture(icon, 36, role)
        self.title = Text(role="heading", wrap=True)
        self.text = Data(role="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.button = Button("", look="primary")
        self.button.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(8)
        box.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        box.addWidget(self.picture, 0, middle)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(label)
        box.addWidget(self.bar)
        box.addSpacing(4)
        box.addWidget(self.button, 0, middle)
        box.addStretch(3)
        self._press: Callable[[], object] | None = None
        self._words: Callable[[], str] = str
        self.button.clicked.connect(self._pressed)
        retext(self, self._word)

    def tell(self, words: Callable[[], str]) -> None:
        """Show the second sentence; `words` is asked for it anew in another language."""
        self._words = words
        self._word()

    def offer(self, code: str, press: Callable[[], object] | None) -> None:
        """Show the button, or hide it if there is nothing to press."""
        self._press = press
        self.button.setVisible(press is not None)
        if press is not None:
            self.button.say(code)

    def _pressed(self) -> None:
        if self._press is not None:
            self._press()

    def _word(self) -> None:
        self.text.setText(self._words())


class StateView(QStackedWidget):
    """Shows a screen in one of its four states.

    Attributes:
        state: ``empty``, ``loading``, ``error`` or ``full``.
    """

    def __init__(self, full: QWidget) -> None:
        super().__init__()
        self.state = "full"
        self._full = full
        self.addWidget(full)

    # Many screens are full for as long as they live: a notice is made when it is first needed.

    @cached_property
    def empty_page(self) -> _Notice:
        """The notice that there is nothing yet."""
        return self._add(_Notice("info-circle"))

    @cached_property
    def loading_page(self) -> _Notice:
        """The notice that something is under way."""
        return self._add(_Notice("refresh", "accent"))

    @cached_property
    def error_page(self) -> _Notice:
        """The notice that something went wrong."""
        return self._add(_Notice("alert-triangle", "danger"))

    def show_full(self) -> None:
        """Show the screen itself."""
        self._show("full", self._full)

    def show_empty(
        self,
        title: str,
        text: str,
        *,
        icon: str = "info-circle",
        button: str = "",
        press: Callable[[], object] | None = None,
    ) -> None:
        """Say that there is nothing yet and what to do next."""
        self.empty_page.picture.show_icon(icon)
        self.empty_page.title.say(title)
        self.empty_page.tell(partial(tr, text) if text else str)
        self.empty_page.offer(button, press)
        self._show("empty", self.empty_page)

    def show_loading(self, code: str, task: Task | None = None) -> None:
        """Say that something is under way; a task shows how far it is and can be cancelled."""
        self.loading_page.title.say(code)
        self.loading_page.bar.setRange(0, 0)
        self.loading_page.bar.setVisible(task is not None)
        self.loading_page.offer("window.cancel", task.cancel if task is not None else None)
        if task is not None:
            task.progressed.connect(self._progress)
        self._show("loading", self.loading_page)

    def show_error(
        self, error: PlanError, button: str = "", press: Callable[[], object] | None = None
    ) -> None:
        """Say what went wrong, why, and what to do next."""
        self.error_page.title.say("window.state.error")
        self.error_page.tell(partial(message, error))
        self.error_page.offer(button, press)
        self._show("error", self.error_page)

    def _progress(self, done: int, total: int, code: str) -> None:
        self.loading_page.bar.setRange(0, total)
        self.loading_page.bar.setValue(done)

    def _add(self, notice: _Notice) -> _Notice:
        self.addWidget(notice)
        return notice

    def _show(self, state: str, page: QWidget) -> None:
        self.state = state
        self.setCurrentWidget(page)
