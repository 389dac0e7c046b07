"""Overriding a gap: what exactly the governor takes upon himself, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from geo.edit.overrides import MIN_LETTERS
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import retext, tr
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

REASON_PX = 90


class OverrideDialog(FormDialog):
    """Asks for the reason.

    Attributes:
        ready: The reason.
    """

    ready = Signal(str)

    def __init__(self, parent: QWidget, where: str, gap: str, examples: str, signer: str) -> None:
        """Show what is overridden.

        Args:
            parent: The window over which it stands.
            where: The zone, or the operation.
            gap: The gap as a sentence.
            examples: Some of what it is about, or empty.
            signer: Who will have decided it.
        """
        super().__init__(parent, "command.override.title", "command.override.accept", width=500)
        parts: list[QWidget] = [Data(where, role="heading", wrap=True), Data(gap, wrap=True)]
        if examples:
            parts.append(Data(examples, role="caption", wrap=True))
        self.body.addWidget(card(column(*parts, margin=12, gap=4), "warning"))
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(REASON_PX)
        self.reason.setTabChangesFocus(True)
        retext(self.reason, lambda: self.reason.setAccessibleName(tr("command.override.reason")))
        self.count = Data(role="caption")
        self.body.addLayout(column(Text("command.override.reason"), self.reason, self.count, gap=4))
        self.body.addWidget(Text("command.override.stays", role="caption", wrap=True, name=signer))
        self.reason.textChanged.connect(self._changed)
        retext(self, self._changed)
        self.reason.setFocus()

    def missing(self) -> str:
        return (
            "" if _letters(self.reason.toPlainText()) >= MIN_LETTERS else "command.override.short"
        )

    def finish(self) -> None:
        self.ready.emit(self.reason.toPlainText().strip())

    def _changed(self) -> None:
        left = max(MIN_LETTERS - _letters(self.reason.toPlainText()), 0)
        self.count.setText(tr("command.override.left", n=i18n.number(left)) if left else "")
        self.check()


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)
