"""A section that opens and closes; what is in it is made when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui.i18n import retext, tr
from gui.icons import set_icon
from gui.widgets.layouts import boxed, column
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent


class FoldHead(QPushButton):
    """The line that opens and closes a section, with how much is in it at its right."""

    def __init__(self, code: str, count: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("fold", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count = Data(count, role="muted")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 4, 0)
        box.addStretch(1)
        box.addWidget(self.count)
        self._code = code
        retext(self, self._word)
        self.toggled.connect(self._turn)
        self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = Qt.Key.Key_Left if self.isChecked() else Qt.Key.Key_Right
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, way}:
            self.click()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        set_icon(self, "chevron-down" if self.isChecked() else "chevron-right", role="muted")

    def _word(self) -> None:
        self.setText(tr(self._code))
        self.setAccessibleName(f"{tr(self._code)} {self.count.text()}".strip())


class Fold(QWidget):
    """A section under its head.

    Attributes:
        turned: The user opened or closed it.
    """

    turned = Signal(bool)

    def __init__(
        self,
        code: str,
        make: Callable[[], Sequence[QWidget]],
        *,
        count: str = "",
        is_open: bool = True,
    ) -> None:
        """Show a section.

        Args:
            code: Code of its heading.
            make: Makes what is in it, when it is first opened.
            count: How much is in it.
            is_open: Whether it begins open.
        """
        super().__init__()
        self._make = make
        self.head = FoldHead(code, count)
        self.head.setObjectName(f"fold-{code}")
        self._inside: QWidget | None = None
        self._box = column(self.head, gap=6)
        self.setLayout(self._box)
        self.head.toggled.connect(self._turned)
        if is_open:
            self.head.setChecked(True)
        self.head.clicked.connect(self.turned)

    @property
    def is_open(self) -> bool:
        """Whether what is in it is seen."""
        return self.head.isChecked()

    def _turned(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_open and self._inside is None:
            self._inside = boxed(column(*self._make(), gap=8))
            self._box.addWidget(self._inside)
        if self._inside is not None:
            self._inside.setVisible(is_open)
