"""Drawing corner by corner: by clicks, by typing, or led along what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt

from geo.errors import GeometryError
from gui.tools.drawing import ARROWS, SAME_PX, DrawingTool
from gui.tools.options import Option
from gui.tools.outline import MIN_CORNERS, area_of, crosses_itself, line_readout
from gui.tools.tool import Sketch, Takes

if TYPE_CHECKING:
    from gui.tools.tool import Corner, MapPointer

CLOSE_PX = 8.0
"""A click so near to the first corner closes the outline."""
MIN_LINE = 2
MOST_HANDLES = 400
"""A line of more corners is one that was traced; handles would hide it."""

Corners = tuple["Corner", ...]


class CornersTool(DrawingTool[Corners]):
    """Left click adds a corner; right click, double click or Enter ends; Esc takes one back."""

    takes: ClassVar[Takes] = "corner"
    heeds: ClassVar[frozenset[Option]] = frozenset({Option.SNAPPING, Option.TRACING})
    closed: ClassVar[bool] = True
    first_hint: ClassVar[str] = "tool.draw_zone.hint.first"
    too_few: ClassVar[str] = "tool.draw_zone.too_few"

    def __init__(self) -> None:
        super().__init__(())
        self._pointer: Corner | None = None
        self._way: list[Corner] = []
        self._no_way = False

    @property
    def corners(self) -> Corners:
        """The corners so far, in degrees."""
        return self._steps.now

    @property
    def least(self) -> int:
        """How many corners it takes."""
        return MIN_CORNERS if self.closed else MIN_LINE

    @property
    def can_finish(self) -> bool:
        return len(self.corners) >= self.least

    @property
    def hint(self) -> str:
        """Code of the hint."""
        if not self.corners:
            return self.first_hint
        if self.options.tracing:
            return "tool.trace.hint.none" if self._no_way else "tool.trace.hint"
        if not self.can_finish:
            return "tool.corners.hint.next"
        return "tool.corners.hint.close" if self.closed else "tool.corners.hint.end"

    def sketch(self) -> Sketch:
        """Return the line so far with the pointer as its next corner."""
        line = self.line()
        return Sketch(
            lines=(line,) if line else (),
            closed=self.closed and len(line) >= MIN_CORNERS,
            corners=self.corners if len(self.corners) <= MOST_HANDLES else self.corners[-1:],
            active=len(self.corners) - 1 if len(self.corners) <= MOST_HANDLES else 0,
            snapped=self._snapped,
            # While it is drawn only the drawn part is judged: the closing side may still be wrong.
            refused=crosses_itself(line, closed=False),
            ghosts=(self._way,) if self._way else (),
            hatched=self._hatched,
        )

    def line(self) -> list[Corner]:
        """Return the corners with the pointer, or the way to it, as the next."""
        line = list(self.corners)
        if line and self._way:
            return line + [c for c in self._way if c != line[-1]]
        if line and self._pointer is not None and self._pointer != line[-1]:
            line.append(self._pointer)
        return line

    def readout(self) -> str:
        line = self.line()
        if self.closed and len(line) >= MIN_CORNERS:
            return self.measured(area_of(line))
        return line_readout(line, self.surface.language)

    # --- gestures -------------------------------------------------------------------------------

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
        elif at.button == Qt.MouseButton.LeftButton:
            self._follow(at)
            corners = self.corners
            if self.closed and self.can_finish and self.away(corners[0], at) <= CLOSE_PX:
                self.finish()
            elif not corners or self.away(corners[-1], at) > SAME_PX:
                line = tuple(self.line()) if corners else (self._pointer or at.lonlat,)
                self._way = []
                self.take(line)

    def move(self, at: MapPointer) -> None:
        self._follow(at)
        self.changed()

    def double_click(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self.finish()

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in ARROWS and self.corners:
            self._pointer = None
            last = self.nudged(self.corners[-1], key, shift=shift)
            self.take((*self.corners[:-1], last))
            return True
        return super().key(key, shift=shift)

    def type_in(self, text: str) -> None:
        from gui.tools.typed import read_corners

        found = read_corners(text, self.corners[-1] if self.corners else None)
        self._pointer, self._way = None, []
        self.take((*self.corners, *found))

    def finish(self) -> None:
        if not self.can_finish:
            self.refused.emit(self.too_few)
            return
        if self.closed and crosses_itself(self.corners, closed=True):
            self.refused.emit("tool.draw_zone.crosses")
            return
        self._pointer, self._way = None, []
        self.changed()
        self.finished.emit(area_of(self.corners) if self.closed else self.corners)

    def undo(self) -> None:
        self._way = []
        super().undo()

    def cancel(self) -> None:
        self._pointer, self._way, self._no_way = None, [], False
        super().cancel()

    def _follow(self, at: MapPointer) -> None:
        self._pointer = self.caught(at)
        self._way, self._no_way = [], False
        if self.options.tracing and self.corners and not at.alt:
            try:
                self._way = self.surface.way(self.corners[-1], self._pointer)
            except GeometryError:
                self._no_way = True
