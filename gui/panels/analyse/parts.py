"""What every section of the analysis has: a button that computes, and the statement of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from geo.errors import CancelledError
from gui import i18n
from gui.i18n import message, retext
from gui.print.khmer import breakable
from gui.widgets.buttons import Button
from gui.widgets.layouts import card, column, row
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from geo.errors import PlanError
    from geo.progress import Progress
    from gui.tasks.runner import Task, TaskRunner
    from layers.said import Words


class RunBar(QWidget):
    """Computes when asked: a button, then how far it is and a way to stop, then what went wrong.

    Attributes:
        asked: The user wants it computed.
    """

    asked = Signal()

    def __init__(self, runner: TaskRunner, code: str, icon: str = "player-play") -> None:
        """Make a bar whose button says `code`."""
        super().__init__()
        self._runner = runner
        self._task: Task | None = None
        self._error: PlanError | None = None
        self.go = Button(code, icon, look="primary")
        self.stop = Button("window.cancel", "x")
        self.stage = Text(role="caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.refusal = Data(role="warning", wrap=True)
        self._refused = card(column(self.refusal, margin=8), "warning")
        going = row(self.bar, self.stop)
        going.setStretch(0, 1)
        self.setLayout(column(self.go, going, self.stage, self._refused, gap=6))
        self.go.clicked.connect(self.asked)
        self.stop.clicked.connect(self.cancel)
        retext(self, self._word)
        self._dress()

    @property
    def busy(self) -> bool:
        """Whether it is being computed."""
        return self._task is not None

    def run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        """Do `work` on a worker thread; what was under way before is stopped.

        Args:
            work: Called with a `Progress`; touches no widget.
            done: Called on the main thread with what it returned, unless it was stopped.
        """
        self.cancel()

        def finished(result: object) -> None:
            if task is self._task:
                self._end(None)
                done(result)

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._end(error)

        self._error = None
        task = self._task = self._runner.run(work, finished, failed)
        task.progressed.connect(self._progress)
        self.bar.setRange(0, 0)
        self.stage.say("")
        self._dress()
        self.stop.setFocus()

    def cancel(self) -> None:
        """Stop what is being computed, if anything is."""
        if self._task is not None:
            self._task.cancel()
            self._end(None)

    def refuse(self, error: PlanError | None) -> None:
        """Say why there is no result, or nothing."""
        self._error = error
        self._dress()

    def _end(self, error: PlanError | None) -> None:
        had_focus = self.stop.hasFocus()
        self._task = None
        self._error = None if isinstance(error, CancelledError) else error
        self._dress()
        if had_focus:
            self.go.setFocus()

    def _progress(self, done: int, total: int, code: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if code:
            self.stage.say(code)

    def _dress(self) -> None:
        self.go.setVisible(not self.busy)
        for part in (self.bar, self.stop, self.stage):
            part.setVisible(self.busy)
        self._refused.setVisible(self._error is not None)
        self._word()

    def _word(self) -> None:
        self.refusal.setText(breakable(message(self._error)) if self._error is not None else "")


class Statement(QWidget):
    """What a result rests on: warnings set apart, then method, parameters, n and grades."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Sequence[Words] = ()
        self._warned: Sequence[Words] = ()
        self.warnings = Data(role="warning", wrap=True)
        self.words = Data(role="caption", wrap=True)
        self.setLayout(column(self.warnings, self.words, gap=6))
        retext(self, self._word)

    def say(self, said: Sequence[Words], warned: Sequence[Words] = ()) -> None:
        """Show sentences; of `warned` each is set apart."""
        self._said, self._warned = said, warned
        self._word()

    def _word(self) -> None:
        for label, said in ((self.warnings, self._warned), (self.words, self._said)):
            # Qt finds no end of a word in Khmer and would make the panel as wide as a sentence.
            label.setText(breakable("\n".join(each.words(i18n.language()) for each in said)))
            label.setVisible(bool(said))
