"""A link that ends in … where it does not fit: a long name never widens what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QStyleOptionButton

from gui.tips import plain_tip
from gui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

LEAST_PX: Final = 48
SIDES_PX: Final = 10
"""What the style sheet keeps free of text at both sides."""


class Link(Button):
    """A name that leads to its row; the tooltip has all of a name that is cut."""

    def __init__(self, name: str) -> None:
        super().__init__("", look="link")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ""
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Lead to a row of another name."""
        self._name = name
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = self._fitting().replace("&", "&&")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(plain_tip(self._name) if self._fitting() != self._name else "")

    def _fitting(self) -> str:
        room = self.width() - SIDES_PX
        return self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
