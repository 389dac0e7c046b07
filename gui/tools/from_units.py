"""A zone of administrative units: click communes to take them in or leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt

from geo import localise
from geo.catalogue import text
from gui.tools.drawing import DrawingTool
from gui.tools.outline import outline_of
from gui.tools.tool import Sketch

if TYPE_CHECKING:
    from gui.tools.options import Option
    from gui.tools.tool import Corner, MapPointer
    from layers.ground import Unit

Codes = tuple[str, ...]


class FromUnitsTool(DrawingTool[Codes]):
    """Emits `finished` with the codes of the units, in the order in which they were clicked."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.PointingHandCursor
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self) -> None:
        super().__init__(())
        self._units: dict[str, Unit] = {}
        self._under: Unit | None = None

    @property
    def codes(self) -> Codes:
        """The units so far."""
        return self._steps.now

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.draw_units.hint.more" if self.codes else "tool.draw_units.hint.first"

    @property
    def can_finish(self) -> bool:
        return bool(self.codes)

    def sketch(self) -> Sketch:
        """Return the units that are taken in, and the one under the pointer."""
        under = self._under
        return Sketch(
            lines=self._rings(),
            closed=True,
            ghosts=[[*ring, ring[0]] for ring in under.rings] if under is not None else (),
            hatched=self._hatched,
        )

    def readout(self) -> str:
        surface = self.surface
        words = []
        if self._under is not None:
            words.append(self._under.names[surface.language == "km"] or self._under.code)
        if self.codes:
            count = localise.format_number(len(self.codes), surface.language)
            words.append(text("tool.readout.units", surface.language, count=count))
            outlines = outline_of([ring] for ring in self._rings())
            words.append(self.measured(outlines))
        return " · ".join(words)

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
        if at.button != Qt.MouseButton.LeftButton:
            return
        unit = self.surface.unit_at(at.lonlat)
        if unit is None:
            self.refused.emit("tool.draw_units.none_here")
            return
        self._units[unit.code] = unit
        had = self.codes
        self.take(
            tuple(c for c in had if c != unit.code) if unit.code in had else (*had, unit.code)
        )

    def move(self, at: MapPointer) -> None:
        before, self._under = self._under, self.surface.unit_at(at.lonlat)
        if (before and before.code) != (self._under and self._under.code):
            self.changed()

    def finish(self) -> None:
        if not self.codes:
            self.refused.emit("tool.draw_units.none")
            return
        self.finished.emit(self.codes)

    def cancel(self) -> None:
        self._under = None
        super().cancel()

    def _rings(self) -> list[list[Corner]]:
        return [ring for code in self.codes for ring in self._units[code].rings]
