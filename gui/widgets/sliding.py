"""A place at the side that a panel slides into and out of."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

SLIDE_MS = 140


class SidePlace(QWidget):
    """Grows and shrinks; what stands in it keeps its own width."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setMinimumWidth(0)
        self.setMaximumWidth(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(content, 0, Qt.AlignmentFlag.AlignLeft)
        self._slide = QPropertyAnimation(self, b"maximumWidth", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(lambda value: self.setMinimumWidth(int(value)))

    def slide_to(self, width: int) -> None:
        """Take `width` pixels: at once where nobody sees it, else within a moment."""
        self._slide.stop()
        if not self.isVisible():
            self.setFixedWidth(width)
            return
        self._slide.setStartValue(self.width())
        self._slide.setEndValue(width)
        self.setMinimumWidth(0)
        self._slide.start()
