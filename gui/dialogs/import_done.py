"""The end of an import: what was brought in, and what can be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.buttons import Button
from gui.widgets.layouts import column, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from geo.formats.rows import Checked


class DonePage(QWidget):
    """Says what was imported and leads on.

    Attributes:
        waiting_asked: The waiting rows are wanted.
        another_asked: Another file is to be imported.
    """

    waiting_asked = Signal()
    another_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, int, int] | None = None
        self._words = Data(role="title", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note = Text("wizard.done.note", role="muted", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting_button = Button("wizard.done.waiting", "help")
        self.another_button = Button("wizard.done.another", "file-import")
        self.waiting_button.clicked.connect(self.waiting_asked)
        self.another_button.clicked.connect(self.another_asked)
        self.setLayout(
            column(
                None,
                row(None, Picture("circle-check", 48, "accent"), None),
                self._words,
                note,
                8,
                row(None, self.waiting_button, self.another_button, None),
                None,
                gap=12,
                margin=24,
            )
        )
        retext(self, self._word)

    def show_done(self, checked: Checked) -> None:
        """Show what became of the rows of a file."""
        self._counts = checked.imported, len(checked.rejected), len(checked.waiting)
        self.waiting_button.setVisible(bool(checked.waiting))
        self._word()

    def _word(self) -> None:
        if self._counts is not None:
            imported, rejected, waiting = map(i18n.number, self._counts)
            self._words.setText(
                tr("dialog.import.done", n=imported, rejected=rejected, waiting=waiting)
            )
