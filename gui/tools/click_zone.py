"""One click on the map: the neighbour to merge with, or the hole to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import shapely
from PySide6.QtCore import Qt
from shapely import Polygon

from geo.snapping import polygons_of
from gui.tools.drawing import DrawingTool
from gui.tools.outline import rings_of, zone_readout
from gui.tools.tool import Sketch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.model.entity import Area
    from gui.tools.options import Option
    from gui.tools.tool import Corner, MapPointer


class MergeTool(DrawingTool[str]):
    """Click the neighbour; emits `finished` with its id."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.PointingHandCursor
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, outline: Area, others: Mapping[str, tuple[str, Area]]) -> None:
        """Begin.

        Args:
            outline: Of the zone that stays.
            others: Name and outline of each zone that it can be merged with, by id.
        """
        super().__init__("")
        self._outline, self._others = outline, others
        self._under = ""

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.merge_zones.hint"

    def sketch(self) -> Sketch:
        """Return the zone, and the neighbour under the pointer."""
        under = self._others.get(self._under)
        return Sketch(
            lines=rings_of(under[1]) if under is not None else (),
            closed=True,
            marked=rings_of(self._outline),
        )

    def readout(self) -> str:
        under = self._others.get(self._under)
        if under is None:
            return ""
        both = polygons_of(shapely.union_all([self._outline, under[1]]))
        return f"{under[0]} · {zone_readout(both, self.surface.language)}"

    def move(self, at: MapPointer) -> None:
        under = self.surface.zone_at(at.lonlat)
        under = under if under in self._others else ""
        if under != self._under:
            self._under = under
            self.changed()

    def press(self, at: MapPointer) -> None:
        if at.button != Qt.MouseButton.LeftButton:
            return
        self.move(at)
        if self._under:
            self.finished.emit(self._under)
        else:
            self.refused.emit("tool.merge_zones.none_here")

    def finish(self) -> None:
        self.refused.emit("tool.merge_zones.none_here")


class FillHoleTool(DrawingTool[None]):
    """Click inside a hole; emits `finished` with the place."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.PointingHandCursor
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, outline: Area) -> None:
        super().__init__(None)
        self._outline = outline
        self._holes = [
            Polygon(ring)
            for part in shapely.get_parts(outline)
            for ring in list(shapely.get_rings(part))[1:]
        ]
        self._under: Area | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.fill_hole.hint"

    def sketch(self) -> Sketch:
        """Return the zone, and the hole under the pointer."""
        return Sketch(
            lines=rings_of(self._under) if self._under is not None else (),
            closed=True,
            marked=rings_of(self._outline),
            hatched=self._hatched,
        )

    def readout(self) -> str:
        return self.measured(self._under) if self._under is not None else ""

    def move(self, at: MapPointer) -> None:
        under = self._hole_at(at.lonlat)
        if under is not self._under:
            self._under = under
            self.changed()

    def press(self, at: MapPointer) -> None:
        if at.button != Qt.MouseButton.LeftButton:
            return
        self.move(at)
        if self._under is None:
            self.refused.emit("error.zone.no_hole")
        else:
            self.finished.emit(at.lonlat)

    def finish(self) -> None:
        """Fill the only hole there is."""
        if len(self._holes) == 1:
            inside = self._holes[0].representative_point()
            self.finished.emit((float(inside.x), float(inside.y)))
        else:
            self.refused.emit("error.zone.no_hole")

    def _hole_at(self, lonlat: Corner) -> Area | None:
        return next((h for h in self._holes if shapely.contains_xy(h, *lonlat)), None)
