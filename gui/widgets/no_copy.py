"""What is shown in a list does not go to the clipboard: what leaves passes the table of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView


class _NoCopy(QObject):
    """Swallows the keys with which Qt copies the current cell, whatever stands in it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)


def keep_from_clipboard(view: QAbstractItemView) -> None:
    """Take Qt's own copying away from a list or table."""
    view.installEventFilter(_NoCopy(view))
