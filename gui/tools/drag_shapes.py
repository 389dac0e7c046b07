"""Shapes drawn with one drag: rectangle, circle, and a line by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt
from shapely import Polygon

from geo import localise, shapes
from geo.catalogue import text
from geo.errors import GeometryError, InputError
from geo.measure import distance_m
from gui.tools.drawing import SAME_PX, DrawingTool
from gui.tools.outline import rings_of
from gui.tools.tool import Sketch, Takes

if TYPE_CHECKING:
    from geo.model.entity import Area
    from gui.tools.options import Option
    from gui.tools.tool import Corner, MapPointer

TREMBLE_PX = 1.5
"""So far from the drawn line its corners may lie: less than a hand trembles."""


class TwoPointTool(DrawingTool["Corner | None"]):
    """A shape between two places: drag from one to the other, or click both.

    Emits `finished` with a polygon.
    """

    first_hint: ClassVar[str] = ""
    next_hint: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(None)
        self._pointer: Corner | None = None
        self._pressed: MapPointer | None = None
        self._made: Area | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return self.first_hint if self._steps.now is None else self.next_hint

    @property
    def can_finish(self) -> bool:
        return self._steps.now is not None and self._made is not None

    def shape(self, first: Corner, second: Corner) -> Area:
        """Return the shape between two places.

        Raises:
            GeometryError: There is none.
        """
        raise NotImplementedError

    def sketch(self) -> Sketch:
        """Return the shape as it would be now."""
        first, made = self._steps.now, self._made
        return Sketch(
            lines=rings_of(made) if made is not None else (),
            closed=True,
            corners=(first,) if first is not None else (),
            active=0,
            snapped=self._snapped,
            hatched=self._hatched,
        )

    def readout(self) -> str:
        return self.measured(self._made) if self._made is not None else ""

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
        elif at.button == Qt.MouseButton.LeftButton:
            self._pressed = at
            if self._steps.now is None or self._hatched:
                self._made = None
                self.take(self.caught(at))
            self._pointed(at)

    def move(self, at: MapPointer) -> None:
        self._pointed(at)

    def release(self, at: MapPointer) -> None:
        pressed, self._pressed = self._pressed, None
        first = self._steps.now
        if pressed is None or first is None or at.button != Qt.MouseButton.LeftButton:
            return
        if self.away(first, at) > 2 * SAME_PX:
            self._pointed(at)
            self.finish()

    def finish(self) -> None:
        if self._made is None:
            self.refused.emit("tool.shape.too_small")
            return
        self._pressed = None
        self.finished.emit(self._made)

    def undo(self) -> None:
        self._made = None
        super().undo()

    def cancel(self) -> None:
        self._pointer = self._pressed = self._made = None
        super().cancel()

    def _pointed(self, at: MapPointer) -> None:
        if self._hatched and self._pressed is None:
            return  # refused for now: it stays as it is until it is drawn anew
        self._pointer = self.caught(at)
        first = self._steps.now
        if first is not None:
            self._make(first, self._pointer)
        self.changed()

    def _make(self, first: Corner, second: Corner) -> None:
        try:
            self._made = self.shape(first, second)
        except GeometryError:
            self._made = None


class RectangleTool(TwoPointTool):
    """A rectangle with its sides along the grid, from corner to corner."""

    takes: ClassVar[Takes] = "corner"
    first_hint: ClassVar[str] = "tool.draw_rectangle.hint.first"
    next_hint: ClassVar[str] = "tool.draw_rectangle.hint.next"

    def shape(self, first: Corner, second: Corner) -> Area:
        return shapes.rectangle(first, second)

    def type_in(self, text: str) -> None:
        from gui.tools.typed import read_corners

        first = self._steps.now
        *before, last = read_corners(text, first)
        first = first or (before[0] if before else None)
        if first is None:
            self.take(last)
            return
        self._steps.take(first)
        self._make(first, last)
        self.finish()


class CircleTool(TwoPointTool):
    """A circle from its middle outwards."""

    takes: ClassVar[Takes] = "radius"
    first_hint: ClassVar[str] = "tool.draw_circle.hint.first"
    next_hint: ClassVar[str] = "tool.draw_circle.hint.next"

    def shape(self, first: Corner, second: Corner) -> Area:
        return shapes.circle(first, distance_m(first, second))

    def readout(self) -> str:
        first, second = self._steps.now, self._pointer
        if first is None or second is None or self._made is None:
            return ""
        language = self.surface.language
        radius = localise.format_length(distance_m(first, second), language)
        return f"{text('tool.readout.radius', language, length=radius)} · {super().readout()}"

    def type_in(self, text: str) -> None:
        from gui.tools.typed import read_corners, read_length

        first = self._steps.now
        if first is None:
            try:
                length = read_length(text)
            except InputError:
                self.take(read_corners(text, None)[-1])
                return
            raise InputError("error.tool.no_centre_yet", length=f"{length:g}")
        self._made = shapes.circle(first, read_length(text))
        self.finish()


class FreehandTool(DrawingTool[None]):
    """A line drawn by hand while the button is down; emits `finished` with a polygon."""

    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self) -> None:
        super().__init__(None)
        self._drawn: list[Corner] = []
        self._made: Polygon | None = None
        self._down = False

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.draw_freehand.hint.down" if self._down else "tool.draw_freehand.hint"

    @property
    def can_undo(self) -> bool:
        return bool(self._drawn) or self._made is not None

    @property
    def can_finish(self) -> bool:
        return self._made is not None

    def sketch(self) -> Sketch:
        """Return the line, or what was made of it."""
        if self._made is not None:
            return Sketch(lines=rings_of(self._made), closed=True, hatched=self._hatched)
        return Sketch(lines=(self._drawn,) if self._drawn else ())

    def readout(self) -> str:
        made = self._made
        if made is None and len(self._drawn) > 2:  # noqa: PLR2004 - an area
            made = Polygon(self._drawn)
        return self.measured(made) if made is not None else ""

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton and self._made is not None:
            self.finish()
        elif at.button == Qt.MouseButton.LeftButton:
            self._down, self._made, self._drawn = True, None, [at.lonlat]
            self._stepped()

    def move(self, at: MapPointer) -> None:
        if self._down and self.away(self._drawn[-1], at) > 1:
            self._drawn.append(at.lonlat)
            self.changed()

    def release(self, at: MapPointer) -> None:
        if not self._down or at.button != Qt.MouseButton.LeftButton:
            return
        self._down = False
        tolerance = TREMBLE_PX * self.surface.view.ground_resolution
        try:
            self._made = shapes.freehand(np.array(self._drawn), tolerance)
        except GeometryError:
            self._drawn = []
            self._stepped()
            self.refused.emit("tool.shape.too_small")
            return
        self._stepped()
        self.finish()

    def finish(self) -> None:
        if self._made is None:
            self.refused.emit("tool.shape.too_small")
            return
        self.finished.emit(self._made)

    def undo(self) -> None:
        self.cancel()

    def cancel(self) -> None:
        self._drawn, self._made, self._down = [], None, False
        super().cancel()
