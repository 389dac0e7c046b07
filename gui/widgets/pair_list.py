"""The list of proposed pairs, in which a letter decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.widgets.entity_list import FaceDelegate
from gui.widgets.no_copy import keep_from_clipboard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gui.models.pairs import PairModel

LETTERS: Final = frozenset(int(k) for k in (Qt.Key.Key_M, Qt.Key.Key_K, Qt.Key.Key_L))
"""Merge, keep apart, later."""


class PairList(QListView):
    """The proposed pairs; a letter decides.

    Attributes:
        key: A letter that the page knows was pressed.
    """

    key = Signal(int)

    def __init__(self, model: PairModel) -> None:
        super().__init__()
        self.setModel(model)
        keep_from_clipboard(self)
        self.setItemDelegate(FaceDelegate(self, model.face))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)

    def event(self, event: QEvent) -> bool:
        # The letters mean something else in the window; here, while the list holds the keyboard,
        # they decide about a pair.
        about_key = event.type() == QEvent.Type.ShortcutOverride
        if about_key and _letter(cast("QKeyEvent", event)) in LETTERS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = _letter(event)
        if letter in LETTERS:
            self.key.emit(letter)
        else:
            super().keyPressEvent(event)


def _letter(event: QKeyEvent) -> int:
    plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    return int(event.key()) if plain else 0
