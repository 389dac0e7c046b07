"""Free text that shows while it is typed what will be masked before it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeySequence
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
        self.field = TabbedText(stored=bool(text))
        self.field.setPlainText(text)
        self.field.setFixedHeight(HEIGHT_PX)
        self.name = Text("dialog.allegation.text", role="heading")
        self.name.setBuddy(self.field)
        self.note = Text("dialog.allegation.text_note", role="caption")
        self.stored = Elided(role="warning")
        self.field.textChanged.connect(self._show_masked)
        retext(self.field, self._word)
        self.setLayout(column(self.name, self.field, self.note, self.stored, gap=4))
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
        self._show_masked()


class TabbedText(QPlainTextEdit):
    """Text of several lines in which Tab goes on to the next field.

    What the plan holds does not go to the clipboard from it; what was typed anew may be moved.
    """

    def __init__(self, *, stored: bool) -> None:
        super().__init__()
        self._stored = stored
        self.setTabChangesFocus(True)
        if stored:
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def createMimeDataFromSelection(self) -> QMimeData:
        return QMimeData() if self._stored else super().createMimeDataFromSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stored and event.matches(QKeySequence.StandardKey.Cut):
            return  # it would be gone, and nowhere
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # saves
            return
        super().keyPressEvent(event)
