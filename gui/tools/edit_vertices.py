"""Editing an outline corner by corner."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from shapely import MultiPolygon, Polygon

from gui.tools.outline import MIN_CORNERS, zone_readout
from gui.tools.tool import MapPointer, MapTool, Sketch

if TYPE_CHECKING:
    from geo.model.entity import Area
    from gui.tools.tool import Corner

GRAB_PX = 9.0
MIDPOINT_ROOM_PX = 26.0
"""A side shorter than this shows no midpoint: its handles would lie on each other."""

Ring = list[tuple[float, float]]


class EditVerticesTool(MapTool):
    """Drag a corner, drag a midpoint to add one, Delete removes; Enter finishes, Esc restores.

    Emits `finished` with the new outline in degrees. A move that would make it cross itself
    is taken back, and `refused` says so.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.PointingHandCursor

    def __init__(self, outline: Area) -> None:
        super().__init__()
        self._original = outline
        self._parts = _parts_of(outline)
        self._held: tuple[int, int] | None = None
        self._active: tuple[int, int] | None = None
        self._before: list[list[Ring]] = []
        self._snapped: Corner | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.edit_vertices.hint"

    @property
    def outline(self) -> Area:
        """The outline as it is now."""
        return _outline_of(self._parts)

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
        )

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self._finish()
            return
        if at.button != Qt.MouseButton.LeftButton:
            return
        self._before = _copy(self._parts)
        self._active = self._held = self._corner_at(at)
        if self._held is None:
            self._held = self._active = self._split_at(at)
        self._changed()

    def move(self, at: MapPointer) -> None:
        if self._held is None:
            return
        ring, corner = self._held
        mine = [c for part in _parts_of(self._original) for r in part for c in r]
        self._snapped = self.surface.snap(at.px, at.py, mine)
        self._rings()[ring][corner] = self._snapped or at.lonlat
        self._changed()

    def release(self, at: MapPointer) -> None:
        if self._held is None or at.button != Qt.MouseButton.LeftButton:
            return
        self._held = self._snapped = None
        if not self.outline.is_valid:
            self._parts = self._before
            self._active = None
            self.refused.emit("tool.edit_vertices.crosses")
        self._changed()

    def key(self, key: int) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._finish()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._active is not None:
            self._remove(*self._active)
        elif key == Qt.Key.Key_Escape and self._parts != _parts_of(self._original):
            self.cancel()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._parts = _parts_of(self._original)
        self._held = self._active = self._snapped = None
        self._changed()

    def _finish(self) -> None:
        self._held = self._active = None
        self.finished.emit(self.outline)

    def _remove(self, ring: int, corner: int) -> None:
        corners = self._rings()[ring]
        if len(corners) <= MIN_CORNERS:
            self.refused.emit("tool.edit_vertices.too_few")
            return
        before = _copy(self._parts)
        del corners[corner]
        self._active = None
        if not self.outline.is_valid:
            self._parts = before
            self.refused.emit("tool.edit_vertices.crosses")
        self._changed()

    def _rings(self) -> list[Ring]:
        return [ring for part in self._parts for ring in part]

    def _pixel(self, corner: Corner) -> tuple[float, float]:
        x, y = self.surface.view.to_pixel(*corner)
        return float(x), float(y)

    def _corner_at(self, at: MapPointer) -> tuple[int, int] | None:
        nearest, found = GRAB_PX, None
        for i, ring in enumerate(self._rings()):
            for k, corner in enumerate(ring):
                x, y = self._pixel(corner)
                away = hypot(x - at.px, y - at.py)
                if away <= nearest:
                    nearest, found = away, (i, k)
        return found

    def _midpoints(self) -> list[tuple[Corner, int, int]]:
        """Return each side's middle that has room, its ring, and where a corner would go."""
        found: list[tuple[Corner, int, int]] = []
        for i, ring in enumerate(self._rings()):
            for k, (a, b) in enumerate(zip(ring, [*ring[1:], ring[0]], strict=True)):
                (ax, ay), (bx, by) = self._pixel(a), self._pixel(b)
                if hypot(bx - ax, by - ay) >= MIDPOINT_ROOM_PX:
                    found.append((((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), i, k + 1))
        return found

    def _split_at(self, at: MapPointer) -> tuple[int, int] | None:
        for middle, ring, position in self._midpoints():
            x, y = self._pixel(middle)
            if hypot(x - at.px, y - at.py) <= GRAB_PX:
                self._rings()[ring].insert(position, middle)
                return ring, position
        return None

    def _changed(self) -> None:
        self.sketch_changed.emit()
        rings = self._rings()
        if self._surface is not None and rings:
            ring = rings[self._active[0] if self._active else 0]
            self.readout_changed.emit(zone_readout(ring, self.surface.language))


def _parts_of(outline: Area) -> list[list[Ring]]:
    """Return the rings of each part without the repeated last corner."""
    polygons = outline.geoms if isinstance(outline, MultiPolygon) else (outline,)
    return [
        [
            [(float(x), float(y)) for x, y, *_ in ring.coords[:-1]]
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        for polygon in polygons
    ]


def _outline_of(parts: list[list[Ring]]) -> Area:
    polygons = [Polygon(part[0], part[1:]) for part in parts]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _copy(parts: list[list[Ring]]) -> list[list[Ring]]:
    return [[list(ring) for ring in part] for part in parts]
