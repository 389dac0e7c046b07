"""The bar above the map while a point is being placed: type it instead, or go on without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from gui.i18n import message, retext, tr
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, column, restyle, row
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from geo.errors import PlanError

WIDTH = 420
TOP = 12


class PlaceBar(QFrame):
    """Says what is being placed and takes a typed position.

    Attributes:
        typed: A position was entered, as it was typed.
        without: There is no point; the user goes on without one.
        closed: Nothing is to be placed after all.
    """

    typed = Signal(str)
    without = Signal()
    closed = Signal()

    def __init__(self, over: QWidget, title: str, *, needs_point: bool) -> None:
        """Float over a map.

        Args:
            over: The map.
            title: Code of what is being placed.
            needs_point: There is no going on without one.
        """
        super().__init__(over)
        self.setObjectName("floating")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedWidth(WIDTH)
        self.field = QLineEdit()
        retext(self.field, self._word)
        self.go = Button("panel.place.go")
        self.fault = Data(role="danger", wrap=True)
        self.swap_button = Button("panel.place.swap", "refresh")
        self._swapped = ""
        self.without_button = Button("panel.place.without", look="link")
        if needs_point:
            self.without_button.hide()
        close = IconButton("x", "window.cancel", look="small", keys="Esc")
        self._trouble = boxed(column(self.fault, row(self.swap_button, None), gap=4))
        self._trouble.hide()
        head = row(Text(title, role="heading"), None, close)
        entry = row(self.field, self.go)
        entry.setStretch(0, 1)
        whole = column(head, entry, self._trouble, row(self.without_button, None), gap=6)
        whole.setContentsMargins(12, 8, 8, 8)
        self.setLayout(whole)
        self.field.returnPressed.connect(self._enter)
        self.go.clicked.connect(self._enter)
        self.swap_button.clicked.connect(lambda: self.typed.emit(self._swapped))
        self.without_button.clicked.connect(self.without)
        close.clicked.connect(self.closed)
        over.installEventFilter(self)
        self.show()
        self._place()

    def refuse(self, error: PlanError, swapped: str = "") -> None:
        """Say why it cannot be there, and offer the exchanged position where it would help."""
        self.fault.setText(message(error))
        self._swapped = swapped
        self.swap_button.setVisible(bool(swapped))
        if swapped:
            self.swap_button.say("panel.place.swap", text=swapped)
        self._trouble.show()
        restyle(self.field, "wrong", "true" if self.field.text() else "false")
        self._place()

    def calm(self) -> None:
        """Take back what was said."""
        self._trouble.hide()
        restyle(self.field, "wrong", "false")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        if self.field.text().strip():
            self.typed.emit(self.field.text().strip())

    def _place(self) -> None:
        self.adjustSize()
        over = self.parentWidget()
        if over is not None:
            self.move(max((over.width() - self.width()) // 2, 0), TOP)

    def _word(self) -> None:
        self.field.setPlaceholderText(tr("panel.place.hint"))
        self.field.setAccessibleName(tr("panel.place.hint"))
