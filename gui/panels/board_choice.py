"""Which operation the board shows: another face of the one control of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gui import i18n
from gui.i18n import retext, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.command import Operation

LEAST_PX = 220


class OperationChoice(QComboBox):
    """The operations of the plan.

    Attributes:
        chosen: The user chose an operation (its id, or empty for none).
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(LEAST_PX)
        # Only what a person does tells; filling the list again does not.
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place) or ""))
        retext(self, lambda: self.setAccessibleName(tr("panel.plan.operation")))

    def show_operations(self, operations: Sequence[Operation], chosen: str) -> None:
        """Show the operations and which one is chosen."""
        self.clear()
        self.addItem(tr("board.choose_operation"), "")
        for operation in operations:
            words = f"{operation.name} · {i18n.label(operation.state)}"
            self.addItem(words, operation.id)
        self.setCurrentIndex(max(self.findData(chosen), 0))
