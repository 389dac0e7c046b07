"""Asking once before something leaves at a higher grade, and saying exactly what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gui.dialogs.base import FormDialog
from gui.widgets.layouts import card, column
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ConfirmDialog(FormDialog):
    """One question.

    Attributes:
        ready: The answer was yes.
    """

    ready = Signal()

    def __init__(self, parent: QWidget, title: str, text: str, shows: str, accept: str) -> None:
        """Ask; all four are codes of the catalogue, `shows` says what will be seen."""
        super().__init__(parent, title, accept, width=460)
        self.body.addWidget(Text(text, wrap=True))
        self.body.addWidget(card(column(Text(shows, wrap=True), margin=12), "warning"))

    def finish(self) -> None:
        self.ready.emit()
