"""Ending a duty before its time: why, for the log of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from gui.dialogs.base import FormDialog
from gui.i18n import retext, tr
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

REASON_PX = 90


class AbortDialog(FormDialog):
    """Asks for the reason.

    Attributes:
        ready: The reason.
    """

    ready = Signal(str)

    def __init__(self, parent: QWidget, name: str) -> None:
        """Ask why the duty of `name` ends."""
        super().__init__(parent, "operate.abort.title", "operate.act.abort", width=460)
        self.body.addWidget(Data(name, role="heading", wrap=True))
        self.body.addWidget(
            card(column(Text("operate.abort.means", wrap=True), margin=12), "warning")
        )
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(REASON_PX)
        self.reason.setTabChangesFocus(True)
        retext(self.reason, lambda: self.reason.setAccessibleName(tr("operate.abort.reason")))
        self.reason.textChanged.connect(self.check)
        self.body.addLayout(column(Text("operate.abort.reason"), self.reason, gap=4))
        self.reason.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.reason.toPlainText().strip() else "operate.abort.no_reason"

    def finish(self) -> None:
        self.ready.emit(self.reason.toPlainText().strip())
