"""Free text that shows while it is typed what will be masked before it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from geo.masking import mask
from gui.i18n import retext, tr
from gui.widgets.layouts import column
from gui.widgets.texts import Elided, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

HEIGHT_PX: Final = 76


class MaskedText(QWidget):
    """What was said, with what will be masked shown while it is typed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.field = TabbedText()
        self.field.setPlainText(text)
        self.field.setFixedHeight(HEIGHT_PX)
        self.note = Text("dialog.allegation.text_note", role="caption")
        self.stored = Elided(role="warning")
        self.field.textChanged.connect(self._show_masked)
        retext(self.field, self._word)
        self.setLayout(column(self.field, self.note, self.stored, gap=2))
        self._show_masked()

    def text(self) -> str:
        """Return what was typed; it is masked on its way into the plan."""
        return self.field.toPlainText().strip()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def _show_masked(self) -> None:
        text = self.text()
        masked = mask(text)
        self.stored.setText(tr("dialog.allegation.masked", text=masked) if masked != text else "")
        self.stored.setVisible(masked != text)
        self.note.setVisible(masked == text)

    def _word(self) -> None:
        self.field.setAccessibleName(tr("dialog.allegation.text"))
        self.field.setPlaceholderText(tr("dialog.allegation.text"))
        self._show_masked()


class TabbedText(QPlainTextEdit):
    """Text of several lines in which Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # saves
            return
        super().keyPressEvent(event)
