"""A small panel that opens over the table and goes away with the next click elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Popover(QFrame):
    """A card with a heading."""

    def __init__(self, parent: QWidget, head: str, *, width: int) -> None:
        """Make a popover.

        Args:
            parent: The widget over which it opens.
            head: Code of its heading.
            width: Pixels.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self._over = parent
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(width)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 12)
        self.body.setSpacing(8)
        self.body.addWidget(Text(head, role="heading"))

    def open_at(self, at: QPoint) -> None:
        """Open with the top left corner at a point of the screen, but on the window."""
        window = self._over.window().frameGeometry()
        self.adjustSize()
        left = min(at.x(), window.right() - self.width() - 8)
        top = at.y()
        if top + self.height() > window.bottom() - 8:  # the drawer is at the window's foot
            top = max(at.y() - self.height() - 32, window.top() + 8)
        self.move(max(left, window.left() + 8), top)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
