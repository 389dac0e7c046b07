"""What all tools that draw have in common: steps, snapping, switches, live numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Generic

from PySide6.QtCore import Qt

from geo.catalogue import text
from gui.tools.options import Option
from gui.tools.outline import zone_readout
from gui.tools.steps import State, Steps
from gui.tools.tool import MapTool

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.model.entity import Area
    from gui.tools.tool import Corner, MapPointer
    from layers.snap import Snap

LETTERS: Final = {
    Qt.Key.Key_S: Option.SNAPPING,
    Qt.Key.Key_T: Option.TRACING,
    Qt.Key.Key_E: Option.SHARED,
}
"""The keys of the switches."""
ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NUDGE_PX: Final = 1.0
FAR_NUDGE_PX: Final = 10.0
"""With Shift."""
SAME_PX: Final = 2.0
"""A click so near to the last one is a trembling hand."""


class DrawingTool(MapTool, Generic[State]):
    """Work in steps: Enter finishes, Esc takes a step back, S switches snapping.

    What it made stays on the map until the window put it into the plan: a refusal loses nothing.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor
    heeds: ClassVar[frozenset[Option]] = frozenset({Option.SNAPPING})

    def __init__(self, first: State) -> None:
        super().__init__()
        self._steps = Steps(first)
        self._snapped: Snap | None = None
        self._hatched: Sequence[Sequence[Corner]] = ()

    # --- steps ----------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        return self._steps.can_redo

    def undo(self) -> None:
        self._steps.undo()
        self._stepped()

    def redo(self) -> None:
        self._steps.redo()
        self._stepped()

    def cancel(self) -> None:
        self._steps.reset()
        self._snapped = None
        self._stepped()

    def take(self, state: State) -> None:
        """Go on to another state of the drawing."""
        self._steps.take(state)
        self._stepped()

    def _stepped(self) -> None:
        """Come to rest in another state."""
        self._hatched = ()
        self.changed()
        self.stepped.emit()

    # --- what is told ---------------------------------------------------------------------------

    def changed(self) -> None:
        """Show and tell what there is now."""
        self.sketch_changed.emit()
        self.hint_changed.emit(self.hint)
        if self._surface is not None:
            words = (self._snap_word(), self.readout())
            self.readout_changed.emit(" · ".join(word for word in words if word))

    def readout(self) -> str:
        """Return the live numbers."""
        return ""

    def measured(self, area: Area) -> str:
        """Return the numbers of an outline with what lies in it."""
        if area.is_empty:
            return ""
        from gui.tools.outline import rings_of

        surface = self.surface
        return zone_readout(area, surface.language, surface.inside(rings_of(area)))

    def hatch(self, rings: Sequence[Sequence[Corner]]) -> None:
        """Show ground that another zone holds, until something is changed."""
        self._hatched = rings
        self.sketch_changed.emit()
        self.hint_changed.emit("tool.overlap.hint")

    def _snap_word(self) -> str:
        if self._snapped is None:
            return ""
        return text(f"tool.snap.{self._snapped.caught}", self.surface.language)

    # --- pointer and keys -----------------------------------------------------------------------

    def caught(self, at: MapPointer, exclude: Collection[Corner] = ()) -> Corner:
        """Return where the pointer is, drawn to what is there unless that is switched off."""
        free = at.alt or not self.options.snapping
        self._snapped = None if free else self.surface.snap(at.px, at.py, exclude)
        return self._snapped.lonlat if self._snapped is not None else at.lonlat

    def wants(self, key: int) -> bool:
        return LETTERS.get(Qt.Key(key)) in self.heeds

    def key(self, key: int, *, shift: bool = False) -> bool:
        if self.wants(key):
            self.options.switch(LETTERS[Qt.Key(key)])
            self.changed()
        elif key in ENTER:
            self.finish()
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Backspace} and self.can_undo:
            self.undo()
        else:
            return False
        return True

    def nudged(self, corner: Corner, key: int, *, shift: bool) -> Corner:
        """Return a corner moved by an arrow key."""
        dx, dy = ARROWS[Qt.Key(key)]
        by = FAR_NUDGE_PX if shift else NUDGE_PX
        px, py = self.surface.view.to_pixel(*corner)
        lon, lat = self.surface.view.to_lonlat(float(px) + dx * by, float(py) + dy * by)
        return float(lon), float(lat)

    def away(self, corner: Corner, at: MapPointer) -> float:
        """Return how many pixels lie between a corner and the pointer."""
        px, py = self.surface.view.to_pixel(*corner)
        return float(((px - at.px) ** 2 + (py - at.py) ** 2) ** 0.5)
