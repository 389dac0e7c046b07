"""Editing an outline corner by corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt

from gui.tools.drawing import ARROWS, DrawingTool
from gui.tools.options import Option
from gui.tools.outline import MIN_CORNERS, outline_of, parts_of, rings_of
from gui.tools.tool import Sketch, Takes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Area
    from gui.tools.outline import Ring
    from gui.tools.tool import Corner, MapPointer
    from layers.view import FloatArray

GRAB_PX = 9.0
MIDPOINT_ROOM_PX = 26.0
"""A side shorter than this shows no midpoint: its handles would lie on each other."""

Parts = tuple[tuple[tuple["Corner", ...], ...], ...]
Place = tuple[int, int]


class EditVerticesTool(DrawingTool[Parts]):
    """Drag a corner, drag a midpoint to add one, Delete removes; Enter finishes, Esc steps back.

    Emits `finished` with the new outline in degrees. A move that would make it cross itself
    is taken back, and `refused` says so.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.PointingHandCursor
    takes: ClassVar[Takes] = "corner"
    heeds: ClassVar[frozenset[Option]] = frozenset({Option.SNAPPING, Option.SHARED})

    def __init__(self, outline: Area, neighbours: Sequence[Area] = ()) -> None:
        """Begin.

        Args:
            outline: Of the zone.
            neighbours: Zones that share edges with it, which move along if that is switched on.
        """
        super().__init__(_frozen(parts_of(outline)))
        self._own = frozenset(c for ring in rings_of(outline) for c in ring)
        self._neighbours = [ring for area in neighbours for ring in rings_of(area)]
        self._parts = _thawed(self._steps.now)
        self._held: Place | None = None
        self._active: Place | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        if self._held is not None:
            return "tool.edit_vertices.hint.held"
        return "tool.edit_vertices.hint.chosen" if self._active else "tool.edit_vertices.hint"

    @property
    def can_finish(self) -> bool:
        return self._steps.now != self._steps.first

    @property
    def outline(self) -> Area:
        """The outline as it is now."""
        return outline_of(self._parts)

    def sketch(self) -> Sketch:
        """Return the outline with its handles."""
        rings = self._rings()
        corners = [corner for ring in rings for corner in ring]
        active = None
        if self._active is not None:
            active = sum(len(ring) for ring in rings[: self._active[0]]) + self._active[1]
        return Sketch(
            lines=rings,
            closed=True,
            corners=corners,
            midpoints=[] if self._held else [middle for middle, _, _ in self._midpoints()],
            active=active,
            snapped=self._snapped,
            refused=self._held is not None and not self.outline.is_valid,
            ghosts=self._following(),
            hatched=self._hatched,
        )

    def readout(self) -> str:
        return self.measured(self.outline)

    # --- gestures -------------------------------------------------------------------------------

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
            return
        if at.button != Qt.MouseButton.LeftButton:
            return
        self._active = self._held = self._corner_at(at)
        if self._held is None:
            self._held = self._active = self._split_at(at)
        self.changed()

    def move(self, at: MapPointer) -> None:
        if self._held is None:
            return
        ring, corner = self._held
        self._rings()[ring][corner] = self.caught(at, self._own)
        self.changed()

    def release(self, at: MapPointer) -> None:
        if self._held is None or at.button != Qt.MouseButton.LeftButton:
            return
        self._held = self._snapped = None
        self._settle()

    def double_click(self, at: MapPointer) -> None:
        """Remove the corner, as a second way beside Delete; elsewhere it is a press like any."""
        found = self._corner_at(at)
        if found is not None and at.button == Qt.MouseButton.LeftButton:
            self._held = None
            self._remove(*found)

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._active is not None:
            self._remove(*self._active)
        elif key in ARROWS and self._active is not None:
            ring, corner = self._active
            self._put(self.nudged(self._rings()[ring][corner], key, shift=shift))
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._walk(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return super().key(key, shift=shift)
        return True

    def type_in(self, text: str) -> None:
        from geo.errors import InputError
        from gui.tools.typed import read_corners

        if self._active is None:
            raise InputError("error.tool.no_corner_chosen")
        ring, corner = self._active
        self._put(read_corners(text, self._rings()[ring][corner])[-1])

    def undo(self) -> None:
        self._active = None
        super().undo()

    def redo(self) -> None:
        self._active = None
        super().redo()

    def cancel(self) -> None:
        self._held = self._active = None
        super().cancel()

    def finish(self) -> None:
        self._held = None
        if not self.can_finish:
            self.refused.emit("tool.edit.unchanged")
            return
        self.finished.emit(self.outline)

    # --- corners --------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Take what was done as a step, or take it back if it cannot stand."""
        if self.outline.is_valid:
            self.take(_frozen(self._parts))
            return
        self._active = None
        self._stepped()
        self.refused.emit("tool.edit_vertices.crosses")

    def _stepped(self) -> None:
        self._parts = _thawed(self._steps.now)
        super()._stepped()

    def _put(self, corner: Corner) -> None:
        if self._active is not None:
            self._rings()[self._active[0]][self._active[1]] = corner
            self._settle()

    def _remove(self, ring: int, corner: int) -> None:
        corners = self._rings()[ring]
        if len(corners) <= MIN_CORNERS:
            self.refused.emit("tool.edit_vertices.too_few")
            return
        del corners[corner]
        self._active = None
        self._settle()

    def _walk(self, by: int) -> None:
        """Choose the next corner, or the one before."""
        places = [(i, k) for i, ring in enumerate(self._rings()) for k in range(len(ring))]
        now = places.index(self._active) if self._active in places else -1 if by > 0 else 0
        self._active = places[(now + by) % len(places)]
        self.changed()

    def _rings(self) -> list[Ring]:
        return [ring for part in self._parts for ring in part]

    def _following(self) -> list[list[Corner]]:
        """Return the edges of neighbours as they will be, if corners that they hold moved."""
        if not self.options.shared or not self._neighbours:
            return []
        before = [ring for part in self._steps.first for ring in part]
        now = self._rings()
        moved: dict[Corner, Corner] = {}
        for a, b in zip(before, now, strict=True):
            if len(a) == len(b):
                moved |= {old: new for old, new in zip(a, b, strict=True) if old != new}
        return [
            [moved.get(c, c) for c in (*ring, ring[0])]
            for ring in self._neighbours
            if moved and not moved.keys().isdisjoint(ring)
        ]

    def _pixels(self, ring: Ring) -> FloatArray:
        degrees = np.array(ring)
        return np.column_stack(self.surface.view.to_pixel(degrees[:, 0], degrees[:, 1]))

    def _corner_at(self, at: MapPointer) -> Place | None:
        nearest, found = GRAB_PX, None
        for i, ring in enumerate(self._rings()):
            away = np.hypot(*(self._pixels(ring) - (at.px, at.py)).T)
            k = int(away.argmin())
            if away[k] <= nearest:
                nearest, found = float(away[k]), (i, k)
        return found

    def _midpoints(self) -> list[tuple[Corner, int, int]]:
        """Return each side's middle that has room, its ring, and where a corner would go."""
        found: list[tuple[Corner, int, int]] = []
        for i, ring in enumerate(self._rings()):
            pixels = self._pixels(ring)
            long = np.hypot(*(np.roll(pixels, -1, axis=0) - pixels).T) >= MIDPOINT_ROOM_PX
            for k in np.flatnonzero(long).tolist():
                (ax, ay), (bx, by) = ring[k], ring[(k + 1) % len(ring)]
                found.append((((ax + bx) / 2, (ay + by) / 2), i, k + 1))
        return found

    def _split_at(self, at: MapPointer) -> Place | None:
        for middle, ring, position in self._midpoints():
            if self.away(middle, at) <= GRAB_PX:
                self._rings()[ring].insert(position, middle)
                return ring, position
        return None


def _frozen(parts: Sequence[Sequence[Sequence[Corner]]]) -> Parts:
    return tuple(tuple(tuple(ring) for ring in part) for part in parts)


def _thawed(parts: Parts) -> list[list[Ring]]:
    return [[list(ring) for ring in part] for part in parts]
