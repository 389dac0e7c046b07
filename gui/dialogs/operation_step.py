"""A step of an operation that cannot be taken back: asked once, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gui.dialogs.base import FormDialog
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.command import Operation


class StepDialog(FormDialog):
    """Says what a step means.

    Attributes:
        ready: The user wants it.
    """

    ready = Signal()

    def __init__(self, parent: QWidget, operation: Operation, name: str) -> None:
        """Ask whether an operation shall take the step `name` of ``command.act``."""
        super().__init__(parent, f"command.act.{name}", f"command.act.{name}", width=460)
        self.body.addWidget(Data(operation.name, role="heading", wrap=True))
        self.body.addWidget(Text(f"command.means.{name}", wrap=True))
        self.body.addWidget(card(column(Text("command.final", wrap=True), margin=12), "warning"))
        self.check()

    def finish(self) -> None:
        self.ready.emit()
