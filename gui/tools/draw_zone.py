"""Drawing a zone: its corners one by one, with its area as it grows."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from shapely import Polygon

from gui.tools.outline import MIN_CORNERS, crosses_itself, zone_readout
from gui.tools.tool import MapPointer, MapTool, Sketch

if TYPE_CHECKING:
    from gui.tools.tool import Corner

CLOSE_PX = 8.0
"""A click so near to the first corner closes the outline."""
SAME_PX = 2.0
"""A click so near to the last corner is a trembling hand."""


class DrawZoneTool(MapTool):
    """Left click adds a corner; right click, double click or Enter closes; Esc starts over.

    Emits `finished` with a valid `shapely.Polygon` in degrees. One that crosses itself is not
    closed: `refused` says so and nothing is lost.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        super().__init__()
        self._corners: list[Corner] = []
        self._pointer: Corner | None = None
        self._snapped: Corner | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.draw_zone.hint.more" if self._corners else "tool.draw_zone.hint.first"

    @property
    def corners(self) -> tuple[Corner, ...]:
        """The corners so far, in degrees."""
        return tuple(self._corners)

    def sketch(self) -> Sketch:
        """Return the outline so far with the pointer as its next corner."""
        line = self._with_pointer()
        return Sketch(
            lines=(line,) if line else (),
            closed=len(line) >= MIN_CORNERS,
            corners=self._corners,
            snapped=self._snapped,
            # While it is drawn only the drawn part is judged: the closing side may still be wrong.
            refused=crosses_itself(line, closed=False),
        )

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.close()
        elif at.button == Qt.MouseButton.LeftButton:
            self._follow(at)
            if len(self._corners) >= MIN_CORNERS and self._away(self._corners[0], at) <= CLOSE_PX:
                self.close()
            elif not self._corners or self._away(self._corners[-1], at) > SAME_PX:
                self._corners.append(self._pointer or at.lonlat)
                self._changed()

    def move(self, at: MapPointer) -> None:
        self._follow(at)
        self._changed(hint=False)

    def double_click(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self.close()

    def key(self, key: int) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        elif key == Qt.Key.Key_Escape and self._corners:
            self.cancel()
        elif key == Qt.Key.Key_Backspace and self._corners:
            self._corners.pop()
            self._changed()
        else:
            return False
        return True

    def close(self) -> None:
        """Finish the outline, or say why it cannot be finished."""
        if len(self._corners) < MIN_CORNERS:
            self.refused.emit("tool.draw_zone.too_few")
            return
        if crosses_itself(self._corners, closed=True):
            self.refused.emit("tool.draw_zone.crosses")
            return
        outline = Polygon(self._corners)
        self.cancel()
        self.finished.emit(outline)

    def cancel(self) -> None:
        self._corners.clear()
        self._pointer = self._snapped = None
        self._changed()

    def _follow(self, at: MapPointer) -> None:
        self._snapped = self.surface.snap(at.px, at.py)
        self._pointer = self._snapped or at.lonlat

    def _with_pointer(self) -> list[Corner]:
        line = list(self._corners)
        if line and self._pointer is not None and self._pointer != line[-1]:
            line.append(self._pointer)
        return line

    def _away(self, corner: Corner, at: MapPointer) -> float:
        x, y = self.surface.view.to_pixel(*corner)
        return hypot(x - at.px, y - at.py)

    def _changed(self, *, hint: bool = True) -> None:
        self.sketch_changed.emit()
        if hint:
            self.hint_changed.emit(self.hint)
        if self._surface is not None:
            self.readout_changed.emit(zone_readout(self._with_pointer(), self.surface.language))
