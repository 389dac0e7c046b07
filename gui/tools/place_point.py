"""Placing a point: one click, or Enter to type where it is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal

from geo import crs
from gui.tools.tool import EMPTY, Corner, MapPointer, MapTool, Sketch


class PlacePointTool(MapTool):
    """A left click places the point; Esc takes it back.

    Emits `finished` with longitude and latitude. The point stays on the map while somebody says
    what it is; another click before that is another point.

    Attributes:
        type_asked: The user would rather type where it is.
        put_away: The tool is no longer in hand.
    """

    type_asked = Signal()
    put_away = Signal()

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        super().__init__()
        self._placed: Corner | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.place_point.hint"

    def sketch(self) -> Sketch:
        """Return the point that was placed."""
        return EMPTY if self._placed is None else Sketch(corners=(self._placed,), active=0)

    def show(self, lonlat: Corner) -> None:
        """Show a point that was typed."""
        self._placed = lonlat
        self.sketch_changed.emit()

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self.show(at.lonlat)
            self.finished.emit(at.lonlat)

    def move(self, at: MapPointer) -> None:
        khmer = self.surface.language == "km"
        self.readout_changed.emit(crs.format_decimal(*at.lonlat, khmer_digits=khmer))

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.type_asked.emit()
            return True
        return False  # Esc puts the tool away

    def cancel(self) -> None:
        self._placed = None
        self.sketch_changed.emit()

    def detach(self) -> None:
        super().detach()
        self.put_away.emit()
