"""Drawing corner by corner: a zone, a hole in one, and lines that divide or reshape one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import shapely

from geo import cutting
from geo.errors import GeometryError
from gui.tools.corners import CornersTool
from gui.tools.outline import rings_of, zone_readout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Area
    from gui.tools.tool import Corner, Sketch


class DrawZoneTool(CornersTool):
    """The corners of a zone.

    Emits `finished` with a valid `shapely.Polygon` in degrees. One that crosses itself is not
    closed: `refused` says so and nothing is lost.
    """


class DrawHoleTool(CornersTool):
    """The corners of a hole in a zone; emits `finished` with a polygon."""

    first_hint: ClassVar[str] = "tool.add_hole.hint.first"
    too_few: ClassVar[str] = "tool.add_hole.too_few"

    def __init__(self, outline: Area) -> None:
        super().__init__()
        self._rings = rings_of(outline)

    def sketch(self) -> Sketch:
        return replace(super().sketch(), marked=self._rings)


class ZoneLineTool(CornersTool):
    """A line across a zone; emits `finished` with its corners."""

    closed: ClassVar[bool] = False
    too_few: ClassVar[str] = "tool.line.too_few"

    def __init__(self, outline: Area) -> None:
        super().__init__()
        self._outline = outline
        self._rings = rings_of(outline)

    def becomes(self, line: Sequence[Corner]) -> Sequence[Area]:
        """Return what the zone would become.

        Raises:
            GeometryError: The line does not do that.
        """
        raise NotImplementedError

    def outcome(self) -> Sequence[Area]:
        """Return what the zone would become by the line with the pointer; nothing if it cannot."""
        try:
            return self.becomes(self.line())
        except (GeometryError, shapely.GEOSException):
            return ()

    def sketch(self) -> Sketch:
        ghosts = [[*r, r[0]] for area in self.outcome() for r in rings_of(area)]
        drawn = super().sketch()
        return replace(drawn, marked=self._rings, ghosts=(*drawn.ghosts, *ghosts))

    def readout(self) -> str:
        language = self.surface.language
        parts = [zone_readout(area, language) for area in self.outcome()]
        return "  |  ".join(parts) or super().readout()


class DivideTool(ZoneLineTool):
    """A line that divides a zone from edge to edge."""

    first_hint: ClassVar[str] = "tool.divide_zone.hint.first"

    def becomes(self, line: Sequence[Corner]) -> Sequence[Area]:
        return cutting.divided(self._outline, line)


class ReshapeTool(ZoneLineTool):
    """A line that the edge of a zone is to follow."""

    first_hint: ClassVar[str] = "tool.reshape_zone.hint.first"

    def becomes(self, line: Sequence[Corner]) -> Sequence[Area]:
        return (cutting.reshaped(self._outline, line),)
