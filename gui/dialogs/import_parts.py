"""The pages of the import wizard that only tell something: choose, loading, error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.buttons import Button
from gui.widgets.layouts import column
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from geo.errors import PlanError

STAGES = 3


class ChoosePage(QFrame):
    """A place to drop a file, and a button to choose one.

    Attributes:
        choose_asked: A file is to be chosen.
    """

    choose_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = Button("dialog.import.choose", "folder-open", look="primary")
        self.button.clicked.connect(self.choose_asked)
        middle = Qt.AlignmentFlag.AlignHCenter
        inner = column(None, gap=10)
        inner.addWidget(Picture("file-import", 44, "accent"), 0, middle)
        for code, role in (("dialog.import.drop", "heading"), ("dialog.import.formats", "muted")):
            label = Text(code, role=role, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(label)
        inner.addWidget(self.button, 0, middle)
        inner.addStretch(1)
        self.setProperty("card", "drop")
        self.setLayout(inner)


class LoadingPage(QWidget):
    """What is being done, and how far it is."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._first = code
        self._stage = Text(code, role="heading")
        self._stage.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows = Data(role="muted")
        self._rows.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._at = (0, 0)
        self.setLayout(column(None, self._stage, self._bar, self._rows, None, margin=48))
        retext(self, self._word)

    def begin(self) -> None:
        """Start again from nothing."""
        self._stage.say(self._first)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int, code: str = "") -> None:
        """Show how far it is; more units than stages are rows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._at = (done, total)
        if code:
            self._stage.say(code)
        self._word()

    def _word(self) -> None:
        done, total = self._at
        rows = total > STAGES
        self._rows.setText(
            tr("wizard.rows_so_far", n=i18n.number(done), total=i18n.number(total)) if rows else ""
        )


class ErrorPage(QWidget):
    """Why it could not be done."""

    def __init__(self) -> None:
        super().__init__()
        self._fault: PlanError | None = None
        self._words = Data(wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = column(None, gap=12, margin=48)
        inner.addWidget(Picture("alert-triangle", 40, "danger"), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._words)
        inner.addStretch(1)
        self.setLayout(inner)
        retext(self, self._word)

    def show_error(self, error: PlanError) -> None:
        """Show another error."""
        self._fault = error
        self._word()

    def _word(self) -> None:
        self._words.setText(i18n.message(self._fault) if self._fault is not None else "")
