"""For whom a paper of a duty is: said once, with what it shows. It has one grade only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from geo.model.vocabulary import Grade
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import retext
from gui.widgets.layouts import card, column, row
from gui.widgets.texts import Chip, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class DutyPaperDialog(FormDialog):
    """Says for whom the paper is, and goes on.

    Attributes:
        ready: The `Grade`.
    """

    ready = Signal(object)

    def __init__(self, paper: str, parent: QWidget) -> None:
        """Ask whether a ``form`` or a ``sheet`` shall leave."""
        super().__init__(parent, f"operate.duty.{paper}", "operate.paper.go_on", width=480)
        grade = Chip()
        retext(grade, lambda: grade.setText(i18n.label(Grade.COMMAND)))
        said = column(row(grade, None), Text("operate.paper.means", wrap=True), margin=12)
        self.body.addWidget(card(said, "warning"))
        self.check()

    def finish(self) -> None:
        self.ready.emit(Grade.COMMAND)
