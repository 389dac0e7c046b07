"""What the plan holds does not go to the clipboard: what leaves passes the table of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QLineEdit

KEYS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class _NoCopy(QObject):
    """Swallows the keys with which Qt copies a cell or a text, whatever stands in it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and any(map(event.matches, KEYS))


def keep_from_clipboard(view: QAbstractItemView) -> None:
    """Take Qt's own copying away from a list or table."""
    view.installEventFilter(_NoCopy(view))


def keep_stored(field: QLineEdit) -> None:
    """Take copying and cutting away from a field in which a value of the plan is corrected."""
    field.installEventFilter(_NoCopy(field))
    field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
