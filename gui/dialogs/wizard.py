"""The frame of a wizard: a bar of steps, one page at a time, back and next; long work between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from geo.errors import CancelledError
from gui.dialogs.import_parts import ErrorPage, LoadingPage
from gui.dialogs.import_steps import StepBar
from gui.i18n import retext, tr
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import row
from gui.widgets.texts import Elided, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.errors import PlanError
    from geo.progress import Progress
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

SIZE = (1060, 680)
EDGE_PX = 24
LAST = "done"
SOON_MS = 20


class Wizard(QDialog):
    """Steps that can be gone back from, and work that can be cancelled.

    Attributes:
        step: One of the steps, or ``loading``, ``error`` or ``writing``.
        last: The step that was shown last, to which an error or a cancelled work leads back.
    """

    def __init__(self, desk: Desk, parent: QWidget, title: str, steps: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        # As big as the window leaves it: its buttons may not end up below a small screen.
        self.resize(QSize(*SIZE).boundedTo(parent.window().size() - QSize(EDGE_PX, EDGE_PX)))
        retext(self, lambda: self.setWindowTitle(tr(title)))
        self.desk = desk
        self._task: Task | None = None
        self._steps = tuple(steps)
        self.step = self.last = self._steps[0]
        self.subject = Elided("", role="muted")
        self.bar = StepBar(steps)
        self.loading, self.error = LoadingPage("import.step.looking"), ErrorPage()
        self._stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {}
        for step, page in (
            ("loading", self.loading),
            ("error", self.error),
            ("writing", LoadingPage("import.step.writing")),
        ):
            self.add_page(step, page)
        self.back_button = Button("dialog.import.back", "chevron-left")
        self.next_button = Button("dialog.import.next", look="primary")
        self.cancel_button = Button("window.cancel")
        self.next_button.setDefault(True)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.cancel_button.clicked.connect(self.reject)
        desk.session.closed.connect(self._plan_closed)
        head = row(Text(title, role="title"), 12, self.subject)
        head.setStretch(2, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self.bar)
        box.addWidget(self._stack, 1)
        box.addLayout(row(self.back_button, None, self.cancel_button, self.next_button))

    def add_page(self, step: str, page: QWidget) -> None:
        """Add the page of a step."""
        self._pages[step] = page
        self._stack.addWidget(page)

    # --- what each wizard says for itself -------------------------------------------------------

    def go_back(self) -> None:
        """Show the step before."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Do what leads to the next step."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Return the code of why one cannot go on yet, or empty."""
        return ""

    def word_next(self) -> None:
        """Word the button that leads on."""

    # --- steps ----------------------------------------------------------------------------------

    def show_step(self, step: str) -> None:
        """Show a step."""
        is_step = step in self._steps
        if is_step:
            self.last = step
            self.bar.show_step(step)
        self.step = step
        # What is on its way to the disk can be undone, but no longer be called back.
        self.cancel_button.setEnabled(step != "writing")
        self.cancel_button.setVisible(step != LAST)
        self._stack.setCurrentWidget(self._pages[step])
        first, is_error = step == self._steps[0], step == "error"
        self.back_button.setVisible(is_error or (is_step and not first and step != LAST))
        self.next_button.setVisible(is_step and not first)
        self.word_next()
        self.say_why()
        if self.next_button.isVisible() and self.next_button.isEnabled():
            self.next_button.setFocus()

    def show_soon(self, step: str) -> None:
        """Show a step that was just filled in; filling and drawing at once is one long pause."""
        here = self.step

        def show() -> None:
            if self.step == here:
                self.show_step(step)

        QTimer.singleShot(SOON_MS, self, show)

    def say_why(self) -> None:
        """Enable the button that leads on, or let it say why not."""
        explain(self.next_button, self.why_not())

    # --- work -----------------------------------------------------------------------------------

    def run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        """Do something off the main thread, with its progress in place of the page."""
        self.loading.begin()
        self.show_step("loading")
        task = self.desk.runner.run(work, done, self.failed)
        task.progressed.connect(self.loading.show_progress)
        self._task = task

    def failed(self, error: PlanError) -> None:
        """Say what went wrong; a cancelled work leads back to its step."""
        if isinstance(error, CancelledError):
            self.show_step(self.last)
            return
        self.error.show_error(error)
        self.show_step("error")

    def _plan_closed(self) -> None:
        """Go with the plan: what was checked for one is for no other."""
        if isValid(self):
            self.reject()

    def reject(self) -> None:
        if self.step == "writing":
            return
        if self._task is not None and self._task.running:
            self._task.cancel()
            self.desk.reading.cancel()
            self._task.finished.disconnect()
            self._task.failed.disconnect()
        super().reject()
