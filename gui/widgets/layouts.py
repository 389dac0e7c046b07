"""Boxes on the 8 px grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = QWidget | QLayout | int | None


def _fill(box: QHBoxLayout | QVBoxLayout, items: Iterable[Item]) -> None:
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)


def column(*items: Item, margin: int = 0, gap: int = 8) -> QVBoxLayout:
    """Return items one below the other; a number is a gap, None takes the room that is left."""
    box = QVBoxLayout()
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    _fill(box, items)
    return box


def row(*items: Item, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """Return items side by side; a number is a gap, None takes the room that is left."""
    box = QHBoxLayout()
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    _fill(box, items)
    return box


def boxed(layout: QLayout, name: str = "") -> QWidget:
    """Return a widget around a layout."""
    widget = QWidget()
    if name:
        widget.setObjectName(name)
    widget.setLayout(layout)
    return widget


def card(layout: QLayout, look: str = "true") -> QFrame:
    """Return a card around a layout."""
    frame = QFrame()
    frame.setProperty("card", look)
    frame.setLayout(layout)
    return frame


def scrolling(widget: QWidget) -> QScrollArea:
    """Return `widget` in an area that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Flow(QLayout):
    """Places its items side by side and wraps them, as words in a paragraph."""

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, height = area.x(), area.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > area.x() and x + hint.width() > area.right() + 1:
                x, y, height = area.x(), y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint.boundedTo(QSize(area.width(), 1000))))
            x += hint.width() + self._gap
            height = max(height, hint.height())
        return y + height - area.y()
