"""Picking one point: a click says where; nothing is drawn and nothing in the plan changes."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal

from geo.model.entity import LonLat
from gui.tools.tool import MapPointer, MapTool


class PickPointTool(MapTool):
    """Left click picks, right click or Esc leaves it.

    Emits `finished` with a `LonLat`.

    Attributes:
        left: Nothing was picked.
    """

    left = Signal()

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.pick_point.hint"

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self.finished.emit(LonLat(*at.lonlat))
        elif at.button == Qt.MouseButton.RightButton:
            self.left.emit()

    def key(self, key: int) -> bool:
        if key != Qt.Key.Key_Escape:
            return False
        self.left.emit()
        return True
