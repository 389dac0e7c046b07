"""The place beside the map for splitting an area and for moving units; Esc leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from gui.panels.split_moves import MovesPage
from gui.panels.split_page import WIDTH, SplitPage
from gui.widgets.sliding import SidePlace

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from gui.panels.base import Desk


class SplitSide(QStackedWidget):
    """Holds the two pages.

    Attributes:
        closed: The user leaves the page that is shown.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.split = SplitPage(desk)
        self.moves = MovesPage()
        self.addWidget(self.split)
        self.addWidget(self.moves)
        self.setFixedWidth(WIDTH)
        self.place = SidePlace(self)
        self.split.closed.connect(self.closed)
        self.moves.closed.connect(self.closed)
        self.hide()

    @property
    def page(self) -> str:
        """What is shown: ``split``, ``moves`` or nothing."""
        if self.isHidden():
            return ""
        return "moves" if self.currentWidget() is self.moves else "split"

    def open(self, page: QWidget) -> None:
        """Slide a page in."""
        self.setCurrentWidget(page)
        self.show()
        self.place.slide_to(WIDTH)

    def close_page(self) -> None:
        """Slide it out."""
        self.hide()
        self.place.slide_to(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
