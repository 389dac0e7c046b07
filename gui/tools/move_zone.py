"""Moving and turning a whole zone; its form, lengths and area stay."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import shapely
from PySide6.QtCore import Qt

from geo import localise, shapes
from geo.catalogue import text
from geo.errors import InputError
from geo.measure import wgs84
from gui.tools.drawing import ARROWS, FAR_NUDGE_PX, NUDGE_PX, DrawingTool
from gui.tools.outline import rings_of
from gui.tools.tool import Sketch, Takes

if TYPE_CHECKING:
    from geo.model.entity import Area
    from gui.tools.options import Option
    from gui.tools.tool import Corner, MapPointer

GRAB_PX = 11.0
LEVER_PX = 46.0
"""So far above the outline stands the handle that turns it."""
STEP_DEGREES = 15.0
"""With Shift a turn goes in such steps."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a zone was carried, and how it was turned.

    Attributes:
        east: Metres.
        north: Metres.
        turn: Degrees clockwise.
    """

    east: float = 0.0
    north: float = 0.0
    turn: float = 0.0


class MoveZoneTool(DrawingTool[Shift]):
    """Drag the zone to move it, its handle to turn it; emits `finished` with the new outline."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.SizeAllCursor
    takes: ClassVar[Takes] = "shift"
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, outline: Area) -> None:
        super().__init__(Shift())
        self._outline = outline
        self._shift = Shift()
        self._held = ""
        self._from: Corner = (0.0, 0.0)
        self._reach_px = 0.0

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return f"tool.move_zone.hint.{self._held}" if self._held else "tool.move_zone.hint"

    @property
    def can_finish(self) -> bool:
        return self._steps.now != Shift()

    @property
    def outline(self) -> Area:
        """The outline where it is now."""
        area = self._outline
        shift = self._shift
        if shift.east or shift.north:
            area = shapes.moved(area, shift.east, shift.north)
        return shapes.rotated(area, shift.turn) if shift.turn else area

    def sketch(self) -> Sketch:
        """Return the outline where it is now, its handle, and the outline before."""
        rings = rings_of(self.outline)
        return Sketch(
            lines=rings,
            closed=True,
            ghosts=[[*ring, ring[0]] for ring in rings_of(self._outline)],
            lever=self._lever(),
            hatched=self._hatched,
        )

    def readout(self) -> str:
        language, shift = self.surface.language, self._shift
        words = []
        metres = math.hypot(shift.east, shift.north)
        if metres:
            bearing = math.degrees(math.atan2(shift.east, shift.north)) % 360
            words.append(
                text(
                    "tool.readout.moved",
                    language,
                    length=localise.format_length(metres, language),
                    degrees=localise.format_number(bearing, language),
                )
            )
        if shift.turn:
            turned = localise.format_number(shift.turn, language, 1)
            words.append(text("tool.readout.turned", language, degrees=turned))
        return " · ".join([*words, self.measured(self.outline)])

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
        if at.button != Qt.MouseButton.LeftButton:
            return
        if self.away(self._lever()[1], at) <= GRAB_PX:
            self._held = "turning"
        elif shapely.contains_xy(self.outline, *at.lonlat):
            self._held = "moving"
        self._from = at.lonlat
        self.changed()

    def move(self, at: MapPointer) -> None:
        base = self._steps.now
        if self._held == "moving":
            azimuth, _, metres = wgs84().inv(*self._from, *at.lonlat)
            east = metres * math.sin(math.radians(azimuth))
            north = metres * math.cos(math.radians(azimuth))
            self._shift = replace(base, east=base.east + east, north=base.north + north)
        elif self._held == "turning":
            middle = self._middle()
            turn = base.turn + self._bearing(middle, at.lonlat) - self._bearing(middle, self._from)
            if at.shift:
                turn = round(turn / STEP_DEGREES) * STEP_DEGREES
            self._shift = replace(base, turn=(turn + 180.0) % 360.0 - 180.0)
        else:
            return
        self.changed()

    def release(self, at: MapPointer) -> None:
        if self._held and at.button == Qt.MouseButton.LeftButton:
            self._held = ""
            self.take(self._shift)

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key not in ARROWS:
            return super().key(key, shift=shift)
        by = (FAR_NUDGE_PX if shift else NUDGE_PX) * self.surface.view.ground_resolution
        dx, dy = ARROWS[Qt.Key(key)]
        now = self._steps.now
        self.take(replace(now, east=now.east + dx * by, north=now.north - dy * by))
        return True

    def type_in(self, text: str) -> None:
        from gui.tools.typed import read_step, read_turn

        now, turn, step = self._steps.now, read_turn(text), read_step(text)
        if turn is not None:
            self.take(replace(now, turn=now.turn + turn))
        elif step is not None:
            metres, bearing = step[0], math.radians(step[1])
            east, north = metres * math.sin(bearing), metres * math.cos(bearing)
            self.take(replace(now, east=now.east + east, north=now.north + north))
        else:
            raise InputError("error.tool.typed_shift", text=text)

    def finish(self) -> None:
        self._held = ""
        if not self.can_finish:
            self.refused.emit("tool.edit.unchanged")
            return
        self.finished.emit(self.outline)

    def cancel(self) -> None:
        self._held = ""
        super().cancel()

    def _stepped(self) -> None:
        self._shift = self._steps.now
        super()._stepped()

    def _middle(self) -> Corner:
        middle = shapely.centroid(self.outline)
        return float(middle.x), float(middle.y)

    def _lever(self) -> tuple[Corner, Corner]:
        """Return the middle of the zone and the handle above it, turned with it."""
        view = self.surface.view
        if not self._reach_px:
            _, _, _, north = shapely.bounds(self._outline)
            centre = shapely.centroid(self._outline)
            top = view.to_pixel(float(centre.x), float(north))[1]
            height = float(view.to_pixel(float(centre.x), float(centre.y))[1] - top)
            self._reach_px = min(height, view.height / 3) + LEVER_PX
        middle = self._middle()
        px, py = view.to_pixel(*middle)
        turn = math.radians(self._shift.turn)
        lon, lat = view.to_lonlat(
            float(px) + self._reach_px * math.sin(turn), float(py) - self._reach_px * math.cos(turn)
        )
        return middle, (float(lon), float(lat))

    @staticmethod
    def _bearing(start: Corner, end: Corner) -> float:
        return float(wgs84().inv(*start, *end)[0])
